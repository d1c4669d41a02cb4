using Journey.Api;

namespace Journey.Dashboard.Live;

/// <summary>What a person or a role owes, as the server last told it. Each telling is whole; the newest is true.</summary>
public sealed class LiveList(string addressee)
{
    public string Addressee { get; } = addressee;
    public OwedList? List { get; private set; }

    public event Action? Changed;

    internal int Holders { get; set; }
    internal bool Current { get; private set; }

    internal void Outdate() => Current = false;

    internal void Take(OwedList now)
    {
        Current = true;
        if (List is not null && now.AsOf < List.AsOf) return;
        List = now;
        Changed?.Invoke();
    }
}
