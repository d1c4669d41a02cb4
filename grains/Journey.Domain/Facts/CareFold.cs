using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Care;
using Journey.Contracts.Families;
using Journey.Contracts.Visits;

namespace Journey.Domain.Facts;

/// <summary>Applies the facts of the care to a <see cref="Course"/>. Total: what no longer applies changes nothing.</summary>
internal static class CareFold
{
    public static Course Apply(Course course, Fact fact, Actor by) => fact switch
    {
        QuestionAsked or QuestionTaken or QuestionAnswered or QuestionConfirmed or QuestionWithdrawn => With(course, Question(course.Care, fact, by)),
        PromiseMade or PromiseKept => With(course, Promise(course.Care, fact, by)),
        PromiseWithdrawn f => With(course, Promise(course.Care, fact, by)) with
        {
            PromisedAt = course.Care.Promises.Any(p => p.Id == f.Item && p.NextWord && CareState.IsOpen(p)) ? null : course.PromisedAt,
        },
        HandoffOffered or HandoffReturned or HandoffWithdrawn => With(course, Handoff(course.Care, fact)),
        HandoffAccepted f => Accept(course, f, by),
        RequestMade or RequestTaken or RequestDone or RequestWithdrawn => With(course, Request(course.Care, fact)),
        Rounded f => With(course with { LastContactAt = Later(course.LastContactAt, f.At) },
            course.Care with { Rounds = Last(course.Care.Rounds.Add(new RoundView(f.At, by, f.Ps))) }),
        LifeEventNoted f => With(course, course.Care with { LifeEvents = Last(course.Care.LifeEvents.Add(new LifeEvent(f.What, f.On))) }),
        PulseGiven f =>
            With(course, course.Care with { Pulses = Last(course.Care.Pulses.Add(new PulseView(f.At, by, f.Score, f.Touchpoint, f.Remark))) }),
        _ => FamilyFold.Apply(course, fact, by),
    };

    /// <summary>The patient came to another unit: somebody there must take them over, unless that was settled on the way.</summary>
    public static CareState Moved(CareState care, Person? nurse, DateTimeOffset at)
    {
        if (care.OpenHandoff is not null || care.Handoffs is [.., { State: HandoffState.Accepted } last]
            && at - last.Since <= TimeSpan.FromHours(1) && last.Since <= at) return care;
        return care with
        {
            Handoffs = care.Handoffs
            .Add(new HandoffView(Guid.Empty, HandoffState.Required, CareRole.Nurse, nurse, null, at, at, null, null))
        };
    }

    /// <summary>The visit ended: nothing but a question outlives it, for that is its asker's to close.</summary>
    public static CareState Ended(CareState care, DateTimeOffset at) => care with
    {
        Promises = Items.Map(care.Promises, CareState.IsOpen, p => p.DueAt <= at
            ? p with { State = PromiseState.Broken, SettledAt = at }
            : p with { State = PromiseState.Withdrawn, SettledAt = at, Note = "The visit ended." }),
        Requests = Items.Map(care.Requests, CareState.IsOpen,
            r => r with { State = RequestState.Withdrawn, DoneAt = at, Outcome = "The visit ended." }),
        Handoffs = Items.Map(care.Handoffs, CareState.IsOpen, h => h with { State = HandoffState.Withdrawn, Since = at }),
    };

    /// <summary>
    /// The visit is another person's: what one family arranged concerns no other. The record of it stays in the journal. A lock hides whoever is
    /// here; that one was lifted was said of the person before.
    /// </summary>
    public static CareState SetAside(CareState care) => care with
    {
        Locks = SetOnly(care.Locks),
        LocksOfPerson = SetOnly(care.LocksOfPerson),
        Contacts = [],
        ContactsSince = null,
        Links = [],
        CodeWordHash = null,
        CodeWordTries = [],
        CodeWordGuessedAt = null,
        // What has left and reached nobody is no longer anybody's to follow up.
        Updates = Items.Map(care.Updates, u => u.ToldAt is null,
            u => u with { State = u.State == UpdateState.Waiting ? UpdateState.Recalled : u.State, LeftAt = null }),
        Promises = Items.Map(care.Promises, p => p.NextWord
            && CareState.IsOpen(p), p => p with { State = PromiseState.Withdrawn, Note = "The visit turned out to be another person's." }),
    };

    /// <summary>Those that are set, without the word on those that were lifted.</summary>
    private static PersonLocks SetOnly(PersonLocks locks)
    {
        foreach (var which in PersonLocks.Kinds)
            if (!locks.IsHeld(which)) locks = locks.With(which, null);
        return locks;
    }

    public static Course Closed(Course course, DateTimeOffset at) => With(course, Ended(course.Care, at));

    private static CareState Question(CareState care, Fact fact, Actor by) => fact switch
    {
        QuestionAsked f => care with
        {
            Questions = care.Questions.Add(
                new QuestionView(f.Item, f.Kind, QuestionState.Open, f.Asker, f.Text, f.Owner, f.At, f.DueAt, null, null, null, null, null, null, 0)),
        },
        QuestionTaken f => OnQuestion(care, f.Item, q => q with { Owner = f.Owner }),
        QuestionAnswered f =>
            OnQuestion(care, f.Item, q => q with { State = QuestionState.Answered, Answer = f.Answer, AnsweredBy = by, AnsweredAt = f.At }),
        QuestionConfirmed { Satisfied: true } f => OnQuestion(care, f.Item, q => q.State != QuestionState.Answered ? q : q with
        {
            State = QuestionState.Closed,
            ClosedAt = f.At,
            ConfirmedBy = by,
            Remark = f.Remark,
        }),
        QuestionConfirmed f => OnQuestion(care, f.Item, q => q.State != QuestionState.Answered ? q : q with
        {
            State = QuestionState.Open,
            DueAt = f.DueAt ?? q.DueAt,
            Remark = f.Remark,
            Reopened = q.Reopened + 1,
        }),
        QuestionWithdrawn f =>
            OnQuestion(care, f.Item, q => q with { State = QuestionState.Withdrawn, ClosedAt = f.At, ConfirmedBy = by, Remark = f.Reason }),
        _ => care,
    };

