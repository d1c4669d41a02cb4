namespace Journey.Dashboard.Live;

/// <summary>Something that the hub tells whole each time it changes: the newest is true. Watched from the first who asks on, for as long as the page is open.</summary>
/// <param name="watch">The hub's method that begins to tell it and answers with it as it stands.</param>
/// <param name="asOf">The moment for which it is true.</param>
public sealed class LiveWhole<T>(string watch, Func<T, DateTimeOffset> asOf) where T : class
{
    private bool isWatched;
    private bool isCurrent;

    /// <summary>Null until known.</summary>
    public T? Value { get; private set; }

    /// <summary>The policy does not let whoever is signed in see it. Asking again changes nothing.</summary>
    public bool IsRefused { get; private set; }

    public event Action? Changed;

    internal string WatchMethod => watch;

    internal bool IsMissing => isWatched && !isCurrent && !IsRefused;

    internal void Watch() => (isWatched, IsRefused) = (true, false);

    internal void Outdate() => isCurrent = false;

    internal DateTimeOffset AsOf(T value) => asOf(value);

    internal void Answered(T now)
    {
        isCurrent = true;
        Take(now);
    }

    internal void Take(T now)
    {
        if (Value is not null && asOf(now) < asOf(Value)) return;
        Value = now;
        Changed?.Invoke();
    }

    internal void Refuse()
    {
        IsRefused = true;
        Changed?.Invoke();
    }
}
