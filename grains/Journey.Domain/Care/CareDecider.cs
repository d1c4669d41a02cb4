using Journey.Contracts;
using Journey.Contracts.Care;
using Journey.Domain.Facts;
using Journey.Domain.Policies;

namespace Journey.Domain.Care;

/// <summary>
/// Decides questions, promises, requests and handoffs. What two people do at once is told kindly: who was first, and what stands now.
/// </summary>
internal static class CareDecider
{
    /// <summary>Null when the command is none of the care's.</summary>
    public static Decision? Decide(Visit visit, VisitCommand command, Policy policy, DateTimeOffset now) => command switch
    {
        AskQuestion c => c.AnswerBy <= now
            ? Decision.Refuse(RefusalCodes.PromiseInThePast, "The answer is expected by a time that has passed.")
            : Decision.Accept(new QuestionAsked(c.OccurredAt, c.Id.Value, c.Kind, c.Asker, c.Text, c.Owner, c.AnswerBy
                ?? Due(visit, policy, ClockStart.Question, c.Kind.ToString(), c.OccurredAt))),
        TakeQuestion c =>
            OnQuestion(visit, c.Question, q => q.Owner == c.Owner
                ? Decision.Nothing
                : Decision.Accept(new QuestionTaken(Later(c.OccurredAt, q.AskedAt), q.Id, c.Owner))),
        AnswerQuestion c => OnQuestion(visit, c.Question, q => q.State == QuestionState.Answered && q.AnsweredBy?.Id != c.By.Id
            ? Decision.Refuse(RefusalCodes.QuestionAnswered,
                $"{Name(q.AnsweredBy)} has just answered it; the asker has not said yet whether that satisfies them.")
            : Decision.Accept(new QuestionAnswered(Later(c.OccurredAt, q.AskedAt), q.Id, c.Answer))),
        ConfirmAnswer c => OnQuestion(visit, c.Question, q => Confirm(visit, q, c, policy, now)),
        WithdrawQuestion c =>
            OnQuestion(visit, c.Question, q =>
                Decision.Accept(new QuestionWithdrawn(Later(c.OccurredAt, q.AnsweredAt ?? q.AskedAt), q.Id, c.Reason))),
        GivePulse { Score: < 1 or > 5 } => Decision.Refuse(RefusalCodes.PulseOutOfRange, "A pulse is 1 (bad) to 5 (good)."),
        GivePulse c => Decision.Accept(new PulseGiven(c.OccurredAt, c.Score, c.Touchpoint, c.Remark)),
        MakePromise or KeepPromise or WithdrawPromise => Decision.RefuseEnded(visit) ?? Promise(visit, command, now),
        MakeRequest or TakeRequest or FinishRequest or WithdrawRequest => Decision.RefuseEnded(visit) ?? Request(visit, command, policy, now),
        OfferHandoff or AcceptHandoff or ReturnHandoff or WithdrawHandoff => Decision.RefuseEnded(visit) ?? Handoff(visit, command),
        MakeRound { Ps.Pain: < 0 or > 10 } => Decision.Refuse(RefusalCodes.PainOutOfRange, "Pain is 0 to 10."),
        MakeRound c => Decision.RefuseEnded(visit) ?? Decision.Accept(new Rounded(c.OccurredAt, c.Ps)),
        NoteLifeEvent c => Decision.RefuseEnded(visit) ?? Decision.Accept(new LifeEventNoted(c.OccurredAt, c.What, c.On)),
        _ => null,
    };

    /// <summary>When the policy wants something of a kind; null when it has no rule for it.</summary>
    private static DateTimeOffset? Due(Visit visit, Policy policy, ClockStart start, string kind, DateTimeOffset from)
    {
        foreach (var rule in policy.Rules)
            if (rule.Starts == start && rule.IsAbout(kind) && rule.Targets.For(visit.Course.Acuity) is { } target) return from + target.Max;
        return null;
    }

