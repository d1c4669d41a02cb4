using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Families;
using Journey.Contracts.Visits;
using Journey.Domain.Facts;
using Journey.Domain.Policies;

namespace Journey.Domain.Visits;

/// <summary>What a feed's message means for a visit: a fact, as the policy reads its codes and places now.</summary>
internal static class FeedDecider
{
    /// <summary>Of a visit that is heard of often enough, one more mention says nothing.</summary>
    private static readonly TimeSpan MentionEvery = TimeSpan.FromMinutes(30);

    public static ImmutableArray<VisitEvent> Decide(Visit visit, FeedCommand command, Policy policy, DateTimeOffset now)
    {
        var events = ImmutableArray.CreateBuilder<VisitEvent>();
        if (Shown(visit, command, out var isAnother) is { } patient && patient != visit.Patient)
        {
            if (isAnother)
            {
                events.Add(new HandsChanged(now) { From = visit.Patient.Id, Contacts = visit.Contacts });
                if (Theirs(visit, patient.Id) is { IsDefaultOrEmpty: false } family) events.Add(new FamilyKnown(family));
            }

            events.Add(new Identified(patient));
        }

        if (command is Identify { IsAnother: false, Patient.Id: var person } identify) events.AddRange(NeverChanged(visit, person, identify.United));

        if (command is not Mention && command.Details.Number is { } number && IsNumbered(visit, number, command.Details.Replaces))
            events.Add(new Numbered(number, command.Details.Replaces));
        if (!command.Details.Contacts.IsDefaultOrEmpty && !command.Details.Contacts.SequenceEqual(visit.Contacts))
            events.Add(new FamilyKnown(command.Details.Contacts));
        if (command is Mention && IsNoNews(visit, command)) return events.ToImmutable();
        var fact = ToFact(visit, command, Read(visit, command, policy, now));
        if (fact is FeedFact said && IsSaidAgain(visit, said, command.By)) return events.ToImmutable();
        if (fact is not null) events.Add(fact);
        else if (events.Count == 0 && command.Message is not null) events.Add(new Noted("identify"));
        return events.ToImmutable();
    }

    /// <summary>
    /// Whom the visit is for by the command; null when it does not say. A message that was under way while staff locked something knows nothing of
    /// that, and lifts nothing; what was locked of one person is not of another.
    /// </summary>
    private static PatientRef? Shown(Visit visit, FeedCommand command, out bool isAnother)
    {
        isAnother = visit.Exists && command is Identify { IsAnother: true, Patient: { } given } && given.Id != visit.Patient.Id;
        return command.Patient is not { } patient || isAnother
            ? command.Patient
            : patient with { Locks = PersonLocks.Join(patient.Locks, visit.Patient.Locks) };
    }

    /// <summary>
    /// Whether it is news that the visit bears the number. What is given up comes back by being given back, and not by a message that says it still.
    /// </summary>
    private static bool IsNumbered(Visit visit, string number, string? replaces) => replaces is { } from
        ? visit.Renumbered != number || !visit.GivenUp.Contains(from)
        : visit.Number is { } known && known != number && !visit.GivenUp.Contains(number);

    /// <summary>The family of whoever had the visit before, and has it again.</summary>
    private static ImmutableArray<FamilyContact> Theirs(Visit visit, PatientId person) =>
        visit.Entries.Select(e => e is { Undone: false, Fact: HandsChanged { Contacts: { } contacts } changed } && changed.From == person
            ? contacts
            : default).LastOrDefault(contacts => !contacts.IsDefaultOrEmpty);

    /// <summary>Between two who turn out to be one person no visit changed hands.</summary>
    private static IEnumerable<Undone> NeverChanged(Visit visit, PatientId person, ImmutableArray<PatientId> united) => visit.Entries
        .Where(e => e is { Undone: false, Fact: HandsChanged { From: { } from } } && (from == person || united.Contains(from)))
        .Select(e => new Undone(e.Command));

    private static bool IsNoNews(Visit visit, FeedCommand command) =>
        !visit.Exists || visit.Course.IsOpen && command.OccurredAt < visit.Course.LastSignAt + MentionEvery || visit.Course.IsEnded
        && !(command.OccurredAt > visit.Course.EndedAt && command.OccurredAt > visit.Course.AfterEndAt.GetValueOrDefault() + MentionEvery);

    /// <summary>
    /// The same in every word as the same sender told before, in another message: nothing happened twice. What it said of that same moment in between
    /// is taken back by it, and then it is news.
    /// </summary>
    private static bool IsSaidAgain(Visit visit, FeedFact fact, Actor by)
    {
        for (var i = visit.Entries.Length - 1; i >= 0; i--)
        {
            var known = visit.Entries[i];
            if (known.Fact.At != fact.At || known.Fact is not FeedFact told || known.By.Id != by.Id) continue;
            if (Bare(told) == Bare(fact)) return true;
            if (told.GetType() == fact.GetType()) return false;
        }

        return false;

        // When it came is no part of what it says, nor whether it was news then.
        static FeedFact Bare(FeedFact fact)
        {
            var said = fact.Said is { IsPast: null, IsLate: null } ? fact.Said : fact.Said with { IsPast = null, IsLate = null };
            if (fact is Confirmed) return new Updated(fact.At, said);
            return ReferenceEquals(said, fact.Said) ? fact : fact with { Said = said };
        }
    }

