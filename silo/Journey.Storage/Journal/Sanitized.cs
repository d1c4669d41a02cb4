using System.Text;

namespace Journey.Storage.Journal;

/// <summary>Makes values from outside storable, the same way on both databases.</summary>
internal static class Sanitized
{
    private const int MaxWords = 64;
    private const int MaxWordLength = 64;
    private const int Few = 12;

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
    public static string Words(string text)
    {
        text = Text(text);
        return AreWords(text)
            ? text
            : string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().Take(MaxWords)
                .Select(word => word.Length <= MaxWordLength ? word : Text(word[..MaxWordLength])));
    }

    /// <summary>Whether it is a few words, none of them twice, with one blank between each: so nearly every card has them.</summary>
    private static bool AreWords(string text)
    {
        Span<Range> words = stackalloc Range[Few + 1];
        words = words[..text.AsSpan().Split(words, ' ')];
        if (words.Length > Few) return false;
        for (var i = 0; i < words.Length; i++)
        {
            var word = text.AsSpan(words[i]);
            if (word.Length is 0 or > MaxWordLength) return false;
            for (var earlier = 0; earlier < i; earlier++)
                if (word.SequenceEqual(text.AsSpan(words[earlier]))) return false;
        }

        return true;
    }

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
