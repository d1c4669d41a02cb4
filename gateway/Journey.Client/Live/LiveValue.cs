namespace Journey.Client.Live;

/// <summary>Something that the hub tells whole each time it changes: the newest is true.</summary>
/// <typeparam name="T">What it tells.</typeparam>
public sealed class LiveValue<T> where T : class
{
    private readonly Lock _gate = new();
    private bool _isWatched;
    private bool _isCurrent;
    private bool _isRefused;
    private T? _value;

    /// <param name="method">The hub's method that begins to tell it, and answers with it as it stands.</param>
    /// <param name="asOf">The moment for which it is true.</param>
    internal LiveValue(string method, Func<T, DateTimeOffset> asOf) => (Method, AsOf) = (method, asOf);

    /// <summary>As the server last told it; null until known.</summary>
    public T? Value
    {
        get { lock (_gate) return _value; }
    }

    /// <summary>Whoever is signed in may not see it. Asking again changes nothing until that changes.</summary>
    public bool IsRefused
    {
        get { lock (_gate) return _isRefused; }
    }

    /// <summary>It changed, was fetched, or was refused.</summary>
    public event Action? Changed;

    internal string Method { get; }

    internal Func<T, DateTimeOffset> AsOf { get; }

    internal bool IsMissing
    {
        get { lock (_gate) return _isWatched && !_isCurrent && !_isRefused; }
    }

    internal void Watch()
    {
        lock (_gate) (_isWatched, _isRefused) = (true, false);
    }

    internal void Outdate()
    {
        lock (_gate) _isCurrent = false;
    }

    internal void Answered(T now)
    {
        lock (_gate) _isCurrent = true;
        Take(now);
    }

    internal void Take(T now)
    {
        lock (_gate)
        {
            if (_value is not null && AsOf(now) < AsOf(_value)) return;
            _value = now;
        }

        Changed?.Invoke();
    }

    internal void Refuse()
    {
        lock (_gate) _isRefused = true;
        Changed?.Invoke();
    }
}
