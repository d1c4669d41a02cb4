using System.Collections.Immutable;
using System.Net.Mail;
using Journey.Contracts;
using Journey.Contracts.Families;
using Journey.Domain.Facts;
using Journey.Domain.Policies;

namespace Journey.Domain.Families;

/// <summary>
/// The durable outbox of updates to a family. What is to be sent is recorded as tried before it is handed to a channel, so no crash sends it twice:
/// a channel that can tell a repeat is asked again, one that cannot is reported as unconfirmed.
/// </summary>
public static class Outbox
{
    /// <summary>
    /// The updates that leave now, and the deliveries to be tried now. Whoever commits a <see cref="DeliveryTried"/> hands it to its channel.
    /// </summary>
    public static ImmutableArray<VisitEvent> Review(Visit visit, Policy policy, DateTimeOffset now)
    {
        if (IsElsewhere(visit.Course)) return [];
        var events = ImmutableArray.CreateBuilder<VisitEvent>();
        foreach (var update in visit.Course.Care.Updates)
        {
            var deliveries = update.Deliveries;
            if (update.State == UpdateState.Waiting && update.LeavesAt <= now)
            {
                deliveries = Deliveries(visit, now);
                events.Add(new UpdateLeft(now, update.Id, deliveries));
            }

            foreach (var delivery in deliveries)
                if (DueAt(delivery, policy) <= now) events.Add(Next(visit, update, delivery, policy, now));
        }

        return events.ToImmutable();
    }

    public static DateTimeOffset? NextDeadline(Visit visit, Policy policy, DateTimeOffset now)
    {
        if (IsElsewhere(visit.Course)) return null;
        DateTimeOffset? next = null;
        foreach (var update in visit.Course.Care.Updates)
        {
            if (update.State == UpdateState.Waiting) next = Alerts.AlertRules.Earlier(next, update.LeavesAt);
            foreach (var delivery in update.Deliveries) next = Alerts.AlertRules.Earlier(next, DueAt(delivery, policy));
        }

        return next < now ? now : next;
    }

    /// <summary>What waits here waits in another visit too, that took it along or back, and leaves from there alone.</summary>
    private static bool IsElsewhere(Course course) => course.ContinuedAs is not null || course.Status is VisitStatus.Cancelled or VisitStatus.Deleted;

    /// <summary>What the channel said of a delivery that was tried.</summary>
    internal static Decision End(CareState care, EndDelivery command, Policy policy, DateTimeOffset now)
    {
        var update = care.Updates.FirstOrDefault(u => u.Id == command.Update);
        if (update?.Deliveries.FirstOrDefault(d => d.Contact == command.Contact
            && d.Channel == command.Channel) is not { State: DeliveryState.Trying } delivery) return Decision.Nothing;
        var (state, retryAt) = command.Answer switch
        {
            DeliveryAnswer.Delivered => (DeliveryState.Delivered, null),
            DeliveryAnswer.Never => (DeliveryState.Failed, null),
            DeliveryAnswer.NotNow => Again(delivery, policy, now, DeliveryState.Failed),
            _ => Unanswered(delivery, policy, now),
        };
        return Decision.Accept(new DeliveryEnded(now, update.Id, delivery.Contact, delivery.Channel, state, command.Why, retryAt));
    }

    /// <summary>The contact has their page before them: what stood there unread has arrived. Not while the page holds it back.</summary>
    public static ImmutableArray<VisitEvent> Read(Visit visit, ContactCard contact, DateTimeOffset now)
    {
        ImmutableArray<VisitEvent> read = [];
        if (Disclosure.MayHear(visit, contact) < Consent.Progress) return read;
        foreach (var update in visit.Course.Care.Updates)
            foreach (var delivery in update.Deliveries)
                if (delivery.Contact == contact.Id && delivery is { Channel: Channels.Page, State: DeliveryState.Waiting })
                    read = read.Add(new DeliveryEnded(now, update.Id, contact.Id, Channels.Page, DeliveryState.Delivered, null, null));
        return read;
    }

    /// <summary>Why no update would reach the contact, whatever they may hear; null when there is a way to them.</summary>
    public static string? Unreachable(Visit visit, ContactCard contact, Policy policy, DateTimeOffset now)
    {
        if (IsLinked(visit.Course.Care, contact, now)) return null;
        return contact.Email is null ? NoWay(contact) : policy.Family.HasWay(Channels.Email) ? null : "no link, and e-mail is not set up here";
    }

    /// <summary>An SMS says no more than that something stands on the page: to whom cannot open it, it says nothing.</summary>
    private static string NoWay(ContactCard contact) =>
        contact.Phone is null ? "no link or e-mail" : "no link or e-mail; an SMS only says that something is on the page behind the link";

