using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Families;
using Journey.Contracts.Patients;
using Journey.Contracts.Visits;
using Journey.Domain.Policies;

namespace Journey.Domain.Patients;

/// <summary>What to record, and which visit the message is about.</summary>
public sealed record PatientDecision(ImmutableArray<PatientEvent> Events, VisitId? Visit);

/// <summary>Decides what a message means for a patient: particulars, and which of their visits is meant. Pure.</summary>
public static class PatientDecider
{
    private static readonly TimeSpan RemindEvery = TimeSpan.FromMinutes(15);

    public static PatientDecision Receive(Patient patient, ReceivePatient command, Policy policy)
    {
        command = ByNumbersOfNow(patient, command);
        if (command.Intent == VisitIntent.Mentions) return new([], Mentioned(patient, command)?.Visit);
        var events = ImmutableArray.CreateBuilder<PatientEvent>();
        if (Believed(patient, command) is { } facts) Describe(patient, facts, command.SaidAt ?? command.OccurredAt, command.Intent == VisitIntent.None, events);
        if (command.Intent == VisitIntent.None) return new PatientDecision(events.ToImmutable(), null);
        var completed = Completed(patient, command);
        patient = PatientFold.Preview(patient, completed);
        var entry = Route(patient, command, policy);
        if (entry is null) return new PatientDecision(events.ToImmutable(), null);
        if (entry.Visit == command.Theirs?.Visit) events.Add(new VisitTaken(entry.Visit, command.Numbered!.Patient));
        events.InsertRange(0, completed);
        // Listed again even when only the particulars are new: a retry of this command asks what was committed which visit it was about.
        if (events.Count > 0 || !patient.Visits.Contains(entry)) events.Add(new VisitListed(entry));
        // One visit was heard of by its account alone, and one by its number: a message with both says that they are one.
        if (command.Details.HasOwnNumber && ByAccount(patient, command) is { } account && account.Visit != entry.Visit && entry.Number is not null)
        {
            events.Add(new VisitListed(account with { Number = entry.Number }));
            Unite(patient, events);
        }

        Relate(patient, events, policy);
        var all = events.ToImmutable();
        return new PatientDecision(all, all.OfType<VisitsLinked>().SelectMany(e => e.Changes).FirstOrDefault(c => c.Kind == LinkKind.SameAs && c.From == entry.Visit)?.To ?? entry.Visit);
    }

    /// <summary>What must be asked of others before the message can be routed.</summary>
    public static RouteQuestion Asks(Patient patient, ReceivePatient command)
    {
        command = ByNumbersOfNow(patient, command);
        if (!patient.IsKnown && !command.AreAliasesAsked && (!command.Facts.Aliases.IsDefaultOrEmpty || command.Facts.Earlier is not null)) return RouteQuestion.Aliases;
        if (command.Intent == VisitIntent.None) return RouteQuestion.Nothing;
        var known = Known(patient, command);
        var isListed = known is not null && (!command.Details.HasOwnNumber || known.Number == command.VisitNumber);
        if (!command.IsNumberAsked && command.Details.NumberKey is not null && !isListed) return RouteQuestion.Number;
        if (command.Intent == VisitIntent.Mentions) return RouteQuestion.Nothing;
        return command.Completed.IsDefault && patient.Visits.Any(v => IsIncomplete(v) && v.Visit != known?.Visit) && (known is null || patient.Visits.Count(v => v.State == VisitEntryState.Open) > 1)
            ? RouteQuestion.Visits : RouteQuestion.Nothing;
    }

    /// <summary>A number or an account that was given up is the one that stands for it.</summary>
    private static ReceivePatient ByNumbersOfNow(Patient patient, ReceivePatient command) => patient.Renumbered.IsEmpty ? command
        : command with
        {
            VisitNumber = patient.Now(command.VisitNumber),
            Details = command.Details with { Account = patient.Now(command.Details.Account), NumberOf = patient.Now(command.VisitNumber) == command.VisitNumber ? command.Details.NumberOf : null },
        };

    /// <summary>An open visit of which the list does not say what it is: no link can be told from it.</summary>
    public static bool IsIncomplete(VisitEntry visit) => visit is { State: VisitEntryState.Open, Class: PatientClass.Unknown, ClassSaidAt: null };

