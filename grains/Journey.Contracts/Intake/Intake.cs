using System.Collections.Immutable;
using Journey.Contracts.Access;
using Journey.Contracts.Patients;
using Journey.Contracts.Visits;

namespace Journey.Contracts.Intake;

/// <summary>One feed message, mapped: what it says of whom, in the order it is to be applied.</summary>
/// <param name="Id">Idempotency key of the whole message; each step derives its own.</param>
/// <param name="Log">How the message log shall keep it.</param>
/// <param name="Steps">Empty for a message that is accepted, kept and counted, but means nothing to a journey.</param>
[GenerateSerializer, Immutable, Alias("intake.message.v1")]
public sealed record FeedMessage([property: Id(0)] CommandId Id, [property: Id(1)] MessageRecord Log,
    [property: Id(2)] ImmutableArray<FeedStep> Steps);

/// <summary>One thing a message says.</summary>
[GenerateSerializer, Immutable, Alias("intake.step.v1")]
public abstract record FeedStep;

/// <summary>About a person and, unless <paramref name="Intent"/> is none, one of their visits.</summary>
/// <param name="Patient">What it says of the person.</param>
/// <param name="Intent">What it means for the visit.</param>
/// <param name="Command">What it says of the visit; its number is in the details, its patient is filled in on the way. Null when the intent is
/// none.</param>
/// <param name="SaidAt">When the sender wrote it; null when not known.</param>
[GenerateSerializer, Immutable, Alias("intake.about.v1")]
public sealed record About([property: Id(0)] PatientFacts Patient, [property: Id(1)] VisitIntent Intent, [property: Id(2)] FeedCommand? Command,
    [property: Id(3)] DateTimeOffset? SaidAt = null) : FeedStep;

/// <summary>
/// One person turns out to be another (A18, A30, A34, A36, A39, A40, A46, A47 …), or one visit or account belongs to another person (A35, A41–A45).
/// </summary>
/// <param name="Survivor">The person that remains (PID).</param>
/// <param name="Prior">The id that is given up (MRG-1).</param>
/// <param name="VisitNumber">Set when one visit moves and the prior person stays (MRG-5).</param>
[GenerateSerializer, Immutable, Alias("intake.merge.v1")]
public sealed record Merge([property: Id(0)] PatientFacts Survivor, [property: Id(1)] PatientId Prior, [property: Id(2)] string? VisitNumber,
    [property: Id(3)] Actor By, [property: Id(4)] DateTimeOffset OccurredAt) : FeedStep
{
    /// <summary>As <see cref="PatientFacts.Earlier"/>, of the id that is given up.</summary>
    [Id(5)] public PatientId? PriorEarlier { get; init; }

    /// <summary>The book of <see cref="VisitNumber"/>; see <see cref="VisitDetails.NumberKey"/>.</summary>
    [Id(6)] public Guid? NumberKey { get; init; }

    /// <summary>When the sender recorded it.</summary>
    [Id(7)] public DateTimeOffset? SaidAt { get; init; }
}

/// <summary>A visit got another number (A50, A51, MRG-5).</summary>
[GenerateSerializer, Immutable, Alias("intake.renumber.v1")]
public sealed record Renumber([property: Id(0)] PatientFacts Patient, [property: Id(1)] string From, [property: Id(2)] string To,
    [property: Id(3)] Actor By, [property: Id(4)] DateTimeOffset OccurredAt) : FeedStep
{
    /// <summary>The books of <see cref="From"/> and <see cref="To"/>; see <see cref="VisitDetails.NumberKey"/>.</summary>
    [Id(5)] public Guid FromKey { get; init; }
    [Id(6)] public Guid ToKey { get; init; }

    /// <summary>When the sender recorded it.</summary>
    [Id(7)] public DateTimeOffset? SaidAt { get; init; }
}

/// <summary>The person was deleted (A29): so are their visits that have not ended.</summary>
[GenerateSerializer, Immutable, Alias("intake.delete-person.v1")]
public sealed record DeletePerson([property: Id(0)] PatientFacts Patient, [property: Id(1)] Actor By, [property: Id(2)] DateTimeOffset OccurredAt)
    : FeedStep;

