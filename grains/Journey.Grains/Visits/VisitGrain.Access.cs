using System.Collections.Frozen;
using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Access;
using Journey.Contracts.Visits;
using Journey.Domain.Facts;
using Journey.Domain.Visits;

namespace Journey.Grains.Visits;

/// <summary>
/// Who is admitted. The gateway has asked the policy table; what depends on how the visit stands is decided here, before every method.
/// </summary>
internal sealed partial class VisitGrain : IIncomingGrainCallFilter
{
    /// <summary>What a family may ask and say.</summary>
    private static readonly FrozenSet<string> ForFamilies =
        FrozenSet.Create(nameof(FamilyPage), nameof(FamilyWaits), nameof(AskQuestion), nameof(ConfirmAnswer), nameof(GivePulse));

    /// <summary>What would make the glass a door that stays open, or open it to others: whoever is responsible for the visit does these.</summary>
    private static readonly FrozenSet<string> NotByGlass =
        FrozenSet.Create(nameof(Assign), nameof(OfferHandoff), nameof(AcceptHandoff), nameof(SetLock));

    /// <summary>
    /// What feeds, boards and the visit itself say answers the house. Every other method is for people, also one that is added tomorrow, and without
    /// a caller refused. Not asynchronous: a feed's command pays one look-up for it.
    /// </summary>
    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (AnswersAttribute.AskersOf(context.InterfaceMethod) != Askers.House && context.Request.GetInterfaceType() == typeof(IVisitGrain))
            Admit(Caller.Current, context.MethodName);
        return context.Invoke();
    }

    public async Task<GlassAnswer> BreakGlass(BreakGlass command)
    {
        var outcome = await Execute(command);
        return new GlassAnswer(outcome, _face.Row.Unit, _face.Row.Patient.Confidential,
            Visit.Glass.FirstOrDefault(g => g.Id == command.Id.Value)?.Until);
    }

    public Task<Outcome> ReviewGlass(ReviewGlass command) => Execute(command);

    /// <summary>What somebody may not do they may not take back either.</summary>
    private Refusal? ObstacleToUndo(Undo command)
    {
        if (Caller.Current is not { } caller) return null;
        var undone = Visit.Entries.Where(entry => entry.Command == command.Undone.Value).Select(entry => entry.Fact).ToArray();
        if (!caller.IsClinical && undone.Any(VisitDecider.IsOfCare)) return Caller.Denied;
        return undone.Any(VisitDecider.IsOfWhoeverIsResponsible) && VisitAccess.GroundOf(caller, _face.Row, clock.GetUtcNow()) == Ground.Glass
            ? VisitAccess.NotByGlass
            : null;
    }

    /// <summary>
    /// Whoever broke the glass gives themselves no part by what they record, such as a question or a promise that they own: the glass would be a door
    /// that stays open.
    /// </summary>
    private Refusal? ObstacleByGlass(VisitCommand command, ImmutableArray<VisitEvent> events, DateTimeOffset now)
    {
        if (Caller.Current is not { } caller || VisitAccess.GroundOf(caller, _face.Row, now) != Ground.Glass) return null;
        var next = VisitFold.Fold(Visit, new VisitCommit(Visit.Version + 1, command.Id.Value, now, command.By, events));
        return VisitAccess.GroundOf(caller, VisitProjection.Row(_id, next, Policy), now) == Ground.Assigned ? VisitAccess.NotByGlass : null;
    }

    private void Admit(Caller? caller, string method)
    {
        if (caller is null || (caller.Scope.HasFlag(Scope.Link) && !ForFamilies.Contains(method)))
            throw new AccessRefusedException(Caller.Denied);
        if (Visit.IsErased && !caller.Scope.HasFlag(Scope.Link)) throw new AccessRefusedException(VisitAccess.Erased);
        // A visit that does not exist is not refused here: a hidden visit answers in the same way, so that nobody can tell the two apart.
        if (Visit.Exists && VisitAccess.Obstacle(caller, _face.Row, clock.GetUtcNow()) is { } refusal) throw new AccessRefusedException(refusal);
        if (Visit.Exists && NotByGlass.Contains(method) && VisitAccess.GroundOf(caller, _face.Row, clock.GetUtcNow()) == Ground.Glass)
            throw new AccessRefusedException(VisitAccess.NotByGlass);
    }
}
