using System.Collections.Frozen;
using System.Collections.Immutable;
using Journey.Contracts.Families;
using Journey.Gateway.Feeds.Reading;
using Journey.Hl7;

namespace Journey.Gateway.Feeds.Mapping;

/// <summary>Reads the family (NK1): persons whom the patient has now, not who employs or insures them.</summary>
internal static class Family
{
    private const int MaxContacts = Api.Limits.ContactsOfMessage;

    /// <summary>Table 0131.</summary>
    private static readonly string[] OfficialRoles =
        ["E", "EMPLOYER", "F", "FEDERAL AGENCY", "I", "INSURANCE COMPANY", "INSURANCE", "INSURER", "S", "STATE AGENCY", "PR", "BP"];

    /// <summary>Table 0063.</summary>
    private static readonly string[] OfficialRelations =
        ["EMR", "EMPLOYER", "MGR", "MANAGER", "SEL", "SELF", "INS", "INSURANCE", "INSURER", "PAYER", "PAYOR"];

    /// <summary>What codes of table 0063 mean, where a sender gives no text; others stand as they were sent.</summary>
    private static readonly FrozenDictionary<string, string> Relations = new Dictionary<string, string>
    {
        ["ASC"] = "associate", ["BRO"] = "brother", ["CGV"] = "caregiver", ["CHD"] = "child", ["DOM"] = "life partner", ["EMC"] = "emergency contact",
        ["EXF"] = "extended family",
        ["FCH"] = "foster child", ["FND"] = "friend", ["FTH"] = "father", ["GCH"] = "grandchild", ["GRD"] = "guardian", ["GRP"] = "grandparent",
        ["MTH"] = "mother", ["NCH"] = "child",
        ["OAD"] = "other adult", ["PAR"] = "parent", ["SCH"] = "stepchild", ["SIB"] = "sibling", ["SIS"] = "sister", ["SPO"] = "spouse",
        ["WRD"] = "ward",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Uninitialised when the message names nobody.</summary>
    public static ImmutableArray<FamilyContact> Read(PersonPart part, EventTimes times)
    {
        var contacts = ImmutableArray.CreateBuilder<FamilyContact>();
        foreach (var nk1 in part.Nk1)
        {
            if (contacts.Count == MaxContacts) break;
            if (Is(nk1[7], OfficialRoles) || Is(nk1[3], OfficialRelations) || times.HasPassed(nk1[9])) continue;
            var name = PersonReading.Name(nk1[2]);
            var full = $"{Said.Value(name[2], Said.Name)} {Said.Value(name[1], Said.Name)}".Trim();
            if (full.Length == 0) continue;
            contacts.Add(new(full, Said.Value(nk1[3].Component(2), Said.Code) ?? Relation(Said.Value(nk1[3].Component(1), Said.Code)))
            {
                Telephone = Telephone(nk1[5]) ?? Telephone(nk1[6]) ?? Telephone(nk1[40]),
            });
        }

        return contacts.Count == 0 ? default : contacts.ToImmutable();
    }

    private static string? Relation(string? code) => code is not null && Relations.TryGetValue(code, out var word) ? word : code;

    private static bool Is(Hl7Value code, string[] table) =>
        table.Contains(code[1].Name, StringComparer.OrdinalIgnoreCase) || table.Contains(code[2].Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The first number of the field, whichever way it is written (XTN): as a whole, or in parts. An e-mail address is none.</summary>
    private static string? Telephone(Hl7Value field)
    {
        foreach (var one in field.Repetitions)
        {
            if (one[3].Name.ToUpperInvariant() is "INTERNET" or "X.400" or "FX") continue;
            var whole = Said.Value(one[1], Said.Code) ?? Said.Value(one[12], Said.Code);
            if (whole is not null) return whole;
            var parts = new[] { Said.Value(one[5], Said.Code) is { } country ? "+" + country.TrimStart('+') : null, Said.Value(one[6], Said.Code),
                Said.Value(one[7], Said.Code) };
            if (parts[2] is not null) return string.Join(' ', parts.Where(part => part is not null));
        }

        return null;
    }
}