/// <summary>A bed's state as housekeeping or the feed knows it (A20).</summary>
[GenerateSerializer, Immutable, Alias("intake.bed-status.v1")]
public sealed record BedStatusChanged([property: Id(0)] Location Bed, [property: Id(1)] Boards.BedStatus Status,
    [property: Id(2)] DateTimeOffset OccurredAt) : FeedStep;

/// <summary>What became of a message.</summary>
[GenerateSerializer, Alias("intake.result.v1")]
public enum IntakeResult
{
    /// <summary>Changed something, durably.</summary>
    Applied,
    /// <summary>Understood, and nothing was new.</summary>
    Unchanged,
    /// <summary>Applied before; a repeat.</summary>
    Repeated,
    /// <summary>Accepted and kept; means nothing to a journey.</summary>
    Kept,
    /// <summary>Can never be accepted.</summary>
    Rejected,
    /// <summary>Carrying it out failed, and not for want of the store; its sender was asked to send it again.</summary>
    Failed,
    /// <summary>Failed too often: its sender was told to go on with the next. It is here, and nowhere else.</summary>
    Parked,
}

/// <param name="Result">What became of the message.</param>
/// <param name="Reason">Why it was rejected, or did not do what it says; null where it did. No patient data.</param>
[GenerateSerializer, Immutable, Alias("intake.outcome.v1")]
public sealed record IntakeOutcome([property: Id(0)] IntakeResult Result, [property: Id(1)] string? Reason = null);

/// <summary>One line of the message log.</summary>
[GenerateSerializer, Immutable, Alias("intake.logged-message.v1")]
public sealed record LoggedMessage([property: Id(0)] long Sequence, [property: Id(1)] MessageRecord Message, [property: Id(2)] IntakeOutcome Outcome);

/// <summary>
/// Takes feed messages in: finds the patient, the visit, carries the steps out in order and logs the message. Stateless, one per caller's silo.
/// When it returns, what it returns is durable. Throws <see cref="OutcomeUnknownException"/> when durability is not known: answer AE, and the sender
/// retries.
/// </summary>
[Alias("journey.intake"), Answers(Askers.House)]
public interface IIntakeGrain : IGrainWithIntegerKey
{
    [Alias("receive"), Answers(Askers.Gateways)] Task<IntakeOutcome> Receive(FeedMessage message);

    /// <summary>
    /// Has the person's list of visits follow what staff saw of one of them, and the links with it: who was seen here is under no other visit, and
    /// who went home was not admitted. Called again with the same id it does nothing twice. Answers whether
    /// the list had it otherwise.
    /// </summary>
    [Alias("follow"), Answers(Askers.Gateways)] Task<bool> Follow(CommandId id, Actor by, VisitId visit, Standing standing);

    /// <summary>
    /// A lock that staff set or lifted on a visit is the person's: they know it from then on, and every visit of theirs is told, the one where it was
    /// said last. What is cut short is done by doing all of it again.
    /// </summary>
    /// <param name="patient">Whom that visit is for; whoever they became by merges.</param>
    [Alias("lock")] Task Lock(PatientId patient, LockPatient command);

    /// <summary>Logs a message that could not be read or mapped.</summary>
    [Alias("reject"), Answers(Askers.Gateways)] Task Reject(MessageRecord message, string reason);

    /// <summary>Logs a message that was not carried out, or not wholly. Durable when it returns.</summary>
    [Alias("set-aside"), Answers(Askers.Gateways)] Task SetAside(MessageRecord message, IntakeOutcome outcome);

    /// <summary>
    /// The newest messages first, before <paramref name="before"/> (a sequence; null: the newest), at most <paramref name="count"/> (1–200).
    /// </summary>
    [Alias("messages"), Answers(Askers.Gateways)] Task<ImmutableArray<LoggedMessage>> Messages(long? before, int count);
}
