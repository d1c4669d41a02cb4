using System.Collections.Immutable;

namespace Journey.Contracts.Visits;

/// <summary>Something that happened to, or was done for, a visit.</summary>
/// <param name="Id">Idempotency key.</param>
/// <param name="By">Who said so.</param>
/// <param name="OccurredAt">When it happened (EVN-6 or the best the message has), not when it was recorded.</param>
[GenerateSerializer, Immutable, Alias("visit.command.v1")]
public abstract record VisitCommand([property: Id(0)] CommandId Id, [property: Id(1)] Actor By, [property: Id(2)] DateTimeOffset OccurredAt);

/// <summary>A fact from a hospital's feed. Every ADT message is a trigger plus what PV1 and PV2 said at that moment.</summary>
/// <param name="Details">What the message said of the visit.</param>
/// <param name="Patient">Who the visit is for; null keeps what is known.</param>
/// <param name="Message">The inbox key that guards against applying the message twice; null outside a feed.</param>
[GenerateSerializer, Immutable, Alias("visit.feed-command.v1")]
public abstract record FeedCommand(CommandId Id, Actor By, DateTimeOffset OccurredAt,
    [property: Id(0)] VisitDetails Details, [property: Id(1)] PatientRef? Patient, [property: Id(2)] MessageKey? Message)
    : VisitCommand(Id, By, OccurredAt)
{
    /// <summary>What the message log shall keep, written with the commit; null when whoever sent the command logs it.</summary>
    [Id(3)] public Intake.MessageRecord? Line { get; init; }

    /// <summary>When the sender recorded it (EVN-2, else MSH-7): of two statements the later recorded is the better informed. Null when not known.</summary>
    [Id(4)] public DateTimeOffset? SaidAt { get; init; }

    /// <summary>When it was sent (MSH-7): how far the feed is behind. Null when not known.</summary>
    [Id(5)] public DateTimeOffset? SentAt { get; init; }
}

/// <summary>Expected (A05): no clock runs yet.</summary>
[GenerateSerializer, Immutable, Alias("visit.expect.v1")]
public sealed record Expect(CommandId Id, Actor By, DateTimeOffset OccurredAt, VisitDetails Details, PatientRef? Patient, MessageKey? Message)
    : FeedCommand(Id, By, OccurredAt, Details, Patient, Message);

/// <summary>Arrived (A04): the door clock starts.</summary>
[GenerateSerializer, Immutable, Alias("visit.arrive.v1")]
public sealed record Arrive(CommandId Id, Actor By, DateTimeOffset OccurredAt, VisitDetails Details, PatientRef? Patient, MessageKey? Message)
    : FeedCommand(Id, By, OccurredAt, Details, Patient, Message);

/// <summary>Admitted (A01), bed assigned. On a visit that arrived in the ED this keeps the door clock.</summary>
[GenerateSerializer, Immutable, Alias("visit.admit.v1")]
public sealed record Admit(CommandId Id, Actor By, DateTimeOffset OccurredAt, VisitDetails Details, PatientRef? Patient, MessageKey? Message)
    : FeedCommand(Id, By, OccurredAt, Details, Patient, Message);

/// <summary>Transferred (A02): the location changed.</summary>
[GenerateSerializer, Immutable, Alias("visit.transfer.v1")]
public sealed record Transfer(CommandId Id, Actor By, DateTimeOffset OccurredAt, VisitDetails Details, PatientRef? Patient, MessageKey? Message)
    : FeedCommand(Id, By, OccurredAt, Details, Patient, Message);

/// <summary>Beds swapped (A17): this visit's half of it. Boards show both halves at once.</summary>
/// <param name="Swap">The same for both visits.</param>
[GenerateSerializer, Immutable, Alias("visit.swap-bed.v1")]
public sealed record SwapBed(CommandId Id, Actor By, DateTimeOffset OccurredAt, VisitDetails Details, PatientRef? Patient, MessageKey? Message,
    [property: Id(0)] CommandId Swap)
    : FeedCommand(Id, By, OccurredAt, Details, Patient, Message);

