using Journey.Gateway.Cluster.Text;
using Journey.Hl7;

namespace Journey.Gateway.Feeds.Reading;

/// <summary>
/// What a value says: nothing (null), that it is to be cleared (empty), or a text. Length is bounded, control characters are not kept, and what would
/// act on the text unseen is a mark.
/// </summary>
internal static class Said
{
    public const int Name = 80;
    public const int Code = 64;
    public const int Identifier = 200;

    public static string? Text(Hl7Value value, int longest) => value.Kind switch
    {
        Hl7ValueKind.Absent => null,
        Hl7ValueKind.Null => "",
        _ => Sanitize(value.Text, longest) is { Length: > 0 } text ? text : null,
    };

    /// <summary>As <see cref="Text"/>, where to clear means nothing.</summary>
    public static string? Value(Hl7Value value, int longest) => Text(value, longest) is { Length: > 0 } text ? text : null;

    private static string Sanitize(string text, int longest)
    {
        if (text.AsSpan().ContainsAnyInRange('\0', '\x1F')) text = string.Concat(text.Select(c => c < ' ' ? ' ' : c));
        text = PlainText.Sanitize(text.Trim());
        if (text.Length <= longest) return text;
        return text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)].TrimEnd();
    }
}
