using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Alerts;
using Journey.Contracts.Boards;
using Journey.Contracts.Visits;
using Journey.Gateway.Cluster.Wire;
using Journey.Gateway.Trust.Access;

namespace Journey.Gateway.Live.Views;

/// <summary>From the grains' rows to the public ones: the place where patient data is left out.</summary>
internal static class RowViews
{
    public static Api.BoardRow Row(VisitRow row, Audience audience, bool similarName)
    {
        if (audience == Audience.Wall) return Withholds(row, audience) ? WallRows.Taken(row) : WallRows.From(row);
        if (Withholds(row, audience)) return Taken(row, audience);
        var (desk, clinical) = (audience.IsOfUnit(), audience.IsClinical());
        return new()
        {
            VisitId = row.Visit.Value,
            VisitNumber = desk ? row.Number : null,
            Room = row.Location?.Room,
            Bed = row.Location?.Bed,
            Patient = PatientNames.For(row.Patient, audience),
            Class = WireName<PatientClass>.Joined(row.Class),
            Status = WireName<VisitStatus>.Joined(row.Status),
            Step = row.Step,
            StepSince = row.StepSince,
            StepsAhead = row.StepsAhead.IsDefault ? [] : row.StepsAhead,
            Clock = (clinical || !desk) && row.Clock is { } clock ? Clock(clock) : null,
            ArrivedAt = row.ArrivedAt,
            DepartedAt = row.DepartedAt,
            ExpectedAt = row.ExpectedAt,
            Acuity = clinical || !desk ? row.Acuity : null,
            Nurse = Name(row.Nurse),
            Provider = Name(row.Provider),
            Service = clinical ? row.Service : null,
            Away = Away(row),
            Plan = row.Plan is { } plan ? new(WireName<PlanKind>.Joined(plan.Kind), Text(plan.To), plan.ExpectedAt, plan.Since, plan.To?.Unit,
                plan.To?.Room, plan.To?.Bed) : null,
            Alerts = Alerts(row.Alerts, audience),
            Family = Family(row, desk, audience),
            LastContactAt = row.LastContactAt,
            HeardAt = row.HeardAt,
            SimilarName = similarName,
            PointOfContact = Name(row.PointOfContact),
            Handoff = row.Handoff is { } handoff ? CareViews.Handoff(handoff, audience) : null,
            Owed = desk ? CareViews.Each(row.Owed, CareViews.Owed) : [],
            Locks = desk ? CareViews.Each(row.Locks, WireName<Contracts.Families.PrivacyLock>.Dashed) : [],
            OnHold = desk && row.OnHold,
            Prompts = desk ? CareViews.Each(row.Prompts, prompt => new Api.Prompt(prompt.Key, prompt.Says, prompt.On)) : [],
            InterpreterFor = desk ? row.InterpreterFor : null,
            Doubts = desk ? CareViews.Each(row.Doubts, Doubt) : [],
            ProbablyGone = row.IsProbablyGone,
            Links = desk ? CareViews.Each(row.Links, Link) : [],
            DoorAt = row.DoorAt,
            DepartedAs = row.DepartedAs is not DepartureKind.Unknown ? WireName<DepartureKind>.Dashed(row.DepartedAs) : null,
            EndInferred = row.IsEndInferred,
            PlaceKind = row.PlaceKind is PlaceKind.Unknown ? null : WireName<PlaceKind>.Dashed(row.PlaceKind),
            Place = Text(row.Location),
            Complaint = clinical ? row.Complaint : null,
            Note = clinical ? row.Note : null,
            NoteSaid = clinical ? Said(row.NoteSaid) : null,
            PlaceSaid = desk ? Said(row.PlaceSaid) : null,
            NurseSaid = desk ? Said(row.NurseSaid) : null,
            AcuitySaid = clinical ? Said(row.AcuitySaid) : null,
        };
    }

    /// <summary>
    /// Doubts that only a board can have, because they are about two of its rows or about its beds; the others a visit knows of itself.
    /// </summary>
    public static bool IsOfBoard(Doubt doubt) => doubt.Kind is DoubtKind.BedShared or DoubtKind.BedReportedFree;

    /// <summary>
    /// Whether an audience must not learn who, or how somebody is: a confidential patient, to all who are not responsible; on a wall, whoever is
    /// behind a lock.
    /// </summary>
    public static bool Withholds(VisitRow row, Audience audience) =>
        row.Patient.Confidential && audience is not (Audience.Bedside or Audience.Companion or Audience.Charge)
        || row.IsHidden && audience == Audience.Wall;

    /// <summary>
    /// Whether the row is on an audience's board at all. A bed that is taken anybody can see; of one who lies in none nobody may know.
    /// </summary>
    public static bool Shows(VisitRow row, Audience audience) =>
        (audience != Audience.Wall || WallRows.Shows(row)) && (!Withholds(row, audience) || Contracts.Visits.VisitAccess.IsSeenInBed(row));

    /// <summary>A bed that is taken, and by whom the team is asked about it.</summary>
    private static Api.BoardRow Taken(VisitRow row, Audience audience) => new()
    {
        VisitId = row.Visit.Value,
        Room = row.Location?.Room,
        Bed = row.Location?.Bed,
        Patient = PatientNames.For(row.Patient with { Confidential = true }, audience),
        Class = WireName<PatientClass>.Joined(PatientClass.Unknown),
        Status = WireName<VisitStatus>.Joined(row.Status),
        Step = row.Step,
        StepSince = row.StepSince,
        Nurse = Name(row.Nurse),
        Family = new(null, null, null, null, null, null, false, []),
        HeardAt = row.HeardAt,
        // Counts agree on every screen only if all know of it; it says nothing of who.
        ProbablyGone = row.IsProbablyGone,
        Withheld = true,
    };

