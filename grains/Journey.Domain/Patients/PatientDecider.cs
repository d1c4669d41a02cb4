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
        if (command.Intent == VisitIntent.Mentions) return new([], VisitRouting.Mentioned(patient, command)?.Visit);
        var events = ImmutableArray.CreateBuilder<PatientEvent>();
        if (Believed(patient, command) is { } facts)
            Describe(patient, facts, command.SaidAt ?? command.OccurredAt, command.Intent == VisitIntent.None, events);
        if (command.Intent == VisitIntent.None) return new PatientDecision(events.ToImmutable(), null);
        var completed = Completed(patient, command);
        patient = PatientFold.Preview(patient, completed);
        var entry = VisitRouting.Route(patient, command, policy);
        if (entry is null) return new PatientDecision(events.ToImmutable(), null);
        if (entry.Visit == command.Theirs?.Visit) events.Add(new VisitTaken(entry.Visit, command.Numbered!.Patient));
        events.InsertRange(0, completed);
        // Listed again even when only the particulars are new: a retry of this command asks what was committed which visit it was about.
        if (events.Count > 0 || !patient.Visits.Contains(entry)) events.Add(new VisitListed(entry));
        // One visit was heard of by its account alone, and one by its number: a message with both says that they are one.
        if (command.Details.HasOwnNumber && VisitRouting.ByAccount(patient, command) is { } account && account.Visit != entry.Visit
            && entry.Number is not null)
        {
            events.Add(new VisitListed(account with { Number = entry.Number }));
            Unite(patient, events);
        }

        Relate(patient, events, policy);
        var all = events.ToImmutable();
        return new PatientDecision(all, all.OfType<VisitsLinked>().SelectMany(e => e.Changes)
            .FirstOrDefault(c => c.Kind == LinkKind.SameAs && c.From == entry.Visit)?.To ?? entry.Visit);
    }

    /// <summary>What must be asked of others before the message can be routed.</summary>
    public static RouteQuestion Asks(Patient patient, ReceivePatient command)
    {
        command = ByNumbersOfNow(patient, command);
        if (!patient.IsKnown && !command.AreAliasesAsked && (!command.Facts.Aliases.IsDefaultOrEmpty || command.Facts.Earlier is not null))
            return RouteQuestion.Aliases;
        if (command.Intent == VisitIntent.None) return RouteQuestion.Nothing;
        var known = VisitRouting.Known(patient, command);
        var isListed = known is not null && (!command.Details.HasOwnNumber || known.Number == command.VisitNumber);
        if (!command.IsNumberAsked && command.Details.NumberKey is not null && !isListed) return RouteQuestion.Number;
        if (command.Intent == VisitIntent.Mentions) return RouteQuestion.Nothing;
        return command.Completed.IsDefault && patient.Visits.Any(v => IsIncomplete(v) && v.Visit != known?.Visit)
            && (known is null || patient.Visits.Count(v => v.State == VisitEntryState.Open) > 1)
            ? RouteQuestion.Visits : RouteQuestion.Nothing;
    }

    /// <summary>A number or an account that was given up is the one that stands for it.</summary>
    private static ReceivePatient ByNumbersOfNow(Patient patient, ReceivePatient command) => patient.Renumbered.IsEmpty ? command
        : command with
        {
            VisitNumber = patient.Now(command.VisitNumber),
            Details = command.Details with
            {
                Account = patient.Now(command.Details.Account),
                NumberOf = patient.Now(command.VisitNumber) == command.VisitNumber ? command.Details.NumberOf : null
            },
        };

    /// <summary>An open visit of which the list does not say what it is: no link can be told from it.</summary>
    public static bool IsIncomplete(VisitEntry visit) => visit is { State: VisitEntryState.Open, Class: PatientClass.Unknown, ClassSaidAt: null };

    private static ImmutableArray<PatientEvent> Completed(Patient patient, ReceivePatient command) => command.Completed.IsDefaultOrEmpty ? []
        : [.. command.Completed.Where(v => patient.Visits.Any(known => known.Visit == v.Visit && IsIncomplete(known)))
            .Select(v => new VisitListed(v))];

    /// <summary>Identifiers of the message that do not lead here yet.</summary>
    public static ImmutableArray<PatientId> NewNames(Patient patient, ReceivePatient command) =>
        command.Facts.Aliases.IsDefaultOrEmpty
        ? []
        : [.. command.Facts.Aliases.Where(name => name != command.Facts.Id && name != command.NamedAs && !patient.Names.ContainsKey(name))];

    /// <summary>
    /// Whether a message that came before and is sent again, late, would undo something with these events: then it must be told from a new one.
    /// </summary>
    public static bool AsksWhetherRepeated(Patient patient, ImmutableArray<PatientEvent> events) => patient.IsKnown
        && events.Any(e => e is PatientTold told && Particulars.Apply(patient, told.Facts, told.At).Ref != patient.Ref
            || e is VisitListed listed && !patient.Visits
            .Any(v => v.Visit == listed.Entry.Visit && v.Class == listed.Entry.Class && v.IsAdmitted == listed.Entry.IsAdmitted));

    public static ImmutableArray<PatientEvent> Yield(Patient patient, YieldPatient command, Policy policy)
    {
        if (patient.MergedInto is not null || patient.Ref.Id == command.Survivor) return [];
        if (command.VisitNumber is null && command.Visit is null)
            return [command.IsAlias ? new PatientAliased(command.Survivor) : new PatientMerged(command.Survivor)];
        var events = ImmutableArray.CreateBuilder<PatientEvent>();
        events.AddRange(patient.Visits.Where(v => v.Visit == command.Visit || command.VisitNumber is { } number && Has(v, number))
            .Select(v => new VisitGivenUp(v.Visit, command.Survivor)));
        if (events.Count > 0) Relate(patient, events, policy);
        return events.ToImmutable();
    }

    public static ImmutableArray<PatientEvent> Absorb(Patient patient, AbsorbPatient command, Policy policy)
    {
        var events = ImmutableArray.CreateBuilder<PatientEvent>();
        if (!command.IsSilent) Describe(patient, command.Facts, command.OccurredAt, true, events);
        if (command.Was is { } was && Kept(PatientFold.Preview(patient, events.ToImmutable()).Ref, was) is { } kept)
            events.Add(new PatientTold(kept with { Id = command.Facts.Id }, command.OccurredAt));
        if (command.Was is { Locks: { } locks }) events.AddRange(Locked(patient, locks, isKnown: patient.Names.ContainsKey(command.Absorbed)));
        // Who was retired by an earlier merge and survives this one bears a name that counts again.
        if (command.NamedAs is { } named && patient.Names.GetValueOrDefault(named)) events.Add(new NamesKnown([named], false));
        if (command.Absorbed != command.NamedAs && !(command.IsAlias && command.Absorbed == patient.Ref.Id)
            && !(patient.Names.TryGetValue(command.Absorbed, out var retired) && retired == !command.IsAlias))
            events.Add(new NamesKnown([command.Absorbed], !command.IsAlias));
        foreach (var led in command.Names.Where(n => n.Key != patient.Ref.Id && !patient.Names.ContainsKey(n.Key)).GroupBy(n => n.Value, n => n.Key))
            events.Add(new NamesKnown([.. led.OrderBy(name => name.Value)], led.Key));
        foreach (var visit in command.Visits)
            if (!patient.Visits.Any(v => v.Visit == visit.Visit)) events.Add(new VisitListed(visit));
        Unite(patient, events);
        Relate(patient, events, policy);
        return events.ToImmutable();
    }

    /// <summary>
    /// What was known of the absorbed person and is not of the survivor: a name, and that they are to be kept back. Null when nothing is.
    /// </summary>
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
        [.. PersonLocks.Kinds.Where(which => command.Locks[which] is { } word
            && LockWord.Later(patient.Ref.Locks?[which], word) != patient.Ref.Locks?[which])
            .Select(which => new PatientLocked(which, command.Locks[which]!.On, command.Locks[which]!.At, command.Visit))];

    /// <summary>
    /// Two who are one are behind every lock of either: that it was lifted for the one was said by somebody who knew nothing of the other. A union
    /// that is carried out again locks nothing again.
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
            if (entry.Number is not null && after.Now(entry.Number) is { } number && number != entry.Number)
                events.Add(new VisitListed(entry with { Number = number, NumberOf = null }));
            else if (entry.Account == command.From)
            {
                events.Add(new VisitListed(entry with { Account = command.To }));
                // What was heard of under the account alone is this visit.
                if (entry.Number is not null && patient.Visits.LastOrDefault(v => v.Number == command.To && v.Visit != entry.Visit) is { } alone)
                    events.Add(new VisitListed(alone with { Number = entry.Number }));
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
                VisitEntryState.Open =>
                    entry with { State = VisitEntryState.Open, ClosedAt = null, ClosedSaidAt = null, DepartedAs = DepartureKind.Unknown },
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
            if (visit.State is VisitEntryState.Open or VisitEntryState.Expected)
                events.Add(new VisitListed(visit with { State = VisitEntryState.Revoked }));
        if (events.Count > 0) Relate(patient, events, policy);
        return events.ToImmutable();
    }

    /// <summary>
    /// One number is one visit: where two came to be listed under it, as when two persons turn out to be one, the younger is the older from now on.
    /// </summary>
    private static void Unite(Patient patient, ImmutableArray<PatientEvent>.Builder events)
    {
        while (Relations.Twice(PatientFold.Preview(patient, events.ToImmutable()).Visits) is { } same)
        {
            events.Add(new VisitsLinked(
                [new LinkChange(same.Younger.Visit, same.Older.Visit, LinkKind.SameAs, same.Younger.OpenedAt,
                    false) { Number = same.Older.Number }]));
            events.Add(new VisitGivenUp(same.Younger.Visit, patient.Ref.Id));
            events.Add(new VisitListed(Relations.Both(same.Older, same.Younger)));
        }
    }

    /// <summary>The links that begin or end because of the events so far.</summary>
    private static void Relate(Patient patient, ImmutableArray<PatientEvent>.Builder events, Policy policy)
    {
        if (events.Count == 0) return;
        var after = PatientFold.Preview(patient, events.ToImmutable());
        if (after.MergedInto is null && Relations.Difference(after.Links, Relations.Find(after.Visits, policy)) is { IsEmpty: false } changes)
            events.Add(new VisitsLinked(changes));
    }

    /// <summary>Whether the message names the person by an identifier that a merge retired: what it says of them is out of date.</summary>
    public static bool IsRetired(Patient patient, ReceivePatient command) =>
        patient.Names.TryGetValue(command.NamedAs, out var retired) ? retired : command.IsRetired;

    /// <summary>
    /// What counts of what the message says of the person. Under a retired identifier nothing does, except that they are to be kept back; null then.
    /// </summary>
    private static PatientFacts? Believed(Patient patient, ReceivePatient command) =>
        !IsRetired(patient, command) ? Named(patient, command) : command.Facts.Confidential == true
        ? new PatientFacts { Id = command.Facts.Id, Confidential = true }
        : null;

    /// <summary>
    /// A system that knows the person by another identifier than this house does changes their name, not the number that they are shown with.
    /// </summary>
    private static PatientFacts Named(Patient patient, ReceivePatient command) =>
        patient.Ref.Number is not null && command.NamedAs != command.Facts.Id && command.NamedAs != default && command.Facts.Aliases.IsDefaultOrEmpty
        ? command.Facts with { Number = null }
        : command.Facts;

    /// <summary>
    /// What is news is written, and so is a message about the person alone: nothing else tells that it came. Of a visit's messages, which repeat the
    /// person each time, one in a while is enough to remember how old the particulars are.
    /// </summary>
    private static void Describe(Patient patient, PatientFacts facts, DateTimeOffset at, bool always, ImmutableArray<PatientEvent>.Builder events)
    {
        facts = Particulars.Allowed(patient.Ref, facts);
        var next = Particulars.Apply(patient, facts, at);
        if (next.Ref != patient.Ref || next.SaidAt != patient.SaidAt && (always || !(at < patient.WrittenAt + RemindEvery)))
            events.Add(new PatientTold(facts, at));
    }

    private static bool Has(VisitEntry visit, string number) => visit.Number == number || visit.Account == number;
}
