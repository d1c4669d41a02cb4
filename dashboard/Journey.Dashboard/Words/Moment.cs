using System.Globalization;

namespace Journey.Dashboard.Words;

/// <summary>Points in time in words, in the zone of the person looking.</summary>
public static class Moment
{
    public static string Text(DateTimeOffset at, DateTimeOffset now, TimeZoneInfo zone)
    {
        var there = TimeZoneInfo.ConvertTime(at, zone);
        var here = TimeZoneInfo.ConvertTime(now, zone);
        var days = (there.Date - here.Date).Days;
        return there.ToString(days switch { 0 => "HH:mm", > -7 and < 7 => "ddd HH:mm", _ => "d MMM HH:mm" }, CultureInfo.InvariantCulture);
    }

    public static string WithSeconds(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    public static string Date(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("dddd d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>An age as it is said at the bedside: days, then months, then years.</summary>
    public static string Age(DateOnly born, DateOnly today)
    {
        var days = today.DayNumber - born.DayNumber;
        var months = (today.Year - born.Year) * 12 + today.Month - born.Month - (today.Day < born.Day ? 1 : 0);
        return days < 0 ? "" : days < 31 ? $"{days} d" : months < 24 ? $"{months} mo" : $"{months / 12} y";
    }
}
