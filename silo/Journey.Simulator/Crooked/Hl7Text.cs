using System.Globalization;
using System.Text;

namespace Journey.Simulator.Crooked;

/// <summary>A message as text whose fields can be written over.</summary>
internal sealed class Hl7Text
{
    private const string TimeFormat = "yyyyMMddHHmmsszzz";
    private readonly List<string[]> _segments;

    public Hl7Text(byte[] message) => _segments = [.. Encoding.UTF8.GetString(message).TrimEnd('\r').Split('\r').Select(line => line.Split('|'))];

    /// <summary>The first component of a field of the first segment of its name; empty when absent.</summary>
    public string First(string segment, int field) =>
        Find(segment) is { } found && Index(segment, field) < found.Length ? found[Index(segment, field)].Split('^')[0] : "";

    /// <summary>Writes over the first component and keeps the others.</summary>
    public void SetFirst(string segment, int field, string text)
    {
        if (Find(segment) is not { } found || Index(segment, field) >= found.Length) return;
        var parts = found[Index(segment, field)].Split('^');
        parts[0] = text;
        found[Index(segment, field)] = string.Join('^', parts);
    }

    /// <summary>Writes over the first component wherever it is a key; a swap has the segment twice.</summary>
    public void Replace(string segment, int field, IReadOnlyDictionary<string, string> anew)
    {
        foreach (var found in _segments.Where(fields => fields[0] == segment && field < fields.Length))
            if (found[field].Split('^') is [var first, ..] && anew.TryGetValue(first, out var text))
                found[field] = text + found[field][first.Length..];
    }

    public void Trigger(string code)
    {
        if (Find("MSH") is not { } header || Find("EVN") is not { } evn) return;
        header[8] = $"ADT^{code}^ADT_{(code is "A40" ? "A39" : code)}";
        evn[1] = code;
    }

    /// <summary>Moves a time.</summary>
    public void Shift(string segment, int field, TimeSpan by)
    {
        if (First(segment, field) is { Length: 19 } text
            && DateTimeOffset.TryParseExact(text.Insert(17, ":"), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            SetFirst(segment, field, (time + by).ToString(TimeFormat, CultureInfo.InvariantCulture).Remove(17, 1));
    }

    public byte[] ToArray() => Encoding.UTF8.GetBytes(string.Join('\r', _segments.Select(fields => string.Join('|', fields))) + '\r');

    private string[]? Find(string segment) => _segments.Find(fields => fields[0] == segment);

    /// <summary>MSH-1 is the separator itself.</summary>
    private static int Index(string segment, int field) => segment == "MSH" ? field - 1 : field;
}
