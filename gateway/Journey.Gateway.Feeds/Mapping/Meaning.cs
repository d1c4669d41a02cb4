using Journey.Contracts.Patients;
using Journey.Contracts.Visits;

namespace Journey.Gateway.Feeds.Mapping;

/// <summary>What is done for a visit because of a trigger.</summary>
internal enum VisitAct { Expect, Arrive, Admit, Transfer, Discharge, ChangeClass, Update, GoOut, Reach, Plan, GoOnLeave, Return, Cancel, Delete }

/// <summary>What an ADT trigger means for one visit.</summary>
/// <param name="Act">What is done.</param>
/// <param name="Intent">What it means for finding the visit.</param>
/// <param name="Plan">Of a plan, what is planned.</param>
/// <param name="Cancels">Of a cancel, what is cancelled.</param>
internal sealed record Meaning(VisitAct Act, VisitIntent Intent, PlanKind Plan = default, CancelledFact Cancels = default)
{
    /// <summary>
    /// True for a cancel whose EVN-6 tells which of several facts is meant. Of a plan there is one, and EVN-6 may be the planned time.
    /// </summary>
    public bool NamesCancelled => Act == VisitAct.Cancel
        && Cancels is not (CancelledFact.Expected or CancelledFact.PlannedAdmit or CancelledFact.PlannedTransfer or CancelledFact.PlannedDischarge);

    /// <summary>Updates are about a visit only if there is one; every other trigger is about a visit whatever PV1 says.</summary>
    public bool NeedsNoVisit => Intent == VisitIntent.Describes && Act == VisitAct.Update;

    /// <summary>The meaning of a trigger for one visit; null when it has none of this kind.</summary>
    public static Meaning? ForTrigger(string trigger) => trigger switch
    {
        "A01" => new(VisitAct.Admit, VisitIntent.Opens),
        "A02" => new(VisitAct.Transfer, VisitIntent.Continues),
        "A03" => new(VisitAct.Discharge, VisitIntent.Closes),
        "A04" => new(VisitAct.Arrive, VisitIntent.Opens),
        "A05" => new(VisitAct.Expect, VisitIntent.Expects),
        "A06" or "A07" => new(VisitAct.ChangeClass, VisitIntent.Continues),
        "A08" or "A54" or "A55" or "A61" or "A62" => new(VisitAct.Update, VisitIntent.Describes),
        "A09" => new(VisitAct.GoOut, VisitIntent.Continues),
        "A10" => new(VisitAct.Reach, VisitIntent.Continues),
        "A11" => Cancel(CancelledFact.Arrival, VisitIntent.Revokes),
        "A12" => Cancel(CancelledFact.Transfer, VisitIntent.Describes),
        "A13" => Cancel(CancelledFact.Discharge, VisitIntent.Reopens),
        "A14" => new(VisitAct.Plan, VisitIntent.Continues, PlanKind.Admit),
        "A15" => new(VisitAct.Plan, VisitIntent.Continues, PlanKind.Transfer),
        "A16" => new(VisitAct.Plan, VisitIntent.Continues, PlanKind.Discharge),
        "A21" => new(VisitAct.GoOnLeave, VisitIntent.Continues),
        "A22" => new(VisitAct.Return, VisitIntent.Continues),
        "A23" => new(VisitAct.Delete, VisitIntent.Revokes),
        "A25" => Cancel(CancelledFact.PlannedDischarge, VisitIntent.Describes),
        "A26" => Cancel(CancelledFact.PlannedTransfer, VisitIntent.Describes),
        "A27" => Cancel(CancelledFact.PlannedAdmit, VisitIntent.Describes),
        "A32" => Cancel(CancelledFact.Reaching, VisitIntent.Describes),
        "A33" => Cancel(CancelledFact.GoingOut, VisitIntent.Describes),
        "A38" => Cancel(CancelledFact.Expected, VisitIntent.Revokes),
        "A52" => Cancel(CancelledFact.Leave, VisitIntent.Describes),
        "A53" => Cancel(CancelledFact.Return, VisitIntent.Describes),
        _ => null,
    };

    private static Meaning Cancel(CancelledFact what, VisitIntent intent) => new(VisitAct.Cancel, intent, Cancels: what);
}
