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
public sealed record WithdrawPromise(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] Guid Promise,
    [property: Id(1)] string Reason)
    : VisitCommand(Id, By, OccurredAt);

/// <summary>A promise with its clock.</summary>
/// <param name="State">As of the time the view was made.</param>
/// <param name="SettledAt">When it was kept or withdrawn, however late; null while it was not.</param>
[GenerateSerializer, Immutable, Alias("care.promise.v1")]
public sealed record PromiseView(
    [property: Id(0)] Guid Id, [property: Id(1)] string What, [property: Id(2)] string? ToWhom, [property: Id(3)] Actor By,
    [property: Id(4)] Person Owner,
    [property: Id(5)] DateTimeOffset MadeAt, [property: Id(6)] DateTimeOffset DueAt, [property: Id(7)] PromiseState State,
    [property: Id(8)] DateTimeOffset? SettledAt,
    [property: Id(9)] string? Note)
{
    /// <summary>The next word promised to the family: kept by giving it.</summary>
    [Id(10)] public bool NextWord { get; init; }
}
