using System.Buffers;
using System.Globalization;
using System.Text;

namespace Journey.Gateway.Cluster.Text;

/// <summary>
/// Characters that are not seen and act on the text around them: they turn its direction round, so that a name reads as another, or stand in it
/// unseen, so that two names that look alike are not. Each is shown as a mark in its place.
/// </summary>
internal static class PlainText
{
    /// <summary>The usual sign for a character that cannot be shown.</summary>
    private const char Mark = '\uFFFD';

    private const char NonJoiner = '\u200C';
    private const char Joiner = '\u200D';

    /// <summary>
    /// The first character of the scripts in which letters are joined or kept apart by what is not seen; emoji stand beyond it too.
    /// </summary>
    private const char FirstJoined = '\u0600';

    /// <summary>Blanks and fillers that are letters by their category, and break lines that others would not.</summary>
    private static readonly SearchValues<char> Unseen =
        SearchValues.Create("\u034F\u115F\u1160\u17B4\u17B5\u2028\u2029\u3164\uFFA0\uFFF9\uFFFA\uFFFB");

    /// <summary>
    /// The text with marks for what acts on it. At its ends, where telephones and clipboards leave such characters behind, they are left out.
    /// </summary>
    public static string Sanitize(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~') || !Acts(text)) return text;
        var plain = new StringBuilder(text.Length);
        var (from, to) = (0, text.Length);
        while (from < to && (Acts(text, from) || char.IsWhiteSpace(text[from]))) from++;
        while (to > from && (Acts(text, to - 1) || char.IsWhiteSpace(text[to - 1]))) to--;
        for (var i = from; i < to; i++) plain.Append(Acts(text, i) ? Mark : text[i]);
        return plain.ToString();
    }

    private static bool Acts(string text)
    {
        for (var i = 0; i < text.Length; i++)
            if (Acts(text, i)) return true;
        return false;
    }

    /// <summary>The two halves of a character beyond the first plane are judged as one; those that tag others are not seen either.</summary>
    private static bool Acts(string text, int i)
    {
        var c = text[i];
        if (c is NonJoiner or Joiner) return i == 0 || i + 1 == text.Length || text[i - 1] < FirstJoined || text[i + 1] < FirstJoined;
        if (char.IsSurrogate(c))
            return CharUnicodeInfo.GetUnicodeCategory(text, char.IsLowSurrogate(c) && i > 0 ? i - 1 : i) == UnicodeCategory.Format;
        return Unseen.Contains(c) || char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format;
    }
}