    private static ImmutableArray<PatientEvent> Completed(Patient patient, ReceivePatient command) => command.Completed.IsDefaultOrEmpty ? []
        : [.. command.Completed.Where(v => patient.Visits.Any(known => known.Visit == v.Visit && IsIncomplete(known))).Select(v => new VisitListed(v))];

    /// <summary>Identifiers of the message that do not lead here yet.</summary>
    public static ImmutableArray<PatientId> NewNames(Patient patient, ReceivePatient command) =>
        command.Facts.Aliases.IsDefaultOrEmpty ? [] : [.. command.Facts.Aliases.Where(name => name != command.Facts.Id && name != command.NamedAs && !patient.Names.ContainsKey(name))];

    /// <summary>Whether a message that came before and is sent again, late, would undo something with these events: then it must be told from a new one.</summary>
    public static bool AsksWhetherRepeated(Patient patient, ImmutableArray<PatientEvent> events) => patient.IsKnown
        && events.Any(e => e is PatientTold told && Particulars.Hear(patient, told.Facts, told.At).Ref != patient.Ref
            || e is VisitListed listed && !patient.Visits.Any(v => v.Visit == listed.Entry.Visit && v.Class == listed.Entry.Class && v.IsAdmitted == listed.Entry.IsAdmitted));

    public static ImmutableArray<PatientEvent> Yield(Patient patient, YieldPatient command, Policy policy)
    {
        if (patient.MergedInto is not null || patient.Ref.Id == command.Survivor) return [];
        if (command.VisitNumber is null && command.Visit is null) return [command.IsAlias ? new PatientAliased(command.Survivor) : new PatientMerged(command.Survivor)];
        var events = ImmutableArray.CreateBuilder<PatientEvent>();
        events.AddRange(patient.Visits.Where(v => v.Visit == command.Visit || command.VisitNumber is { } number && Has(v, number)).Select(v => new VisitGivenUp(v.Visit, command.Survivor)));
        if (events.Count > 0) Relate(patient, events, policy);
        return events.ToImmutable();
    }

    public static ImmutableArray<PatientEvent> Absorb(Patient patient, AbsorbPatient command, Policy policy)
    {
        var events = ImmutableArray.CreateBuilder<PatientEvent>();
        if (!command.IsSilent) Describe(patient, command.Facts, command.OccurredAt, true, events);
        if (command.Was is { } was && Kept(PatientFold.Preview(patient, events.ToImmutable()).Ref, was) is { } kept) events.Add(new PatientTold(kept with { Id = command.Facts.Id }, command.OccurredAt));
        if (command.Was is { Locks: { } locks }) events.AddRange(Locked(patient, locks, isKnown: patient.Names.ContainsKey(command.Absorbed)));
        // Who was retired by an earlier merge and survives this one bears a name that counts again.
        if (command.NamedAs is { } named && patient.Names.GetValueOrDefault(named)) events.Add(new NamesKnown([named], false));
        if (command.Absorbed != command.NamedAs && !(command.IsAlias && command.Absorbed == patient.Ref.Id) && !(patient.Names.TryGetValue(command.Absorbed, out var retired) && retired == !command.IsAlias)) events.Add(new NamesKnown([command.Absorbed], !command.IsAlias));
        foreach (var led in command.Names.Where(n => n.Key != patient.Ref.Id && !patient.Names.ContainsKey(n.Key)).GroupBy(n => n.Value, n => n.Key))
            events.Add(new NamesKnown([.. led.OrderBy(name => name.Value)], led.Key));
        foreach (var visit in command.Visits)
            if (!patient.Visits.Any(v => v.Visit == visit.Visit)) events.Add(new VisitListed(visit));
        Unite(patient, events);
        Relate(patient, events, policy);
        return events.ToImmutable();
    }

    /// <summary>What was known of the absorbed person and is not of the survivor: a name, and that they are to be kept back. Null when nothing is.</summary>
    private static PatientFacts? Kept(PatientRef survivor, PatientRef was)
    {
        var isNameless = survivor is { FamilyName: null, GivenName: null } && was is not { FamilyName: null, GivenName: null };
        var isKeptBack = was.Confidential && !survivor.Confidential;
        return !isNameless && !isKeptBack ? null : new PatientFacts
        {
            FamilyName = isNameless ? was.FamilyName : null, GivenName = isNameless ? was.GivenName : null, Confidential = isKeptBack ? true : null,
        };
    }

