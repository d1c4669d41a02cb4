using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Journey.Contracts.Access;
using Journey.Contracts.Visits;

namespace Journey.Contracts.Patients;

/// <summary>What a message says of a person (PID, NK1). Null means not said; an empty text means cleared (<c>""</c> in HL7).</summary>
[GenerateSerializer, Immutable, Alias("patient.facts.v1")]
public sealed record PatientFacts
{
    [Id(0)] public PatientId Id { get; init; }
    [Id(1)] public string? Number { get; init; }
    [Id(2)] public string? FamilyName { get; init; }
    [Id(3)] public string? GivenName { get; init; }
    [Id(4)] public DateOnly? BirthDate { get; init; }
    [Id(5)] public string? Sex { get; init; }
    [Id(6)] public bool? Deceased { get; init; }
    [Id(7)] public bool? Confidential { get; init; }
    [Id(8)] public string? Language { get; init; }

    /// <summary>Further identifiers of the same person in the same message (every other repetition of PID-3, PID-2, PID-4): each leads to them.</summary>
    [Id(9), JsonIgnore] public ImmutableArray<PatientId> Aliases { get; init; } = [];

    /// <summary>The id by which versions before 2026-12 knew this identifier; null when there is none. Leads to whom they recorded.</summary>
    [Id(10), JsonIgnore] public PatientId? Earlier { get; init; }

    /// <summary>What its sender may not change of somebody who is known; nothing by default.</summary>
    [Id(11), JsonIgnore] public Barred Barred { get; init; }
}

/// <summary>What a feed may not change of a person who is known. Of somebody of whom nothing is known it tells all the same.</summary>
[Flags, GenerateSerializer, Alias("patient.barred.v1")]
public enum Barred
{
    Nothing = 0,
    /// <summary>Another number to be shown with, another name, birth date or sex than is known.</summary>
    Rename = 1,
    /// <summary>That a confidential person no longer is.</summary>
    Unlock = 2,
    /// <summary>Two persons who are known apart become one because a message names both, or a visit becomes another person's because a message says so.</summary>
    Unite = 4,
}

/// <summary>What a message means for the visit it speaks of; tells the patient which of their visits that is.</summary>
[GenerateSerializer, Alias("patient.visit-intent.v1")]
public enum VisitIntent
{
    /// <summary>The message is about the person alone.</summary>
    None,
    /// <summary>A05.</summary>
    Expects,
    /// <summary>A01, A04.</summary>
    Opens,
    /// <summary>Anything that happens during a visit (A02, A06, A09 …); opens one that was not known.</summary>
    Continues,
    /// <summary>A08 and other updates: about the visit there is; opens one only when it is named by number.</summary>
    Describes,
    /// <summary>A03.</summary>
    Closes,
    /// <summary>A13.</summary>
    Reopens,
    /// <summary>A11, A38, A23.</summary>
    Revokes,
    /// <summary>A result, an order, a document: about a visit there is; never opens one.</summary>
    Mentions,
}

/// <summary>One message as it concerns one patient.</summary>
/// <param name="Id">Idempotency key.</param>
/// <param name="By">The feed.</param>
/// <param name="OccurredAt">When it happened.</param>
/// <param name="Facts">What it says of the person.</param>
/// <param name="Intent">What it means for a visit.</param>
/// <param name="VisitNumber">The visit's number; null when the message has none.</param>
/// <param name="Message">What the inbox knows it by; null when it goes on to no visit.</param>
/// <param name="SaidAt">When the sender wrote what it says of the person, which may be long after what it tells of happened; null when that is the same.</param>
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

    /// <summary>True when the identifier led here as one that was retired by a merge: what a sender says of the person under it is out of date.</summary>
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

    /// <summary>Visits of the person that a version before 2026-12 listed without a class, as they stand; uninitialised until they were asked.</summary>
    [Id(16)] public ImmutableArray<VisitEntry> Completed { get; init; }
}

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
/// <param name="ToTell">Other visits of the patient whose rows must show the new particulars: those not closed, and all of somebody of whom staff ever locked anything.</param>
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

    /// <summary>True when the visit is another person's than the message names, and stays theirs: the message is older than what was said of whose it is.</summary>
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

/// <summary>A link between two visits of one person begins, or turns out never to have been.</summary>
/// <param name="From">The visit that was before: the emergency visit of an admission, or the one that is in doubt.</param>
/// <param name="Kind">As <paramref name="From"/> stands to <paramref name="To"/>.</param>
/// <param name="At">When <paramref name="To"/> began.</param>
[GenerateSerializer, Immutable, Alias("patient.link-change.v1")]
public sealed record LinkChange(
    [property: Id(0)] VisitId From, [property: Id(1)] VisitId To, [property: Id(2)] LinkKind Kind, [property: Id(3)] DateTimeOffset At, [property: Id(4)] bool Ends)
{
    /// <summary>Number and unit of <see cref="To"/>, as far as the list knows them.</summary>
    [Id(5)] public string? Number { get; init; }
    [Id(6)] public string? Unit { get; init; }
}

