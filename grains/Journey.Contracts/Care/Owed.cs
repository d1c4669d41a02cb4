namespace Journey.Contracts.Care;

/// <summary>What kind of thing is owed.</summary>
[GenerateSerializer, Alias("care.owed-kind.v1")]
public enum OwedKind
{
    Question, Promise, Request, Handoff, Alert,
    /// <summary>A unit's own: to look after those who have probably left, once a shift.</summary>
    Verify,
    /// <summary>A unit's own: a rule that calls too often there, or in vain, and what to change.</summary>
    Rule,
}

/// <summary>Something somebody owes somebody: a line of a person's list, and of a board's row. Says what kind it is, not what was said.</summary>
/// <param name="Id">The question, promise, request, handoff or alert; for what a unit owes as a whole the same throughout a shift.</param>
/// <param name="Detail">The kind within the kind: <c>clinical</c>, <c>interpreter</c>, a rule's key …</param>
/// <param name="State">As the item's own state says, lower case.</param>
/// <param name="Owner">Who owes it; null while nobody does.</param>
/// <param name="DueAt">When it is due; null when nothing says so.</param>
[GenerateSerializer, Immutable, Alias("care.owed.v1")]
public sealed record OwedView([property: Id(0)] Guid Id, [property: Id(1)] OwedKind Kind, [property: Id(2)] string Detail,
    [property: Id(3)] string State,
    [property: Id(4)] Person? Owner, [property: Id(5)] DateTimeOffset Since, [property: Id(6)] DateTimeOffset? DueAt);

/// <summary>A nudge for a person's tact, never an alert: a birthday, an event of a life.</summary>
/// <param name="Key">Stable within the visit, such as <c>birthday/2026-11-25</c>.</param>
[GenerateSerializer, Immutable, Alias("care.prompt.v1")]
public sealed record PromptView([property: Id(0)] string Key, [property: Id(1), Sensitive] string Says, [property: Id(2)] DateOnly On);
