using Journey.Contracts.Visits;
using Journey.Hl7;

namespace Journey.Gateway.Feeds.Mapping;

/// <summary>Reads what PV1, PV2 and OBX say of a visit.</summary>
internal static class VisitReading
{
    private static readonly string[] AcuityCodes = ["75636-1", "ESI", "ACUITY", "TRIAGE", "TRIAGE LEVEL", "TRIAGELEVEL"];

    /// <summary>PV1-19, else the account number (PID-18), else null.</summary>
    public static string? Number(PersonPart part) =>
        Said.Value(part.Pv1[19].Component(1), Said.Identifier) ?? Said.Value(part.Pid[18].Component(1), Said.Identifier);

    /// <summary>True when the number is the account's, for want of a visit number.</summary>
    public static bool IsByAccount(PersonPart part) => !part.Pv1[19].Component(1).HasValue;

    /// <summary>PV1-2 = N: there is a PV1, but no visit.</summary>
    public static bool IsNotAVisit(PersonPart part) => !part.Pv1.Exists || ClassCode(part.Pv1) is "N" or "NOT APPLICABLE";

    public static VisitDetails Details(PersonPart part, FeedProfile feed, EventTimes times, string trigger)
    {
        var pv1 = part.Pv1;
        var visitClass = Class(ClassCode(pv1));
        var unit = feed.DefaultUnit(visitClass);
        return new()
        {
            Number = Number(part),
            Class = visitClass,
            Location = Location(pv1[3], unit),
            TemporaryLocation = Location(pv1[11], null),
            PendingLocation = Location(pv1[42], null) ?? (trigger is "A25" or "A26" or "A27" ? Location(part.Pv2[1], null) : null),
            DefaultUnit = unit,
            Attending = PersonReading.Staff(pv1[7]),
            Service = Said.Text(pv1[10], Said.Code),
            AdmittedAt = times.Read(pv1[44]),
            DischargedAt = times.Read(pv1[45]),
            ExpectedAt = Expected(part, times, trigger),
            Disposition = Said.Text(pv1[36], Said.Code),
            Acuity = Acuity(part),
            Contacts = PersonReading.Contacts(part),
        };
    }

    /// <summary>A point of care; null when not said. A bed without a unit is in the unit that stands in for it.</summary>
    public static Location? Location(Hl7Value field, string? standIn)
    {
        var (unit, room, bed) = (Said.Value(field.Component(1), Said.Code), Said.Value(field.Component(2), Said.Code), Said.Value(field.Component(3), Said.Code));
        unit ??= room is not null || bed is not null ? standIn : null;
        if (unit is null && standIn is null && (room ?? bed) is { } place) return new(place, null, null, Said.Value(field.Component(4), Said.Code));
        return unit is null ? null : new(unit, room, bed, Said.Value(field.Component(4), Said.Code));
    }

    /// <summary>Table 0004, and the words some senders write instead. Null when not said or not understood: then nothing changes.</summary>
    internal static PatientClass? Class(string code) => code switch
    {
        "E" or "EMERGENCY" or "EMER" or "ER" or "ED" or "EM" => PatientClass.Emergency,
        "I" or "INPATIENT" or "IP" or "INP" or "IMP" => PatientClass.Inpatient,
        "O" or "OUTPATIENT" or "OP" or "OUT" or "AMB" => PatientClass.Outpatient,
        "P" or "PREADMIT" or "PRE" or "PREADMISSION" => PatientClass.Preadmit,
        "R" or "RECURRING" => PatientClass.Recurring,
        "B" or "OBSTETRICS" or "OB" => PatientClass.Obstetrics,
        "C" or "COMMERCIAL" or "OTHER" => PatientClass.Other,
        "U" or "UNKNOWN" => PatientClass.Unknown,
        _ => null,
    };

    /// <summary>PV1-2; some senders put it in PV1-1, where a number belongs.</summary>
    private static string ClassCode(Hl7Segment pv1)
    {
        var code = pv1[2].Name.ToUpperInvariant();
        if (code.Length > 0) return code;
        var first = pv1[1].Name.ToUpperInvariant();
        return first == "N" || Class(first) is not null ? first : "";
    }

    private static DateTimeOffset? Expected(PersonPart part, EventTimes times, string trigger) => trigger switch
    {
        "A05" or "A14" => times.Read(part.Pv2[8]) ?? times.Planned,
        "A15" => times.Planned ?? times.Read(part.Pv2[8]),
        "A16" => times.Read(part.Pv2[9]) ?? times.Planned,
        _ => null,
    };

    /// <summary>An emergency severity index of 1 to 5 in an OBX that says that it is one. PV2-40 is another scale and is not read.</summary>
    private static int? Acuity(PersonPart part)
    {
        foreach (var obx in part.Obx)
        {
            var isAcuity = AcuityCodes.Contains(obx[3][1].Name.ToUpperInvariant()) || AcuityCodes.Contains(obx[3][4].Name.ToUpperInvariant());
            if (isAcuity && obx[5].TryGetInt64(out var level) && level is >= 1 and <= 5) return (int)level;
        }

        return null;
    }
}