    private static bool IsLinked(CareState care, ContactCard contact, DateTimeOffset now) =>
        care.Links.Any(l => l.Contact == contact.Id && l.Until > now);

    /// <summary>
    /// One story to all: whoever may hear it gets it over every way there is to them. One number, or one address, is one message, whoever shares it.
    /// </summary>
    private static ImmutableArray<Delivery> Deliveries(Visit visit, DateTimeOffset now)
    {
        var care = visit.Course.Care;
        var deliveries = ImmutableArray.CreateBuilder<Delivery>();
        var sent = new Dictionary<(string Channel, string To), Guid>();
        foreach (var contact in care.Contacts)
        {
            if (Disclosure.Obstacle(visit, contact) is { } why)
            {
                deliveries.Add(new Delivery(contact.Id, Channels.Page, DeliveryState.Blocked, 0, now, why));
                continue;
            }

            var linked = IsLinked(care, contact, now);
            if (linked) deliveries.Add(new Delivery(contact.Id, Channels.Page, DeliveryState.Waiting, 0, now));
            if (contact.Email is { } address) Add(contact.Id, Channels.Email, Mailed(address));
            if (linked && contact.Phone is { } number) Add(contact.Id, Channels.Sms, Dialled(number));
            if (!linked && contact.Email is null)
                deliveries.Add(new Delivery(contact.Id, Channels.Page, DeliveryState.Failed, 0, now, NoWay(contact)));
        }

        return deliveries.ToImmutable();

        void Add(Guid contact, string channel, string to)
        {
            Guid? with = sent.TryGetValue((channel, to), out var first) ? first : null;
            if (with is null) sent.Add((channel, to), contact);
            deliveries.Add(new Delivery(contact, channel, DeliveryState.Waiting, 0, now, RetryAt: now, With: with));
        }
    }

    /// <summary>An address as mail goes to it, with or without a name before it; what is none is itself.</summary>
    private static string Mailed(string address) =>
        (MailAddress.TryCreate(address.Trim(), out var known) ? known.Address : address.Trim()).ToUpperInvariant();

    /// <summary>A number as it is dialled, however it is written; what is no number is itself.</summary>
    private static string Dialled(string number)
    {
        var digits = string.Concat(number.Where(char.IsAsciiDigit));
        if (digits.Length == 0) return number.Trim();
        return number.AsSpan().TrimStart().StartsWith("+") ? "+" + digits : digits.StartsWith("00", StringComparison.Ordinal)
            ? "+" + digits[2..]
            : digits;
    }

    private static DateTimeOffset? DueAt(Delivery delivery, Policy policy) => delivery.State switch
    {
        // Another one's message is this one's too.
        _ when delivery.With is not null => null,
        DeliveryState.Waiting => delivery.RetryAt,
        DeliveryState.Trying => delivery.At + policy.Family.Timeout,
        _ => null,
    };

    private static VisitEvent Next(Visit visit, FamilyUpdate update, Delivery delivery, Policy policy, DateTimeOffset now)
    {
        if (delivery.State == DeliveryState.Trying)
        {
            var (state, retryAt) = Unanswered(delivery, policy, now);
            return new DeliveryEnded(now, update.Id, delivery.Contact, delivery.Channel, state, "no answer", retryAt);
        }

        // A lock, a hold or another consent since it left its window stops it at the door.
        var contact = visit.Course.Care.Contacts.FirstOrDefault(c => c.Id == delivery.Contact);
        if ((contact is null ? "consent" : Disclosure.Obstacle(visit, contact)) is { } why)
            return new DeliveryEnded(now, update.Id, delivery.Contact, delivery.Channel, DeliveryState.Blocked, why, null);
        return delivery.Channel == Channels.Sms && !IsLinked(visit.Course.Care, contact!, now)
            ? new DeliveryEnded(now, update.Id, delivery.Contact, delivery.Channel, DeliveryState.Failed, "the link to the page is no more", null)
            : new DeliveryTried(now, update.Id, delivery.Contact, delivery.Channel);
    }

    /// <summary>An SMS gateway is given a key by which it knows a repeat; a mail server is not.</summary>
    private static (DeliveryState, DateTimeOffset?) Unanswered(Delivery delivery, Policy policy, DateTimeOffset now) =>
        delivery.Channel == Channels.Sms ? Again(delivery, policy, now, DeliveryState.Unconfirmed) : (DeliveryState.Unconfirmed, null);

    private static (DeliveryState, DateTimeOffset?) Again(Delivery delivery, Policy policy, DateTimeOffset now, DeliveryState otherwise) =>
        delivery.Attempts >= policy.Family.Attempts
        ? (otherwise, null)
        : (DeliveryState.Waiting, now + policy.Family.Retry * Math.Pow(2, delivery.Attempts - 1));
}
