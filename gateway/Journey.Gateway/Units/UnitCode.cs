namespace Journey.Gateway.Units;

/// <summary>Unit codes are what PV1-3.1 says: any visible text, as short as a code is.</summary>
internal static class UnitCode
{
    public const int MaxLength = 64;

    /// <summary>Reads a code as it stands in a path, where a slash is still escaped.</summary>
    public static bool TryRead(string? text, out string code)
    {
        code = text?.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase).Trim() ?? "";
        return code.Length is > 0 and <= MaxLength && !code.Any(char.IsControl);
    }
}
