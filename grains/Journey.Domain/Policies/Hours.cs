namespace Journey.Domain.Policies;

/// <summary>Hours of the day, over midnight when <paramref name="Until"/> is not after <paramref name="From"/>.</summary>
public sealed record Hours(TimeOnly From, TimeOnly Until)
{
    public bool Contains(DateTimeOffset instant, TimeZoneInfo zone)
    {
        var time = TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);
        return From < Until ? time >= From && time < Until : time >= From || time < Until;
    }

    /// <summary>The first instant from <paramref name="instant"/> on that is not within them.</summary>
    public DateTimeOffset After(DateTimeOffset instant, TimeZoneInfo zone)
    {
        if (instant > Horizon || !Contains(instant, zone)) return instant;
        var local = TimeZoneInfo.ConvertTime(instant, zone).DateTime;
        var end = local.Date + Until.ToTimeSpan();
        if (end <= local) end = end.AddDays(1);
        return Instant(end, zone);
    }

    /// <summary>
    /// When the clocks of a zone show <paramref name="local"/>. One that is put forward skips an hour: what would be in it is when it is over.
    /// </summary>
    internal static DateTimeOffset Instant(DateTime local, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(local)) local = local.AddMinutes(15);
        return new DateTimeOffset(local, zone.GetUtcOffset(local));
    }

    /// <summary>Feeds send times at the end of the calendar; there is no morning after it.</summary>
    private static readonly DateTimeOffset Horizon = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);
}
