using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Access;
using Journey.Contracts.Alerts;
using Journey.Contracts.Care;
using Journey.Contracts.Families;
using Journey.Contracts.Visits;
using Journey.Domain.Access;
using Journey.Domain.Alerts;
using Journey.Domain.Care;
using Journey.Domain.Facts;
using Journey.Domain.Families;
using Journey.Domain.Policies;
using Journey.Domain.Staff;

namespace Journey.Domain.Visits;

/// <summary>Decides commands on a visit. Static, synchronous, total: time and ids come in as values.</summary>
public static class VisitDecider
{
    /// <summary>A little ahead is a clock that differs; more is a mistake.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    /// <param name="duty">Who is on duty; null: not known of anybody.</param>
    public static Decision Decide(VisitId id, Visit visit, VisitCommand command, Policy policy, DateTimeOffset now, Duty? duty = null)
    {
        (command, var unclear) = Named(visit, command, duty ?? Duty.Unknown, now);
        var decision = unclear is not null ? new Decision([], unclear) : command switch
        {
            _ when visit.IsErased => new([], VisitAccess.Erased),
            FeedCommand feed => Decision.Accept(FeedDecider.Decide(visit, feed, policy, now)),
            LinkVisit link => LinkDecider.Decide(visit, link),
            HearLocks heard => StaffLocks.Receive(visit, heard),
            _ when !visit.Exists => Decision.Refuse(RefusalCodes.VisitUnknown, "No such visit is known."),
            _ when command.OccurredAt > now + ClockTolerance => Decision.Refuse(RefusalCodes.TimeInTheFuture, "It cannot have happened yet."),
            BreakGlass glass => GlassDecider.Break(glass, policy, now),
            ReviewGlass review => GlassDecider.Review(visit, review),
            Undo undo => TakeBack(visit, undo.Undone.Value, policy, now),
            Verify verify when visit.Course.IsEnded || verify.What == Verified.Gone => AfterTheEnd(visit, verify),
            Verify verify => Decision.Accept(new Looked(verify.OccurredAt, verify.What)),
            _ when visit.Course.Status is not (VisitStatus.Cancelled or VisitStatus.Deleted)
                && (CareDecider.Decide(visit, command, policy, now) ?? FamilyDecider.Decide(id, visit, command, policy, now)) is { } care =>
                visit.Course.ContinuedAs is null || care.Events.IsEmpty || command is EndDelivery ? care
                    : Decision.Refuse(RefusalCodes.VisitClosed,
                        "The person was admitted under another visit, and what was asked and promised went along: do it there."),
            _ when visit.Course.IsEnded => Decision.Refuse(RefusalCodes.VisitClosed, "The visit has ended."),
            ReachStep step => Step(visit, step, policy),
            Contact contact => Decision.Accept(new Contacted(contact.OccurredAt)),
            SetAcuity { Level: < 1 or > 5 } => Decision.Refuse(RefusalCodes.AcuityOutOfRange, "Acuity is 1 (most urgent) to 5."),
            SetAcuity acuity => visit.Course.Acuity == acuity.Level
                ? Decision.Nothing
                : Decision.Accept(new AcuitySet(acuity.OccurredAt, acuity.Level)),
            SetNote note => visit.Course.Note == note.Text ? Decision.Nothing : Decision.Accept(new NoteSet(note.OccurredAt, note.Text)),
            Assign assign => Give(visit, assign),
            FamilyWaits waits => FamilyDecider.Wait(waits),
            TellFamily told => FamilyDecider.Tell(visit.Course.Care, told, now),
            SeeAlert see => OnAlert(visit, see.Alert, alert => alert.SeenAt is null ? Decision.Accept(new AlertSeen(alert.Id)) : Decision.Nothing),
            AcknowledgeAlert { ExpectedBy: { } expected } when expected <= now =>
                Decision.Refuse(RefusalCodes.PromiseInThePast, "You cannot expect to have acted by a time that has passed."),
            AcknowledgeAlert acknowledge => OnAlert(visit, acknowledge.Alert, alert => Acknowledge(alert, acknowledge, policy, now)),
            SnoozeAlert snooze => OnAlert(visit, snooze.Alert, alert => Snooze(alert, snooze, policy, now)),
            ResolveAlert resolve => OnAlert(visit, resolve.Alert, alert => Resolve(alert, resolve, policy)),
            _ => throw new InvalidOperationException($"No rule for the command {command.GetType().Name}."),
        };
        return decision.Events.IsEmpty
            ? decision
            : WithAlerts(id, visit, decision, command, policy, now, duty ?? Duty.Unknown);
    }

