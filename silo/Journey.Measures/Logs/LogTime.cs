using System.Globalization;

namespace Journey.Measures.Logs;

/// <summary>Times as a log writes them.</summary>
/// <param name="zone">Whose wall clock a time without a zone is.</param>
/// <param name="format">How the log writes them, in the letters of .NET; null for what needs no telling.</param>
internal sealed class LogTime(TimeZoneInfo zone, string? format)
{
    /// <summary>Year first, or day first with points. Month first and day first with strokes look alike, so neither is guessed.</summary>
    private static readonly string[] Days = ["yyyy-MM-dd", "yyyy/MM/dd", "dd.MM.yyyy"];

    private static readonly string[] Usual =
        [.. Days, .. from day in Days
            from between in new[] { " ", "'T'" }
            from time in new[] { "H:mm", "H:mm:ss", "H:mm:ss.FFFFFFF" }
            select day + between + time];

    private static readonly string[] UsualWithZone = [.. from known in Usual from end in new[] { "K", " K", "zzz", " 'UTC'" } select known + end];

    /// <summary>The moment; null when it is none. A wall clock's hour that comes twice is the first of the two.</summary>
    public DateTimeOffset? Parse(string text)
    {
        if (DateTime.TryParseExact(text, format is null ? Usual : [format], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            && local.Kind == DateTimeKind.Unspecified)
            return new(local, zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local));
        var formats = format is null ? UsualWithZone : [format];
        return DateTimeOffset.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment : null;
    }
}
