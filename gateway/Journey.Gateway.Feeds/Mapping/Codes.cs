using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Journey.Contracts.Visits;
using Journey.Gateway.Feeds.Profiles;

namespace Journey.Gateway.Feeds.Mapping;

/// <summary>What senders' codes mean: the site's own table first, then the usual ones. Letters' case does not matter.</summary>
internal static partial class Codes
{
    /// <summary>Table 0004, and what many senders write instead.</summary>
    private static readonly FrozenDictionary<string, PatientClass> Classes = Table(
        (PatientClass.Emergency, "E EMERGENCY EMER EMERG ER ED EM EMG EDU A&E AE URGENT UC UCC|URGENT CARE"),
        (PatientClass.Inpatient, "I INPATIENT IP INP INPT IMP ACUTE NB NEWBORN"),
        // Somebody who comes for the day has a bed and is not admitted.
        (PatientClass.Outpatient,
            "O OUTPATIENT OUTPT OP OUT AMB AMBULATORY CLINIC DAYCASE K DC SDC SDS DS VR|DAY CASE|DAY SURGERY|SAME DAY|SAME DAY CARE"),
        (PatientClass.Preadmit, "P PREADMIT PRE PREADMISSION PRENC"),
        (PatientClass.Recurring, "R RECURRING REC SERIES"),
        (PatientClass.Obstetrics, "B OBSTETRICS OB"),
        (PatientClass.Other, "C COMMERCIAL OTHER"),
        (PatientClass.Observation, "OBS OBSERVATION OBV OBSV OBSENC OBSERV OIB SS SHORTSTAY|SHORT STAY|OUTPATIENT IN A BED"),
        (PatientClass.Unknown, "U UNKNOWN"));

    /// <summary>The Manchester system's colours and words, those of ESI and CTAS, and SNOMED CT's levels of emergency care.</summary>
    private static readonly FrozenDictionary<string, int> Acuities = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase)
    {
        ["RED"] = 1, ["IMMEDIATE"] = 1, ["RESUSCITATION"] = 1, ["RESUS"] = 1, ["1064891000000107"] = 1,
        ["ORANGE"] = 2, ["VERY URGENT"] = 2, ["EMERGENT"] = 2, ["1064911000000105"] = 2,
        ["YELLOW"] = 3, ["URGENT"] = 3, ["1064901000000108"] = 3,
        ["GREEN"] = 4, ["STANDARD"] = 4, ["LESS URGENT"] = 4, ["SEMI-URGENT"] = 4, ["SEMI URGENT"] = 4, ["1077241000000103"] = 4,
        ["BLUE"] = 5, ["NON-URGENT"] = 5, ["NON URGENT"] = 5, ["NONURGENT"] = 5, ["1077251000000100"] = 5,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Null when no table knows the code.</summary>
    public static PatientClass? Class(string code, FeedProfile feed) =>
        feed.Classes.TryGetValue(code, out var site) ? site : Classes.TryGetValue(code, out var usual) ? usual : null;

    /// <summary>
    /// A triage level of 1 to 5: <c>3</c>, <c>ESI-3</c>, <c>ATS 2</c>, <c>Category 2</c>, <c>3 - Urgent</c>, a colour. Null when it is none.
    /// </summary>
    public static int? Acuity(string code, FeedProfile feed)
    {
        if (feed.Acuities.TryGetValue(code, out var site)) return site;
        if (Acuities.TryGetValue(code, out var usual)) return usual;
        return Level().Match(code) is { Success: true } match ? match.Groups[1].ValueSpan[0] - '0' : null;
    }

    /// <summary>Words of one class, separated by spaces; behind a stroke such as have spaces themselves.</summary>
    private static FrozenDictionary<string, PatientClass> Table(params (PatientClass Class, string Codes)[] rows)
    {
        var table = new Dictionary<string, PatientClass>(StringComparer.OrdinalIgnoreCase);
        foreach (var (kind, codes) in rows)
        {
            var parts = codes.Split('|');
            foreach (var code in parts[0].Split(' ').Concat(parts.Skip(1))) table.Add(code, kind);
        }

        return table.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    [GeneratedRegex(@"^(?:(?:ESI|ATS|CTAS|MTS|SATS|LEVEL|CATEGORY|CAT|TRIAGE|ACUITY|PRIORITY)[ :._-]*){0,3}([1-5])(?:\.0+)?(?:\s*[-–:(/].{0,40})?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Level();
}