    private static Decision OnQuestion(Visit visit, Guid id, Func<QuestionView, Decision> decide) =>
        visit.Course.Care.Questions.FirstOrDefault(q => q.Id == id) switch
        {
            null => Decision.Refuse(RefusalCodes.QuestionUnknown, "No such question on this visit."),
            { State: QuestionState.Closed } q =>
                Decision.Refuse(RefusalCodes.QuestionClosed, $"The asker was satisfied, as {Name(q.ConfirmedBy)} recorded."),
            { State: QuestionState.Withdrawn } => Decision.Refuse(RefusalCodes.QuestionClosed, "The asker took the question back."),
            var question => decide(question),
        };

    private static Decision Confirm(Visit visit, QuestionView question, ConfirmAnswer command, Policy policy, DateTimeOffset now) =>
        question.State != QuestionState.Answered
        ? Decision.Refuse(RefusalCodes.QuestionNotAnswered, "There is no answer yet for the asker to be satisfied with.")
        : Decision.Accept(new QuestionConfirmed(
            Later(command.OccurredAt, question.AnsweredAt!.Value), question.Id, command.Satisfied, command.Remark,
            command.Satisfied ? null : Due(visit, policy, ClockStart.Question, question.Kind.ToString(), now)));

    private static Decision Promise(Visit visit, VisitCommand command, DateTimeOffset now)
    {
        switch (command)
        {
            case MakePromise c when c.DueAt <= now:
                return Decision.Refuse(RefusalCodes.PromiseInThePast, "It is promised for a time that has passed.");
            case MakePromise c:
                return Decision.Accept(new PromiseMade(c.OccurredAt, c.Id.Value, c.What, c.ToWhom, c.DueAt, c.Owner
                    ?? new Person(c.By.Id, Name(c.By))));
        }

        var id = command is KeepPromise keep ? keep.Promise : ((WithdrawPromise)command).Promise;
        if (visit.Course.Care.Promises.FirstOrDefault(p => p.Id == id) is not { } promise)
            return Decision.Refuse(RefusalCodes.PromiseUnknown, "No such promise on this visit.");
        if (!CareState.IsOpen(promise)) return Decision.Refuse(RefusalCodes.PromiseSettled, "The promise is settled already.");
        var at = Later(command.OccurredAt, promise.MadeAt);
        return command switch
        {
            // The next word is kept by giving it.
            KeepPromise c when promise.NextWord => Decision.Accept(new FamilyTold(at, promise.ToWhom, c.How, null)),
            KeepPromise c => Decision.Accept(new PromiseKept(at, promise.Id, c.How)),
            _ => Decision.Accept(new PromiseWithdrawn(at, promise.Id, ((WithdrawPromise)command).Reason)),
        };
    }

    private static Decision Request(Visit visit, VisitCommand command, Policy policy, DateTimeOffset now)
    {
        switch (command)
        {
            case MakeRequest c when c.WantedBy <= now:
                return Decision.Refuse(RefusalCodes.PromiseInThePast, "It is wanted by a time that has passed.");
            case MakeRequest c:
                return Decision.Accept(new RequestMade(c.OccurredAt, c.Id.Value, c.Kind, c.For, c.What, c.Owner, c.WantedBy
                        ?? Due(visit, policy, ClockStart.Request, c.Kind.ToString(), c.OccurredAt)));
        }

        var id = command switch { TakeRequest c => c.Request, FinishRequest c => c.Request, _ => ((WithdrawRequest)command).Request };
        if (visit.Course.Care.Requests.FirstOrDefault(r => r.Id == id) is not { } request)
            return Decision.Refuse(RefusalCodes.RequestUnknown, "No such request on this visit.");
        if (!CareState.IsOpen(request))
            return Decision.Refuse(RefusalCodes.RequestClosed, request.State == RequestState.Done ? "It was done already." : "It was taken back.");
        var at = Later(command.OccurredAt, request.TakenAt ?? request.MadeAt);
        return command switch
        {
            TakeRequest c when request.State == RequestState.Taken && request.Owner == c.Owner => Decision.Nothing,
            // Somebody else may be given it, but nobody takes it out of another's hands.
            TakeRequest c when request.State == RequestState.Taken && c.Owner.Id == c.By.Id =>
                Decision.Refuse(RefusalCodes.RequestTaken, $"{request.Owner?.Name ?? "Somebody"} is on it already."),
            TakeRequest c => Decision.Accept(new RequestTaken(at, request.Id, c.Owner)),
            FinishRequest c => Decision.Accept(new RequestDone(at, request.Id, c.Outcome, c.TeachBack)),
            _ => Decision.Accept(new RequestWithdrawn(at, request.Id, ((WithdrawRequest)command).Reason)),
        };
    }

