using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Care;
using Journey.Contracts.Families;

namespace Journey.Domain.Facts;

/// <summary>
/// Applies what the family arranged, was sent and was told to a <see cref="Course"/>. Total: what no longer applies changes nothing.
/// </summary>
internal static class FamilyFold
{
    public static Course Apply(Course course, Fact fact, Actor by) => fact switch
    {
        UpdateWritten or UpdateRecalled or DeliveryTried => With(course, Update(course.Care, fact, by)),
        UpdateLeft f => Leave(course, f),
        DeliveryEnded f => End(course, f),
        UpdateReleased f => Release(course, f),
        _ => With(course, Arrange(course.Care, fact)),
    };

    /// <summary>The family was told: what was promised for then is kept, or was broken.</summary>
    public static CareState Told(CareState care, FamilyTold fact, Actor by, Guid command)
    {
        care = care with { Promises = Items.Map(care.Promises, p => p.NextWord && CareState.IsOpen(p), p => CareFold.Settle(p, fact.At, null)) };
        return fact.NextBy is { } due ? care with { Promises = care.Promises.Add(NextWord(command, fact.Who, by, fact.At, due)) } : care;
    }

    private static CareState Update(CareState care, Fact fact, Actor by) => fact switch
    {
        UpdateWritten f =>
            care with
            {
                Updates = care.Updates
                .Add(new FamilyUpdate(f.Item, f.Template, f.Texts, by, f.At, f.LeavesAt, f.NextBy, UpdateState.Waiting, []))
            },
        UpdateRecalled f => OnUpdate(care, f.Item, u => u.State == UpdateState.Waiting ? u with { State = UpdateState.Recalled } : u),
        DeliveryTried f =>
            OnDelivery(care, f.Item, f.Contact, f.Channel,
                d => d with { State = DeliveryState.Trying, Attempts = d.Attempts + 1, At = f.At, RetryAt = null }),
        _ => care,
    };

    private static Course Leave(Course course, UpdateLeft fact)
    {
        if (course.Care.Updates.FirstOrDefault(u => u.Id == fact.Item) is not { State: UpdateState.Waiting }) return course;
        return With(course,
            OnUpdate(course.Care, fact.Item,
                u => Settle(u with { Deliveries = fact.Deliveries, LeftAt = fact.At }, MayReach(fact.Deliveries)
                    ? UpdateState.Leaving
                    : UpdateState.Blocked)));
    }

    /// <summary>In what earlier versions wrote, leaving was a word to the family.</summary>
    private static Course Release(Course course, UpdateReleased fact)
    {
        if (course.Care.Updates.FirstOrDefault(u => u.Id == fact.Item) is not { State: UpdateState.Waiting } update) return course;
        var reaches = MayReach(fact.Deliveries);
        course = With(course, OnUpdate(course.Care, fact.Item,
            u => Settle(u with { Deliveries = fact.Deliveries }, reaches ? UpdateState.Leaving : UpdateState.Blocked)));
        return reaches ? Tell(course, update, fact.At) : course;
    }

    private static bool MayReach(ImmutableArray<Delivery> deliveries) => deliveries.Any(d => d.State != DeliveryState.Blocked);

    /// <summary>
    /// A channel answered, or a page was read. Whoever has the same number gets the same answer; only who must not hear of it is alone in that.
    /// </summary>
    private static Course End(Course course, DeliveryEnded fact)
    {
        if (course.Care.Updates.FirstOrDefault(u => u.Id == fact.Item) is not { } update) return course;
        if (update.Deliveries.FirstOrDefault(d => d.Contact == fact.Contact && d.Channel == fact.Channel) is not { HasEnded: false } delivery)
            return course;
        course = With(course, fact.State == DeliveryState.Blocked
            ? OnUpdate(course.Care, update.Id, u => Settle(u with { Deliveries = Block(u.Deliveries, delivery, fact) }, u.State))
            : OnDelivery(course.Care, update.Id, fact.Contact, fact.Channel,
                d => d with { State = fact.State, At = fact.At, Why = fact.Why, RetryAt = fact.RetryAt }));
        return fact.State == DeliveryState.Delivered && update is { LeftAt: not null, ToldAt: null } ? Tell(course, update, fact.At) : course;
    }

    private static ImmutableArray<Delivery> Block(ImmutableArray<Delivery> deliveries, Delivery blocked, DeliveryEnded fact)
    {
        Guid? heir = null;
        for (var i = 0; i < deliveries.Length; i++)
        {
            var d = deliveries[i];
            if (d.Channel != blocked.Channel) continue;
            if (d.Contact == blocked.Contact)
                deliveries = deliveries.SetItem(i, d with { State = DeliveryState.Blocked, At = fact.At, Why = fact.Why, RetryAt = null });
            else if (d.With == blocked.Contact) deliveries = deliveries.SetItem(i, d with { With = heir });
            else continue;
            if (d.With == blocked.Contact) heir ??= d.Contact;
        }

        return deliveries;
    }

