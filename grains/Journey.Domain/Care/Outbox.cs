using System.Collections.Immutable;
using Journey.Contracts.Care;
using Journey.Contracts.Visits;
using Journey.Domain.Policies;

namespace Journey.Domain.Visits;

/// <summary>
/// The durable outbox of updates to a family. What is to be sent is recorded as tried before it is handed to a channel, so no crash sends it twice:
/// a channel that can tell a repeat is asked again, one that cannot is reported as unconfirmed.
/// </summary>
public static class Outbox
{
    /// <summary>The updates that leave now, and the deliveries to be tried now. Whoever commits a <see cref="DeliveryTried"/> hands it to its channel.</summary>
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
                events.Add(new UpdateReleased(now, update.Id, deliveries));
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
        if (update?.Deliveries.FirstOrDefault(d => d.Contact == command.Contact && d.Channel == command.Channel) is not { State: DeliveryState.Trying } delivery) return Decision.Nothing;
        var (state, retryAt) = command.Answer switch
        {
            DeliveryAnswer.Delivered => (DeliveryState.Delivered, null),
            DeliveryAnswer.Never => (DeliveryState.Failed, null),
            DeliveryAnswer.NotNow => Again(delivery, policy, now, DeliveryState.Failed),
            _ => Unanswered(delivery, policy, now),
        };
        return Decision.Accept(new DeliveryEnded(now, update.Id, delivery.Contact, delivery.Channel, state, command.Why, retryAt));
    }

    /// <summary>One story to all: whoever may hear it gets it over every way there is to them.</summary>
    private static ImmutableArray<Delivery> Deliveries(Visit visit, DateTimeOffset now)
    {
        var care = visit.Course.Care;
        var deliveries = ImmutableArray.CreateBuilder<Delivery>();
        foreach (var contact in care.Contacts)
        {
            if (Disclosure.Obstacle(visit, contact) is { } why)
            {
                deliveries.Add(new Delivery(contact.Id, Channels.Page, DeliveryState.Blocked, 0, now, why));
                continue;
            }

            var linked = care.Links.Any(l => l.Contact == contact.Id && l.Until > now);
            if (linked) deliveries.Add(new Delivery(contact.Id, Channels.Page, DeliveryState.Delivered, 1, now));
            if (contact.Email is not null) deliveries.Add(new Delivery(contact.Id, Channels.Email, DeliveryState.Waiting, 0, now, RetryAt: now));
            if (contact.Phone is not null) deliveries.Add(new Delivery(contact.Id, Channels.Sms, DeliveryState.Waiting, 0, now, RetryAt: now));
            if (!linked && contact.Email is null && contact.Phone is null)
                deliveries.Add(new Delivery(contact.Id, Channels.Page, DeliveryState.Failed, 0, now, "no link, e-mail or phone"));
        }

        return deliveries.ToImmutable();
    }

    private static DateTimeOffset? DueAt(Delivery delivery, Policy policy) => delivery.State switch
    {
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
        return (contact is null ? "consent" : Disclosure.Obstacle(visit, contact)) is { } why
            ? new DeliveryEnded(now, update.Id, delivery.Contact, delivery.Channel, DeliveryState.Blocked, why, null)
            : new DeliveryTried(now, update.Id, delivery.Contact, delivery.Channel);
    }

    /// <summary>An SMS gateway is given a key by which it knows a repeat; a mail server is not.</summary>
    private static (DeliveryState, DateTimeOffset?) Unanswered(Delivery delivery, Policy policy, DateTimeOffset now) =>
        delivery.Channel == Channels.Sms ? Again(delivery, policy, now, DeliveryState.Unconfirmed) : (DeliveryState.Unconfirmed, null);

    private static (DeliveryState, DateTimeOffset?) Again(Delivery delivery, Policy policy, DateTimeOffset now, DeliveryState otherwise) =>
        delivery.Attempts >= policy.Family.Attempts ? (otherwise, null) : (DeliveryState.Waiting, now + policy.Family.Retry * Math.Pow(2, delivery.Attempts - 1));
}