/// <summary>One visit in a patient's list.</summary>
[GenerateSerializer, Immutable, Alias("patient.visit-entry.v1")]
public sealed record VisitEntry(
    [property: Id(0)] VisitId Visit, [property: Id(1)] string? Number, [property: Id(2)] VisitEntryState State,
    [property: Id(3)] DateTimeOffset OpenedAt, [property: Id(4)] DateTimeOffset? ClosedAt)
{
    [Id(5)] public string? Account { get; init; }
    /// <summary>Unknown in entries that versions before 2026-12 wrote, until the visit is heard of again.</summary>
    [Id(6), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public PatientClass Class { get; init; }
    [Id(7)] public Location? Location { get; init; }
    /// <summary>Where an admission is planned to; null when none is.</summary>
    [Id(8)] public Location? Planned { get; init; }
    /// <summary>When something last placed the patient under this visit: an arrival, an admission, a move.</summary>
    [Id(9)] public DateTimeOffset? PlacedAt { get; init; }
    /// <summary>When the sender recorded that it had ended.</summary>
    [Id(10)] public DateTimeOffset? ClosedSaidAt { get; init; }
    /// <summary>It was said to be an inpatient or an observation visit, whatever class was repeated since: it may be the admission of an emergency visit.</summary>
    [Id(12), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool IsInpatient { get; init; }
    /// <summary>Admitted after it had begun: A11 takes back the admission alone.</summary>
    [Id(11), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool IsAdmitted { get; init; }
    /// <summary>How it ended, as far as the feed said.</summary>
    [Id(14), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public DepartureKind DepartedAs { get; init; }
    /// <summary>When the sender said what <see cref="Class"/> is now, or that it says none: what was said before changes it no more. Null in entries that versions before 2026-12 wrote.</summary>
    [Id(13)] public DateTimeOffset? ClassSaidAt { get; init; }
    /// <summary>When the admission was decided that is planned under this number (A14); null when none is, or it was only announced (A05).</summary>
    [Id(15)] public DateTimeOffset? PlannedAt { get; init; }
    /// <summary>Where it was when it was first said to be an emergency visit, empty where no unit was known; null when it never was. There it may go on under an admission, whatever class was said since.</summary>
    [Id(17)] public string? EmergencyUnit { get; init; }
    /// <summary>Staff saw the patient leave; null when they did not, or took it back.</summary>
    [Id(18)] public Leaving? Left { get; init; }
    /// <summary>Who gave <see cref="Number"/>; see <see cref="VisitDetails.NumberOf"/>.</summary>
    [Id(16)] public string? NumberOf { get; init; }
}

[GenerateSerializer, Alias("patient.visit-entry-state.v1")]
public enum VisitEntryState { Expected, Open, Closed, Revoked }

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

    /// <summary>As the absorbed person was known: what a merge does not say of the survivor is not lost by it, confidentiality least of all.</summary>
    [Id(12)] public PatientRef? Was { get; init; }
}

/// <summary>How a visit stands by its own facts, where the list has it otherwise: a cancel that came before what it cancels, an update that moved the patient.</summary>
/// <param name="State">Null when the list has that right.</param>
[GenerateSerializer, Immutable, Alias("patient.correct-visit.v1")]
public sealed record CorrectVisit([property: Id(0)] CommandId Id, [property: Id(1)] Actor By, [property: Id(2)] VisitId Visit, [property: Id(3)] VisitEntryState? State)
{
    /// <summary>Where the visit has the patient, when that is news.</summary>
    [Id(4)] public Placing? Placing { get; init; }

    /// <summary>What staff saw of the departure; null when it is not about that.</summary>
    [Id(5)] public SeenByStaff? Seen { get; init; }
}

/// <summary>How a visit stands by what staff saw.</summary>
/// <param name="Placing">Where the patient was seen; null when it is not about that.</param>
[GenerateSerializer, Immutable, Alias("patient.standing.v1")]
public sealed record Standing(
    [property: Id(0)] PatientId Patient, [property: Id(1)] VisitStatus Status, [property: Id(2)] SeenByStaff Seen, [property: Id(3)] Placing? Placing);

/// <summary>What staff saw of a departure.</summary>
/// <param name="Left">Null: the patient is here.</param>
[GenerateSerializer, Immutable, Alias("patient.seen-by-staff.v1")]
public sealed record SeenByStaff([property: Id(0)] Leaving? Left);

/// <summary>When and how a patient left, as far as it was said.</summary>
[GenerateSerializer, Immutable, Alias("patient.leaving.v1")]
public sealed record Leaving([property: Id(0)] DateTimeOffset At, [property: Id(1)] DepartureKind How);

/// <summary>All visits of the person are called off (A29).</summary>
[GenerateSerializer, Immutable, Alias("patient.delete.v1")]
public sealed record DeletePatient([property: Id(0)] CommandId Id, [property: Id(1)] Actor By, [property: Id(2)] DateTimeOffset OccurredAt);

/// <summary>The book of one visit number of one authority: which visit it names, and whose that is. Key: <see cref="VisitDetails.NumberKey"/>.</summary>
[Alias("journey.visit-number"), Answers(Askers.House)]
public interface IVisitNumberGrain : IGrainWithGuidKey
{
    [Alias("read")] Task<NumberedVisit?> Read();

    /// <summary>Puts down what the number names, unless it names something. Before a visit is opened: who is second finds the first one's. Answers with what stands there then.</summary>
    [Alias("claim")] Task<NumberedVisit> Claim(CommandId id, Actor by, NumberedVisit visit);

    /// <summary>Puts down what the number names from now on; that it is another person's changes nothing when it was said earlier than what stands there.</summary>
    [Alias("name-visit")] Task<NamedVisit> Name(CommandId id, Actor by, NumberedVisit visit);
}

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
public sealed record LockPatient([property: Id(0)] CommandId Id, [property: Id(1)] Actor By, [property: Id(2)] DateTimeOffset At, [property: Id(3)] VisitId Visit, [property: Id(4)] Care.PersonLocks Locks);

/// <summary>What a merged patient gave up.</summary>
[GenerateSerializer, Immutable, Alias("patient.yielded.v1")]
public sealed record Yielded([property: Id(0)] ImmutableArray<VisitEntry> Visits)
{
    /// <summary>False when nobody had ever been known by this identifier.</summary>
    [Id(2)] public bool WasKnown { get; init; } = true;

    /// <summary>The identifiers that led to the person who yielded, each with whether a merge had retired it.</summary>
    [Id(3)] public ImmutableDictionary<PatientId, bool> Names { get; init; } = ImmutableDictionary<PatientId, bool>.Empty;

    /// <summary>As the person who yielded was known; null when only one of their visits moves.</summary>
    [Id(4)] public PatientRef? Was { get; init; }

    public static readonly Yielded Nothing = new([]);
}

/// <summary>Two identifiers are one person from now on: a message names both, or a merge gives one up.</summary>
/// <param name="Survivor">What the message says of the person, under the identifier that stays.</param>
/// <param name="Prior">The other identifier.</param>
[GenerateSerializer, Immutable, Alias("patient.union.v1")]
public sealed record Union([property: Id(0)] CommandId Id, [property: Id(1)] Actor By, [property: Id(2)] DateTimeOffset At, [property: Id(3)] PatientFacts Survivor, [property: Id(4)] PatientId Prior)
{
    /// <summary>True when the prior is only another identifier of the person; else it is retired by this, and the message tells who they are.</summary>
    [Id(5)] public bool IsAlias { get; init; }
}

/// <summary>What a union met.</summary>
[GenerateSerializer, Alias("patient.union-outcome.v1")]
public enum UnionOutcome
{
    /// <summary>Two persons who were known apart are one.</summary>
    United,
    /// <summary>Nobody was known by the prior; it leads to the survivor from now on.</summary>
    NobodyKnown,
    /// <summary>The two were one person before.</summary>
    OneAlready,
    /// <summary>This very union was carried out before.</summary>
    Repeated,
}

/// <summary>
/// Makes one person of two, one union after the other in the whole cluster: of two at once each could make the other's survivor its prior, and nobody would
/// be left. Key 0. A person needs one seldom: when a second identifier of theirs is first heard, and when they are merged.
/// </summary>
[Alias("journey.unions"), Answers(Askers.House)]
public interface IUnionGrain : IGrainWithIntegerKey
{
    [Alias("unite")] Task<UnionOutcome> Unite(Union union);
}

/// <summary>One patient: who they are, which visits are theirs, and which of them a message without a visit number means.</summary>
[Alias("journey.patient"), Answers(Askers.House)]
public interface IPatientGrain : IGrainWithGuidKey
{
    [Alias("receive")] Task<PatientRoute> Receive(ReceivePatient command);
    [Alias("yield")] Task<Yielded> Yield(YieldPatient command);
    [Alias("absorb")] Task<PatientRoute> Absorb(AbsorbPatient command);
    [Alias("renumber-visit")] Task<PatientRoute> RenumberVisit(RenumberVisit command);
    [Alias("correct-visit")] Task<PatientRoute> CorrectVisit(CorrectVisit command);

    /// <summary>Answers with all visits of the person, those that have ended too: a lock hides them as well.</summary>
    [Alias("lock")] Task<PatientRoute> Lock(LockPatient command);

    /// <summary>Answers with the visits that were called off by it, and by an earlier attempt.</summary>
    [Alias("delete")] Task<ImmutableArray<VisitId>> Delete(DeletePatient command);
    [Alias("read"), Answers(Askers.Gateways)] Task<PatientView?> Read();

    /// <summary>What was known of them was erased behind this grain: the next call reads anew.</summary>
    [Alias("forget")] Task Forget();
}

/// <summary>A patient as their page shows them.</summary>
[GenerateSerializer, Immutable, Alias("patient.view.v1")]
public sealed record PatientView([property: Id(0)] PatientRef Patient, [property: Id(1)] PatientId? MergedInto, [property: Id(2)] ImmutableArray<VisitEntry> Visits)
{
    /// <summary>Links between the visits that hold.</summary>
    [Id(3), JsonIgnore] public ImmutableArray<LinkChange> Links { get; init; } = [];
}
