using System.Collections.Immutable;

namespace Journey.Contracts.Visits;

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
    [Id(3)] public MessageRecord? Line { get; init; }

    /// <summary>
    /// When the sender recorded it (EVN-2, else MSH-7): of two statements the later recorded is the better informed. Null when not known.
    /// </summary>
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
public sealed record ReturnFromLeave(CommandId Id, Actor By, DateTimeOffset OccurredAt, VisitDetails Details, PatientRef? Patient,
    MessageKey? Message)
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
    /// <summary>
    /// True when the visit was given to another person, not the same one under another id: what one family arranged never follows to another.
    /// </summary>
    [Id(0)] public bool IsAnother { get; init; }

    /// <summary>Other ids by which the person was known until now, as somebody else: between them no visit changed hands.</summary>
    [Id(1)] public ImmutableArray<PatientId> United { get; init; } = [];
}

/// <summary>A result, an order or a document speaks of the visit: it is heard of, and nothing else changes. Opens nothing.</summary>
[GenerateSerializer, Immutable, Alias("visit.mention.v1")]
public sealed record Mention(CommandId Id, Actor By, DateTimeOffset OccurredAt, VisitDetails Details, PatientRef? Patient, MessageKey? Message)
    : FeedCommand(Id, By, OccurredAt, Details, Patient, Message);

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

/// <summary>An inbound message as the message log keeps it, for the integration engineer.</summary>
/// <param name="Feed">The configured feed, or the listener's address when none matches.</param>
/// <param name="Source">Sending application and facility.</param>
/// <param name="ControlId">MSH-10; empty when unreadable.</param>
/// <param name="Type">MSH-9 as <c>ADT^A01</c>; empty when unreadable.</param>
/// <param name="ReceivedAt">When the frame was complete.</param>
/// <param name="Raw">The message as it came, at most the frame limit.</param>
[GenerateSerializer, Immutable, Alias("intake.message-record.v1")]
public sealed record MessageRecord(
    [property: Id(0)] string Feed, [property: Id(1)] string Source, [property: Id(2)] string ControlId, [property: Id(3)] string Type,
    [property: Id(4)] DateTimeOffset ReceivedAt, [property: Id(5)] ReadOnlyMemory<byte> Raw);
