namespace Journey.Gateway.Feeds.Monitoring;

/// <summary>
/// Messages of one feed that could not be carried out though the store was there: a fault of ours that this very message meets. Their sender repeats
/// one until it is told to stop, and holds back all that come after it. Counted in this process: a restart, perhaps with the fault mended, tries
/// anew. Safe for several threads at once.
/// </summary>
internal sealed class FailedMessages
{
    /// <summary>
    /// After so many tries a message is parked. A fault that passes, a silo that is being replaced by another version, has passed by then, for
    /// senders wait some seconds between tries; with more of them the whole feed stands still for a message that nobody but a programmer can help.
    /// </summary>
    public const int Tries = 5;

    /// <summary>So many are remembered; what is forgotten is tried again from the first.</summary>
    private const int Capacity = 1_000;

    private readonly Dictionary<Guid, int> _tries = [];
    private readonly Queue<Guid> _order = [];

    /// <summary>How many are parked.</summary>
    public int Parked
    {
        get
        {
            lock (_tries) return _tries.Values.Count(tries => tries >= Tries);
        }
    }

    /// <summary>Counts a try of a message that failed. True when it is parked.</summary>
    public bool Failed(Guid message)
    {
        lock (_tries)
        {
            if (!_tries.TryGetValue(message, out var tries))
            {
                _order.Enqueue(message);
                if (_order.Count > Capacity) _tries.Remove(_order.Dequeue());
            }

            _tries[message] = tries + 1;
            return tries + 1 >= Tries;
        }
    }

    /// <summary>A message was carried out after all.</summary>
    public void CarriedOut(Guid message)
    {
        lock (_tries)
            _tries.Remove(message);
    }
}