    /// <summary>What staff said on one of the visits, as far as it is news.</summary>
    public static ImmutableArray<PatientEvent> Lock(Patient patient, LockPatient command) =>
        [.. PersonLocks.Kinds.Where(which => command.Locks[which] is { } word && LockWord.Later(patient.Ref.Locks?[which], word) != patient.Ref.Locks?[which])
            .Select(which => new PatientLocked(which, command.Locks[which]!.On, command.Locks[which]!.At, command.Visit))];

    /// <summary>
    /// Two who are one are behind every lock of either: that it was lifted for the one was said by somebody who knew nothing of the other. A union that is carried out again
    /// locks nothing again.
    /// </summary>
    private static IEnumerable<PatientLocked> Locked(Patient patient, PersonLocks theirs, bool isKnown)
    {
        foreach (var which in PersonLocks.Kinds)
        {
            var mine = patient.Ref.Locks?[which];
            if (LockWord.Later(mine, theirs[which]) is not { } word) continue;
            if (!isKnown && (mine is { On: true } || theirs[which] is { On: true })) word = word with { On = true };
            if (word != mine) yield return new PatientLocked(which, word.On, word.At, null);
        }
    }

    public static ImmutableArray<PatientEvent> Renumber(Patient patient, RenumberVisit command, Policy policy)
    {
        var events = ImmutableArray.CreateBuilder<PatientEvent>();
        Describe(patient, command.Facts, command.OccurredAt, true, events);
        var given = new VisitRenumbered(command.From, command.To, command.SaidAt ?? command.OccurredAt);
        var after = PatientFold.Preview(patient, [given]);
        if (!patient.Renumbered.TryGetValue(given.From, out var before) || before.To != given.To || before.SaidAt < given.SaidAt) events.Add(given);
        foreach (var entry in patient.Visits)
        {
            if (entry.Number is not null && after.Now(entry.Number) is { } number && number != entry.Number) events.Add(new VisitListed(entry with { Number = number, NumberOf = null }));
            else if (entry.Account == command.From)
            {
                events.Add(new VisitListed(entry with { Account = command.To }));
                // What was heard of under the account alone is this visit.
                if (entry.Number is not null && patient.Visits.LastOrDefault(v => v.Number == command.To && v.Visit != entry.Visit) is { } alone) events.Add(new VisitListed(alone with { Number = entry.Number }));
            }
        }

        Unite(patient, events);
        Relate(patient, events, policy);
        return events.ToImmutable();
    }

    /// <summary>The list follows the visit, which knows which cancel took back what.</summary>
    public static ImmutableArray<PatientEvent> Correct(Patient patient, CorrectVisit command, Policy policy)
    {
        var events = ImmutableArray.CreateBuilder<PatientEvent>();
        if (patient.Visits.FirstOrDefault(v => v.Visit == command.Visit) is { } entry)
        {
            var now = command.State switch
            {
                null => entry,
                VisitEntryState.Open => entry with { State = VisitEntryState.Open, ClosedAt = null, ClosedSaidAt = null, DepartedAs = DepartureKind.Unknown },
                { } state => entry with { State = state },
            };
            if (command.Seen is { } seen) now = now with { Left = seen.Left };
            if (command.Placing is { } placing && !(placing.At < now.PlacedAt)) now = now with { Location = placing.Location, PlacedAt = placing.At };
            if (now != entry) events.Add(new VisitListed(now));
        }

        Relate(patient, events, policy);
        return events.ToImmutable();
    }

    public static ImmutableArray<PatientEvent> Delete(Patient patient, Policy policy)
    {
        var events = ImmutableArray.CreateBuilder<PatientEvent>();
        foreach (var visit in patient.Visits)
            if (visit.State is VisitEntryState.Open or VisitEntryState.Expected) events.Add(new VisitListed(visit with { State = VisitEntryState.Revoked }));
        if (events.Count > 0) Relate(patient, events, policy);
        return events.ToImmutable();
    }

    /// <summary>One number is one visit: where two came to be listed under it, as when two persons turn out to be one, the younger is the older from now on.</summary>
    private static void Unite(Patient patient, ImmutableArray<PatientEvent>.Builder events)
    {
        while (Relations.Twice(PatientFold.Preview(patient, events.ToImmutable()).Visits) is { } same)
        {
            events.Add(new VisitsLinked([new LinkChange(same.Younger.Visit, same.Older.Visit, LinkKind.SameAs, same.Younger.OpenedAt, false) { Number = same.Older.Number }]));
            events.Add(new VisitGivenUp(same.Younger.Visit, patient.Ref.Id));
            events.Add(new VisitListed(Relations.Both(same.Older, same.Younger)));
        }
    }

