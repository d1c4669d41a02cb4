using System.Text.Json;

namespace Journey.Domain;

/// <summary>How the names of kinds and states are spelled where others read them.</summary>
internal static class Spelling
{
    /// <summary>Lower case, with hyphens: <c>next-word</c>.</summary>
    public static string Kebab<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>A span of time in whole minutes: <c>45 min</c>, <c>4 h</c>, <c>1 h 30 min</c>.</summary>
    public static string Span(TimeSpan span) => ((int)span.TotalMinutes, span.Minutes) switch
    {
        ( < 60 and var minutes, _) => $"{minutes} min",
        (var minutes, 0) => $"{minutes / 60} h",
        (var minutes, var rest) => $"{minutes / 60} h {rest} min",
    };
}
