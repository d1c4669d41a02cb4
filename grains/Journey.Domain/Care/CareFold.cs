using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Care;
using Journey.Contracts.Families;
using Journey.Contracts.Visits;
using Journey.Domain.Families;
using Journey.Domain.Visits;

namespace Journey.Domain.Care;

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
        UpdateWritten or UpdateRecalled or DeliveryTried => With(course, Update(course.Care, fact, by)),
        UpdateLeft f => Leave(course, f),
        DeliveryEnded f => End(course, f),
        UpdateReleased f => Release(course, f),
        Rounded f => With(course, course.Care with { Rounds = Last(course.Care.Rounds.Add(new RoundView(f.At, by, f.Ps))) }) with { LastContactAt = Later(course.LastContactAt, f.At) },
        _ => With(course, Family(course.Care, fact, by)),
    };

    /// <summary>The family was told: what was promised for then is kept, or was broken.</summary>
    public static CareState Told(CareState care, FamilyTold fact, Actor by, Guid command)
    {
        care = care with { Promises = Map(care.Promises, p => p.NextWord && CareState.IsOpen(p), p => Settle(p, fact.At, null)) };
        return fact.NextBy is { } due ? care with { Promises = care.Promises.Add(NextWord(command, fact.Who, by, fact.At, due)) } : care;
    }

    /// <summary>The patient came to another unit: somebody there must take them over, unless that was settled on the way.</summary>
    public static CareState Moved(CareState care, Person? nurse, DateTimeOffset at)
    {
        if (care.OpenHandoff is not null || care.Handoffs is [.., { State: HandoffState.Accepted } last] && at - last.Since <= TimeSpan.FromHours(1) && last.Since <= at) return care;
        return care with { Handoffs = care.Handoffs.Add(new HandoffView(Guid.Empty, HandoffState.Required, CareRole.Nurse, nurse, null, at, at, null, null)) };
    }

    /// <summary>The visit ended: nothing but a question outlives it, for that is its asker's to close.</summary>
    public static CareState Ended(CareState care, DateTimeOffset at) => care with
    {
        Promises = Map(care.Promises, CareState.IsOpen, p => p.DueAt <= at
            ? p with { State = PromiseState.Broken, SettledAt = at }
            : p with { State = PromiseState.Withdrawn, SettledAt = at, Note = "The visit ended." }),
        Requests = Map(care.Requests, CareState.IsOpen, r => r with { State = RequestState.Withdrawn, DoneAt = at, Outcome = "The visit ended." }),
        Handoffs = Map(care.Handoffs, CareState.IsOpen, h => h with { State = HandoffState.Withdrawn, Since = at }),
    };

    /// <summary>
    /// The visit is another person's: what one family arranged concerns no other. The record of it stays in the journal. A lock hides whoever is here; that one was lifted was said of
    /// the person before.
    /// </summary>
    public static CareState SetAside(CareState care) => care with
    {
        Locks = StaffLocks.Set(care.Locks), LocksOfPerson = StaffLocks.Set(care.LocksOfPerson),
        Contacts = [], ContactsSince = null, Links = [], CodeWordHash = null, CodeWordTries = [], CodeWordGuessedAt = null,
        // What has left and reached nobody is no longer anybody's to follow up.
        Updates = Map(care.Updates, u => u.ToldAt is null, u => u with { State = u.State == UpdateState.Waiting ? UpdateState.Recalled : u.State, LeftAt = null }),
        Promises = Map(care.Promises, p => p.NextWord && CareState.IsOpen(p), p => p with { State = PromiseState.Withdrawn, Note = "The visit turned out to be another person's." }),
    };

    public static Course Closed(Course course, DateTimeOffset at) => With(course, Ended(course.Care, at));

    private static CareState Question(CareState care, Fact fact, Actor by) => fact switch
    {
        QuestionAsked f => care with
        {
            Questions = care.Questions.Add(new QuestionView(f.Item, f.Kind, QuestionState.Open, f.Asker, f.Text, f.Owner, f.At, f.DueAt, null, null, null, null, null, null, 0)),
        },
        QuestionTaken f => OnQuestion(care, f.Item, q => q with { Owner = f.Owner }),
        QuestionAnswered f => OnQuestion(care, f.Item, q => q with { State = QuestionState.Answered, Answer = f.Answer, AnsweredBy = by, AnsweredAt = f.At }),
        QuestionConfirmed { Satisfied: true } f => OnQuestion(care, f.Item, q => q.State != QuestionState.Answered ? q : q with
        {
            State = QuestionState.Closed, ClosedAt = f.At, ConfirmedBy = by, Remark = f.Remark,
        }),
        QuestionConfirmed f => OnQuestion(care, f.Item, q => q.State != QuestionState.Answered ? q : q with
        {
            State = QuestionState.Open, DueAt = f.DueAt ?? q.DueAt, Remark = f.Remark, Reopened = q.Reopened + 1,
        }),
        QuestionWithdrawn f => OnQuestion(care, f.Item, q => q with { State = QuestionState.Withdrawn, ClosedAt = f.At, ConfirmedBy = by, Remark = f.Reason }),
        _ => care,
    };

    private static CareState Promise(CareState care, Fact fact, Actor by) => fact switch
    {
        PromiseMade f => care with { Promises = care.Promises.Add(new PromiseView(f.Item, f.What, f.ToWhom, by, f.Owner, f.At, f.DueAt, PromiseState.Open, null, null)) },
        PromiseKept f => care with { Promises = Map(care.Promises, p => p.Id == f.Item && CareState.IsOpen(p), p => Settle(p, f.At, f.How)) },
        PromiseWithdrawn f => care with
        {
            Promises = Map(care.Promises, p => p.Id == f.Item && CareState.IsOpen(p),
                p => p with { State = f.At < p.DueAt ? PromiseState.Withdrawn : PromiseState.Broken, SettledAt = f.At, Note = f.Reason }),
        },
        _ => care,
    };

    private static CareState Handoff(CareState care, Fact fact) => fact switch
    {
        HandoffOffered f => care with
        {
            Handoffs = Map(care.Handoffs, CareState.IsOpen, h => h with { State = HandoffState.Withdrawn, Since = f.At })
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
                Questions = Map(care.Questions, q => CareState.IsOpen(q) && q.Owner?.Id == from.Id, q => q with { Owner = to }),
                Promises = Map(care.Promises, p => CareState.IsOpen(p) && p.Owner.Id == from.Id, p => p with { Owner = to }),
                Requests = Map(care.Requests, r => CareState.IsOpen(r) && r.Owner?.Id == from.Id, r => r with { Owner = to }),
            };
        course = CourseFold.Assign(course with { Care = care }, open.Role, to, fact.At);
        return open.Role == CareRole.Nurse ? course with { NurseSaid = new Freshness(fact.At, by.Name ?? by.Id) } : course;
    }

    private static CareState Request(CareState care, Fact fact) => fact switch
    {
        RequestMade f => care with { Requests = care.Requests.Add(new RequestView(f.Item, f.Kind, RequestState.Open, f.For, f.What, f.Owner, f.At, f.DueAt, null, null, null, null)) },
        RequestTaken f => OnRequest(care, f.Item, r => r with { State = RequestState.Taken, Owner = f.Owner, TakenAt = f.At }),
        RequestDone f => OnRequest(care, f.Item, r => r with { State = RequestState.Done, DoneAt = f.At, Outcome = f.Outcome, TeachBack = f.TeachBack }),
        RequestWithdrawn f => OnRequest(care, f.Item, r => r with { State = RequestState.Withdrawn, DoneAt = f.At, Outcome = f.Reason }),
        _ => care,
    };

    private static CareState Update(CareState care, Fact fact, Actor by) => fact switch
    {
        UpdateWritten f => care with { Updates = care.Updates.Add(new FamilyUpdate(f.Item, f.Template, f.Texts, by, f.At, f.LeavesAt, f.NextBy, UpdateState.Waiting, [])) },
        UpdateRecalled f => OnUpdate(care, f.Item, u => u.State == UpdateState.Waiting ? u with { State = UpdateState.Recalled } : u),
        DeliveryTried f => OnDelivery(care, f.Item, f.Contact, f.Channel, d => d with { State = DeliveryState.Trying, Attempts = d.Attempts + 1, At = f.At, RetryAt = null }),
        _ => care,
    };

    private static Course Leave(Course course, UpdateLeft fact)
    {
        if (course.Care.Updates.FirstOrDefault(u => u.Id == fact.Item) is not { State: UpdateState.Waiting }) return course;
        return With(course, OnUpdate(course.Care, fact.Item, u => Settle(u with { Deliveries = fact.Deliveries, LeftAt = fact.At }, MayReach(fact.Deliveries) ? UpdateState.Leaving : UpdateState.Blocked)));
    }

    /// <summary>In what earlier versions wrote, leaving was a word to the family.</summary>
    private static Course Release(Course course, UpdateReleased fact)
    {
        if (course.Care.Updates.FirstOrDefault(u => u.Id == fact.Item) is not { State: UpdateState.Waiting } update) return course;
        var reaches = MayReach(fact.Deliveries);
        course = With(course, OnUpdate(course.Care, fact.Item, u => Settle(u with { Deliveries = fact.Deliveries }, reaches ? UpdateState.Leaving : UpdateState.Blocked)));
        return reaches ? Tell(course, update, fact.At) : course;
    }

    private static bool MayReach(ImmutableArray<Delivery> deliveries) => deliveries.Any(d => d.State != DeliveryState.Blocked);

    /// <summary>A channel answered, or a page was read. Whoever has the same number gets the same answer; only who must not hear of it is alone in that.</summary>
    private static Course End(Course course, DeliveryEnded fact)
    {
        if (course.Care.Updates.FirstOrDefault(u => u.Id == fact.Item) is not { } update) return course;
        if (update.Deliveries.FirstOrDefault(d => d.Contact == fact.Contact && d.Channel == fact.Channel) is not { HasEnded: false } delivery) return course;
        course = With(course, fact.State == DeliveryState.Blocked
            ? OnUpdate(course.Care, update.Id, u => Settle(u with { Deliveries = Block(u.Deliveries, delivery, fact) }, u.State))
            : OnDelivery(course.Care, update.Id, fact.Contact, fact.Channel, d => d with { State = fact.State, At = fact.At, Why = fact.Why, RetryAt = fact.RetryAt }));
        return fact.State == DeliveryState.Delivered && update is { LeftAt: not null, ToldAt: null } ? Tell(course, update, fact.At) : course;
    }

    private static ImmutableArray<Delivery> Block(ImmutableArray<Delivery> deliveries, Delivery blocked, DeliveryEnded fact)
    {
        Guid? heir = null;
        for (var i = 0; i < deliveries.Length; i++)
        {
            var d = deliveries[i];
            if (d.Channel != blocked.Channel) continue;
            if (d.Contact == blocked.Contact) deliveries = deliveries.SetItem(i, d with { State = DeliveryState.Blocked, At = fact.At, Why = fact.Why, RetryAt = null });
            else if (d.With == blocked.Contact) deliveries = deliveries.SetItem(i, d with { With = heir });
            else continue;
            if (d.With == blocked.Contact) heir ??= d.Contact;
        }

        return deliveries;
    }

    /// <summary>It reached somebody: a word to the family, by who wrote it. What they were told and promised since it left outweighs what it says.</summary>
    private static Course Tell(Course course, FamilyUpdate update, DateTimeOffset at)
    {
        course = With(course, OnUpdate(Overtake(course.Care, before: update.LeftAt), update.Id, u => u with { ToldAt = at }));
        if (course.IsEnded) return course;
        return update.IsOvertaken
            ? course with { LastToldAt = Later(course.LastToldAt, at) }
            : CourseFold.Told(course, new FamilyTold(at, null, null, update.NextBy > at ? update.NextBy : null), update.By, update.Id);
    }

    /// <summary>The family knows better than what left before and has not arrived.</summary>
    /// <param name="before">Null: all that has left.</param>
    internal static CareState Overtake(CareState care, DateTimeOffset? before = null) =>
        care with { Updates = Map(care.Updates, u => u is { LeftAt: not null, ToldAt: null, IsOvertaken: false } && !(u.LeftAt >= before), u => u with { IsOvertaken = true }) };

    private static CareState Family(CareState care, Fact fact, Actor by) => fact switch
    {
        ContactSet f => care with { Contacts = SetContact(care.Contacts, f.Contact), ContactsSince = care.ContactsSince ?? f.At },
        ContactRemoved f => RemoveContact(care, f.Contact),
        // A link opens nothing without the word it was given with.
        CodeWordSet f => care with { CodeWordHash = f.Hash, CodeWordTries = [], CodeWordGuessedAt = null, Links = f.Hash is null ? [] : care.Links },
        CodeWordTried { Right: true } f => care with { CodeWordTries = care.CodeWordTries.RemoveAll(t => t.By == f.By) },
        CodeWordTried { LockedUntil: { } until } f => care with { CodeWordTries = Tries(care, new WordTries(f.By, 0, until)), CodeWordGuessedAt = f.At },
        CodeWordTried f => care with { CodeWordTries = Tries(care, new WordTries(f.By, (care.CodeWordTries.FirstOrDefault(t => t.By == f.By)?.Misses ?? 0) + 1, null)) },
        LockSet f => care with
        {
            Locks = care.Locks.With(f.Lock, new LockWord(f.On, f.At)), LocksOfPerson = care.LocksOfPerson.With(f.Lock, f.OfPerson == true ? new LockWord(f.On, f.At) : null),
        },
        HoldSet f => care with { OnHold = f.On },
        LinkIssued f => care with { Links = LastLinks(care.Links, f.Contact, f.At).Add(new Link(f.Contact, f.SecretHash, f.Until)) },
        LinksRevoked f => care with { Links = care.Links.RemoveAll(l => l.Contact == f.Contact) },
        LifeEventNoted f => care with { LifeEvents = Last(care.LifeEvents.Add(new LifeEvent(f.What, f.On))) },
        PulseGiven f => care with { Pulses = Last(care.Pulses.Add(new PulseView(f.At, by, f.Score, f.Touchpoint, f.Remark))) },
        _ => throw new InvalidOperationException($"No rule for the fact {fact.GetType().Name}."),
    };

    private static ImmutableArray<WordTries> Tries(CareState care, WordTries now) => care.CodeWordTries.RemoveAll(t => t.By == now.By).Add(now);

    private static ImmutableArray<ContactCard> SetContact(ImmutableArray<ContactCard> contacts, ContactCard contact)
    {
        contacts = contacts.RemoveAll(c => c.Id == contact.Id);
        if (contact.Spokesperson) contacts = Map(contacts, c => c.Spokesperson, c => c with { Spokesperson = false });
        return [.. contacts.Add(contact).OrderBy(c => c.Order)];
    }

    private static CareState RemoveContact(CareState care, Guid contact)
    {
        var left = care.Contacts.RemoveAll(c => c.Id == contact);
        return care with { Contacts = left, ContactsSince = left.IsEmpty ? null : care.ContactsSince, Links = care.Links.RemoveAll(l => l.Contact == contact) };
    }

    /// <summary>Links of the contact that have ended go, and all but the latest ones.</summary>
    private static ImmutableArray<Link> LastLinks(ImmutableArray<Link> links, Guid contact, DateTimeOffset at)
    {
        links = links.RemoveAll(l => l.Contact == contact && l.Until <= at);
        return links.Count(l => l.Contact == contact) < CareState.LinksEach ? links : links.Remove(links.First(l => l.Contact == contact));
    }

    private static PromiseView Settle(PromiseView promise, DateTimeOffset at, string? how) =>
        promise with { State = at <= promise.DueAt ? PromiseState.Kept : PromiseState.Broken, SettledAt = at, Note = how ?? promise.Note };

    private static FamilyUpdate Settle(FamilyUpdate update, UpdateState state) =>
        update with { State = state == UpdateState.Leaving && !update.Deliveries.Any(d => d.IsUnderWay) ? UpdateState.Gone : state };

    private static PromiseView NextWord(Guid command, string? who, Actor by, DateTimeOffset at, DateTimeOffset due) =>
        new(command, "Next word to the family", who, by, new Person(by.Id, by.Name ?? by.Id), at, due, PromiseState.Open, null, null) { NextWord = true };

    private static CareState OnQuestion(CareState care, Guid id, Func<QuestionView, QuestionView> change) =>
        care with { Questions = Map(care.Questions, q => q.Id == id && CareState.IsOpen(q), change) };

    private static CareState OnRequest(CareState care, Guid id, Func<RequestView, RequestView> change) =>
        care with { Requests = Map(care.Requests, r => r.Id == id && CareState.IsOpen(r), change) };

    private static CareState OnHandoff(CareState care, Guid id, Func<HandoffView, HandoffView> change) =>
        care with { Handoffs = Map(care.Handoffs, h => h.Id == id && CareState.IsOpen(h), change) };

    private static CareState OnUpdate(CareState care, Guid id, Func<FamilyUpdate, FamilyUpdate> change) => care with { Updates = Map(care.Updates, u => u.Id == id, change) };

    private static CareState OnDelivery(CareState care, Guid update, Guid contact, string channel, Func<Delivery, Delivery> change) => OnUpdate(care, update, u =>
        Settle(u with { Deliveries = Map(u.Deliveries, d => (d.Contact == contact || d.With == contact) && d.Channel == channel && !d.HasEnded, change) }, u.State));

    private static ImmutableArray<T> Map<T>(ImmutableArray<T> all, Func<T, bool> which, Func<T, T> change)
    {
        for (var i = 0; i < all.Length; i++)
            if (which(all[i])) all = all.SetItem(i, change(all[i]));
        return all;
    }

    private static ImmutableArray<T> Last<T>(ImmutableArray<T> all) => all.Length <= Visit.RememberedFacts ? all : all.RemoveAt(0);

    private static Course With(Course course, CareState care) => course with { Care = care };

    private static DateTimeOffset Later(DateTimeOffset? a, DateTimeOffset b) => a is { } x && x > b ? x : b;
}
