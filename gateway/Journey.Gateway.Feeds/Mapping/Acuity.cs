using Journey.Gateway.Feeds.Profiles;
using Journey.Gateway.Feeds.Reading;
using Journey.Hl7;

namespace Journey.Gateway.Feeds.Mapping;

/// <summary>
/// Reads the triage level: of an OBX that says that it is one, or of the field that a site configures. PV2-40 is another scale and is not read.
/// </summary>
internal static class Acuity
{
    private const string TriageNote = "54094-8";

    /// <summary>LOINC: emergency severity index, acuity at first encounter, triage note, triage category.</summary>
    private static readonly string[] LoincCodes = ["75636-1", "11283-9", TriageNote, "56839-4"];

    private static readonly string[] Names =
    [
        "ESI", "ATS", "CTAS", "MTS", "ACUITY", "TRIAGE", "TRIAGE LEVEL", "TRIAGELEVEL", "TRIAGE CATEGORY", "TRIAGE ACUITY", "TRIAGE SCORE",
        "TRIAGE PRIORITY", "TRIAGE CODE",
        "ACUITY LEVEL", "PATIENT ACUITY", "ED ACUITY", "ESI LEVEL", "ESI SCORE", "EMERGENCY SEVERITY INDEX",
    ];

    public static int? Read(PersonPart part, FeedProfile feed, Findings findings)
    {
        foreach (var obx in part.Obx)
        {
            if (!IsAcuity(obx[3])) continue;
            if (Level(obx[5], feed) is { } level) return level;
            // A triage note is text about the patient, and no code.
            if (obx[5].HasValue && obx[3][1].Name != TriageNote) findings.Unknown("OBX-5", obx[5].Name);
        }

        if (feed.AcuityAt is not { } path) return null;
        var value = path.Read(part);
        if (Level(value, feed) is { } said) return said;
        if (value.HasValue)
            findings.Unknown(path.Component is { } component ? $"{path.Segment}-{path.Field}.{component}" : $"{path.Segment}-{path.Field}",
                value.Name);
        return null;
    }

    private static bool IsAcuity(Hl7Value name)
    {
        foreach (var component in (ReadOnlySpan<int>)[1, 2, 4, 5])
        {
            var said = name[component].Name;
            if (LoincCodes.Contains(said) || Names.Contains(said, StringComparer.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    /// <summary>A code, its text, or the other code beside it.</summary>
    private static int? Level(Hl7Value value, FeedProfile feed)
    {
        foreach (var component in (ReadOnlySpan<int>)[1, 2, 4, 5])
        {
            var said = value[component].Name;
            if (said.Length > 0 && Codes.Acuity(said, feed) is { } level) return level;
        }

        return null;
    }
}