    /// <summary>What the message said, with places and codes as the policy has them.</summary>
    private static Said Read(Visit visit, FeedCommand command, Policy policy, DateTimeOffset now)
    {
        var said = Said.From(command.Details);
        var location = said.Location switch
        {
            { Unit.Length: > 0 } sent => policy.Spelled(sent),
            // Which unit that is after a cancel follows from what is taken back.
            { } back when command is Cancel => back is { Room.Length: > 0 } or { Bed.Length: > 0 } ? back : null,
            // A room or bed alone is in the unit that is known, else in the one that stands in; so is who is said to be in none.
            { } place => place with
            {
                Unit = visit.Course.Location?.Unit ?? (said.DefaultUnit is { } standIn ? policy.Unit(standIn)?.Code ?? standIn : ""),
                Room = place.Room ?? (place.Bed is { Length: > 0 } ? null : ""),
                Bed = place.Bed ?? (place.Room is { Length: > 0 } ? null : ""),
            },
            null => null,
        };
        var (kind, department) = location is { Unit.Length: > 0 } ? policy.Place(location) : default;
        return said with
        {
            Location = location,
            PendingLocation = said.PendingLocation is { } pending ? policy.Spelled(pending) : null,
            TemporaryLocation = said.TemporaryLocation is { } there ? policy.Spelled(there) : null,
            DefaultUnit = said.DefaultUnit is { } unit ? policy.Unit(unit)?.Code ?? unit : null,
            PlaceKind = kind == PlaceKind.Unknown ? null : kind,
            Department = department == Department.Unknown ? null : department,
            DepartedAs = policy.Departure(said.Disposition),
            RecordedAt = command.SaidAt is { } at && at != command.OccurredAt ? at : null,
            IsPast = !visit.Exists && IsPast(command, policy) ? true : null,
            IsLate = command.SentAt is { } sentAt && now - sentAt > policy.FeedBehind ? true : null,
        };
    }

    /// <summary>
    /// An update about a visit that began so long ago that it must have ended: of those in whose class people do not stay. Registration tidies up for
    /// weeks; nobody is in the house by that.
    /// </summary>
    private static bool IsPast(FeedCommand command, Policy policy)
    {
        if (command is not (Update or Mention)) return false;
        var kind = command.Details.Class ?? PatientClass.Unknown;
        if (kind is PatientClass.Inpatient or PatientClass.Obstetrics or PatientClass.Preadmit) return false;
        return command.Details.AdmittedAt is { } began && policy.CloseAfter.TryGetValue(kind, out var after)
            && (command.SaidAt ?? command.OccurredAt) - began > after;
    }

    private static Fact? ToFact(Visit visit, FeedCommand command, Said said)
    {
        var at = command.OccurredAt;
        return command switch
        {
            Expect => new Expected(at, said),
            Arrive => new Arrived(at, said),
            Admit => new Admitted(at, said),
            Transfer or SwapBed => new Moved(at, said),
            Discharge => new Discharged(at, said),
            ChangeClass => new ClassChanged(at, said),
            Update => SaysNothingNew(visit, said, at) ? new Confirmed(at, said) : new Updated(at, said),
            GoOut => new WentOut(at, said),
            Reach => new Reached(at, said),
            Plan plan => new Planned(at, said, plan.Kind),
            GoOnLeave => new WentOnLeave(at, said),
            ReturnFromLeave => new Returned(at, said),
            Cancel cancel => new Cancelled(at, said, cancel.What, cancel.CancelledAt),
            Delete => new Deleted(at, said),
            Mention => new Mentioned(at, said),
            Identify => null,
            _ => throw new InvalidOperationException($"No rule for the command {command.GetType().Name}."),
        };
    }

    /// <summary>An update is a difference only. One that is late may differ from what was true then, so only one in order says nothing new.</summary>
    private static bool SaysNothingNew(Visit visit, Said said, DateTimeOffset at)
    {
        var course = visit.Course;
        if (!visit.Exists || course.Status == VisitStatus.Unknown || visit.Entries is [.., var last] && last.Fact.At > at) return false;
        return Same(said.Number, visit.Number) && (said.Class is null || said.Class == course.Class) && SamePlace(said, course)
            && Same(said.Attending, course.SaidProvider) && Same(said.Service, course.Service) && Same(said.Disposition, course.Disposition)
            && Same(said.Complaint, course.Complaint) && Same(said.Account, course.Account)
            && (said.AdmittedAt is null || said.AdmittedAt == course.SaidBegin) && (said.DischargedAt is null || course.IsEnded)
            && (said.Acuity is null || said.Acuity == course.SaidAcuity);

        static bool Same<T>(T? heard, T? known) where T : class => heard is null || heard.Equals(known);

        static bool SamePlace(Said said, Course course) => course.Status switch
        {
            VisitStatus.Expected => Same(said.PendingLocation ?? said.Location, course.Plan?.To)
                && (said.ExpectedAt is null || said.ExpectedAt == course.ExpectedAt),
            _ => course.IsEnded || Same(said.Location, course.Location),
        };
    }
}