    /// <summary>The links that begin or end because of the events so far.</summary>
    private static void Relate(Patient patient, ImmutableArray<PatientEvent>.Builder events, Policy policy)
    {
        if (events.Count == 0) return;
        var after = PatientFold.Preview(patient, events.ToImmutable());
        if (after.MergedInto is null && Relations.Difference(after.Links, Relations.Of(after.Visits, policy)) is { IsEmpty: false } changes) events.Add(new VisitsLinked(changes));
    }

    /// <summary>Whether the message names the person by an identifier that a merge retired: what it says of them is out of date.</summary>
    public static bool IsRetired(Patient patient, ReceivePatient command) => patient.Names.TryGetValue(command.NamedAs, out var retired) ? retired : command.IsRetired;

    /// <summary>What counts of what the message says of the person. Under a retired identifier nothing does, except that they are to be kept back; null then.</summary>
    private static PatientFacts? Believed(Patient patient, ReceivePatient command) =>
        !IsRetired(patient, command) ? Named(patient, command) : command.Facts.Confidential == true ? new PatientFacts { Id = command.Facts.Id, Confidential = true } : null;

    /// <summary>A system that knows the person by another identifier than this house does changes their name, not the number that they are shown with.</summary>
    private static PatientFacts Named(Patient patient, ReceivePatient command) =>
        patient.Ref.Number is not null && command.NamedAs != command.Facts.Id && command.NamedAs != default && command.Facts.Aliases.IsDefaultOrEmpty ? command.Facts with { Number = null } : command.Facts;

    /// <summary>
    /// What is news is written, and so is a message about the person alone: nothing else tells that it came. Of a visit's messages, which repeat the person each
    /// time, one in a while is enough to remember how old the particulars are.
    /// </summary>
    private static void Describe(Patient patient, PatientFacts facts, DateTimeOffset at, bool always, ImmutableArray<PatientEvent>.Builder events)
    {
        facts = Particulars.Allowed(patient.Ref, facts);
        var next = Particulars.Hear(patient, facts, at);
        if (next.Ref != patient.Ref || next.SaidAt != patient.SaidAt && (always || !(at < patient.WrittenAt + RemindEvery))) events.Add(new PatientTold(facts, at));
    }

