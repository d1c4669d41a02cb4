using System.Collections.Concurrent;
using Journey.Gateway.Feeds.Profiles;
using Journey.Hl7;

namespace Journey.Gateway.Feeds.Mapping;

/// <summary>
/// When what a message tells happened, was recorded and was sent. A time that cannot be is not believed, and the next best stands in for it.
/// </summary>
internal sealed class EventTimes
{
    /// <summary>How far a sender's clock may be ahead.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    /// <summary>How far an event may lie before its message when an hour that happens twice is read.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromMinutes(30);

    /// <summary>By how much an event recorded after its message was sent shows that the message's clock is the wrong one.</summary>
    private static readonly TimeSpan Stopped = TimeSpan.FromDays(1);

    /// <summary>No message is older than HL7 itself.</summary>
    private static readonly DateTimeOffset Earliest = new(1987, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly ConcurrentDictionary<TimeSpan, TimeZoneInfo> Fixed = new();

    private readonly FeedProfile _feed;
    private readonly TimeZoneInfo _zone;
    private readonly TimeSpan? _offset;
    private readonly DateTimeOffset? _notBefore;
    private readonly DateTimeOffset _reference;
    private readonly List<string> _notBelieved = [];
    private readonly Hl7Time? _event;
    private readonly Hl7Time? _recorded;

    /// <param name="notBefore">The last message time of the same connection; tells the second of two equal hours from the first.</param>
    /// <param name="findings">Takes the fields whose time is not believed.</param>
    public EventTimes(Hl7Message message, FeedProfile feed, DateTimeOffset receivedAt, DateTimeOffset? notBefore, Findings findings)
    {
        (_feed, ReceivedAt, Found, _zone) = (feed, receivedAt, findings, feed.Zone);
        var sent = message["MSH", 7].TryGetTime(feed.Zone, out var read, notBefore) && read.Precision >= Hl7Precision.Minute ? read : (Hl7Time?)null;
        if (sent is { HasOffset: true } stamped)
        {
            _offset = stamped.Value.Offset;
            if (feed.Zone.GetUtcOffset(stamped.Value) != _offset) _zone = Fixed.GetOrAdd(stamped.Value.Offset, Custom);
        }

        _notBefore = (sent?.Value ?? notBefore) - Before;
        MessageAt = sent?.Value;
        if (MessageAt < Earliest || MessageAt > receivedAt + Ahead || IsStopped(message))
        {
            findings.NotBelieved("MSH-7");
            MessageAt = null;
        }

        _reference = (MessageAt ?? Day(message["MSH", 7])) is { } said && said < receivedAt ? said : receivedAt;
        _recorded = Believed(Time(message["EVN", 2]), "EVN-2", feed.PlausibleEvent, _notBelieved);
        // Of what is planned, or is not planned any more, EVN-6 may be the planned time.
        var happened = Time(message["EVN", 6]);
        _event = IsPlan(message.Trigger) && happened?.Value > Latest ? null : Believed(happened, "EVN-6", feed.PlausibleEvent, _notBelieved);
        Planned = Coming(message["EVN", 3]);
    }

    public DateTimeOffset ReceivedAt { get; }

    /// <summary>MSH-7; null when not said, or not to be believed.</summary>
    public DateTimeOffset? MessageAt { get; }

    /// <summary>EVN-3.</summary>
    public DateTimeOffset? Planned { get; }

    /// <summary>EVN-6: of a cancelling message the time of what is cancelled.</summary>
    public DateTimeOffset? Event => _event?.Value;

    /// <summary>When the sender recorded it: EVN-2, else MSH-7; null when neither says so to the minute.</summary>
    public DateTimeOffset? SaidAt => _recorded is { Precision: >= Hl7Precision.Minute } recorded ? recorded.Value : MessageAt;

    /// <summary>What is later than this has not happened yet.</summary>
    private DateTimeOffset Latest => _reference + Ahead;

    private Findings Found { get; }

    /// <summary>The best the message has: EVN-6, for departures PV1-45, EVN-2, MSH-7, else when it came.</summary>
    public DateTimeOffset Occurred(Hl7Time? left = null) => Best(_event, left, _recorded);

    /// <summary>When a cancelling message was meant: EVN-2, MSH-7, else when it came.</summary>
    public DateTimeOffset Recorded() => Best(_recorded);

    /// <summary>When a result, an order or a document was made: the first of these that can be believed, else when the message was sent.</summary>
    public DateTimeOffset Made(params ReadOnlySpan<Hl7Value> candidates)
    {
        foreach (var candidate in candidates)
        {
            if (Time(candidate) is { Precision: >= Hl7Precision.Minute } time && IsPlausible(time, _feed.PlausibleEvent)) return time.Value;
        }

        return MessageAt ?? ReceivedAt;
    }

    /// <summary>A time that may lie ahead; null when it cannot be.</summary>
    public DateTimeOffset? Coming(Hl7Value value) =>
        Time(value) is { } time && (time.Value - _reference).Duration() < _feed.PlausibleStay ? time.Value : null;

    /// <summary>What PV1 says of when the visit began and ended.</summary>
    /// <param name="isDeparture">True for the message that tells of the departure: then PV1-45 is a time of it.</param>
    public VisitTimes ReadVisitTimes(Hl7Segment pv1, bool isDeparture)
    {
        var notBelieved = new List<string>(_notBelieved);
        var began = OfVisit(pv1[44], "PV1-44", _feed.PlausibleStay, notBelieved);
        var left = OfVisit(pv1[45], "PV1-45", isDeparture ? _feed.PlausibleEvent : _feed.PlausibleStay, notBelieved);
        return new(began?.Value, left, [.. notBelieved]);
    }

    /// <summary>Whether a date of expiry lies before the message.</summary>
    public bool HasPassed(Hl7Value value)
    {
        if (!value.TryGetTime(_zone, out var time, _notBefore) || time.Precision < Hl7Precision.Day) return false;
        // A day is valid to its end, wherever that is.
        return (time.Precision == Hl7Precision.Day ? time.Value.AddDays(1) : time.Value) < (MessageAt ?? ReceivedAt);
    }

    /// <summary>
    /// Without an offset of its own a time has the message's, when the feed's zone has another at that moment, or when the hour happens twice;
    /// otherwise the feed's zone, so that daylight saving is right for times far away.
    /// </summary>
    private Hl7Time? Time(Hl7Value value)
    {
        if (!value.TryGetTime(_zone, out var time, _notBefore) || time.Precision < Hl7Precision.Day) return null;
        if (!time.IsAmbiguous || _offset is not { } offset) return time;
        var stamped = new DateTimeOffset(time.Value.DateTime, offset);
        return MessageAt is { } sent && stamped <= sent + Ahead && sent - stamped < TimeSpan.FromHours(12) ? time with { Value = stamped } : time;
    }

    private Hl7Time? OfVisit(Hl7Value value, string field, TimeSpan window, List<string> notBelieved)
    {
        if (Time(value) is not { } time) return null;
        // Ahead of its message it is a plan that was left there, and not when it happened.
        if (time.Value > Latest && time.Value < Latest + _feed.PlausibleEvent) return null;
        return IsDateOnly(time) ? null : Believed(time, field, window, notBelieved);
    }

    /// <summary>
    /// Midnight, or no hour at all, on the day on which the sender recorded to the minute something that happened at another: a date, not a time.
    /// </summary>
    private bool IsDateOnly(Hl7Time time) =>
        (time.Precision < Hl7Precision.Hour || time.Value.TimeOfDay == TimeSpan.Zero)
        && _recorded is { Precision: >= Hl7Precision.Minute } exact && exact.Value.TimeOfDay != TimeSpan.Zero && exact.Date == time.Date;

    private Hl7Time? Believed(Hl7Time? time, string field, TimeSpan window, List<string> notBelieved)
    {
        if (time is not { } read || IsPlausible(read, window)) return time;
        notBelieved.Add(field);
        Found.NotBelieved(field);
        return null;
    }

    /// <summary>A time with an offset of its own is told better than the message's without one.</summary>
    private bool IsPlausible(Hl7Time time, TimeSpan window) =>
        time.Value <= (time.HasOffset && _offset is null ? ReceivedAt + Ahead : Latest)
        && (time.Precision < Hl7Precision.Hour ? time.Value.AddDays(1) : time.Value) >= _reference - window;

    /// <summary>The end of the day on which a message was sent that does not say when.</summary>
    private DateTimeOffset? Day(Hl7Value value) =>
        Time(value) is { Precision: < Hl7Precision.Minute } day && day.Value > Earliest ? day.Value.AddDays(1) : null;

    /// <summary>An interface whose clock stands still says what is long past; what it tells of was recorded since.</summary>
    private bool IsStopped(Hl7Message message) =>
        MessageAt is { } sent && Time(message["EVN", 2]) is { } recorded && recorded.Value > sent + Stopped && recorded.Value <= ReceivedAt + Ahead;

    /// <summary>The first that says at least the hour, else when the message was sent, else the first that says a day, else when it came.</summary>
    private DateTimeOffset Best(params ReadOnlySpan<Hl7Time?> candidates)
    {
        DateTimeOffset? day = null;
        foreach (var candidate in candidates)
        {
            if (candidate is not { } time) continue;
            if (time.Precision >= Hl7Precision.Hour) return time.Value;
            day ??= time.Value;
        }

        return MessageAt ?? day ?? ReceivedAt;
    }

    private static bool IsPlan(string trigger) => trigger.ToUpperInvariant() is "A05" or "A14" or "A15" or "A16" or "A25" or "A26" or "A27" or "A38";

    private static TimeZoneInfo Custom(TimeSpan offset) => TimeZoneInfo.CreateCustomTimeZone("UTC" + offset, offset, null, null);
}

/// <summary>What PV1 says of when a visit began and ended.</summary>
/// <param name="AdmittedAt">PV1-44.</param>
/// <param name="Left">PV1-45.</param>
/// <param name="NotBelieved">Fields of the message with a time that cannot be.</param>
internal readonly record struct VisitTimes(DateTimeOffset? AdmittedAt, Hl7Time? Left,
    System.Collections.Immutable.ImmutableArray<string> NotBelieved);