/// <summary>Discharged or ended (A03): open alerts close, the bed is dirty.</summary>
[GenerateSerializer, Immutable, Alias("visit.discharge.v1")]
public sealed record Discharge(CommandId Id, Actor By, DateTimeOffset OccurredAt, VisitDetails Details, PatientRef? Patient, MessageKey? Message)
    : FeedCommand(Id, By, OccurredAt, Details, Patient, Message);

/// <summary>Class changed (A06, A07): boarding starts or ends; never a new visit.</summary>
[GenerateSerializer, Immutable, Alias("visit.change-class.v1")]
public sealed record ChangeClass(CommandId Id, Actor By, DateTimeOffset OccurredAt, VisitDetails Details, PatientRef? Patient, MessageKey? Message)
    : FeedCommand(Id, By, OccurredAt, Details, Patient, Message);

/// <summary>PV1 updated (A08, A54, A55, A60–A62 …): a difference only, resets no clock.</summary>
[GenerateSerializer, Immutable, Alias("visit.update.v1")]
public sealed record Update(CommandId Id, Actor By, DateTimeOffset OccurredAt, VisitDetails Details, PatientRef? Patient, MessageKey? Message)
    : FeedCommand(Id, By, OccurredAt, Details, Patient, Message);

/// <summary>Departing, tracking (A09): in transit to a temporary location.</summary>
[GenerateSerializer, Immutable, Alias("visit.go-out.v1")]
public sealed record GoOut(CommandId Id, Actor By, DateTimeOffset OccurredAt, VisitDetails Details, PatientRef? Patient, MessageKey? Message)
    : FeedCommand(Id, By, OccurredAt, Details, Patient, Message);

/// <summary>Arriving, tracking (A10): at a temporary location, or back at the assigned one.</summary>
[GenerateSerializer, Immutable, Alias("visit.reach.v1")]
public sealed record Reach(CommandId Id, Actor By, DateTimeOffset OccurredAt, VisitDetails Details, PatientRef? Patient, MessageKey? Message)
    : FeedCommand(Id, By, OccurredAt, Details, Patient, Message);

/// <summary>Planned: pending admit, transfer or discharge (A14, A15, A16).</summary>
[GenerateSerializer, Immutable, Alias("visit.plan.v1")]
public sealed record Plan(CommandId Id, Actor By, DateTimeOffset OccurredAt, VisitDetails Details, PatientRef? Patient, MessageKey? Message,
    [property: Id(0)] PlanKind Kind)
    : FeedCommand(Id, By, OccurredAt, Details, Patient, Message);

/// <summary>Went on a leave of absence (A21): staleness alerts are suppressed.</summary>
[GenerateSerializer, Immutable, Alias("visit.go-on-leave.v1")]
public sealed record GoOnLeave(CommandId Id, Actor By, DateTimeOffset OccurredAt, VisitDetails Details, PatientRef? Patient, MessageKey? Message)
    : FeedCommand(Id, By, OccurredAt, Details, Patient, Message);

/// <summary>Returned from leave (A22).</summary>
[GenerateSerializer, Immutable, Alias("visit.return.v1")]
public sealed record ReturnFromLeave(CommandId Id, Actor By, DateTimeOffset OccurredAt, VisitDetails Details, PatientRef? Patient, MessageKey? Message)
    : FeedCommand(Id, By, OccurredAt, Details, Patient, Message);

/// <summary>Cancels an earlier fact (A11–A13, A25–A27, A32, A33, A38, A52, A53): compensating, clocks are restored.</summary>
/// <param name="What">The kind of fact that is cancelled.</param>
/// <param name="CancelledAt">When the cancelled fact had occurred (EVN-6 of a cancel), to tell one of several; null means the latest.</param>
[GenerateSerializer, Immutable, Alias("visit.cancel.v1")]
public sealed record Cancel(CommandId Id, Actor By, DateTimeOffset OccurredAt, VisitDetails Details, PatientRef? Patient, MessageKey? Message,
    [property: Id(0)] CancelledFact What, [property: Id(1)] DateTimeOffset? CancelledAt)
    : FeedCommand(Id, By, OccurredAt, Details, Patient, Message);

