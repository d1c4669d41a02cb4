using Journey.Gateway.Feeds.Profiles;
using Journey.Gateway.Feeds.Reading;
using Journey.Hl7;

namespace Journey.Gateway.Feeds.Mapping;

/// <summary>Reads whether the patient's presence and name are to be withheld. Any field that says so withholds them.</summary>
internal static class Confidentiality
{
    /// <summary>
    /// Null when the message does not say. False only where what locks a name is taken back: another field's silence unlocks nothing.
    /// </summary>
    public static bool? Read(PersonPart part, FeedProfile feed)
    {
        var protection = Flag(part.Pd1[12]);
        var vip = part.Pv1[16];
        if (protection == true || Flag(part.Pv2[22]) == true) return true;
        foreach (var code in vip.Repetitions)
            if (code.HasValue && feed.ConfidentialCodes.Contains(code.Name)) return true;
        if (IsNoPublicity(part.Pd1[11]) || IsNoPublicity(part.Pv2[21]) || part.Others.Exists(IsRestriction)) return true;
        return vip.IsNull || protection == false ? false : null;
    }

    /// <summary>Yes or no of table 0136, and what is written instead; cleared is no.</summary>
    public static bool? Flag(Hl7Value value) => value.Kind switch
    {
        Hl7ValueKind.Absent => null,
        Hl7ValueKind.Null => false,
        _ => value.Name.ToUpperInvariant() switch
        {
            "Y" or "YES" or "1" or "T" or "TRUE" => true,
            "N" or "NO" or "0" or "F" or "FALSE" => false,
            _ => null
        },
    };

    /// <summary>Table 0215: no publicity.</summary>
    private static bool IsNoPublicity(Hl7Value value) =>
        value.Name.ToUpperInvariant() is "N" or "NO" or "NP" or "NONE" or "NO PUBLICITY"
        || value[2].Name.Equals("No publicity", StringComparison.OrdinalIgnoreCase);

    /// <summary>ARV: an access restriction that is not being deleted, and does not say that there is none.</summary>
    private static bool IsRestriction(Hl7Segment segment) =>
        segment.Id == "ARV" && !segment[2].Name.Equals("D", StringComparison.OrdinalIgnoreCase) && segment[3].HasValue
        && segment[3].Name.ToUpperInvariant() is not ("NO" or "NONE" or "N");
}
