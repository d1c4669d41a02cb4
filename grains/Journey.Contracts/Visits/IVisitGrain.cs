using System.Collections.Immutable;
using Journey.Contracts.Access;
using Journey.Contracts.Alerts;
using Journey.Contracts.Families;

namespace Journey.Contracts.Visits;

/// <summary>
/// One visit. Every command is durable before its task completes, carried out once per command id, and refused as a value when it cannot be.
/// Throws <see cref="OutcomeUnknownException"/> when the store cannot say whether a commit landed; retry with the same id.
/// </summary>
[Alias("journey.visit"), Answers(Askers.Gateways)]
public partial interface IVisitGrain : IGrainWithGuidKey
{
    [Alias("expect"), Answers(Askers.House)] Task<Outcome> Expect(Expect command);
    [Alias("arrive"), Answers(Askers.House)] Task<Outcome> Arrive(Arrive command);
    [Alias("admit"), Answers(Askers.House)] Task<Outcome> Admit(Admit command);
    [Alias("transfer"), Answers(Askers.House)] Task<Outcome> Transfer(Transfer command);
    [Alias("swap-bed"), Answers(Askers.House)] Task<Outcome> SwapBed(SwapBed command);
    [Alias("discharge"), Answers(Askers.House)] Task<Outcome> Discharge(Discharge command);
    [Alias("change-class"), Answers(Askers.House)] Task<Outcome> ChangeClass(ChangeClass command);
    [Alias("update"), Answers(Askers.House)] Task<Outcome> Update(Update command);
    [Alias("go-out"), Answers(Askers.House)] Task<Outcome> GoOut(GoOut command);
    [Alias("reach"), Answers(Askers.House)] Task<Outcome> Reach(Reach command);
    [Alias("plan"), Answers(Askers.House)] Task<Outcome> Plan(Plan command);
    [Alias("go-on-leave"), Answers(Askers.House)] Task<Outcome> GoOnLeave(GoOnLeave command);
    [Alias("return-from-leave"), Answers(Askers.House)] Task<Outcome> ReturnFromLeave(ReturnFromLeave command);
    [Alias("cancel"), Answers(Askers.House)] Task<Outcome> Cancel(Cancel command);
    [Alias("delete"), Answers(Askers.House)] Task<Outcome> Delete(Delete command);
    [Alias("mention"), Answers(Askers.House)] Task<Outcome> Mention(Mention command);
    [Alias("identify"), Answers(Askers.House)] Task<Outcome> Identify(Identify command);

    [Alias("reach-step")] Task<Outcome> ReachStep(ReachStep command);
    [Alias("contact")] Task<Outcome> Contact(Contact command);
    [Alias("set-acuity")] Task<Outcome> SetAcuity(SetAcuity command);
    [Alias("set-note")] Task<Outcome> SetNote(SetNote command);
    [Alias("assign")] Task<Outcome> Assign(Assign command);
    [Alias("family-waits")] Task<Outcome> FamilyWaits(FamilyWaits command);
    [Alias("tell-family")] Task<Outcome> TellFamily(TellFamily command);
    [Alias("acknowledge-alert")] Task<Outcome> AcknowledgeAlert(AcknowledgeAlert command);
    [Alias("snooze-alert")] Task<Outcome> SnoozeAlert(SnoozeAlert command);
    [Alias("resolve-alert")] Task<Outcome> ResolveAlert(ResolveAlert command);
    /// <summary>A link to another visit of the same person; answers with what goes along, when the link makes something go.</summary>
    [Alias("link"), Answers(Askers.House)] Task<CarriedCare?> Link(LinkVisit command);
    /// <summary>What goes back to the visit that this one turns out not to continue; null when no such visit is known.</summary>
    [Alias("carried"), Answers(Askers.House)] Task<CarriedCare?> Carried();

    /// <summary>When a feed last said something of the visit, results and orders apart; null when none did.</summary>
    [Alias("fed-at"), Answers(Askers.House)] Task<DateTimeOffset?> FedAt();
    [Alias("verify")] Task<Outcome> Verify(Verify command);
    [Alias("undo")] Task<Outcome> Undo(Undo command);

    /// <summary>A deadline is due: raises, escalates or ends alerts as the policy says. Does nothing, cheaply, when none is due.</summary>
    [Alias("review"), Answers(Askers.House)] Task Review();

    /// <summary>Reviews the visit whatever is due, and writes its row and its next deadline by the rules of this version.</summary>
    [Alias("renew"), Answers(Askers.House)] Task Renew();

    /// <summary>The visit as boards have it, for whoever sorts a person's visits; null when no such visit is known.</summary>
    [Alias("row"), Answers(Askers.House)] Task<VisitRow?> Row();

    /// <summary>The visit as its page shows it; null when no such visit is known.</summary>
    [Alias("read")] Task<VisitView?> Read();

    /// <summary>Every commit of the visit, oldest first; empty when no such visit is known.</summary>
    [Alias("timeline")] Task<ImmutableArray<TimelineEntry>> Timeline();
}
