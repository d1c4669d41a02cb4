using System.Text;

namespace Journey.Testing;

/// <summary>A message cut with plain string splitting, so that what the product reads is held to another reading.</summary>
public sealed class Plain
{
    private readonly List<string[]> _segments = [];

    public Plain(ReadOnlySpan<byte> bytes)
    {
        var lines = Encoding.Latin1.GetString(bytes).Split('\r', '\n')
            .Select(line => line.TrimStart('\x0B', ' ', '\t', '\0', '\xEF', '\xBB', '\xBF')).ToArray();
        var start = Array.FindIndex(lines, line => line.StartsWith("MSH", StringComparison.Ordinal) && line.Length > 4);
        if (start < 0) return;
        IsReadable = true;
        var separator = lines[start][3];
        foreach (var line in lines[start..].Where(line => line.Length >= 3)) _segments.Add(line.TrimEnd('\x1C', '\0').Split(separator));
        Component = Field("MSH", 2) is [var component, ..] ? component : '^';
    }

    public bool IsReadable { get; }

    private char Component { get; } = '^';

    public string ControlId => Field("MSH", 10);

    public string Code => Part("MSH", 9, 1);

    public string Trigger => Part("MSH", 9, 2) is { Length: > 0 } trigger ? trigger : Part("EVN", 1, 1);

    public IEnumerable<string> Names =>
        _segments.Where(s => s[0] == "PID" && s.Length > 5).SelectMany(s => s[5].Split('~')).SelectMany(name => name.Split(Component).Take(2));

    public int Count(string segment) => _segments.Count(s => s[0] == segment);

    public bool Has(string segment) => Count(segment) > 0;

    /// <summary>A field of the first segment of its name, blanks removed; empty when absent.</summary>
    public string Field(string segment, int field)
    {
        var found = _segments.FirstOrDefault(s => s[0] == segment);
        var at = segment is "MSH" or "FHS" or "BHS" ? field - 1 : field;
        return found is not null && found.Length > at ? found[at].Trim() : "";
    }

    /// <summary>A component of the first repetition.</summary>
    public string Part(string segment, int field, int component)
    {
        var parts = Field(segment, field).Split('~')[0].Split(Component);
        return parts.Length >= component && parts[component - 1] != "\"\"" ? parts[component - 1].Trim() : "";
    }

    public string[] Segments(string segment, int field) =>
        [.. _segments.Where(s => s[0] == segment).Select(s => s.Length > field ? s[field].Trim() : "")];
}
