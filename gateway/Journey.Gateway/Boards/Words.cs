namespace Journey.Gateway.Boards;

/// <summary>Enumerated values as the public contract writes them: lower case, made once.</summary>
internal static class Words<TEnum> where TEnum : struct, Enum
{
    private static readonly Dictionary<TEnum, string> All = Enum.GetValues<TEnum>().ToDictionary(value => value, value => value.ToString().ToLowerInvariant());

    public static string Of(TEnum value) => All.TryGetValue(value, out var word) ? word : "unknown";
}
