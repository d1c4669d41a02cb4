using System.Text;

namespace Journey.Storage.Erasing;

/// <summary>
/// By which words a message or a call is known to be about a person: each of their numbers, or a whole name. Whoever has the same name loses a line
/// of the message log, and nothing else.
/// </summary>
internal sealed class PersonWords
{
    /// <summary>
    /// A shorter number stands in too many messages that are not about its person: there it counts only where numbers of persons and visits stand.
    /// </summary>
    private const int Telling = 5;

    /// <summary>Where a message has numbers of persons and visits: PID-2, -3, -4 and -18, PV1-19 and -50, MRG-1 to -7.</summary>
    private static readonly (string Segment, int[] Fields)[] Places = [("PID", [2, 3, 4, 18]), ("PV1", [19, 50]), ("MRG", [1, 2, 3, 4, 5, 6, 7])];

    private readonly HashSet<string> _numbers = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string[]> _names = [];

    public void Number(string? number)
    {
        if (!string.IsNullOrWhiteSpace(number)) _numbers.Add(number.Trim());
    }

    /// <param name="parts">Of one person: all of it must be said.</param>
    public void Name(params ReadOnlySpan<string?> parts)
    {
        var words = Tokens(string.Join(' ', parts!)).ToArray();
        if (words.Length > 1 && !_names.Any(known => known.SequenceEqual(words, StringComparer.OrdinalIgnoreCase))) _names.Add(words);
    }

    /// <summary>A message as it came: in whatever character set, names are looked for in the two that nearly all are in.</summary>
    public bool AreIn(ReadOnlySpan<byte> message) =>
        AreIn(Encoding.UTF8.GetString(message), isMessage: true) || AreIn(Encoding.Latin1.GetString(message), isMessage: true);

    public bool AreIn(string text) => AreIn(text, isMessage: false);

    private bool AreIn(string text, bool isMessage)
    {
        var said = Tokens(text).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return _numbers.Any(number => number.Length >= Telling
            && (said.Contains(number) || (!IsToken(number) && text.Contains(number, StringComparison.OrdinalIgnoreCase))))
            || _names.Exists(name => name.All(said.Contains)) || (isMessage && AtTheirPlace(text));
    }

    private bool AtTheirPlace(string message)
    {
        if (message.Length < 8 || !message.StartsWith("MSH", StringComparison.Ordinal)) return false;
        var (field, parts) = (message[3], (char[])[message[4], message[5], message[7], ' ']);
        foreach (var segment in message.Split('\r', '\n'))
        {
            var place = Array.Find(Places, place => segment.StartsWith(place.Segment, StringComparison.Ordinal));
            if (place.Fields is null) continue;
            var fields = segment.Split(field);
            if (place.Fields.Any(at => at < fields.Length && fields[at].Split(parts).Any(_numbers.Contains))) return true;
        }

        return false;
    }

    private static bool IsToken(string number) => number.All(IsOfWord);

    private static IEnumerable<string> Tokens(string text)
    {
        var begin = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var inside = i < text.Length && IsOfWord(text[i]);
            if (inside && begin < 0) begin = i;
            if (inside || begin < 0) continue;
            yield return text[begin..i];
            begin = -1;
        }
    }

    private static bool IsOfWord(char c) => char.IsLetterOrDigit(c) || c is '-' or '\'' or '.';
}