    private static CareState Promise(CareState care, Fact fact, Actor by) => fact switch
    {
        PromiseMade f =>
            care with
            {
                Promises = care.Promises
                .Add(new PromiseView(f.Item, f.What, f.ToWhom, by, f.Owner, f.At, f.DueAt, PromiseState.Open, null, null))
            },
        PromiseKept f => care with { Promises = Items.Map(care.Promises, p => p.Id == f.Item && CareState.IsOpen(p), p => Settle(p, f.At, f.How)) },
        PromiseWithdrawn f => care with
        {
            Promises = Items.Map(care.Promises, p => p.Id == f.Item && CareState.IsOpen(p),
                p => p with { State = f.At < p.DueAt ? PromiseState.Withdrawn : PromiseState.Broken, SettledAt = f.At, Note = f.Reason }),
        },
        _ => care,
    };

    private static CareState Handoff(CareState care, Fact fact) => fact switch
    {
        HandoffOffered f => care with
        {
            Handoffs = Items.Map(care.Handoffs, CareState.IsOpen, h => h with { State = HandoffState.Withdrawn, Since = f.At })
                .Add(new HandoffView(f.Item, HandoffState.Offered, f.Role, f.From, f.To, f.At, f.At, f.Content, null)),
        },
        HandoffReturned f => OnHandoff(care, f.Item, h => h with { State = HandoffState.Returned, Since = f.At, Note = f.Question }),
        HandoffWithdrawn f => OnHandoff(care, f.Item, h => h with { State = HandoffState.Withdrawn, Since = f.At }),
        _ => care,
    };

    /// <summary>Ownership, questions, promises and requests change hands in one step.</summary>
    private static Course Accept(Course course, HandoffAccepted fact, Actor by)
    {
        if (course.IsEnded || course.Care.OpenHandoff is not { To: { } to } open || open.Id != fact.Item) return course;
        var care = OnHandoff(course.Care, fact.Item, h => h with { State = HandoffState.Accepted, Since = fact.At, Note = fact.Synthesis });
        if (open.From is { } from)
            care = care with
            {
                Questions = Items.Map(care.Questions, q => CareState.IsOpen(q) && q.Owner?.Id == from.Id, q => q with { Owner = to }),
                Promises = Items.Map(care.Promises, p => CareState.IsOpen(p) && p.Owner.Id == from.Id, p => p with { Owner = to }),
                Requests = Items.Map(care.Requests, r => CareState.IsOpen(r) && r.Owner?.Id == from.Id, r => r with { Owner = to }),
            };
        course = CourseFold.Assign(course with { Care = care }, open.Role, to, fact.At);
        return open.Role == CareRole.Nurse ? course with { NurseSaid = new Freshness(fact.At, by.Name ?? by.Id) } : course;
    }

    private static CareState Request(CareState care, Fact fact) => fact switch
    {
        RequestMade f =>
            care with
            {
                Requests = care.Requests
                .Add(new RequestView(f.Item, f.Kind, RequestState.Open, f.For, f.What, f.Owner, f.At, f.DueAt, null, null, null, null))
            },
        RequestTaken f => OnRequest(care, f.Item, r => r with { State = RequestState.Taken, Owner = f.Owner, TakenAt = f.At }),
        RequestDone f =>
            OnRequest(care, f.Item, r => r with { State = RequestState.Done, DoneAt = f.At, Outcome = f.Outcome, TeachBack = f.TeachBack }),
        RequestWithdrawn f => OnRequest(care, f.Item, r => r with { State = RequestState.Withdrawn, DoneAt = f.At, Outcome = f.Reason }),
        _ => care,
    };

    private static CareState OnQuestion(CareState care, Guid id, Func<QuestionView, QuestionView> change) =>
        care with { Questions = Items.Map(care.Questions, q => q.Id == id && CareState.IsOpen(q), change) };

    private static CareState OnRequest(CareState care, Guid id, Func<RequestView, RequestView> change) =>
        care with { Requests = Items.Map(care.Requests, r => r.Id == id && CareState.IsOpen(r), change) };

    private static CareState OnHandoff(CareState care, Guid id, Func<HandoffView, HandoffView> change) =>
        care with { Handoffs = Items.Map(care.Handoffs, h => h.Id == id && CareState.IsOpen(h), change) };

    internal static PromiseView Settle(PromiseView promise, DateTimeOffset at, string? how) =>
        promise with { State = at <= promise.DueAt ? PromiseState.Kept : PromiseState.Broken, SettledAt = at, Note = how ?? promise.Note };

    private static ImmutableArray<T> Last<T>(ImmutableArray<T> all) => all.Length <= Visit.RememberedFacts ? all : all.RemoveAt(0);

    private static Course With(Course course, CareState care) => course with { Care = care };

    private static DateTimeOffset Later(DateTimeOffset? a, DateTimeOffset b) => a is { } x && x > b ? x : b;
}