    public static IReadOnlyList<Api.Alert> Alerts(ImmutableArray<AlertView> alerts, Audience audience) =>
        alerts.IsDefaultOrEmpty ? [] : [.. alerts.Where(alert => Tells(alert.Kind, audience)).Select(alert => Alert(alert, audience))];

    /// <summary>
    /// Whether an audience is told of a clock or an alert of a kind. Whoever looks after families is called by theirs: when the others are due says
    /// how ill somebody is, and so may their names.
    /// </summary>
    public static bool Tells(string kind, Audience audience) =>
        audience is not (Audience.Liaison or Audience.Companion) || kind is Api.AlertKinds.Family or Api.AlertKinds.Question
            or Api.AlertKinds.Request or Api.AlertKinds.Privacy;

    public static Api.Alert Alert(AlertView alert, Audience audience) => new(
        alert.Id, alert.Rule, alert.Kind, alert.Says, WireName<Severity>.Joined(alert.Severity), WireName<AlertState>.Joined(alert.State),
        alert.RaisedAt, alert.DueAt,
        alert.Owner is { } owner ? owner.Name ?? owner.Id : null, alert.ExpectedBy, alert.SnoozedUntil, alert.ResolvedAt, alert.Resolution,
        audience.IsOfUnit() ? alert.Reason : null)
    {
        Since = alert.Since, Late = alert.Late, Awaits = alert.Awaits, SeenAt = alert.SeenAt, SeenBy = alert.SeenBy is { } seen ? seen.Name
            ?? seen.Id : null, EscalatedTo = alert.EscalatedTo, EscalatedAt = alert.EscalatedAt,
        Safety = alert.Safety, Digested = alert.Digested, Responsible = Name(alert.Responsible),
        Whom = audience.IsOfUnit() ? alert.Whom : null,
    };

    public static Api.Clock Clock(ClockView clock) => new(clock.Rule, clock.Says, clock.Since, clock.WarnAt, clock.DueAt);

    public static IReadOnlyList<Api.Bed> Beds(ImmutableArray<BedView> beds) =>
        beds.IsDefaultOrEmpty
        ? []
        : [.. beds.Select(bed => new Api.Bed(bed.Room, bed.Bed, WireName<BedStatus>.Joined(bed.Status), bed.Since, bed.DueAt)
        {
            PlaceKind = bed.Kind is PlaceKind.Unknown ? null : WireName<PlaceKind>.Dashed(bed.Kind),
        })];

    /// <summary>
    /// A location in words, as far as it is known: <c>ICU 4-2</c>, <c>ED FT</c>, <c>ED</c>. A bed that is named after its room is not said twice.
    /// </summary>
    public static string? Text(Location? location)
    {
        if (location is null) return null;
        var (room, bed) = (location.Room ?? "", location.Bed ?? "");
        var place = room.Length == 0 || bed.StartsWith(room, StringComparison.OrdinalIgnoreCase) ? bed : bed.Length == 0 ? room : $"{room}-{bed}";
        return place.Length == 0 ? location.Unit : location.Unit.Length == 0 ? place : $"{location.Unit} {place}";
    }

    private static Api.Doubt Doubt(Doubt doubt) => new(WireName<DoubtKind>.Dashed(doubt.Kind), doubt.Says, doubt.Since, doubt.Other?.Value);

    /// <summary>
    /// A visit that is over came from where it says. One that goes on is moved after the link was made: where it stands now itself says.
    /// </summary>
    private static Api.VisitLink Link(VisitLink link) => new(
        WireName<LinkKind>.Dashed(link.As), link.Other.Value, link.Number, link.As is LinkKind.AdmittedFrom or LinkKind.ReturnOf
            ? link.Unit
            : null, link.Door);

    private static Api.Freshness? Said(Freshness? said) => said is null ? null : new(said.At, said.By);

    private static Api.Family Family(VisitRow row, bool desk, Audience audience)
    {
        var family = row.Family;
        var named = desk && (audience.IsAdmitted() || !row.Patient.Confidential);
        IReadOnlyList<Api.Relative> contacts = named && !family.Contacts.IsDefaultOrEmpty
            ? [.. family.Contacts.Select(contact => new Api.Relative(contact.Name, contact.Relation))]
            : [];
        return new(family.WaitingSince, named ? family.WaitingWho : null, family.LastToldAt, named ? family.LastToldWho : null,
            desk && family.LastToldBy is { } by ? by.Name
                ?? by.Id : null, family.NextDueAt, family.Promised, contacts)
        { OnItsWaySince = family.OnItsWaySince };
    }

    public static string? Away(VisitRow row) => (row.InTransit, Text(row.TemporaryLocation)) switch
    {
        (true, { } to) => "In transit to " + to,
        (true, null) => "In transit",
        var (_, at) => at,
    };

    /// <summary>A feed that clears the attending doctor leaves a person without name and number: nobody.</summary>
    public static string? Name(Person? person) => person switch
    {
        { Name.Length: > 0 } => person.Name,
        { Id.Length: > 0 } => person.Id,
        _ => null,
    };
}
