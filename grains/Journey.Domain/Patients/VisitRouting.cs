using Journey.Contracts;
using Journey.Contracts.Patients;
using Journey.Contracts.Visits;
using Journey.Domain.Policies;

namespace Journey.Domain.Patients;

/// <summary>Which of a patient's visits a message means, and how that visit stands after it. Pure.</summary>
public static class VisitRouting
{
    /// <summary>The entry of the visit that is meant, as it stands after the message; null when none is.</summary>
    public static VisitEntry? Route(Patient patient, ReceivePatient command, Policy policy)
    {
        var found = command.VisitNumber is null ? Unnumbered(patient, command) : Known(patient, command) is { } known ? Reused(known, command)
            ? null
            : known : Theirs(command) ?? Nameless(patient, command);
        if (found is null)
        {
            // Of what an update or a cancel speaks somebody must have spoken before: without a number nobody is here because of it.
            if (command.Intent is VisitIntent.Describes or VisitIntent.Reopens && command.VisitNumber is null) return null;
            found = new VisitEntry(Opened(patient, command), command.VisitNumber, command.Plans ? VisitEntryState.Expected : VisitEntryState.Open,
                Began(command), null);
        }

        var isKnown = patient.Visits.Contains(found);
        var saidAt = command.SaidAt ?? command.OccurredAt;
        var reclassed = command.Details.Class is { } said && said != found.Class
            && !(saidAt < found.ClassSaidAt && found.Class != PatientClass.Unknown) && !(isKnown && command.Cancels);
        var kind = reclassed ? command.Details.Class!.Value : found.Class;
        var named = Placed(found with
        {
            // A number that led here by its book alone is one that the visit had before it was given another.
            NumberOf = command.VisitNumber == found.Number || found.Number is null ? found.NumberOf ?? command.Details.NumberOf : found.NumberOf,
            Number = found.Visit == command.Numbered?.Visit ? (isKnown ? found.Number : null)
                ?? command.VisitNumber : found.Number is null || command.Details.HasOwnNumber ? command.VisitNumber ?? found.Number : found.Number,
            Account = command.Details.Account ?? found.Account,
            Class = kind,
            ClassSaidAt = reclassed ? saidAt : found.ClassSaidAt ?? (isKnown ? null : saidAt),
            // Of a visit that is only planned the class is a plan too.
            IsInpatient = found is { IsInpatient: true, State: not VisitEntryState.Expected }
                || kind is PatientClass.Inpatient or PatientClass.Observation,
            Left = command.Intent is VisitIntent.Opens && command.OccurredAt > found.Left?.At ? null : found.Left,
        }, command, policy);
        if (named.EmergencyUnit is null && command.Details.Class == PatientClass.Emergency && !(isKnown && command.Cancels))
            named = named with { EmergencyUnit = named.Location?.Unit ?? "" };
        // What was heard before the arrival, of a visit that goes on or has ended, told too late a begin.
        if (command.Intent == VisitIntent.Opens && found.State is VisitEntryState.Open or VisitEntryState.Closed && Began(command) < named.OpenedAt)
            named = named with { OpenedAt = Began(command) };
        return command.Intent switch
        {
            VisitIntent.Expects => isKnown ? named : named with { State = VisitEntryState.Expected },
            VisitIntent.Opens or VisitIntent.Continues when found.State == VisitEntryState.Expected && !command.Plans =>
                named with { State = VisitEntryState.Open, OpenedAt = Began(command) },
            VisitIntent.Opens when found.State == VisitEntryState.Revoked => named with { State = VisitEntryState.Open, OpenedAt = Began(command) },
            VisitIntent.Opens when command.Admits && isKnown && found.State == VisitEntryState.Open && command.OccurredAt != found.PlacedAt =>
                named with { IsAdmitted = true },
            VisitIntent.Closes => named with
            {
                // When somebody came of whom only the plan and the end were heard nobody knows; not when it was planned.
                OpenedAt = found.State == VisitEntryState.Expected && command.OccurredAt > found.OpenedAt ? command.OccurredAt : named.OpenedAt,
                State = VisitEntryState.Closed,
                ClosedAt = command.OccurredAt < found.OpenedAt ? found.OpenedAt : command.OccurredAt,
                ClosedSaidAt = saidAt,
                DepartedAs = policy.Departure(command.Details.Disposition) ?? DepartureKind.Unknown,
            },
            VisitIntent.Reopens =>
                named with { State = VisitEntryState.Open, ClosedAt = null, ClosedSaidAt = null, DepartedAs = DepartureKind.Unknown },
            VisitIntent.Revokes when found.IsAdmitted && command.Admits => named with { IsAdmitted = false },
            VisitIntent.Revokes => named with { State = VisitEntryState.Revoked },
            _ => named,
        };
    }