    /// <summary>A deadline may be due: the updates that leave, and the alerts that begin, worsen, are called out or end now.</summary>
    public static ImmutableArray<VisitEvent> Review(VisitId id, Visit visit, Policy policy, DateTimeOffset now, Duty? duty = null)
    {
        if (!visit.Exists) return [];
        duty ??= Duty.Unknown;
        var left = OffDuty.Review(visit, duty, now);
        if (!left.IsEmpty) visit = VisitFold.Preview(visit, left, Actor.System, default, now);
        return left.AddRange(Review(id, visit, policy, Actor.System, default, now, atOnce: false, duty));
    }

    /// <summary>
    /// The next instant at which <see cref="Review(VisitId, Visit, Policy, DateTimeOffset, Duty)"/> would do something; null when it never would.
    /// </summary>
    public static DateTimeOffset? NextDeadline(Visit visit, Policy policy, DateTimeOffset now, Duty? duty = null)
    {
        duty ??= Duty.Unknown;
        var own = AlertRules.Earlier(AlertRules.NextDeadline(visit, policy, now, duty), OffDuty.NextDeadline(visit, duty, now));
        own = AlertRules.Earlier(AlertRules.Earlier(own, Outbox.NextDeadline(visit, policy, now)), Silence.NextDeadline(visit, policy, now));
        return AlertRules.Earlier(own, StaffLocks.NextDeadline(visit, now));
    }

    private static Decision WithAlerts(VisitId id, Visit visit, Decision decision, VisitCommand command, Policy policy, DateTimeOffset now, Duty duty)
    {
        var events = decision.Events;
        var after = VisitFold.Preview(visit, events, command.By, command.Id, now);
        if (FamilyDecider.OnSteps(id, visit, after, policy, now) is { IsEmpty: false } written)
        {
            events = events.AddRange(written);
            after = VisitFold.Preview(after, written, command.By, command.Id, now);
        }

        return decision with
        {
            Events = events.AddRange(Review(id, after, policy, command.By, command.Id, now, command is Undo, duty)),
            Foreseen = new(after, events.Length),
        };
    }

    private static ImmutableArray<VisitEvent> Review(VisitId id, Visit visit, Policy policy, Actor by, CommandId command, DateTimeOffset now,
        bool atOnce, Duty duty)
    {
        var before = Silence.Review(visit, policy, now);
        if (!before.IsEmpty) visit = VisitFold.Preview(visit, before, Actor.System, command, now);
        var sent = Outbox.Review(visit, policy, now);
        if (!sent.IsEmpty) visit = VisitFold.Preview(visit, sent, by, command, now);
        sent = before.AddRange(sent);
        return sent.AddRange(AlertRules.Review(id, visit, policy, now, atOnce, duty));
    }

    /// <summary>Whether somebody who is thought to have left has: a result that comes late says nothing of it.</summary>
    private static Decision AfterTheEnd(Visit visit, Verify verify) => (verify.What, visit.Course) switch
    {
        (Verified.Gone, { IsEnded: true }) => Decision.Accept(new Looked(verify.OccurredAt, Verified.Gone)),
        (Verified.Gone, _) => Decision.Refuse(RefusalCodes.StepNotAhead, "Say how the patient left: that ends the visit."),
        (Verified.Here, { ContinuedAs: not null }) =>
            Decision.Refuse(RefusalCodes.VisitClosed, "The person was admitted under another visit: they are there."),
        (Verified.Here, { Status: VisitStatus.Departed }) => Decision.Accept(new BroughtBack(verify.OccurredAt)),
        _ => Decision.Refuse(RefusalCodes.VisitClosed, "The visit has ended."),
    };

    /// <summary>By how much the hospital's clock may be ahead of the one that somebody taps by.</summary>
    private static readonly TimeSpan MostSkew = TimeSpan.FromMinutes(5);

