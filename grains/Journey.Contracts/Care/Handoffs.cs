using System.Collections.Immutable;

namespace Journey.Contracts.Care;

/// <summary>What is handed over: I-PASS. The synthesis is the receiver's and comes with the acceptance.</summary>
/// <param name="Illness">Illness severity: <c>stable</c>, <c>watcher</c>, <c>unstable</c>, with a word why; empty in a draft, for software does not
/// judge it.</param>
/// <param name="Summary">Patient summary.</param>
/// <param name="Actions">Action list: what is owed, by when.</param>
/// <param name="Awareness">Situation awareness and contingency: if this, then that.</param>
[GenerateSerializer, Immutable, Alias("care.ipass.v1")]
public sealed record IPass([property: Id(0), Sensitive] string Illness, [property: Id(1), Sensitive] string Summary,
    [property: Id(2), Sensitive] ImmutableArray<string> Actions, [property: Id(3), Sensitive] string Awareness);

[GenerateSerializer, Alias("care.handoff-state.v1")]
public enum HandoffState
{
    /// <summary>The patient came to another unit and nobody there has taken them over.</summary>
    Required,
    /// <summary>Offered; the patient is between owners until the receiver reads back.</summary>
    Offered,
    /// <summary>The receiver asks something before they accept.</summary>
    Returned,
    /// <summary>Read back and accepted.</summary>
    Accepted,
    /// <summary>Taken back by who offered it.</summary>
    Withdrawn,
}

/// <summary>Offers a patient to another owner. The command's id is the handoff's. A later offer takes the place of one that is open.</summary>
/// <param name="Role">Which ownership changes hands.</param>
/// <param name="To">The receiver.</param>
[GenerateSerializer, Immutable, Alias("visit.offer-handoff.v1")]
public sealed record OfferHandoff(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] CareRole Role, [property: Id(1)] Person To,
    [property: Id(2)] IPass Content) : VisitCommand(Id, By, OccurredAt);

/// <summary>
/// The receiver reads back what they understood, and owns the patient from now on, with all questions, promises and requests of the one before.
/// </summary>
[GenerateSerializer, Immutable, Alias("visit.accept-handoff.v1")]
public sealed record AcceptHandoff(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] Guid Handoff,
    [property: Id(1)] string Synthesis)
    : VisitCommand(Id, By, OccurredAt);

/// <summary>The receiver asks something first; the one who offers it still owns the patient's questions.</summary>
[GenerateSerializer, Immutable, Alias("visit.return-handoff.v1")]
public sealed record ReturnHandoff(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] Guid Handoff,
    [property: Id(1)] string Question)
    : VisitCommand(Id, By, OccurredAt);

[GenerateSerializer, Immutable, Alias("visit.withdraw-handoff.v1")]
public sealed record WithdrawHandoff(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] Guid Handoff)
    : VisitCommand(Id, By, OccurredAt);

/// <summary>A handoff.</summary>
/// <param name="Id">Empty when a move requires one that nobody has offered yet.</param>
/// <param name="Since">Since when it stands so.</param>
/// <param name="Note">The synthesis, or the receiver's question.</param>
[GenerateSerializer, Immutable, Alias("care.handoff.v1")]
public sealed record HandoffView(
    [property: Id(0)] Guid Id, [property: Id(1)] HandoffState State, [property: Id(2)] CareRole Role, [property: Id(3)] Person? From,
    [property: Id(4)] Person? To,
    [property: Id(5)] DateTimeOffset OfferedAt, [property: Id(6)] DateTimeOffset Since, [property: Id(7)] IPass? Content,
    [property: Id(8), Sensitive] string? Note);
