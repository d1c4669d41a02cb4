using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Care;
using Journey.Contracts.Families;
using Journey.Contracts.Visits;
using Journey.Domain.Facts;
using Journey.Domain.Families;
using Journey.Domain.Policies;

namespace Journey.Domain.Care;

/// <summary>What rows, lists and pages show of the care.</summary>
internal static class CareProjection
{
    /// <summary>A birthday is a prompt this many days ahead at most; the screen shows it on its day.</summary>
    private const int PromptDays = 14;

    /// <summary>The care as this visit answers for it: what went along to another one is open there.</summary>
    private static CareState Here(Course course) => course.ContinuedAs is null ? course.Care : course.Care with
    {
        Questions = course.Care.Questions.RemoveAll(CareState.IsOpen),
        Promises = course.Care.Promises.RemoveAll(CareState.IsOpen),
        Requests = course.Care.Requests.RemoveAll(CareState.IsOpen),
    };

    public static ImmutableArray<OwedView> Owed(Visit visit)
    {
        var course = visit.Course;
        var care = Here(course);
        if (care == CareState.None) return [];
        var owed = ImmutableArray.CreateBuilder<OwedView>();
        foreach (var q in care.Questions)
            if (CareState.IsOpen(q))
                owed.Add(new OwedView(q.Id, OwedKind.Question, Spelling.Kebab(q.Kind), Spelling.Kebab(q.State), q.Owner ?? course.PointOfContact
                    ?? course.Nurse, q.AskedAt, q.DueAt));
        foreach (var p in care.Promises)
            if (CareState.IsOpen(p))
                owed.Add(new OwedView(p.Id, OwedKind.Promise, p.NextWord ? "next-word" : "promise", "open", p.Owner, p.MadeAt, p.DueAt));
        foreach (var r in care.Requests)
            if (CareState.IsOpen(r))
                owed.Add(new OwedView(r.Id, OwedKind.Request, Spelling.Kebab(r.Kind), Spelling.Kebab(r.State), r.Owner ?? course.PointOfContact
                    ?? course.Nurse, r.MadeAt, r.DueAt));
        owed.Sort((a, b) => (a.DueAt ?? DateTimeOffset.MaxValue).CompareTo(b.DueAt ?? DateTimeOffset.MaxValue));
        return owed.ToImmutable();
    }

    /// <summary>Never for somebody who has died, and never while bad news is pending.</summary>
    public static ImmutableArray<PromptView> Prompts(Visit visit, Policy policy)
    {
        var course = visit.Course;
        if (!course.IsOpen || visit.Patient.Deceased || course.Care.OnHold || course.Class is not (PatientClass.Inpatient or PatientClass.Obstetrics))
            return [];
        var prompts = ImmutableArray.CreateBuilder<PromptView>();
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(visit.HeardAt, policy.TimeZone).DateTime);
        if (visit.Patient.BirthDate is { } born && NextBirthday(born, today) is var birthday && birthday.DayNumber - today.DayNumber <= PromptDays)
            prompts.Add(new PromptView($"birthday/{birthday:yyyy-MM-dd}", "Birthday", birthday));
        foreach (var e in course.Care.LifeEvents)
            if (e.On >= today) prompts.Add(new PromptView($"event/{e.On:yyyy-MM-dd}/{prompts.Count}", e.What, e.On));
        return prompts.ToImmutable();
    }

    public static CareView View(VisitId id, Visit visit, Policy policy, DateTimeOffset now)
    {
        var care = Here(visit.Course);
        return new CareView
        {
            Questions = Latest(care.Questions),
            Promises = Latest([.. care.Promises.Select(p => p with { State = CareState.StateOf(p, now) })]),
            Requests = Latest(care.Requests),
            Handoffs = Latest(care.Handoffs),
            Told = [.. visit.Entries.Where(e => e is { Fact: FamilyTold, Undone: false }).Reverse().Select(e => Told((FamilyTold)e.Fact, e))],
            Contacts = care.Contacts,
            Updates = Latest([.. care.Updates.Select(u => new UpdateView(
                u.Id, u.Template, u.Texts, u.By, u.WrittenAt, u.LeavesAt, u.State,
                [.. u.Deliveries.Select(d => new DeliveryView(d.Contact, d.Channel, d.State, d.Attempts, d.At, d.Why) { With = d.With })])
            {
                ToldAt = u.ToldAt,
            })]),
            Rounds = Latest(care.Rounds),
            Pulses = Latest(care.Pulses),
            Locks = StaffLocks.InForce(visit).Held is var held && visit.Patient.Confidential && !held.Contains(PrivacyLock.Confidential)
                ? held.Add(PrivacyLock.Confidential)
                : held,
            OnHold = care.OnHold,
            HasCodeWord = care.CodeWordHash is not null,
            CodeWordLockedUntil = care.CodeWordTries.Max(tries => tries.LockedUntil > now ? tries.LockedUntil : null),
            Prompts = Prompts(visit, policy),
            WaitingRoomCode = visit.Course.IsOpen && !Disclosure.IsHidden(visit)
                ? WaitingRoomCodes.CodeFor(id, visit.Course.Unit, policy, now)
                : null,
            Unreachable = [.. care.Contacts.Where(c => Disclosure.Obstacle(visit, c) is null && Outbox.Unreachable(visit, c, policy, now) is not null)
                .Select(c => new UnreachableView(c.Id, Outbox.Unreachable(visit, c, policy, now)!))],
            Linked = [.. care.Links.Where(l => l.Until > now).Select(l => l.Contact).Distinct()],
        };
    }

    public static string? InterpreterFor(Visit visit)
    {
        foreach (var request in visit.Course.Care.Requests)
            if (request.Kind == RequestKind.Interpreter && CareState.IsOpen(request)) return request.What ?? visit.Patient.Language ?? "interpreter";
        return null;
    }

    /// <summary>
    /// Whom updates did not reach, as they stand to the patient, by name where that is not known, in the order in which they are called.
    /// </summary>
    public static string? Unreached(Visit visit)
    {
        var missed = visit.Course.Unreached.SelectMany(u => u.Missed).Select(d => d.Contact).ToHashSet();
        var whom = visit.Course.Care.Contacts.Where(c => missed.Contains(c.Id))
            .Select(c => (string.IsNullOrWhiteSpace(c.Relation) ? c.Name : c.Relation) + (c.Spokesperson ? " (spokesperson)" : "")).ToArray();
        return whom.Length == 0 ? null : string.Join(", ", whom);
    }

    private static ToldView Told(FamilyTold fact, CourseEntry entry) => new(fact.At, entry.By, fact.Who, fact.About, fact.Telling, fact.NextBy);

    private static DateOnly NextBirthday(DateOnly born, DateOnly today)
    {
        var birthday = born.AddYears(today.Year - born.Year);
        return birthday < today ? born.AddYears(today.Year - born.Year + 1) : birthday;
    }

    private static ImmutableArray<T> Latest<T>(ImmutableArray<T> all) => [.. all.Reverse()];
}
