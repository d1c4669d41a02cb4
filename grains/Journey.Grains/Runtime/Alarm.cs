namespace Journey.Grains.Runtime;

/// <summary>A grain's timer that rings once each time it is set, in a turn of the grain.</summary>
internal sealed class Alarm
{
    private readonly IGrainTimer _timer;

    /// <param name="interleaves">Whether the grain goes on with other calls while it rings.</param>
    public Alarm(IGrainBase grain, Func<Task> ring, bool interleaves = false) => _timer = grain.RegisterGrainTimer(
        () =>
        {
            IsSet = false;
            return ring();
        },
        new() { DueTime = Timeout.InfiniteTimeSpan, Period = Timeout.InfiniteTimeSpan, Interleave = interleaves });

    public Alarm(IGrainBase grain, Action ring) : this(grain, () =>
    {
        ring();
        return Task.CompletedTask;
    })
    { }

    public bool IsSet { get; private set; }

    /// <summary>Rings after that time, and no more at any set before.</summary>
    public void Set(TimeSpan wait)
    {
        IsSet = true;
        _timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    /// <summary>As <see cref="Set"/>, unless it is set already.</summary>
    public void SetOnce(TimeSpan wait)
    {
        if (!IsSet) Set(wait);
    }

    public void Stop()
    {
        IsSet = false;
        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