    /// <summary>Where the visit has the patient, and where they are planned to go.</summary>
    private static VisitEntry Placed(VisitEntry entry, ReceivePatient command, Policy policy)
    {
        var details = command.Details;
        if (command is { Plans: true, Intent: VisitIntent.Continues or VisitIntent.Expects }) entry = entry with { PlannedAt = command.OccurredAt };
        if (details.PendingLocation is { } pending && command.Intent is VisitIntent.Continues or VisitIntent.Expects)
            entry = entry with { Planned = policy.Spelled(pending) };
        if (command.Intent is not (VisitIntent.Opens or VisitIntent.Continues) || !(command.OccurredAt >= entry.PlacedAt || entry.PlacedAt is null))
            return entry;
        var place = details.Location is { Unit.Length: > 0 } at ? policy.Spelled(at) : entry.Location;
        return entry.PlacedAt is not null && place == entry.Location && command.Intent == VisitIntent.Continues
            ? entry
            : entry with { PlacedAt = command.OccurredAt, Location = place };
    }

    /// <summary>When a visit that opens with this message began.</summary>
    private static DateTimeOffset Began(ReceivePatient command) =>
        command.Intent is VisitIntent.Opens or VisitIntent.Continues or VisitIntent.Describes && command.Details.AdmittedAt is { } began
        && began < command.OccurredAt ? began : command.OccurredAt;

    /// <summary>The visit of the message's number or account in this list, whatever became of it; null when there is none.</summary>
    public static VisitEntry? Known(Patient patient, ReceivePatient command)
    {
        if (command.VisitNumber is null) return null;
        return patient.Visits.LastOrDefault(v => v.Visit == command.Numbered?.Visit) ?? Find(patient, command)
            // A visit that was known by its account alone gets its number now; one that has another number is another visit of that account.
            ?? (command.Theirs is null ? ByAccount(patient, command) : null);
    }

    /// <summary>The visit of the message's account: where the message has a number too, one that is known by its account alone.</summary>
    public static VisitEntry? ByAccount(Patient patient, ReceivePatient command) => command.Details switch
    {
        { HasOwnNumber: true, Account: { } account } =>
            patient.Visits.LastOrDefault(v => v.Number == account || v.Number is null && v.Account == account),
        { HasOwnNumber: false } => patient.Visits.LastOrDefault(v => v.Account == command.VisitNumber),
        _ => null,
    };

    /// <summary>
    /// A number names the visit, unless it is used again: an arrival, or its announcement, after the visit of that number had ended, and recorded
    /// after that was, is another visit.
    /// </summary>
    private static bool Reused(VisitEntry entry, ReceivePatient command) =>
        command.Intent is VisitIntent.Opens or VisitIntent.Expects && entry is { State: VisitEntryState.Closed, ClosedAt: { } ended }
        && command.OccurredAt > ended
        && !(entry.ClosedSaidAt > (command.SaidAt ?? command.OccurredAt));

    /// <summary>
    /// A visit of that number stands in another person's list: one number of one authority is one visit, so it changes hands, unless it is over and
    /// another begins.
    /// </summary>
    public static VisitEntry? Theirs(ReceivePatient command) =>
        command.Theirs is { } theirs && !(theirs.State is VisitEntryState.Closed or VisitEntryState.Revoked
            && command.Intent is VisitIntent.Opens or VisitIntent.Expects or VisitIntent.Continues) ? theirs : null;

