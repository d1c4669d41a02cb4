using System.Text;

namespace Journey.Storage.Journal;

/// <summary>Makes values from outside storable, the same way on both databases.</summary>
internal static class Sanitized
{
    private const int MaxWords = 64;
    private const int MaxWordLength = 64;

    /// <summary>Whole microseconds, UTC: what both databases hold exactly.</summary>
    public static DateTimeOffset Time(DateTimeOffset time) => new(time.UtcTicks - time.UtcTicks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);

    public static DateTimeOffset? Time(DateTimeOffset? time) => time is { } t ? Time(t) : null;

    /// <summary>PostgreSQL takes neither NUL nor half a surrogate pair, and one garbled message must be logged, not fail.</summary>
    public static string Text(string text)
    {
        if (!text.Contains('\0') && !HasLoneSurrogate(text)) return text;
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) clean.Append(rune.Value == 0 ? Rune.ReplacementChar : rune);
        return clean.ToString();
    }

    /// <summary>At most 64 words of at most 64 characters: an index has limits, a field of a message has none.</summary>
    public static string Words(string text) => string.Join(' ', Text(text)
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Distinct().Take(MaxWords)
        .Select(word => word.Length <= MaxWordLength ? word : Text(word[..MaxWordLength])));

    /// <summary>
    /// jsonb takes no <c>\u0000</c>, and a NUL in one field of a feed message must not keep its event out of the journal: it becomes U+FFFD.
    /// </summary>
    public static ReadOnlyMemory<byte> Json(ReadOnlyMemory<byte> json)
    {
        if (json.Span.IndexOf(@"\u0000"u8) < 0) return json;
        var clean = json.ToArray();
        for (var i = 0; i + 1 < clean.Length; i++)
        {
            if (clean[i] != '\\') continue;
            if (clean.AsSpan(i).StartsWith(@"\u0000"u8)) "fffd"u8.CopyTo(clean.AsSpan(i + 2));
            // Past what is escaped: in an escaped backslash the second one begins nothing.
            i++;
        }

        return clean;
    }

    private static bool HasLoneSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[++i])) return true;
        }

        return false;
    }
}
