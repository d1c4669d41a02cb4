using System.Globalization;

namespace Journey.Measures.Fhir;

/// <summary>For which days a measure is asked; both count.</summary>
internal sealed record Period(DateOnly From, DateOnly To)
{
    private const string Day = "yyyy-MM-dd";

    public static Period Year(int year) => new(new(year, 1, 1), new(year, 12, 31));

    /// <summary><c>2026</c>, or <c>2026-01-01/2026-03-31</c> as ISO 8601 has intervals; null when it is neither.</summary>
    public static Period? Parse(string text)
    {
        if (text.Length == 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year > 0) return Year(year);
        return text.Split('/') is [var from, var to] ? Between(from, to) : null;
    }

    /// <summary>Between two days, or moments of them; null when they are none, or the first is after the last.</summary>
    public static Period? Between(string? from, string? to) =>
        DateOnly.TryParseExact(Head(from), Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var first)
        && DateOnly.TryParseExact(Head(to), Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var last) && first <= last
            ? new(first, last)
            : null;

    private static string? Head(string? text) => text?.Length > Day.Length ? text[..Day.Length] : text;
}