    /// <summary>A visit that had no number yet takes the first one given, because a pre-admission often has none.</summary>
    private static VisitEntry? Nameless(Patient patient, ReceivePatient command) => patient.Visits.LastOrDefault(v =>
        v.Number is null && v.State is VisitEntryState.Expected or VisitEntryState.Open && !IsOtherThanPlanned(v, command)
        && (v.Account is null || command.Details.Account is null || v.Account == command.Details.Account));

    /// <summary>Nobody is admitted as an emergency or as an outpatient: that is another visit than the admission which is planned.</summary>
    private static bool IsOtherThanPlanned(VisitEntry plan, ReceivePatient command) =>
        plan is { State: VisitEntryState.Expected, PlannedAt: not null }
        && command.Details.Class is PatientClass.Emergency or PatientClass.Outpatient or PatientClass.Recurring;

    /// <summary>The visit that a result or an order speaks of; null when there is none.</summary>
    public static VisitEntry? Mentioned(Patient patient, ReceivePatient command)
    {
        if (command.VisitNumber is not null && Known(patient, command) is { } known) return known;
        return command.VisitNumber is null ? Unnumbered(patient, command with { Intent = VisitIntent.Describes }) : null;
    }

    /// <summary>
    /// Without a number the visit is the one the patient was in then; else the one they are in, or expected for. A visit that was called off
    /// comes last: its admission may have been cancelled while the patient stayed in the emergency department.
    /// </summary>
    private static VisitEntry? Unnumbered(Patient patient, ReceivePatient command)
    {
        var at = command.OccurredAt;
        var open = Last(patient, VisitEntryState.Open);
        var expected = Last(patient, VisitEntryState.Expected);
        var closed = Last(patient, VisitEntryState.Closed);
        var revoked = Last(patient, VisitEntryState.Revoked);
        return command.Intent switch
        {
            _ when command.Plans && expected is not null => expected,
            VisitIntent.Reopens => closed ?? open ?? revoked,
            VisitIntent.Closes => open ?? (closed is not null && closed.ClosedAt >= at ? closed : revoked),
            VisitIntent.Expects => expected
                ?? patient.Visits.LastOrDefault(v => v.State is VisitEntryState.Open or VisitEntryState.Closed && v.OpenedAt > at),
            VisitIntent.Revokes => open ?? expected ?? closed ?? revoked,
            _ => (open?.OpenedAt <= at ? open : null) ?? patient.Visits.LastOrDefault(v => WasIn(v, at)) ?? open ?? expected ?? revoked,
        };
    }

    /// <summary>Whether a visit that is closed now was going on then; of one first heard of by its end nobody knows since when.</summary>
    private static bool WasIn(VisitEntry visit, DateTimeOffset at) =>
        visit is { State: VisitEntryState.Closed, ClosedAt: { } ended } && at < ended && (visit.OpenedAt <= at || visit.OpenedAt >= ended);

    private static VisitEntry? Last(Patient patient, VisitEntryState state) => patient.Visits.LastOrDefault(v => v.State == state);

    /// <summary>
    /// The visit of that number: of several, the one that had not ended by then, else the latest. A result or an order may call it by whoever sent
    /// it.
    /// </summary>
    private static VisitEntry? Find(Patient patient, ReceivePatient command)
    {
        return patient.Visits.FirstOrDefault(v => IsMeant(v) && v is { State: VisitEntryState.Closed, ClosedAt: { } ended }
            && command.OccurredAt <= ended) ?? patient.Visits.LastOrDefault(IsMeant);

        bool IsMeant(VisitEntry visit) =>
            visit.Number == command.VisitNumber
            && (command.Intent == VisitIntent.Mentions || !Relations.AreApart(visit.NumberOf, command.Details.NumberOf));
    }

    /// <summary>
    /// A number's book was asked before, and holds the visit that is opened under it; unless that one has ended, and another begins under the number.
    /// </summary>
    private static VisitId Opened(Patient patient, ReceivePatient command) =>
        command is { Theirs: null, Numbered.Visit: var claimed } && !patient.Visits.Any(v => v.Visit == claimed) ? claimed : NewVisit(command);

    /// <summary>The visit that opens with the message, if one does.</summary>
    public static VisitId NewVisit(ReceivePatient command) => new(NameBasedGuid.Create(command.Facts.Id.Value, "visit", command.Id.ToString()));
}
