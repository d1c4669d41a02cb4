namespace Journey.Api;

// Words of visits on the wire. They are strings and no enums, so that a new one breaks no client: treat one that you do not know as itself, and never
// hide it.

/// <summary>What kind of visit it is: <see cref="BoardRow.Class"/>.</summary>
public static class VisitClasses
{
    public const string Emergency = "emergency";
    public const string Inpatient = "inpatient";
    public const string Outpatient = "outpatient";
    public const string Preadmit = "preadmit";
    public const string Recurring = "recurring";
    public const string Obstetrics = "obstetrics";
    public const string Observation = "observation";
    public const string Other = "other";
    public const string Unknown = "unknown";
}

/// <summary>Whether the patient is in the house: <see cref="BoardRow.Status"/>.</summary>
public static class VisitStatuses
{
    public const string Unknown = "unknown";
    public const string Expected = "expected";
    public const string Present = "present";
    public const string OnLeave = "onleave";
    public const string Departed = "departed";
    public const string Cancelled = "cancelled";
    public const string Deleted = "deleted";
}

/// <summary>Steps of the built-in pathways: <see cref="BoardRow.Step"/>. A site's policy may name others.</summary>
public static class Steps
{
    public const string Expected = "expected";
    public const string Arrived = "arrived";
    /// <summary>In a hallway bed or a waiting chair: known where, and no treatment room.</summary>
    public const string Placed = "placed";
    public const string Triaged = "triaged";
    /// <summary>In a treatment room.</summary>
    public const string Roomed = "roomed";
    /// <summary>By a provider.</summary>
    public const string Seen = "seen";
    /// <summary>What becomes of the patient is decided.</summary>
    public const string Decided = "decided";
    /// <summary>Admitted, and waiting in the emergency department for a bed.</summary>
    public const string Boarding = "boarding";
    public const string Admitted = "admitted";
    public const string TransferPending = "transfer-pending";
    public const string DischargePending = "discharge-pending";
    public const string Departed = "departed";
}

/// <summary>How a visit ended: <see cref="BoardRow.DepartedAs"/>.</summary>
public static class Departures
{
    public const string Home = "home";
    public const string Admitted = "admitted";
    public const string Transferred = "transferred";
    public const string LeftBeforeTriage = "left-before-triage";
    public const string LeftBeforeEvaluation = "left-before-evaluation";
    public const string LeftDuringTreatment = "left-during-treatment";
    public const string AgainstAdvice = "against-advice";
    /// <summary>The patient died.</summary>
    public const string Expired = "expired";
    public const string ObservationThenHome = "observation-then-home";
    public const string Other = "other";
}

/// <summary>What kind of place a patient is in: <see cref="BoardRow.PlaceKind"/>.</summary>
public static class PlaceKinds
{
    public const string Treatment = "treatment";
    public const string Hallway = "hallway";
    public const string Waiting = "waiting";
    public const string Triage = "triage";
    public const string Ward = "ward";
    public const string Observation = "observation";
    public const string Procedure = "procedure";
    /// <summary>No place in the house.</summary>
    public const string Virtual = "virtual";
    /// <summary>For small complaints, in an emergency department.</summary>
    public const string FastTrack = "fast-track";
}

/// <summary>What a pending move is: <see cref="PlannedMove.Kind"/>.</summary>
public static class PlanKinds
{
    public const string Admit = "admit";
    public const string Transfer = "transfer";
    public const string Discharge = "discharge";
}

/// <summary>How a bed is: <see cref="Bed.Status"/>.</summary>
public static class BedStatuses
{
    public const string Unknown = "unknown";
    public const string Clean = "clean";
    public const string Dirty = "dirty";
    public const string Cleaning = "cleaning";
    public const string Closed = "closed";
}

/// <summary>Why a row may be wrong: <see cref="Doubt.Kind"/>.</summary>
public static class DoubtKinds
{
    /// <summary>Nothing was heard of the visit for long.</summary>
    public const string Silent = "silent";
    /// <summary>The person is placed under another visit.</summary>
    public const string Elsewhere = "elsewhere";
    /// <summary>Two visits are in one bed.</summary>
    public const string BedShared = "bed-shared";
    public const string BedReportedFree = "bed-reported-free";
    /// <summary>Something was heard of the visit after its end.</summary>
    public const string AfterDeparture = "after-departure";
    /// <summary>The visit was said to be another person's.</summary>
    public const string ChangedHands = "changed-hands";
    public const string TimeNotBelieved = "time-not-believed";
}

/// <summary>What another visit of the same person is to the one that is shown: <see cref="VisitLink.As"/>.</summary>
public static class LinkKinds
{
    public const string AdmittedTo = "admitted-to";
    public const string AdmittedFrom = "admitted-from";
    public const string ElsewhereAs = "elsewhere-as";
    public const string MotherOf = "mother-of";
    public const string ReturnOf = "return-of";
    public const string SameAs = "same-as";
    public const string PlannedTo = "planned-to";
    public const string FulfilledBy = "fulfilled-by";
}

/// <summary>What a <see cref="TouchpointRequest"/> records.</summary>
public static class TouchpointKinds
{
    public const string Step = "step";
    /// <summary>Somebody was with the patient: a check or a round.</summary>
    public const string Contact = "contact";
    public const string Acuity = "acuity";
}

/// <summary>What somebody looked at: <see cref="VerifyRequest.What"/>.</summary>
public static class Verified
{
    /// <summary>The patient is here; a visit that had ended goes on.</summary>
    public const string Here = "here";
    /// <summary>The patient has left.</summary>
    public const string Gone = "gone";
    public const string Place = "place";
    public const string Nurse = "nurse";
    public const string Acuity = "acuity";
}

/// <summary>What came of a command: <see cref="CommandResult.Outcome"/>.</summary>
public static class Outcomes
{
    /// <summary>Recorded, and durable.</summary>
    public const string Accepted = "accepted";
    /// <summary>It was so already; nothing was recorded.</summary>
    public const string Unchanged = "unchanged";
    /// <summary>This very command was carried out before; nothing was recorded now.</summary>
    public const string Repeated = "repeated";
}