    /// <summary>
    /// It reached somebody: a word to the family, by who wrote it. What they were told and promised since it left outweighs what it says.
    /// </summary>
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
        care with
        {
            Updates = Items.Map(care.Updates, u => u is { LeftAt: not null, ToldAt: null, IsOvertaken: false }
            && !(u.LeftAt >= before), u => u with { IsOvertaken = true })
        };

    private static CareState Arrange(CareState care, Fact fact) => fact switch
    {
        ContactSet f => care with { Contacts = SetContact(care.Contacts, f.Contact), ContactsSince = care.ContactsSince ?? f.At },
        ContactRemoved f => RemoveContact(care, f.Contact),
        // A link opens nothing without the word it was given with.
        CodeWordSet f => care with { CodeWordHash = f.Hash, CodeWordTries = [], CodeWordGuessedAt = null, Links = f.Hash is null ? [] : care.Links },
        CodeWordTried { Right: true } f => care with { CodeWordTries = care.CodeWordTries.RemoveAll(t => t.By == f.By) },
        CodeWordTried { LockedUntil: { } until } f =>
            care with { CodeWordTries = Tries(care, new WordTries(f.By, 0, until)), CodeWordGuessedAt = f.At },
        CodeWordTried f =>
            care with
            {
                CodeWordTries = Tries(care, new WordTries(f.By, (care.CodeWordTries.FirstOrDefault(t => t.By == f.By)?.Misses ?? 0) + 1, null))
            },
        LockSet f => care with
        {
            Locks = care.Locks.With(f.Lock, new LockWord(f.On, f.At)),
            LocksOfPerson = care.LocksOfPerson.With(f.Lock, f.OfPerson == true ? new LockWord(f.On, f.At) : null),
        },
        HoldSet f => care with { OnHold = f.On },
        LinkIssued f => care with { Links = LastLinks(care.Links, f.Contact, f.At).Add(new Link(f.Contact, f.SecretHash, f.Until)) },
        LinksRevoked f => care with { Links = care.Links.RemoveAll(l => l.Contact == f.Contact) },
        _ => throw new InvalidOperationException($"No rule for the fact {fact.GetType().Name}."),
    };

    private static ImmutableArray<WordTries> Tries(CareState care, WordTries now) => care.CodeWordTries.RemoveAll(t => t.By == now.By).Add(now);

    private static ImmutableArray<ContactCard> SetContact(ImmutableArray<ContactCard> contacts, ContactCard contact)
    {
        contacts = contacts.RemoveAll(c => c.Id == contact.Id);
        if (contact.Spokesperson) contacts = Items.Map(contacts, c => c.Spokesperson, c => c with { Spokesperson = false });
        return [.. contacts.Add(contact).OrderBy(c => c.Order)];
    }

    private static CareState RemoveContact(CareState care, Guid contact)
    {
        var left = care.Contacts.RemoveAll(c => c.Id == contact);
        return care with
        {
            Contacts = left,
            ContactsSince = left.IsEmpty
            ? null
            : care.ContactsSince,
            Links = care.Links.RemoveAll(l => l.Contact == contact)
        };
    }

    /// <summary>Links of the contact that have ended go, and all but the latest ones.</summary>
    private static ImmutableArray<Link> LastLinks(ImmutableArray<Link> links, Guid contact, DateTimeOffset at)
    {
        links = links.RemoveAll(l => l.Contact == contact && l.Until <= at);
        return links.Count(l => l.Contact == contact) < CareState.LinksEach ? links : links.Remove(links.First(l => l.Contact == contact));
    }

    private static FamilyUpdate Settle(FamilyUpdate update, UpdateState state) =>
        update with { State = state == UpdateState.Leaving && !update.Deliveries.Any(d => d.IsUnderWay) ? UpdateState.Gone : state };

    private static PromiseView NextWord(Guid command, string? who, Actor by, DateTimeOffset at, DateTimeOffset due) =>
        new(command, "Next word to the family", who, by, new Person(by.Id, by.Name ?? by.Id), at, due, PromiseState.Open, null,
            null)
        { NextWord = true };

    private static CareState OnUpdate(CareState care, Guid id, Func<FamilyUpdate, FamilyUpdate> change) =>
        care with { Updates = Items.Map(care.Updates, u => u.Id == id, change) };

    private static CareState OnDelivery(CareState care, Guid update, Guid contact, string channel, Func<Delivery, Delivery> change) =>
        OnUpdate(care, update, u => Settle(u with
        {
            Deliveries = Items.Map(u.Deliveries, d => (d.Contact == contact || d.With == contact) && d.Channel == channel
            && !d.HasEnded, change)
        }, u.State));

    private static Course With(Course course, CareState care) => course with { Care = care };

    private static DateTimeOffset Later(DateTimeOffset? a, DateTimeOffset b) => a is { } x && x > b ? x : b;
}
