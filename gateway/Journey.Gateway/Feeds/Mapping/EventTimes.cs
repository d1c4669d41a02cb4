using Journey.Hl7;

namespace Journey.Gateway.Feeds.Mapping;

/// <summary>When what a message tells happened.</summary>
internal sealed class EventTimes
{
    /// <summary>How far a sender's clock may be ahead.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    /// <summary>How far an event may lie before its message when an hour that happens twice is read.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromMinutes(30);

    private readonly Hl7Message _message;
    private readonly FeedProfile _feed;
    private readonly DateTimeOffset? _notBefore;

    /// <param name="notBefore">The last message time of the same connection; tells the second of two equal hours from the first.</param>
    public EventTimes(Hl7Message message, FeedProfile feed, DateTimeOffset receivedAt, DateTimeOffset? notBefore)
    {
        (_message, _feed, ReceivedAt) = (message, feed, receivedAt);
        MessageAt = message["MSH", 7].TryGetTime(feed.Zone, out var sent, notBefore) && sent.Precision >= Hl7Precision.Minute ? sent.Value : null;
        _notBefore = (MessageAt ?? notBefore) - Before;
    }

    public DateTimeOffset ReceivedAt { get; }

    /// <summary>MSH-7.</summary>
    public DateTimeOffset? MessageAt { get; }

    /// <summary>EVN-3.</summary>
    public DateTimeOffset? Planned => Read(_message["EVN", 3]);

    /// <summary>EVN-6: of a cancelling message the time of what is cancelled.</summary>
    public DateTimeOffset? Event => Read(_message["EVN", 6]);

    public DateTimeOffset? Read(Hl7Value value) => value.TryGetTime(_feed.Zone, out var time, _notBefore) ? time.Value : null;

    /// <summary>The best the message has: EVN-6, for arrivals PV1-44 and for departures PV1-45, EVN-2, MSH-7, else when it came.</summary>
    public DateTimeOffset Occurred(string trigger, Hl7Segment pv1) => Best(_message["EVN", 6], trigger switch
    {
        "A01" or "A04" => Past(pv1[44]),
        "A03" => Past(pv1[45]),
        _ => default,
    }, _message["EVN", 2], _message["MSH", 7]);

    /// <summary>Absent when it is later than the message itself: some senders leave the planned time of admission there when the patient comes early.</summary>
    private Hl7Value Past(Hl7Value value)
    {
        if (Read(value) is not { } time) return value;
        var (recorded, sent) = (Read(_message["EVN", 2]), MessageAt);
        var latest = recorded > sent ? recorded : sent ?? recorded;
        return time > latest + Ahead ? default : value;
    }

    /// <summary>When a cancelling message was meant: EVN-2, MSH-7, else when it came.</summary>
    public DateTimeOffset Recorded() => Best(_message["EVN", 2], _message["MSH", 7]);

    /// <summary>The first that says at least the hour, else the first that says a day; never in the future.</summary>
    private DateTimeOffset Best(params ReadOnlySpan<Hl7Value> candidates)
    {
        DateTimeOffset? day = null;
        foreach (var candidate in candidates)
        {
            if (!candidate.TryGetTime(_feed.Zone, out var time, _notBefore) || time.Precision < Hl7Precision.Day) continue;
            if (time.Precision >= Hl7Precision.Hour) return NotAhead(time.Value);
            day ??= time.Value;
        }

        return NotAhead(day ?? ReceivedAt);
    }

    private DateTimeOffset NotAhead(DateTimeOffset time) => time > ReceivedAt + Ahead ? ReceivedAt : time;
}