/// <summary>Deleted (A23): a tombstone; off every board, history kept.</summary>
[GenerateSerializer, Immutable, Alias("visit.delete.v1")]
public sealed record Delete(CommandId Id, Actor By, DateTimeOffset OccurredAt, VisitDetails Details, PatientRef? Patient, MessageKey? Message)
    : FeedCommand(Id, By, OccurredAt, Details, Patient, Message);

/// <summary>The patient's particulars or identity changed (A31, A40, A43–A47 …): the row shows the new ones, no clock moves.</summary>
[GenerateSerializer, Immutable, Alias("visit.identify.v1")]
public sealed record Identify(CommandId Id, Actor By, DateTimeOffset OccurredAt, VisitDetails Details, PatientRef? Patient, MessageKey? Message)
    : FeedCommand(Id, By, OccurredAt, Details, Patient, Message)
{
    /// <summary>True when the visit was given to another person, not the same one under another id: what one family arranged never follows to another.</summary>
    [Id(0)] public bool IsAnother { get; init; }

    /// <summary>Other ids by which the person was known until now, as somebody else: between them no visit changed hands.</summary>
    [Id(1)] public ImmutableArray<PatientId> United { get; init; } = [];
}

/// <summary>A result, an order or a document speaks of the visit: it is heard of, and nothing else changes. Opens nothing.</summary>
[GenerateSerializer, Immutable, Alias("visit.mention.v1")]
public sealed record Mention(CommandId Id, Actor By, DateTimeOffset OccurredAt, VisitDetails Details, PatientRef? Patient, MessageKey? Message)
    : FeedCommand(Id, By, OccurredAt, Details, Patient, Message);

/// <summary>A step of the journey was reached (triaged, roomed, seen, decided, departed …), seen by staff.</summary>
/// <param name="Step">A step name of the policy pack's pathway for the visit's class; see <see cref="Steps"/>.</param>
/// <param name="How">Of a departure, how; null when not said.</param>
[GenerateSerializer, Immutable, Alias("visit.reach-step.v1")]
public sealed record ReachStep(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] string Step, [property: Id(1)] DepartureKind? How = null) : VisitCommand(Id, By, OccurredAt);

/// <summary>A member of staff was with the patient: a waiting-room check or a round.</summary>
[GenerateSerializer, Immutable, Alias("visit.contact.v1")]
public sealed record Contact(CommandId Id, Actor By, DateTimeOffset OccurredAt) : VisitCommand(Id, By, OccurredAt);

/// <summary>Acuity on the site's scale, 1 (most urgent) to 5.</summary>
[GenerateSerializer, Immutable, Alias("visit.set-acuity.v1")]
public sealed record SetAcuity(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] int Level) : VisitCommand(Id, By, OccurredAt);

/// <summary>Names the responsible nurse or provider; an empty name leaves the visit un-owned.</summary>
[GenerateSerializer, Immutable, Alias("visit.assign.v1")]
public sealed record Assign(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] CareRole Role, [property: Id(1)] Person? Person)
    : VisitCommand(Id, By, OccurredAt);

/// <summary>A family member asked for word: they wait until somebody tells them.</summary>
/// <param name="Who">The contact's relation or name as staff know them; null when unknown.</param>
[GenerateSerializer, Immutable, Alias("visit.family-waits.v1")]
public sealed record FamilyWaits(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] string? Who) : VisitCommand(Id, By, OccurredAt);

