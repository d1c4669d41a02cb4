namespace Journey.Client.Live;

/// <summary>
/// The server's time, carried forward on this computer's monotonic clock. A computer's own clock may be minutes wrong, or be put right in the middle
/// of a shift; neither may move a
/// patient's waiting time. May be used from any thread.
/// </summary>
/// <param name="clock">This computer's clock.</param>
public sealed class ServerTime(TimeProvider clock)
{
    /// <summary>An answer that differs by no more than the network and this explain is believed to agree.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(20);

    private volatile Reading? _reading;

    /// <summary>True once the server has said what time it is.</summary>
    public bool IsKnown => _reading is not null;

    /// <summary>The server's time now; this computer's own until the server has spoken.</summary>
    public DateTimeOffset Now => _reading is { } known ? known.Server + clock.GetElapsedTime(known.Stamp) : clock.GetUtcNow();

    /// <summary>The time zone of this computer, in which times are shown.</summary>
    public TimeZoneInfo Zone => clock.LocalTimeZone;

    internal TimeProvider Clock => clock;

    /// <summary>Learns from an answer. What is already believed stays while the answer allows it.</summary>
    /// <param name="server">The time that the answer carried.</param>
    /// <param name="roundTrip">How long the answer took; the clock is right to within half of it.</param>
    public void Learn(DateTimeOffset server, TimeSpan roundTrip)
    {
        var best = server + roundTrip / 2;
        if (IsKnown && (Now - best).Duration() <= roundTrip / 2 + Tolerance) return;
        _reading = new(best, clock.GetTimestamp());
    }

    /// <summary>Learns from what is about as old as its arrival, such as a snapshot; only while nothing better is known.</summary>
    /// <param name="server">The time that it carried.</param>
    public void Hint(DateTimeOffset server) => _reading ??= new(server, clock.GetTimestamp());

    private sealed record Reading(DateTimeOffset Server, long Stamp);
}
