using Journey.Api;

namespace Journey.Client.Live;

/// <summary>What a person or a role owes, as the server last told it. Each telling is whole; the newest is true.</summary>
public sealed class LiveList
{
    private readonly Lock _gate = new();
    private OwedList? _list;
    private bool _isCurrent;

    internal LiveList(string addressee) => Addressee = addressee;

    /// <summary>Whose list it is: a name, or a role as <c>role/charge-nurse@ED</c>.</summary>
    public string Addressee { get; }

    /// <summary>What they owe; null until known.</summary>
    public OwedList? List
    {
        get { lock (_gate) return _list; }
    }

    /// <summary>It changed, or was fetched.</summary>
    public event Action? Changed;

    internal int Watchers { get; set; }

    internal bool IsCurrent
    {
        get { lock (_gate) return _isCurrent; }
    }

    internal void Outdate()
    {
        lock (_gate) _isCurrent = false;
    }

    internal void Take(OwedList now)
    {
        lock (_gate)
        {
            _isCurrent = true;
            if (_list is not null && now.AsOf < _list.AsOf) return;
            _list = now;
        }

        Changed?.Invoke();
    }
}