/// <summary>The family was told something; ends their wait and may promise the next update.</summary>
/// <param name="Who">Who was told; null means the family as a whole.</param>
/// <param name="About">What was told, in a few words; null when not recorded.</param>
/// <param name="NextBy">The promised time of the next update; null leaves it to the policy.</param>
/// <param name="Telling">What it was about, in what language, and whether it was understood; null when not recorded.</param>
[GenerateSerializer, Immutable, Alias("visit.tell-family.v1")]
public sealed record TellFamily(CommandId Id, Actor By, DateTimeOffset OccurredAt,
    [property: Id(0)] string? Who, [property: Id(1)] string? About, [property: Id(2)] DateTimeOffset? NextBy,
    [property: Id(3)] Care.Telling? Telling = null) : VisitCommand(Id, By, OccurredAt);

/// <summary>Somebody has seen an alert; it is not theirs by that.</summary>
[GenerateSerializer, Immutable, Alias("visit.see-alert.v1")]
public sealed record SeeAlert(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] Guid Alert) : VisitCommand(Id, By, OccurredAt);

/// <summary>Somebody takes an alert: it has an owner from now on, and a time by which they expect to have acted.</summary>
/// <param name="TakeOver">True: knowing that it is another's already.</param>
[GenerateSerializer, Immutable, Alias("visit.acknowledge-alert.v1")]
public sealed record AcknowledgeAlert(CommandId Id, Actor By, DateTimeOffset OccurredAt,
    [property: Id(0)] Guid Alert, [property: Id(1)] DateTimeOffset? ExpectedBy, [property: Id(2)] bool TakeOver = false) : VisitCommand(Id, By, OccurredAt);

/// <summary>Quiets an alert until a bounded time, for a reason that the charge nurse sees.</summary>
[GenerateSerializer, Immutable, Alias("visit.snooze-alert.v1")]
public sealed record SnoozeAlert(CommandId Id, Actor By, DateTimeOffset OccurredAt,
    [property: Id(0)] Guid Alert, [property: Id(1)] DateTimeOffset Until, [property: Id(2)] string Reason) : VisitCommand(Id, By, OccurredAt);

/// <summary>Somebody acted: the alert is resolved, and its clock starts anew from this contact.</summary>
[GenerateSerializer, Immutable, Alias("visit.resolve-alert.v1")]
public sealed record ResolveAlert(CommandId Id, Actor By, DateTimeOffset OccurredAt,
    [property: Id(0)] Guid Alert, [property: Id(1)] string? Action) : VisitCommand(Id, By, OccurredAt);

/// <summary>Takes back an earlier staff command, as if it had not been given. Feed facts are cancelled by the feed alone.</summary>
[GenerateSerializer, Immutable, Alias("visit.undo.v1")]
public sealed record Undo(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] CommandId Undone) : VisitCommand(Id, By, OccurredAt);

/// <summary>What one feed message said of a visit. Null means the message did not say; it changes nothing.</summary>
[GenerateSerializer, Immutable, Alias("visit.details.v1")]
public sealed record VisitDetails
{
    /// <summary>PV1-19, or the account number where a feed has no visit number. Up to 20 digits and more; text.</summary>
    [Id(0)] public string? Number { get; init; }
    /// <summary>PV1-2.</summary>
    [Id(1)] public PatientClass? Class { get; init; }
    /// <summary>PV1-3, the assigned location.</summary>
    [Id(2)] public Location? Location { get; init; }
    /// <summary>PV1-11, where the patient is for the moment.</summary>
    [Id(3)] public Location? TemporaryLocation { get; init; }
    /// <summary>PV1-42, or PV2-1 prior pending.</summary>
    [Id(4)] public Location? PendingLocation { get; init; }
    /// <summary>The unit that stands in when no location was ever given: the feed's default for the class.</summary>
    [Id(5)] public string? DefaultUnit { get; init; }
    /// <summary>PV1-7.</summary>
    [Id(6)] public Person? Attending { get; init; }
    /// <summary>PV1-10.</summary>
    [Id(7)] public string? Service { get; init; }
    /// <summary>PV1-44.</summary>
    [Id(8)] public DateTimeOffset? AdmittedAt { get; init; }
    /// <summary>PV1-45.</summary>
    [Id(9)] public DateTimeOffset? DischargedAt { get; init; }
    /// <summary>PV2-8 (expected admit), PV2-9 (expected discharge), or EVN-3 of a plan.</summary>
    [Id(10)] public DateTimeOffset? ExpectedAt { get; init; }
    /// <summary>PV1-36.</summary>
    [Id(11)] public string? Disposition { get; init; }
    /// <summary>Triage level 1–5 where the feed sends one.</summary>
    [Id(12)] public int? Acuity { get; init; }
    /// <summary>NK1: who the family is. Default (uninitialised) when the message has none.</summary>
    [Id(13)] public ImmutableArray<FamilyContact> Contacts { get; init; } = [];

