using System.Collections.Immutable;
using Journey.Contracts.Visits;

namespace Journey.Contracts.Care;

/// <summary>How a promise stands. Every promise ends kept, broken or withdrawn.</summary>
[GenerateSerializer, Alias("care.promise-state.v1")]
public enum PromiseState
{
    /// <summary>Its time has not come.</summary>
    Open,
    /// <summary>Kept in time.</summary>
    Kept,
    /// <summary>Its time passed first; what was promised may have come later.</summary>
    Broken,
    /// <summary>Taken back before its time, and said so; or the visit ended.</summary>
    Withdrawn,
}

/// <summary>Somebody promised something by a time. The command's id is the promise's.</summary>
/// <param name="What">What was promised, in a few words.</param>
/// <param name="ToWhom">To whom; null means the patient.</param>
/// <param name="Owner">Who shall keep it; null means who gave it.</param>
[GenerateSerializer, Immutable, Alias("visit.make-promise.v1")]
public sealed record MakePromise(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] string What, [property: Id(1)] string? ToWhom,
    [property: Id(2)] DateTimeOffset DueAt, [property: Id(3)] Person? Owner) : VisitCommand(Id, By, OccurredAt);

/// <summary>What was promised was done.</summary>
[GenerateSerializer, Immutable, Alias("visit.keep-promise.v1")]
public sealed record KeepPromise(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] Guid Promise, [property: Id(1)] string? How)
    : VisitCommand(Id, By, OccurredAt);

/// <summary>The promise was taken back, and whom it was given to was told why.</summary>
[GenerateSerializer, Immutable, Alias("visit.withdraw-promise.v1")]
public sealed record WithdrawPromise(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] Guid Promise, [property: Id(1)] string Reason)
    : VisitCommand(Id, By, OccurredAt);

/// <summary>A promise with its clock.</summary>
/// <param name="State">As of the time the view was made.</param>
/// <param name="SettledAt">When it was kept or withdrawn, however late; null while it was not.</param>
[GenerateSerializer, Immutable, Alias("care.promise.v1")]
public sealed record PromiseView(
    [property: Id(0)] Guid Id, [property: Id(1)] string What, [property: Id(2)] string? ToWhom, [property: Id(3)] Actor By, [property: Id(4)] Person Owner,
    [property: Id(5)] DateTimeOffset MadeAt, [property: Id(6)] DateTimeOffset DueAt, [property: Id(7)] PromiseState State, [property: Id(8)] DateTimeOffset? SettledAt,
    [property: Id(9)] string? Note)
{
    /// <summary>The next word promised to the family: kept by giving it.</summary>
    [Id(10)] public bool NextWord { get; init; }
}

/// <summary>What a family was told about. A word may be about several.</summary>
[GenerateSerializer, Alias("care.topic.v1")]
public enum Topic { Needs, Tests, Treatment, Delay, NextStep, Condition, Education }

/// <summary>More of what was told than that it was.</summary>
/// <param name="Topics">What it was about.</param>
/// <param name="Language">In which language (BCP 47); null when not said.</param>
/// <param name="TeachBack">Whether they could say it in their own words; null when it was not asked.</param>
/// <param name="Contact">Which of the contacts on record was told; null when several or somebody else.</param>
/// <param name="Interpreter">Whether an interpreter was there.</param>
[GenerateSerializer, Immutable, Alias("care.telling.v1")]
public sealed record Telling(
    [property: Id(0)] ImmutableArray<Topic> Topics, [property: Id(1)] string? Language = null, [property: Id(2)] bool? TeachBack = null,
    [property: Id(3)] Guid? Contact = null, [property: Id(4)] bool Interpreter = false);

/// <summary>One line of the told-ledger.</summary>
[GenerateSerializer, Immutable, Alias("care.told.v1")]
public sealed record ToldView(
    [property: Id(0)] DateTimeOffset At, [property: Id(1)] Actor By, [property: Id(2)] string? Who, [property: Id(3)] string? About,
    [property: Id(4)] Telling? Telling, [property: Id(5)] DateTimeOffset? NextBy);
