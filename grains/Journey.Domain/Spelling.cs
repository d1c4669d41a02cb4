using System.Text.Json;

namespace Journey.Domain;

/// <summary>How the names of kinds and states are spelled where others read them.</summary>
internal static class Spelling
{
    /// <summary>Lower case, with hyphens: <c>next-word</c>.</summary>
    public static string Kebab<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
