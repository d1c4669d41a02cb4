namespace Journey.Contracts;

/// <summary>How one visit of a person stands to another of theirs.</summary>
[GenerateSerializer, Alias("visit.link-kind.v1")]
public enum LinkKind
{
    /// <summary>This visit ended by the admission that the other one is.</summary>
    AdmittedTo,
    /// <summary>This visit is the admission that ended the other one; its promises, questions, contacts and what was told came along.</summary>
    AdmittedFrom,
    /// <summary>The person has been placed under the other visit since: this one is probably over, and says so until somebody settles it.</summary>
    ElsewhereAs,
    MotherOf,
    ReturnOf,
    /// <summary>The other visit and this one turned out to be one: what was said and done here stands there, and this one is on no board.</summary>
    SameAs,
    /// <summary>The admission of this visit's patient is planned under the other one: they board until it begins.</summary>
    PlannedTo,
    /// <summary>The admission that was planned under this visit took place under the other one: nobody is expected here any more.</summary>
    FulfilledBy,
}

/// <summary>A link between two visits of one person begins, or turns out never to have been.</summary>
/// <param name="From">The visit that was before: the emergency visit of an admission, or the one that is in doubt.</param>
/// <param name="Kind">As <paramref name="From"/> stands to <paramref name="To"/>.</param>
/// <param name="At">When <paramref name="To"/> began.</param>
[GenerateSerializer, Immutable, Alias("patient.link-change.v1")]
public sealed record LinkChange(
    [property: Id(0)] VisitId From, [property: Id(1)] VisitId To, [property: Id(2)] LinkKind Kind, [property: Id(3)] DateTimeOffset At,
    [property: Id(4)] bool Ends)
{
    /// <summary>Number and unit of <see cref="To"/>, as far as the list knows them.</summary>
    [Id(5)] public string? Number { get; init; }
    [Id(6)] public string? Unit { get; init; }
}
