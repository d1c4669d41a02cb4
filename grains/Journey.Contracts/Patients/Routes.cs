using System.Collections.Immutable;
using Journey.Contracts.Visits;

namespace Journey.Contracts.Patients;

/// <summary>Which visit a number names, and whose it is.</summary>
/// <param name="SaidAt">When a sender last said so.</param>
[GenerateSerializer, Immutable, Alias("patient.numbered-visit.v1")]
public sealed record NumberedVisit([property: Id(0)] VisitId Visit, [property: Id(1)] PatientId Patient, [property: Id(2)] DateTimeOffset SaidAt);

/// <summary>What stands in a number's book after something was put down, and what stood there before.</summary>
[GenerateSerializer, Immutable, Alias("patient.named-visit.v1")]
public sealed record NamedVisit([property: Id(0)] NumberedVisit Standing, [property: Id(1)] NumberedVisit? Before);

/// <summary>Where a message goes on to.</summary>
/// <param name="Patient">The person as now known.</param>
/// <param name="Visit">The visit the message is about; null when it is about none.</param>
/// <param name="RedirectTo">Set when this patient was merged into another: ask that one instead. All else is empty then.</param>
/// <param name="ToTell">Other visits of the patient whose rows must show the new particulars: those not closed, and all of somebody of whom staff
/// ever locked anything.</param>
/// <param name="Outcome">What became of it here: whether anything was written.</param>
[GenerateSerializer, Immutable, Alias("patient.route.v1")]
public sealed record PatientRoute(
    [property: Id(0)] PatientRef Patient, [property: Id(1)] VisitId? Visit, [property: Id(2)] PatientId? RedirectTo,
    [property: Id(3)] ImmutableArray<VisitId> ToTell, [property: Id(4)] OutcomeKind Outcome = OutcomeKind.Accepted)
{
    /// <summary>What must be asked before it can be told where the message goes; nothing was written then.</summary>
    [Id(5)] public RouteQuestion Asks { get; init; }

    /// <summary>With <see cref="RedirectTo"/>: the identifier was retired by a merge, not merely another one of the same person.</summary>
    [Id(6)] public bool IsRetired { get; init; }

    /// <summary>Identifiers of the message that do not lead here yet.</summary>
    [Id(7)] public ImmutableArray<PatientId> NewAliases { get; init; } = [];

    /// <summary>Links between visits of the person that begin or end with this message.</summary>
    [Id(8)] public ImmutableArray<LinkChange> Links { get; init; } = [];

    /// <summary>True when the visit's number must be put down in its book as this visit's.</summary>
    [Id(9)] public bool NamesVisit { get; init; }

    /// <summary>The visit is another person's until this message: they must give it up.</summary>
    [Id(10)] public PatientId? TakenFrom { get; init; }

    /// <summary>
    /// True when the visit is another person's than the message names, and stays theirs: the message is older than what was said of whose it is.
    /// </summary>
    [Id(14)] public bool IsAnothers { get; init; }

    /// <summary>The number that the visit bears, which need not be the message's; null when it has none, or the message is about no visit.</summary>
    [Id(12)] public string? Number { get; init; }

    /// <summary>True when the message names two persons as one, or another's visit as this person's, and its sender may not unite them.</summary>
    [Id(15)] public bool IsKeptApart { get; init; }
}

/// <summary>What a patient must know before a message can be routed.</summary>
[GenerateSerializer, Alias("patient.route-question.v1")]
public enum RouteQuestion
{
    Nothing,
    /// <summary>This identifier is new: does one of the message's others lead to somebody who is known?</summary>
    Aliases,
    /// <summary>This number is new here: whose visit does it name?</summary>
    Number,
    /// <summary>The list does not say what some of the open visits are: versions before 2026-12 did not write it down.</summary>
    Visits,
}
