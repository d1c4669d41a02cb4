using System.Collections.Immutable;
using Journey.Contracts.Visits;

namespace Journey.Contracts.Patients;

/// <summary>One message as it concerns one patient.</summary>
/// <param name="Id">Idempotency key.</param>
/// <param name="By">The feed.</param>
/// <param name="OccurredAt">When it happened.</param>
/// <param name="Facts">What it says of the person.</param>
/// <param name="Intent">What it means for a visit.</param>
/// <param name="VisitNumber">The visit's number; null when the message has none.</param>
/// <param name="Message">What the inbox knows it by; null when it goes on to no visit.</param>
/// <param name="SaidAt">When the sender wrote what it says of the person, which may be long after what it tells of happened; null when that is the
/// same.</param>
[GenerateSerializer, Immutable, Alias("patient.receive.v1")]
public sealed record ReceivePatient(
    [property: Id(0)] CommandId Id, [property: Id(1)] Actor By, [property: Id(2)] DateTimeOffset OccurredAt,
    [property: Id(3)] PatientFacts Facts, [property: Id(4)] VisitIntent Intent, [property: Id(5)] string? VisitNumber,
    [property: Id(6)] MessageKey? Message = null, [property: Id(7)] DateTimeOffset? SaidAt = null)
{
    /// <summary>What the message says of the visit; none when it goes on to no visit.</summary>
    [Id(8)] public VisitDetails Details { get; init; } = VisitDetails.None;

    /// <summary>Which visit the number is known to name, whoever it was last for; null when it names none yet, or was not asked.</summary>
    [Id(9)] public NumberedVisit? Numbered { get; init; }

    /// <summary>True when the number's own book was asked. Until then nothing is opened under a number.</summary>
    [Id(10)] public bool IsNumberAsked { get; init; }

    /// <summary>
    /// True when the identifier led here as one that was retired by a merge: what a sender says of the person under it is out of date.
    /// </summary>
    [Id(11)] public bool IsRetired { get; init; }

    /// <summary>True for A01 and A11: on an open visit the one is an admission, and the other takes back that alone.</summary>
    [Id(12)] public bool Admits { get; init; }

    /// <summary>True for a cancel: it says nothing of the class of a visit that is known.</summary>
    [Id(18)] public bool Cancels { get; init; }

    /// <summary>True for A14, by which somebody who is not here is expected, and for A27 and A38, which call that off.</summary>
    [Id(17)] public bool Plans { get; init; }

    /// <summary>The identifier by which the message names the person, wherever it led.</summary>
    [Id(13)] public PatientId NamedAs { get; init; }

    /// <summary>The visit that the number names, as it stands in another person's list; null when it is nobody else's.</summary>
    [Id(14)] public VisitEntry? Theirs { get; init; }

    /// <summary>True when the message's other identifiers were asked, and none leads to anybody.</summary>
    [Id(15)] public bool AreAliasesAsked { get; init; }

    /// <summary>
    /// Visits of the person that a version before 2026-12 listed without a class, as they stand; uninitialised until they were asked.
    /// </summary>
    [Id(16)] public ImmutableArray<VisitEntry> Completed { get; init; }
}

/// <summary>Makes this patient a pointer to <paramref name="Survivor"/> (A18, A30, A34–A36, A39–A42).</summary>
/// <param name="VisitNumber">When only one visit (or account) moves (A45, A35 …), its number; null moves the whole person.</param>
[GenerateSerializer, Immutable, Alias("patient.yield.v1")]
public sealed record YieldPatient(
    [property: Id(0)] CommandId Id, [property: Id(1)] Actor By, [property: Id(2)] DateTimeOffset OccurredAt,
    [property: Id(3)] PatientId Survivor, [property: Id(4)] string? VisitNumber)
{
    /// <summary>True when this is only another identifier of the survivor, not one that was retired.</summary>
    [Id(5)] public bool IsAlias { get; init; }

    /// <summary>The one visit that moves, by its id; null when the number or the whole person does.</summary>
    [Id(6)] public VisitId? Visit { get; init; }
}

/// <summary>Takes over the visits of a merged patient.</summary>
[GenerateSerializer, Immutable, Alias("patient.absorb.v1")]
public sealed record AbsorbPatient(
    [property: Id(0)] CommandId Id, [property: Id(1)] Actor By, [property: Id(2)] DateTimeOffset OccurredAt,
    [property: Id(3)] PatientFacts Facts, [property: Id(4)] PatientId Absorbed, [property: Id(5)] ImmutableArray<VisitEntry> Visits)
{
    /// <summary>True when the facts say nothing new of the person: only visits or identifiers come along.</summary>
    [Id(6)] public bool IsSilent { get; init; }

    /// <summary>True when the absorbed identifier is only another one of the person; else it is retired by this.</summary>
    [Id(8)] public bool IsAlias { get; init; }

    /// <summary>The identifier by which the message named the survivor.</summary>
    [Id(9)] public PatientId? NamedAs { get; init; }

    /// <summary>What led to the absorbed person leads here now, each with whether a merge had retired it.</summary>
    [Id(10)] public ImmutableDictionary<PatientId, bool> Names { get; init; } = ImmutableDictionary<PatientId, bool>.Empty;

    /// <summary>
    /// As the absorbed person was known: what a merge does not say of the survivor is not lost by it, confidentiality least of all.
    /// </summary>
    [Id(12)] public PatientRef? Was { get; init; }
}

/// <summary>
/// How a visit stands by its own facts, where the list has it otherwise: a cancel that came before what it cancels, an update that moved the patient.
/// </summary>
/// <param name="State">Null when the list has that right.</param>
[GenerateSerializer, Immutable, Alias("patient.correct-visit.v1")]
public sealed record CorrectVisit([property: Id(0)] CommandId Id, [property: Id(1)] Actor By, [property: Id(2)] VisitId Visit,
    [property: Id(3)] VisitEntryState? State)
{
    /// <summary>Where the visit has the patient, when that is news.</summary>
    [Id(4)] public Placing? Placing { get; init; }

    /// <summary>What staff saw of the departure; null when it is not about that.</summary>
    [Id(5)] public SeenByStaff? Seen { get; init; }
}

/// <summary>All visits of the person are called off (A29).</summary>
[GenerateSerializer, Immutable, Alias("patient.delete.v1")]
public sealed record DeletePatient([property: Id(0)] CommandId Id, [property: Id(1)] Actor By, [property: Id(2)] DateTimeOffset OccurredAt);

/// <summary>Gives one of this patient's visits another number (A43–A51 that change an identifier).</summary>
[GenerateSerializer, Immutable, Alias("patient.renumber-visit.v1")]
public sealed record RenumberVisit(
    [property: Id(0)] CommandId Id, [property: Id(1)] Actor By, [property: Id(2)] DateTimeOffset OccurredAt,
    [property: Id(3)] PatientFacts Facts, [property: Id(4)] string From, [property: Id(5)] string To)
{
    /// <summary>When the sender recorded it; null when that is when it happened.</summary>
    [Id(6)] public DateTimeOffset? SaidAt { get; init; }
}

/// <summary>What staff said of the person's locks on one of their visits.</summary>
/// <param name="Visit">Where they said it.</param>
[GenerateSerializer, Immutable, Alias("patient.lock.v1")]
public sealed record LockPatient([property: Id(0)] CommandId Id, [property: Id(1)] Actor By, [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] VisitId Visit, [property: Id(4)] Families.PersonLocks Locks);
