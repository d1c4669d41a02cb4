using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Journey.Contracts.Access;

/// <summary>
/// Whether an employee and a patient bear one name, from the one line by which colleagues know the employee. It errs on both sides: whoever took
/// another name is not found, and namesakes are.
/// </summary>
public static class SameName
{
    private static readonly FrozenSet<string> Particles =
        FrozenSet.Create("al", "ben", "bin", "da", "de", "del", "den", "der", "di", "do", "dos", "du", "el", "la", "le", "mc", "san", "st", "ten",
            "ter", "van", "von", "zu", "zum", "zur", "y");
    private static readonly FrozenSet<string> Titles =
        FrozenSet.Create("dr", "prof", "md", "do", "rn", "np", "pa", "phd", "msn", "bsn", "jr", "sr", "ii", "iii", "mr", "mrs", "ms");

    /// <summary>Of a double name one part is enough: who marries keeps one.</summary>
    /// <param name="employee">As in <c>Nora Nurse</c> or <c>Nurse, Nora</c>; titles do not count.</param>
    /// <param name="familyName">The patient's.</param>
    public static bool IsSurname(string? employee, string? familyName) => Read(employee).Surname.Overlaps(Parts(familyName));

    /// <summary>Whether they bear the same first and last name; of a second surname of the patient's the one line need not know.</summary>
    public static bool IsWhole(string? employee, string? familyName, string? givenName) =>
        Read(employee) is { First: { } first, Surname: { Count: > 0 } surname } && Parts(givenName).FirstOrDefault() == first
        && surname.IsSubsetOf(Parts(familyName));

    private static (string? First, HashSet<string> Surname) Read(string? name)
    {
        if (name is null) return (null, []);
        string[][] halves =
            [.. name.Split(',', 2).Select(half => Words(half).Where(word => !Titles.Contains(word.Replace(".", "", StringComparison.Ordinal)))
                .ToArray()).Where(half => half.Length > 0)];
        return halves switch
        {
            [var surname, var given] => (given[0], [.. Parts(string.Join(' ', surname))]),
            // The last word, with what is tied to it: of several given names none is a surname.
            [[var first, .., var last]] => (first, [.. Parts(last)]),
            _ => (null, []),
        };
    }

    /// <summary>The parts of a name that tell, in order.</summary>
    private static List<string> Parts(string? name) =>
        [.. (name is null ? [] : Words(name)).SelectMany(word => word.Split(['-', '‐', '–'], StringSplitOptions.RemoveEmptyEntries))
            .Where(part => !Particles.Contains(part))];

    /// <summary>
    /// As they are compared: in one case, without accents, and with a written-out umlaut as a plain letter (Mueller, Müller and Muller are one).
    /// </summary>
    private static string[] Words(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var letter in text.ToLowerInvariant())
            if (CharUnicodeInfo.GetUnicodeCategory(letter) is not UnicodeCategory.NonSpacingMark)
                plain.Append(Plain.TryGetValue(letter, out var said) ? said : letter.ToString());
        return plain.Replace("ae", "a").Replace("oe", "o").Replace("ue", "u").ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Written out, because the hosts run without the tables by which .NET takes a letter apart (InvariantGlobalization).</summary>
    private static readonly FrozenDictionary<char, string> Plain = new Dictionary<string, string>
    {
        ["a"] = "àáâãäåāăąǎ", ["ae"] = "æ", ["c"] = "çćĉċč", ["d"] = "ðďđ", ["e"] = "èéêëēĕėęě", ["g"] = "ĝğġģ", ["h"] = "ĥħ", ["i"] = "ìíîïĩīĭįı",
        ["j"] = "ĵ", ["k"] = "ķ", ["l"] = "ĺļľŀł",
        ["n"] = "ñńņňŉŋ", ["o"] = "òóôõöøōŏőǒ", ["oe"] = "œ", ["r"] = "ŕŗř", ["s"] = "śŝşšș", ["ss"] = "ß", ["t"] = "ţťŧț", ["th"] = "þ",
        ["u"] = "ùúûüũūŭůűųǔ", ["w"] = "ŵ", ["y"] = "ýÿŷ", ["z"] = "źżž",
    }.SelectMany(of => of.Value.Select(letter => (letter, of.Key))).ToFrozenDictionary(of => of.letter, of => of.Key);
}