    private static Decision Handoff(Visit visit, VisitCommand command)
    {
        var course = visit.Course;
        if (command is OfferHandoff offer)
        {
            var from = offer.Role switch { CareRole.Nurse => course.Nurse, CareRole.Provider => course.Provider, _ => course.PointOfContact };
            return course.Care.OpenHandoff is { State: HandoffState.Offered } open && open.To == offer.To && open.Role == offer.Role
                && Same(open.Content, offer.Content)
                ? Decision.Nothing
                : Decision.Accept(new HandoffOffered(offer.OccurredAt, offer.Id.Value, offer.Role, from, offer.To, offer.Content));
        }

        var id = command switch { AcceptHandoff c => c.Handoff, ReturnHandoff c => c.Handoff, _ => ((WithdrawHandoff)command).Handoff };
        if (id == Guid.Empty || course.Care.Handoffs.FirstOrDefault(h => h.Id == id) is not { } handoff)
            return Decision.Refuse(RefusalCodes.HandoffUnknown, "No such handoff on this visit.");
        if (!CareState.IsOpen(handoff))
            return Decision.Refuse(RefusalCodes.HandoffClosed, handoff.State == HandoffState.Accepted
                ? $"{handoff.To?.Name} has accepted it already."
                : "It was taken back, or another offer took its place.");
        var at = Later(command.OccurredAt, handoff.Since);
        return command switch
        {
            WithdrawHandoff => Decision.Accept(new HandoffWithdrawn(at, handoff.Id)),
            _ when handoff.To?.Id != command.By.Id =>
                Decision.Refuse(RefusalCodes.HandoffNotYours, $"It was offered to {handoff.To?.Name}; only they can read it back."),
            AcceptHandoff c => string.IsNullOrWhiteSpace(c.Synthesis)
                ? Decision.Refuse(RefusalCodes.HandoffNeedsReadBack,
                    "Say in your own words what you take over: the handoff is complete with the read-back.")
                : Decision.Accept([new HandoffAccepted(at, handoff.Id, c.Synthesis), .. Contact(visit, handoff, at)]),
            _ => Decision.Accept(new HandoffReturned(at, handoff.Id, ((ReturnHandoff)command).Question)),
        };
    }

    /// <summary>
    /// Whoever was the family's point of contact and hands over is it no more: the receiver is. Somebody else, such as the liaison, stays.
    /// </summary>
    private static IEnumerable<VisitEvent> Contact(Visit visit, HandoffView handoff, DateTimeOffset at)
    {
        // The nurse who went off duty before the offer is who it is taken over from.
        var from = handoff.From
            ?? (handoff.Role == CareRole.Nurse ? visit.Entries.Select(entry => entry.Fact).OfType<NurseWentOff>().LastOrDefault()?.Who : null);
        return from is not null && visit.Course.PointOfContact?.Id == from.Id && handoff.Role != CareRole.PointOfContact
            ? [new Assigned(at, CareRole.PointOfContact, handoff.To)]
            : [];
    }

    private static bool Same(IPass? a, IPass b) =>
        a is not null && a.Illness == b.Illness && a.Summary == b.Summary && a.Awareness == b.Awareness && a.Actions.SequenceEqual(b.Actions);

    internal static string Name(Actor? actor) =>
        actor switch { null => "Somebody", { Id: Actor.FamilyId } => "the family", _ => actor.Name ?? actor.Id };

    /// <summary>Nothing happens to an item before it is there, whatever the clock of who says so.</summary>
    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