    private static Decision Step(Visit visit, ReachStep command, Policy policy)
    {
        var pathway = policy.Pathway(visit.Course.Class);
        if (!pathway.Contains(command.Step)) return Decision.Refuse(RefusalCodes.StepUnknown, "That step is not on this visit's pathway.");
        if (visit.Course.Status == VisitStatus.Expected) return Decision.Refuse(RefusalCodes.StepNotAhead, "The patient has not arrived yet.");
        if (command.Step == Steps.Departed && visit.Course.ArrivedAt is { } arrived && command.OccurredAt < arrived)
        {
            if (arrived - command.OccurredAt > MostSkew) return Decision.Refuse(RefusalCodes.StepNotAhead, "That is before the patient arrived.");
            command = command with { OccurredAt = arrived };
        }

        if (command.How is not null && command.Step != Steps.Departed)
            return Decision.Refuse(RefusalCodes.StepUnknown, "Only of a departure can be said how it was.");
        if (visit.Course.Milestones.All(m => m.Step != command.Step || m.IsAssumed))
            return command.How is { } how
                ? Decision.Accept(new StepReached(command.OccurredAt, command.Step), new LeftAs(command.OccurredAt, how))
                : Decision.Accept(new StepReached(command.OccurredAt, command.Step));
        return Decision.Refuse(RefusalCodes.StepNotAhead, "That step was reached already.");
    }

    private static Decision Give(Visit visit, Assign command)
    {
        var known = command.Role switch
        {
            CareRole.Nurse => visit.Course.Nurse,
            CareRole.Provider => visit.Course.Provider,
            _ => visit.Course.PointOfContact
        };
        if (known?.Id == command.Person?.Id) return Decision.Nothing;
        return Decision.Accept(new Assigned(command.OccurredAt, command.Role, command.Person));
    }

    /// <summary>
    /// The command with whoever is meant by the name in it: nobody is given a patient, or anything else, by a slip of the pen or in place of a
    /// namesake.
    /// </summary>
    private static (VisitCommand Command, Refusal? Unclear) Named(Visit visit, VisitCommand command, Duty duty, DateTimeOffset now)
    {
        var named = command switch
        {
            Assign c => c.Person,
            OfferHandoff c => c.To,
            AskQuestion c => c.Owner,
            TakeQuestion c => c.Owner,
            MakePromise c =>
                c.Owner,
            TakeRequest c => c.Owner,
            _ => null,
        };
        if (named is null) return (command, null);
        var (who, unclear) = duty.Meant(named, command.By, visit.Course.Unit, now);
        return (who is null ? command : command switch
        {
            Assign c => c with { Person = who },
            OfferHandoff c => c with { To = who },
            AskQuestion c => c with { Owner = who },
            TakeQuestion c =>
                c with { Owner = who },
            MakePromise c => c with { Owner = who },
            TakeRequest c => c with { Owner = who },
            _ => command,
        }, unclear);
    }

    private static Decision OnAlert(Visit visit, Guid id, Func<Alert, Decision> decide) => visit.Alert(id) switch
    {
        null or { IsShadow: true } => Decision.Refuse(RefusalCodes.AlertUnknown, "No such alert on this visit."),
        { IsOpen: false } => Decision.Refuse(RefusalCodes.AlertClosed, "The alert is closed already."),
        var alert => decide(alert),
    };

    private static Decision Acknowledge(Alert alert, AcknowledgeAlert command, Policy policy, DateTimeOffset now)
    {
        var expected = command.ExpectedBy ?? now + policy.ExpectedWithin;
        if (alert.State != AlertState.Acknowledged) return Decision.Accept(new AlertAcknowledged(alert.Id, expected));
        if (alert.Owner?.Id != command.By.Id && command.TakeOver) return Decision.Accept(new AlertAcknowledged(alert.Id, expected));
        if (alert.Owner?.Id != command.By.Id)
            return Decision.Refuse(RefusalCodes.AlertOwned, $"{CareDecider.Name(alert.Owner)} has taken it already.");
        return command.ExpectedBy is null || alert.ExpectedBy == expected
            ? Decision.Nothing
            : Decision.Accept(new AlertAcknowledged(alert.Id, expected));
    }

    private static Decision Snooze(Alert alert, SnoozeAlert command, Policy policy, DateTimeOffset now) =>
        command.Until <= now || command.Until > now + policy.MaxSnooze
            ? Decision.Refuse(RefusalCodes.SnoozeOutOfRange,
                $"An alert may be snoozed for at most {policy.MaxSnooze.TotalMinutes:0} minutes from now.")
            : Decision.Accept(new AlertSnoozed(alert.Id, command.Until, command.Reason));

