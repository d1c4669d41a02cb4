using Journey.Api;

namespace Journey.Client.Live;

/// <summary>What a person or a role owes, as the server last told it. Each telling is whole; the newest is true.</summary>
public sealed class LiveList
{
    private readonly Lock gate = new();
    private OwedList? list;
    private bool isCurrent;

    internal LiveList(string addressee) => Addressee = addressee;

    /// <summary>Whose list it is: a name, or a role as <c>role/charge-nurse@ED</c>.</summary>
    public string Addressee { get; }

    /// <summary>What they owe; null until known.</summary>
    public OwedList? List
    {
        get { lock (gate) return list; }
    }

    /// <summary>It changed, or was fetched.</summary>
    public event Action? Changed;

    internal int Watchers { get; set; }

    internal bool IsCurrent
    {
        get { lock (gate) return isCurrent; }
    }

    internal void Outdate()
    {
        lock (gate) isCurrent = false;
    }

    internal void Take(OwedList now)
    {
        lock (gate)
        {
            isCurrent = true;
            if (list is not null && now.AsOf < list.AsOf) return;
            list = now;
        }

        Changed?.Invoke();
    }
}
