namespace Journey.Contracts.Care;

/// <summary>What a patient or a family may ask for that is not a question.</summary>
[GenerateSerializer, Alias("care.request-kind.v1")]
public enum RequestKind
{
    Interpreter,
    /// <summary>A blanket, a drink, a chair, a charger, quiet.</summary>
    Comfort,
    /// <summary>Chaplain, prayer, a ritual.</summary>
    Spiritual,
    Education,
    /// <summary>A referral: a closed loop, from asked for to attended. Unattended is an alarm.</summary>
    MentalHealth,
    /// <summary>A call back, from the hotline or the family page.</summary>
    Callback,
    /// <summary>A birthday or another event of a life that goes on in here.</summary>
    LifeEvent,
    Other,
}

[GenerateSerializer, Alias("care.request-state.v1")]
public enum RequestState
{
    Open,
    /// <summary>Somebody is on it: the interpreter is on the way, the service accepted the referral.</summary>
    Taken,
    Done,
    Withdrawn,
}

/// <summary>Something is asked for. The command's id is the request's.</summary>
/// <param name="What">In a few words; for an interpreter the language.</param>
/// <param name="By">When it is wanted; null leaves it to the policy.</param>
[GenerateSerializer, Immutable, Alias("visit.make-request.v1")]
public sealed record MakeRequest(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] RequestKind Kind, [property: Id(1)] Asker For,
    [property: Id(2)] string? What, [property: Id(3)] Person? Owner, [property: Id(4)] DateTimeOffset? WantedBy) : VisitCommand(Id, By, OccurredAt);

/// <summary>Somebody is on it.</summary>
[GenerateSerializer, Immutable, Alias("visit.take-request.v1")]
public sealed record TakeRequest(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] Guid Request, [property: Id(1)] Person Owner)
    : VisitCommand(Id, By, OccurredAt);

/// <summary>It was done; for a referral, the patient was seen.</summary>
/// <param name="TeachBack">For education: whether they could say it in their own words.</param>
[GenerateSerializer, Immutable, Alias("visit.finish-request.v1")]
public sealed record FinishRequest(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] Guid Request,
    [property: Id(1)] string? Outcome,
    [property: Id(2)] bool? TeachBack) : VisitCommand(Id, By, OccurredAt);

[GenerateSerializer, Immutable, Alias("visit.withdraw-request.v1")]
public sealed record WithdrawRequest(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] Guid Request,
    [property: Id(1)] string Reason)
    : VisitCommand(Id, By, OccurredAt);

[GenerateSerializer, Immutable, Alias("care.request.v1")]
public sealed record RequestView(
    [property: Id(0)] Guid Id, [property: Id(1)] RequestKind Kind, [property: Id(2)] RequestState State, [property: Id(3)] Asker For,
    [property: Id(4)] string? What,
    [property: Id(5)] Person? Owner, [property: Id(6)] DateTimeOffset MadeAt, [property: Id(7)] DateTimeOffset? DueAt,
    [property: Id(8)] DateTimeOffset? TakenAt,
    [property: Id(9)] DateTimeOffset? DoneAt, [property: Id(10)] string? Outcome, [property: Id(11)] bool? TeachBack);

/// <summary>A round with the patient: pain, potty, position, possessions.</summary>
/// <param name="Pain">0–10 as the patient says; null when not asked or not able to say.</param>
[GenerateSerializer, Immutable, Alias("care.four-ps.v1")]
public sealed record FourPs([property: Id(0)] int? Pain, [property: Id(1)] bool Potty, [property: Id(2)] bool Position,
    [property: Id(3)] bool Possessions, [property: Id(4), Sensitive] string? Note);

/// <summary>A round was made.</summary>
[GenerateSerializer, Immutable, Alias("visit.make-round.v1")]
public sealed record MakeRound(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] FourPs Ps) : VisitCommand(Id, By, OccurredAt);

[GenerateSerializer, Immutable, Alias("care.round.v1")]
public sealed record RoundView([property: Id(0)] DateTimeOffset At, [property: Id(1)] Actor By, [property: Id(2)] FourPs Ps);

/// <summary>An event of the patient's or family's life that falls into the stay; a birthday is known from the record.</summary>
[GenerateSerializer, Immutable, Alias("visit.note-life-event.v1")]
public sealed record NoteLifeEvent(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] string What, [property: Id(1)] DateOnly On)
    : VisitCommand(Id, By, OccurredAt);

/// <summary>A patient or a family member says how it is, in one tap.</summary>
/// <param name="Score">1 (bad) to 5 (good).</param>
/// <param name="Touchpoint">What it is about: a step or a rule's key; null for all of it.</param>
[GenerateSerializer, Immutable, Alias("visit.give-pulse.v1")]
public sealed record GivePulse(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] int Score, [property: Id(1)] string? Touchpoint,
    [property: Id(2)] string? Remark) : VisitCommand(Id, By, OccurredAt);

[GenerateSerializer, Immutable, Alias("care.pulse.v1")]
public sealed record PulseView([property: Id(0)] DateTimeOffset At, [property: Id(1)] Actor By, [property: Id(2)] int Score,
    [property: Id(3)] string? Touchpoint, [property: Id(4)] string? Remark);
