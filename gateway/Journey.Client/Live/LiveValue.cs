namespace Journey.Client.Live;

/// <summary>Something that the hub tells whole each time it changes: the newest is true.</summary>
/// <typeparam name="T">What it tells.</typeparam>
public sealed class LiveValue<T> where T : class
{
    private readonly Lock gate = new();
    private bool isWatched;
    private bool isCurrent;
    private bool isRefused;
    private T? value;

    /// <param name="method">The hub's method that begins to tell it, and answers with it as it stands.</param>
    /// <param name="asOf">The moment for which it is true.</param>
    internal LiveValue(string method, Func<T, DateTimeOffset> asOf) => (Method, AsOf) = (method, asOf);

    /// <summary>As the server last told it; null until known.</summary>
    public T? Value
    {
        get { lock (gate) return value; }
    }

    /// <summary>Whoever is signed in may not see it. Asking again changes nothing until that changes.</summary>
    public bool IsRefused
    {
        get { lock (gate) return isRefused; }
    }

    /// <summary>It changed, was fetched, or was refused.</summary>
    public event Action? Changed;

    internal string Method { get; }

    internal Func<T, DateTimeOffset> AsOf { get; }

    internal bool IsMissing
    {
        get { lock (gate) return isWatched && !isCurrent && !isRefused; }
    }

    internal void Watch()
    {
        lock (gate) (isWatched, isRefused) = (true, false);
    }

    internal void Outdate()
    {
        lock (gate) isCurrent = false;
    }

    internal void Answered(T now)
    {
        lock (gate) isCurrent = true;
        Take(now);
    }

    internal void Take(T now)
    {
        lock (gate)
        {
            if (value is not null && AsOf(now) < AsOf(value)) return;
            value = now;
        }

        Changed?.Invoke();
    }

    internal void Refuse()
    {
        lock (gate) isRefused = true;
        Changed?.Invoke();
    }
}
