namespace Journey.Gateway.Cluster.Units;

/// <summary>Unit codes are what PV1-3.1 says: any visible text, as short as a code is.</summary>
internal static class UnitCode
{
    public const int MaxLength = Api.Limits.Unit;

    /// <summary>Reads a code as a field or an argument holds it.</summary>
    public static bool TryRead(string? text, out string code)
    {
        code = text?.Trim() ?? "";
        return code.Length is > 0 and <= MaxLength && !code.Any(char.IsControl);
    }

    /// <summary>
    /// Reads a code as it stands in a path, see <see cref="Api.UnitSegment"/>. A slash that a client percent-encoded is still so here, and only that.
    /// </summary>
    public static bool TryReadSegment(string? segment, out string code) =>
        TryRead(segment is null ? null : Api.UnitSegment.Read(segment.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase)), out code);
}