    /// <summary>PID-18, beside a visit number or instead of one: the two name the same visit.</summary>
    [Id(14)] public string? Account { get; init; }
    /// <summary>The keys of the visit number's own book: of PV1-19, else of PID-18, with the assigning authority. Opaque; null without a number.</summary>
    [Id(15)] public Guid? NumberKey { get; init; }
    /// <summary>PV2-3, or OBX 8661-1: why the patient came, in the sender's words.</summary>
    [Id(16), Sensitive] public string? Complaint { get; init; }
    /// <summary>Fields with a time that cannot be, such as <c>PV1-44</c>: kept in the message, not believed.</summary>
    [Id(17)] public ImmutableArray<string> NotBelieved { get; init; } = [];
    /// <summary>True when the message has a visit number of its own, not the account's alone.</summary>
    [Id(18)] public bool HasOwnNumber { get; init; }
    /// <summary>The assigning authority of <see cref="Number"/>: <c>NAMESPACE&amp;1.2.3&amp;ISO</c>, each part may be empty; null when the number came without one of its own.</summary>
    [Id(19)] public string? NumberOf { get; init; }

    /// <summary>The number that is given up for <see cref="Number"/>; null where nothing but the number is said.</summary>
    [Id(20)] public string? Replaces { get; init; }

    public static readonly VisitDetails None = new();
}

/// <summary>Something put the patient in a place.</summary>
[GenerateSerializer, Immutable, Alias("visit.placing.v1")]
public sealed record Placing([property: Id(0)] Location Location, [property: Id(1)] DateTimeOffset At);

/// <summary>
/// A point of care: PV1-3 is unit^room^bed^facility. Null: nothing said. In what a message says, an empty room or bed was said to be none (<c>""</c>).
/// </summary>
[GenerateSerializer, Immutable, Alias("journey.location.v1")]
public sealed record Location([property: Id(0)] string Unit, [property: Id(1)] string? Room = null, [property: Id(2)] string? Bed = null, [property: Id(3)] string? Facility = null)
{
    /// <summary>A room and a bed are the same whatever the case in which a sender writes them; which spelling is shown, the policy says, or who came first.</summary>
    public bool Equals(Location? other) =>
        other is not null && Unit == other.Unit && Facility == other.Facility && IsSame(Room, other.Room) && IsSame(Bed, other.Bed);

    public override int GetHashCode() => HashCode.Combine(Unit, Facility, Room?.ToUpperInvariant(), Bed?.ToUpperInvariant());

