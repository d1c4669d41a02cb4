using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Patients;

namespace Journey.Domain.Patients;

/// <summary>What to record, and which visit the message is about.</summary>
public sealed record PatientDecision(ImmutableArray<PatientEvent> Events, VisitId? Visit);

/// <summary>Decides what a message means for a patient: particulars, and which of their visits is meant. Pure.</summary>
public static class PatientDecider
{
    private static readonly TimeSpan RemindEvery = TimeSpan.FromMinutes(15);

    public static PatientDecision Receive(Patient patient, ReceivePatient command)
    {
        var events = ImmutableArray.CreateBuilder<PatientEvent>();
        Describe(patient, command.Facts, command.SaidAt ?? command.OccurredAt, command.Intent == VisitIntent.None, events);
        var entry = command.Intent == VisitIntent.None ? null : Route(patient, command);
        // Listed again even when only the particulars are new: a retry of this command asks what was committed which visit it was about.
        if (entry is not null && (events.Count > 0 || !patient.Visits.Contains(entry))) events.Add(new VisitListed(entry));
        return new PatientDecision(events.ToImmutable(), entry?.Visit);
    }

    /// <summary>Whether a message that came before and is sent again, late, would undo something with these events: then it must be told from a new one.</summary>
    public static bool AsksWhetherRepeated(Patient patient, ImmutableArray<PatientEvent> events) => patient.Version > 0
        && events.Any(e => e is PatientTold told && Particulars.Hear(patient, told.Facts, told.At).Ref != patient.Ref
            || e is VisitListed listed && !patient.Visits.Any(v => v.Visit == listed.Entry.Visit));

    public static ImmutableArray<PatientEvent> Yield(Patient patient, YieldPatient command)
    {
        if (patient.MergedInto is not null || patient.Ref.Id == command.Survivor) return [];
        if (command.VisitNumber is not { } number) return [new PatientMerged(command.Survivor)];
        return [.. patient.Visits.Where(v => v.Number == number).Select(v => new VisitGivenUp(v.Visit, command.Survivor))];
    }

    public static ImmutableArray<PatientEvent> Absorb(Patient patient, AbsorbPatient command)
    {
        var events = ImmutableArray.CreateBuilder<PatientEvent>();
        Describe(patient, command.Facts, command.OccurredAt, true, events);
        foreach (var visit in command.Visits)
            if (!patient.Visits.Any(v => v.Visit == visit.Visit)) events.Add(new VisitListed(visit));
        return events.ToImmutable();
    }

    public static ImmutableArray<PatientEvent> Renumber(Patient patient, RenumberVisit command)
    {
        var events = ImmutableArray.CreateBuilder<PatientEvent>();
        Describe(patient, command.Facts, command.OccurredAt, true, events);
        if (Find(patient, command.From) is { } entry) events.Add(new VisitListed(entry with { Number = command.To }));
        return events.ToImmutable();
    }

    /// <summary>
    /// What is news is written, and so is a message about the person alone: nothing else tells that it came. Of a visit's messages, which repeat the person each
    /// time, one in a while is enough to remember how old the particulars are.
    /// </summary>
    private static void Describe(Patient patient, PatientFacts facts, DateTimeOffset at, bool always, ImmutableArray<PatientEvent>.Builder events)
    {
        var next = Particulars.Hear(patient, facts, at);
        if (next.Ref != patient.Ref || next.SaidAt != patient.SaidAt && (always || !(at < patient.WrittenAt + RemindEvery))) events.Add(new PatientTold(facts, at));
    }

    /// <summary>The entry of the visit that is meant, as it stands after the message; null when none is.</summary>
    private static VisitEntry? Route(Patient patient, ReceivePatient command)
    {
        var found = command.VisitNumber is { } number ? Numbered(patient, command, number) : Unnumbered(patient, command);
        if (found is null)
        {
            var mayOpen = command.Intent != VisitIntent.Describes || command.VisitNumber is not null;
            if (!mayOpen) return null;
            found = new VisitEntry(NewVisit(command), command.VisitNumber, VisitEntryState.Open, command.OccurredAt, null);
        }

        var named = found with { Number = command.VisitNumber ?? found.Number };
        return command.Intent switch
        {
            VisitIntent.Expects => patient.Visits.Contains(found) ? named : named with { State = VisitEntryState.Expected },
            VisitIntent.Opens or VisitIntent.Continues when found.State == VisitEntryState.Expected =>
                named with { State = VisitEntryState.Open, OpenedAt = command.OccurredAt },
            VisitIntent.Opens when found.State == VisitEntryState.Revoked => named with { State = VisitEntryState.Open, OpenedAt = command.OccurredAt },
            VisitIntent.Closes => named with { State = VisitEntryState.Closed, ClosedAt = command.OccurredAt },
            VisitIntent.Reopens => named with { State = VisitEntryState.Open, ClosedAt = null },
            VisitIntent.Revokes => named with { State = VisitEntryState.Revoked },
            _ => named,
        };
    }

    /// <summary>
    /// A number names the visit, unless it is used again: an arrival, or its announcement, after the visit of that number had ended is another visit.
    /// A visit that had no number yet takes the first one given, because a pre-admission often has none.
    /// </summary>
    private static VisitEntry? Numbered(Patient patient, ReceivePatient command, string number)
    {
        if (Find(patient, number) is { } entry)
            return command.Intent is VisitIntent.Opens or VisitIntent.Expects && entry is { State: VisitEntryState.Closed, ClosedAt: { } ended } && command.OccurredAt > ended ? null : entry;
        return patient.Visits.LastOrDefault(v => v.Number is null && v.State is VisitEntryState.Expected or VisitEntryState.Open);
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
            VisitIntent.Reopens => closed ?? open ?? revoked,
            VisitIntent.Closes => open ?? (closed is not null && closed.ClosedAt >= at ? closed : revoked),
            VisitIntent.Expects => expected ?? patient.Visits.LastOrDefault(v => v.State is VisitEntryState.Open or VisitEntryState.Closed && v.OpenedAt > at),
            VisitIntent.Revokes => open ?? expected ?? closed ?? revoked,
            _ => (open?.OpenedAt <= at ? open : null) ?? patient.Visits.LastOrDefault(v => WasIn(v, at)) ?? open ?? expected ?? revoked,
        };
    }

    /// <summary>Whether a visit that is closed now was going on then; of one first heard of by its end nobody knows since when.</summary>
    private static bool WasIn(VisitEntry visit, DateTimeOffset at) =>
        visit is { State: VisitEntryState.Closed, ClosedAt: { } ended } && at < ended && (visit.OpenedAt <= at || visit.OpenedAt >= ended);

    private static VisitEntry? Last(Patient patient, VisitEntryState state) => patient.Visits.LastOrDefault(v => v.State == state);

    /// <summary>The latest visit of that number.</summary>
    private static VisitEntry? Find(Patient patient, string number) => patient.Visits.LastOrDefault(v => v.Number == number);

    private static VisitId NewVisit(ReceivePatient command) => new(NameBasedGuid.Create(command.Facts.Id.Value, "visit", command.Id.ToString()));
}
