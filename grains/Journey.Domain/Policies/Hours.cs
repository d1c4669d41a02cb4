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
        // A clock that is put forward skips the hour they would end in: they end when it is over.
        while (zone.IsInvalidTime(end)) end = end.AddMinutes(15);
        return new DateTimeOffset(end, zone.GetUtcOffset(end));
    }

    /// <summary>Feeds send times at the end of the calendar; there is no morning after it.</summary>
    private static readonly DateTimeOffset Horizon = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);
}