    /// <summary>Whether two names of a room or a bed name the same one.</summary>
    public static bool IsSame(string? one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}

/// <summary>A member of staff.</summary>
[GenerateSerializer, Immutable, Alias("journey.person.v1")]
public sealed record Person([property: Id(0)] string Id, [property: Id(1)] string Name);

/// <summary>A family contact from NK1 or from staff.</summary>
[GenerateSerializer, Immutable, Alias("journey.family-contact.v1")]
public sealed record FamilyContact([property: Id(0)] string Name, [property: Id(1)] string? Relation)
{
    /// <summary>As sent; null when not said.</summary>
    [Id(2), Sensitive] public string? Telephone { get; init; }
}

/// <summary>What a visit must know of its patient to be shown: no more than a board's row needs, and what tact needs.</summary>
[GenerateSerializer, Immutable, Alias("journey.patient-ref.v1")]
public sealed record PatientRef
{
    [Id(0)] public PatientId Id { get; init; }
    /// <summary>The identifier shown to staff (PID-3.1).</summary>
    [Id(1)] public string? Number { get; init; }
    [Id(2)] public string? FamilyName { get; init; }
    [Id(3)] public string? GivenName { get; init; }
    [Id(4)] public DateOnly? BirthDate { get; init; }
    /// <summary>PID-8, as sent.</summary>
    [Id(5)] public string? Sex { get; init; }
    [Id(6)] public bool Deceased { get; init; }
    /// <summary>PID-15 or PV1-16: a flag that hides even existence outside the care team.</summary>
    [Id(7)] public bool Confidential { get; init; }
    [Id(8)] public string? Language { get; init; }

    /// <summary>What staff locked, on whichever visit of the person; null where they never did. Apart from <see cref="Confidential"/>: neither lifts the other.</summary>
    [Id(9)] public Care.PersonLocks? Locks { get; init; }
}

/// <summary>A message's place in the inbox: applied at most once, whatever else has been forgotten.</summary>
/// <param name="Source">Sending application and facility (MSH-3, MSH-4).</param>
/// <param name="MessageId">MSH-10 with a digest of the content, so that a counter that starts anew loses nothing.</param>
[GenerateSerializer, Immutable, Alias("journey.message-key.v1")]
public sealed record MessageKey([property: Id(0)] string Source, [property: Id(1)] string MessageId);

/// <summary>PV1-2.</summary>
[GenerateSerializer, Alias("journey.patient-class.v1")]
public enum PatientClass
{
    Unknown, Emergency, Inpatient, Outpatient, Preadmit, Recurring, Obstetrics, Other,
    /// <summary>Kept for observation: in a bed, not admitted.</summary>
    Observation,
}

[GenerateSerializer, Alias("journey.plan-kind.v1")]
public enum PlanKind { Admit, Transfer, Discharge }

[GenerateSerializer, Alias("journey.care-role.v1")]
public enum CareRole
{
    Nurse,
    Provider,
    /// <summary>The one whom patient and family turn to, whoever is on shift.</summary>
    PointOfContact,
}

/// <summary>What a cancel message takes back.</summary>
[GenerateSerializer, Alias("journey.cancelled-fact.v1")]
public enum CancelledFact
{
    /// <summary>A38.</summary>
    Expected,
    /// <summary>A11: A01 or A04.</summary>
    Arrival,
    /// <summary>A12.</summary>
    Transfer,
    /// <summary>A13.</summary>
    Discharge,
    /// <summary>A27.</summary>
    PlannedAdmit,
    /// <summary>A26.</summary>
    PlannedTransfer,
    /// <summary>A25.</summary>
    PlannedDischarge,
    /// <summary>A33.</summary>
    GoingOut,
    /// <summary>A32.</summary>
    Reaching,
    /// <summary>A52.</summary>
    Leave,
    /// <summary>A53.</summary>
    Return,
}

/// <summary>The steps of the built-in pathways. A site's policy pack may name others.</summary>
public static class Steps
{
    public const string Expected = "expected";
    public const string Arrived = "arrived";
    /// <summary>In a hallway bed or a waiting chair: known where, and no treatment room. Stops no clock.</summary>
    public const string Placed = "placed";
    public const string Triaged = "triaged";
    public const string Roomed = "roomed";
    public const string Seen = "seen";
    public const string Decided = "decided";
    public const string Boarding = "boarding";
    public const string Admitted = "admitted";
    public const string TransferPending = "transfer-pending";
    public const string DischargePending = "discharge-pending";
    public const string Departed = "departed";
}
