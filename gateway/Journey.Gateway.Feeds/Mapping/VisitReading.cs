using Journey.Contracts.Visits;
using Journey.Gateway.Feeds.Profiles;
using Journey.Gateway.Feeds.Reading;
using Journey.Hl7;

namespace Journey.Gateway.Feeds.Mapping;

/// <summary>Reads what PV1, PV2 and OBX say of a visit.</summary>
internal sealed class VisitReading(FeedProfile feed, EventTimes times, Identifiers identifiers, Findings findings)
{
    private const int Complaint = 200;
    private const string ChiefComplaint = "8661-1";

    /// <summary>PV1-19, else the account number (PID-18), else null.</summary>
    public static string? Number(PersonPart part) =>
        Said.Value(part.Pv1[19].Component(1), Said.Identifier) ?? Said.Value(part.Pid[18].Component(1), Said.Identifier);

    /// <summary>The field that the number is in.</summary>
    public static Hl7Value NumberField(PersonPart part) => IsByAccount(part) ? part.Pid[18] : part.Pv1[19];

    /// <summary>True when the number is the account's, for want of a visit number.</summary>
    public static bool IsByAccount(PersonPart part) => !part.Pv1[19].Component(1).HasValue;

    /// <summary>PV1-2 = N: there is a PV1, but no visit.</summary>
    public bool IsNotAVisit(PersonPart part) => !part.Pv1.Exists || IsNoClass(ClassCode(part.Pv1));

    /// <summary>What names the visit, and no more: of a message that only speaks of it.</summary>
    public VisitDetails Named(PersonPart part)
    {
        var number = Number(part);
        return new()
        {
            Number = number,
            HasOwnNumber = !IsByAccount(part),
            Account = Said.Value(part.Pid[18].Component(1), Said.Identifier),
            NumberOf = number is null ? null : identifiers.NumberOf(NumberField(part)),
            NumberKey = number is null ? null : identifiers.NumberKey(NumberField(part), number, identifiers.Known(part)),
        };
    }

    public VisitDetails Details(PersonPart part, string trigger)
    {
        var (pv1, seen) = (part.Pv1, times.ReadVisitTimes(part.Pv1, trigger == "A03"));
        var visitClass = Class(ClassCode(pv1));
        var unit = feed.DefaultUnit(visitClass);
        var assigned = feed.Place.Assigned(part);
        var temporary = feed.Place.Other(pv1[11]);
        // Some senders give the place of a tracking message as the assigned one: then the assigned one is what it was.
        if (trigger is "A09" or "A10" && temporary is null && assigned is { Unit.Length: > 0 } && feed.Place.Other(pv1[6]) is { } prior
            && prior != assigned) (temporary, assigned) = (assigned, null);
        return Named(part) with
        {
            Class = visitClass,
            Location = assigned,
            TemporaryLocation = temporary,
            PendingLocation = feed.Place.Other(pv1[42]) ?? (trigger is "A25" or "A26" or "A27" ? feed.Place.Other(part.Pv2[1]) : null),
            DefaultUnit = unit,
            Attending = PersonReading.Staff(pv1[7]),
            Service = Said.Text(pv1[10], Said.Code),
            AdmittedAt = seen.AdmittedAt,
            DischargedAt = seen.Left?.Value,
            ExpectedAt = Expected(part, trigger),
            Disposition = Said.Text(pv1[36], Said.Code),
            Acuity = Acuity.Read(part, feed, findings),
            Contacts = Family.Read(part, times),
            Complaint = WhyHere(part),
            NotBelieved = seen.NotBelieved,
        };
    }

    /// <summary>Null when not said or not understood: then nothing changes.</summary>
    private PatientClass? Class(string code)
    {
        if (code.Length == 0 || IsNoClass(code)) return null;
        var known = Codes.Class(code, feed);
        if (known is null) findings.Unknown("PV1-2", code);
        return known;
    }

    /// <summary>PV1-2; some senders put it in PV1-1, where a number belongs.</summary>
    private string ClassCode(Hl7Segment pv1)
    {
        var code = pv1[2].Name;
        if (code.Length > 0) return code;
        var first = pv1[1].Name;
        return IsNoClass(first) || (first.Length > 0 && Codes.Class(first, feed) is not null) ? first : "";
    }

    /// <summary>Not applicable (table 0004), unless the site means something by it.</summary>
    private bool IsNoClass(string code) => code.ToUpperInvariant() is "N" or "NOT APPLICABLE" && !feed.Classes.ContainsKey(code);

    private DateTimeOffset? Expected(PersonPart part, string trigger) => trigger switch
    {
        "A05" or "A14" => times.Coming(part.Pv2[8]) ?? times.Planned,
        "A15" => times.Planned ?? times.Coming(part.Pv2[8]),
        "A16" => times.Coming(part.Pv2[9]) ?? times.Planned,
        _ => null,
    };

    /// <summary>PV2-3 in words, else as a code, else what an OBX gives as the chief complaint.</summary>
    private static string? WhyHere(PersonPart part)
    {
        var reason = part.Pv2[3];
        if ((Said.Value(reason.Component(2), Complaint) ?? Said.Value(reason.Component(1), Complaint)) is { } said) return said;
        foreach (var obx in part.Obx)
        {
            if (obx[3][1].Name != ChiefComplaint && obx[3][4].Name != ChiefComplaint) continue;
            if ((Said.Value(obx[5].Component(2), Complaint) ?? Said.Value(obx[5].Component(1), Complaint)) is { } told) return told;
        }

        return null;
    }
}
