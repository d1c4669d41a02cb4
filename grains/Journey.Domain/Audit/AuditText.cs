using System.Text.Json;

namespace Journey.Domain.Audit;

/// <summary>The stored words of an enum: <c>read-visit</c> for <c>ReadVisit</c>.</summary>
public static class AuditText<T> where T : struct, Enum
{
    private static readonly Dictionary<T, string> Words =
        Enum.GetValues<T>().ToDictionary(value => value, value => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()));
    private static readonly Dictionary<string, T> Values = Words.ToDictionary(pair => pair.Value, pair => pair.Key);

    public static string ToWord(T value) => Words[value];

    /// <summary>Null when it is no such word.</summary>
    public static T? Read(string? word) => word is not null && Values.TryGetValue(word, out var value) ? value : null;

    public static IReadOnlyCollection<string> All => Values.Keys;
}
