using Journey.Dashboard.Words;

namespace Journey.Dashboard.Live;

/// <summary>
/// The server's time, carried forward on the browser's monotonic clock. A ward computer's own clock may be minutes wrong or be put
/// right in the middle of a shift; neither may move a patient's waiting time.
/// </summary>
public sealed class ServerTime(TimeProvider clock)
{
    private DateTimeOffset anchor;
    private long stamp;

    public bool Known { get; private set; }

    /// <summary>The server's time now; the browser's own until the server has spoken.</summary>
    public DateTimeOffset Now => Known ? anchor + clock.GetElapsedTime(stamp) : clock.GetUtcNow();

    public DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Now, clock.LocalTimeZone).Date);

    /// <summary>Learns from an answer that carried <paramref name="server"/> and took <paramref name="roundTrip"/>. What is already believed stays while the answer allows it.</summary>
    public void Learn(DateTimeOffset server, TimeSpan roundTrip)
    {
        var best = server + roundTrip / 2;
        if (Known && (Now - best).Duration() <= roundTrip / 2 + TimeSpan.FromMilliseconds(20)) return;
        (anchor, stamp, Known) = (best, clock.GetTimestamp(), true);
    }

    /// <summary>A first idea of the time from a snapshot; an answer to <c>Now()</c> is better and is never overruled by it.</summary>
    public void Hint(DateTimeOffset server)
    {
        if (!Known) (anchor, stamp, Known) = (server, clock.GetTimestamp(), true);
    }

    public string Text(DateTimeOffset at) => Moment.Text(at, Now, clock.LocalTimeZone);

    public string TextWithSeconds(DateTimeOffset at) => Moment.WithSeconds(at, clock.LocalTimeZone);

    public string Date(DateTimeOffset at) => Moment.Date(at, clock.LocalTimeZone);
}