    /// <summary>The entry of the visit that is meant, as it stands after the message; null when none is.</summary>
    private static VisitEntry? Route(Patient patient, ReceivePatient command, Policy policy)
    {
        var found = command.VisitNumber is null ? Unnumbered(patient, command) : Known(patient, command) is { } known ? Reused(known, command) ? null : known : Theirs(command) ?? Nameless(patient, command);
        if (found is null)
        {
            // Of what an update or a cancel speaks somebody must have spoken before: without a number nobody is here because of it.
            if (command.Intent is VisitIntent.Describes or VisitIntent.Reopens && command.VisitNumber is null) return null;
            found = new VisitEntry(Opened(patient, command), command.VisitNumber, command.Plans ? VisitEntryState.Expected : VisitEntryState.Open, Began(command), null);
        }

        var isKnown = patient.Visits.Contains(found);
        var saidAt = command.SaidAt ?? command.OccurredAt;
        var reclassed = command.Details.Class is { } said && said != found.Class && !(saidAt < found.ClassSaidAt && found.Class != PatientClass.Unknown) && !(isKnown && command.Cancels);
        var kind = reclassed ? command.Details.Class!.Value : found.Class;
        var named = Placed(found with
        {
            // A number that led here by its book alone is one that the visit had before it was given another.
            NumberOf = command.VisitNumber == found.Number || found.Number is null ? found.NumberOf ?? command.Details.NumberOf : found.NumberOf,
            Number = found.Visit == command.Numbered?.Visit ? (isKnown ? found.Number : null) ?? command.VisitNumber : found.Number is null || command.Details.HasOwnNumber ? command.VisitNumber ?? found.Number : found.Number,
            Account = command.Details.Account ?? found.Account,
            Class = kind,
            ClassSaidAt = reclassed ? saidAt : found.ClassSaidAt ?? (isKnown ? null : saidAt),
            // Of a visit that is only planned the class is a plan too.
            IsInpatient = found is { IsInpatient: true, State: not VisitEntryState.Expected } || kind is PatientClass.Inpatient or PatientClass.Observation,
            Left = command.Intent is VisitIntent.Opens && command.OccurredAt > found.Left?.At ? null : found.Left,
        }, command, policy);
        if (named.EmergencyUnit is null && command.Details.Class == PatientClass.Emergency && !(isKnown && command.Cancels)) named = named with { EmergencyUnit = named.Location?.Unit ?? "" };
        // What was heard before the arrival, of a visit that goes on or has ended, told too late a begin.
        if (command.Intent == VisitIntent.Opens && found.State is VisitEntryState.Open or VisitEntryState.Closed && Began(command) < named.OpenedAt) named = named with { OpenedAt = Began(command) };
        return command.Intent switch
        {
            VisitIntent.Expects => isKnown ? named : named with { State = VisitEntryState.Expected },
            VisitIntent.Opens or VisitIntent.Continues when found.State == VisitEntryState.Expected && !command.Plans =>
                named with { State = VisitEntryState.Open, OpenedAt = Began(command) },
            VisitIntent.Opens when found.State == VisitEntryState.Revoked => named with { State = VisitEntryState.Open, OpenedAt = Began(command) },
            VisitIntent.Opens when command.Admits && isKnown && found.State == VisitEntryState.Open && command.OccurredAt != found.PlacedAt => named with { IsAdmitted = true },
            VisitIntent.Closes => named with
            {
                // When somebody came of whom only the plan and the end were heard nobody knows; not when it was planned.
                OpenedAt = found.State == VisitEntryState.Expected && command.OccurredAt > found.OpenedAt ? command.OccurredAt : named.OpenedAt,
                State = VisitEntryState.Closed, ClosedAt = command.OccurredAt < found.OpenedAt ? found.OpenedAt : command.OccurredAt, ClosedSaidAt = saidAt, DepartedAs = policy.Departure(command.Details.Disposition) ?? DepartureKind.Unknown,
            },
            VisitIntent.Reopens => named with { State = VisitEntryState.Open, ClosedAt = null, ClosedSaidAt = null, DepartedAs = DepartureKind.Unknown },
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
        if (details.PendingLocation is { } pending && command.Intent is VisitIntent.Continues or VisitIntent.Expects) entry = entry with { Planned = policy.Spelled(pending) };
        if (command.Intent is not (VisitIntent.Opens or VisitIntent.Continues) || !(command.OccurredAt >= entry.PlacedAt || entry.PlacedAt is null)) return entry;
        var place = details.Location is { Unit.Length: > 0 } at ? policy.Spelled(at) : entry.Location;
        return entry.PlacedAt is not null && place == entry.Location && command.Intent == VisitIntent.Continues ? entry : entry with { PlacedAt = command.OccurredAt, Location = place };
    }

    /// <summary>When a visit that opens with this message began.</summary>
    private static DateTimeOffset Began(ReceivePatient command) =>
        command.Intent is VisitIntent.Opens or VisitIntent.Continues or VisitIntent.Describes && command.Details.AdmittedAt is { } began && began < command.OccurredAt ? began : command.OccurredAt;

    /// <summary>The visit of the message's number or account in this list, whatever became of it; null when there is none.</summary>
    private static VisitEntry? Known(Patient patient, ReceivePatient command)
    {
        if (command.VisitNumber is null) return null;
        return patient.Visits.LastOrDefault(v => v.Visit == command.Numbered?.Visit) ?? Find(patient, command)
            // A visit that was known by its account alone gets its number now; one that has another number is another visit of that account.
            ?? (command.Theirs is null ? ByAccount(patient, command) : null);
    }

    /// <summary>The visit of the message's account: where the message has a number too, one that is known by its account alone.</summary>
    private static VisitEntry? ByAccount(Patient patient, ReceivePatient command) => command.Details switch
    {
        { HasOwnNumber: true, Account: { } account } => patient.Visits.LastOrDefault(v => v.Number == account || v.Number is null && v.Account == account),
        { HasOwnNumber: false } => patient.Visits.LastOrDefault(v => v.Account == command.VisitNumber),
        _ => null,
    };

    /// <summary>
    /// A number names the visit, unless it is used again: an arrival, or its announcement, after the visit of that number had ended, and recorded after
    /// that was, is another visit.
    /// </summary>
    private static bool Reused(VisitEntry entry, ReceivePatient command) =>
        command.Intent is VisitIntent.Opens or VisitIntent.Expects && entry is { State: VisitEntryState.Closed, ClosedAt: { } ended } && command.OccurredAt > ended
        && !(entry.ClosedSaidAt > (command.SaidAt ?? command.OccurredAt));

    /// <summary>A visit of that number stands in another person's list: one number of one authority is one visit, so it changes hands, unless it is over and another begins.</summary>
    public static VisitEntry? Theirs(ReceivePatient command) =>
        command.Theirs is { } theirs && !(theirs.State is VisitEntryState.Closed or VisitEntryState.Revoked && command.Intent is VisitIntent.Opens or VisitIntent.Expects or VisitIntent.Continues) ? theirs : null;

    /// <summary>A visit that had no number yet takes the first one given, because a pre-admission often has none.</summary>
    private static VisitEntry? Nameless(Patient patient, ReceivePatient command) => patient.Visits.LastOrDefault(v =>
        v.Number is null && v.State is VisitEntryState.Expected or VisitEntryState.Open && !IsOtherThanPlanned(v, command) && (v.Account is null || command.Details.Account is null || v.Account == command.Details.Account));

    /// <summary>Nobody is admitted as an emergency or as an outpatient: that is another visit than the admission which is planned.</summary>
    private static bool IsOtherThanPlanned(VisitEntry plan, ReceivePatient command) =>
        plan is { State: VisitEntryState.Expected, PlannedAt: not null } && command.Details.Class is PatientClass.Emergency or PatientClass.Outpatient or PatientClass.Recurring;

    /// <summary>The visit that a result or an order speaks of; null when there is none.</summary>
    private static VisitEntry? Mentioned(Patient patient, ReceivePatient command)
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
            VisitIntent.Expects => expected ?? patient.Visits.LastOrDefault(v => v.State is VisitEntryState.Open or VisitEntryState.Closed && v.OpenedAt > at),
            VisitIntent.Revokes => open ?? expected ?? closed ?? revoked,
            _ => (open?.OpenedAt <= at ? open : null) ?? patient.Visits.LastOrDefault(v => WasIn(v, at)) ?? open ?? expected ?? revoked,
        };
    }

    /// <summary>Whether a visit that is closed now was going on then; of one first heard of by its end nobody knows since when.</summary>
    private static bool WasIn(VisitEntry visit, DateTimeOffset at) =>
        visit is { State: VisitEntryState.Closed, ClosedAt: { } ended } && at < ended && (visit.OpenedAt <= at || visit.OpenedAt >= ended);

    private static VisitEntry? Last(Patient patient, VisitEntryState state) => patient.Visits.LastOrDefault(v => v.State == state);

    /// <summary>The visit of that number: of several, the one that had not ended by then, else the latest. A result or an order may call it by whoever sent it.</summary>
    private static VisitEntry? Find(Patient patient, ReceivePatient command)
    {
        return patient.Visits.FirstOrDefault(v => IsMeant(v) && v is { State: VisitEntryState.Closed, ClosedAt: { } ended } && command.OccurredAt <= ended) ?? patient.Visits.LastOrDefault(IsMeant);

        bool IsMeant(VisitEntry visit) => visit.Number == command.VisitNumber && (command.Intent == VisitIntent.Mentions || !Relations.AreApart(visit.NumberOf, command.Details.NumberOf));
    }

    private static bool Has(VisitEntry visit, string number) => visit.Number == number || visit.Account == number;

    /// <summary>A number's book was asked before, and holds the visit that is opened under it; unless that one has ended, and another begins under the number.</summary>
    private static VisitId Opened(Patient patient, ReceivePatient command) =>
        command is { Theirs: null, Numbered.Visit: var claimed } && !patient.Visits.Any(v => v.Visit == claimed) ? claimed : NewVisit(command);

    /// <summary>The visit that opens with the message, if one does.</summary>
    public static VisitId NewVisit(ReceivePatient command) => new(NameBasedGuid.Create(command.Facts.Id.Value, "visit", command.Id.ToString()));
}
