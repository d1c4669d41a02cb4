namespace Journey.Gateway.Cluster.Wire;

/// <summary>Enumerated values as the public contract writes them: lower case, made once.</summary>
internal static class WireName<TEnum> where TEnum : struct, Enum
{
    private static readonly Dictionary<TEnum, string> All =
        Enum.GetValues<TEnum>().ToDictionary(value => value, value => value.ToString().ToLowerInvariant());

    private static readonly Dictionary<TEnum, string> Dashes =
        Enum.GetValues<TEnum>().ToDictionary(value => value, value => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()));

    /// <summary>With dashes between words: <c>no-information</c>.</summary>
    public static string Dashed(TEnum value) => Dashes.TryGetValue(value, out var word) ? word : "unknown";

    /// <summary>Null when it is none of them.</summary>
    public static TEnum? Read(string? word)
    {
        foreach (var (value, dashed) in Dashes)
            if (dashed == word) return value;
        return null;
    }

    public static string Choices => string.Join(", ", Dashes.Values);

    /// <summary>Without anything between words: <c>onleave</c>.</summary>
    public static string Joined(TEnum value) => All.TryGetValue(value, out var word) ? word : "unknown";
}