    /// <summary>Whoever resolves an alert was there: with the patient, or with the family. What concerns privacy they looked into.</summary>
    private static Decision Resolve(Alert alert, ResolveAlert command, Policy policy) => policy.Rule(alert.Rule) switch
    {
        // A question closes when its asker is satisfied, a handoff when it is read back: never because somebody says that it is done.
        { Kind: RuleKind.Privacy } => Decision.Accept(new AlertResolved(alert.Id, Resolutions.Acted, command.Action)),
        { Kind: not (RuleKind.Touchpoint or RuleKind.Family) } or { IsOfItems: true } =>
            Decision.Refuse(RefusalCodes.AlertNeedsItsDeed, "It ends by what it waits for: the answer, the read-back, the visit's owner."),
        { Kind: RuleKind.Family } =>
            Decision.Accept(new FamilyTold(command.OccurredAt, null, command.Action, null),
                new AlertResolved(alert.Id, Resolutions.Acted, command.Action)),
        _ => Decision.Accept(new Contacted(command.OccurredAt), new AlertResolved(alert.Id, Resolutions.Acted, command.Action)),
    };

    /// <summary>Until when a command may be taken back, as far as is known now; null when it may not, or no more.</summary>
    public static DateTimeOffset? UndoUntil(Visit visit, CommandId command, DateTimeOffset recordedAt, Policy policy, DateTimeOffset now) =>
        recordedAt + policy.UndoWindow >= now && TakeBack(visit, command.Value, policy, now).Refusal is null ? recordedAt + policy.UndoWindow : null;

    /// <summary>
    /// What those who look after the patient record, and nobody else takes back: steps, looks, acuity, rounds, assignments and handoffs.
    /// </summary>
    public static bool IsOfCare(VisitEvent e) =>
        e is StepReached or LeftAs or Contacted or Looked or AcuitySet or NoteSet or Assigned or Rounded
        or HandoffOffered or HandoffAccepted or HandoffReturned or HandoffWithdrawn;

    /// <summary>What nobody does, or takes back, who merely broke the glass: to whom a visit is given, and its locks.</summary>
    public static bool IsOfWhoeverIsResponsible(VisitEvent e) =>
        e is Assigned or HandoffOffered or HandoffAccepted or HandoffReturned or HandoffWithdrawn or LockSet;

    private static Decision TakeBack(Visit visit, Guid undone, Policy policy, DateTimeOffset now)
    {
        // What something else took back already, as bringing somebody back does their departure, stands no more: there is nothing to take back.
        var gone = Cancellations.Resolve(visit.Entries);
        var facts = visit.Entries.Where((e, i) => e.Command == undone && !gone[i] && e.Fact is not LockSet { TakesBack: true }).ToArray();
        if (facts.Any(e => e.Fact is FeedFact))
            return Decision.Refuse(RefusalCodes.NothingToUndo, "What a hospital system sent is taken back by that system alone.");
        if (facts.Any(e => !CanBeTakenBack(visit, e)))
            return Decision.Refuse(RefusalCodes.CannotBeTakenBack, "That cannot be taken back: it has left the house, or somebody else said it.");
        // Without a fact of its own a command changed only alerts; one that merely ended others on the way was not given by staff.
        var alerts = visit.Alerts.Where(a => a.ChangedBy == undone && (facts.Length > 0 || a.IsOpen || a.Resolution == Resolutions.Acted)).ToArray();
        if (facts.Length == 0 && alerts.Length == 0)
            return Decision.Refuse(RefusalCodes.NothingToUndo, "There is nothing of that command left to take back.");
        var recordedAt = facts.Length > 0 ? facts[0].RecordedAt : alerts[0].ChangedAt;
        if (recordedAt + policy.UndoWindow < now)
            return Decision.Refuse(RefusalCodes.UndoTooLate, $"It can be taken back for {policy.UndoWindow.TotalMinutes:0} minutes only.");
        var events = ImmutableArray.CreateBuilder<VisitEvent>();
        if (facts.Length > 0) events.Add(new Undone(undone));
        events.AddRange(facts.Select(e => e.Fact).OfType<LockSet>().SelectMany(said => StaffLocks.TakeBack(visit, said, now)));
        foreach (var alert in alerts) events.Add(new AlertRestored(alert.Id, undone));
        return Decision.Accept(events.ToImmutable());
    }

    private static bool CanBeTakenBack(Visit visit, CourseEntry entry) => entry.Fact switch
    {
        UpdateLeft or UpdateReleased or DeliveryTried or DeliveryEnded or CodeWordTried or LinkIssued or NurseWentOff => false,
        UpdateWritten update => visit.Course.Care.Updates.FirstOrDefault(u => u.Id == update.Item)?.State is null or UpdateState.Waiting
            or UpdateState.Recalled,
        _ => entry.By.Id is not Actor.FamilyId && entry.By.Id != Actor.System.Id,
    };
}
