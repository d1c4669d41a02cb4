using System.Collections.Immutable;

namespace Journey.Domain.Policies;

/// <summary>The times of day at which the house's shifts begin, earliest first; each lasts until the next begins.</summary>
/// <param name="Begins">At least one; of a single one each shift lasts a day.</param>
public sealed record ShiftTimes(ImmutableArray<TimeOnly> Begins)
{
    /// <summary>When the shift at <paramref name="instant"/> began, and when the next one does.</summary>
    public (DateTimeOffset Began, DateTimeOffset Ends) At(DateTimeOffset instant, TimeZoneInfo zone)
    {
        var today = TimeZoneInfo.ConvertTime(instant, zone).Date;
        var (began, ends) = (DateTimeOffset.MinValue, DateTimeOffset.MaxValue);
        for (var day = -1; day <= 1; day++)
            foreach (var time in Begins)
            {
                var begin = Hours.Instant(today.AddDays(day) + time.ToTimeSpan(), zone);
                if (begin <= instant && begin > began) began = begin;
                if (begin > instant && begin < ends) ends = begin;
            }

        return (began, ends);
    }
}
