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

    /// <summary>
    /// Further identifiers of the same person in the same message (every other repetition of PID-3, PID-2, PID-4): each leads to them.
    /// </summary>
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
    /// <summary>
    /// Two persons who are known apart become one because a message names both, or a visit becomes another person's because a message says so.
    /// </summary>
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
    /// <summary>
    /// It was said to be an inpatient or an observation visit, whatever class was repeated since: it may be the admission of an emergency visit.
    /// </summary>
    [Id(12), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool IsInpatient { get; init; }
    /// <summary>Admitted after it had begun: A11 takes back the admission alone.</summary>
    [Id(11), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool IsAdmitted { get; init; }
    /// <summary>How it ended, as far as the feed said.</summary>
    [Id(14), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public DepartureKind DepartedAs { get; init; }
    /// <summary>
    /// When the sender said what <see cref="Class"/> is now, or that it says none: what was said before changes it no more. Null in entries that
    /// versions before 2026-12 wrote.
    /// </summary>
    [Id(13)] public DateTimeOffset? ClassSaidAt { get; init; }
    /// <summary>When the admission was decided that is planned under this number (A14); null when none is, or it was only announced (A05).</summary>
    [Id(15)] public DateTimeOffset? PlannedAt { get; init; }
    /// <summary>
    /// Where it was when it was first said to be an emergency visit, empty where no unit was known; null when it never was. There it may go on under
    /// an admission, whatever class was said since.
    /// </summary>
    [Id(17)] public string? EmergencyUnit { get; init; }
    /// <summary>Staff saw the patient leave; null when they did not, or took it back.</summary>
    [Id(18)] public Leaving? Left { get; init; }
    /// <summary>Who gave <see cref="Number"/>; see <see cref="VisitDetails.NumberOf"/>.</summary>
    [Id(16)] public string? NumberOf { get; init; }
}

[GenerateSerializer, Alias("patient.visit-entry-state.v1")]
public enum VisitEntryState { Expected, Open, Closed, Revoked }

/// <summary>
/// The book of one visit number of one authority: which visit it names, and whose that is. Key: <see cref="VisitDetails.NumberKey"/>.
/// </summary>
[Alias("journey.visit-number"), Answers(Askers.House)]
public interface IVisitNumberGrain : IGrainWithGuidKey
{
    [Alias("read")] Task<NumberedVisit?> Read();

    /// <summary>
    /// Puts down what the number names, unless it names something. Before a visit is opened: who is second finds the first one's. Answers with what
    /// stands there then.
    /// </summary>
    [Alias("claim")] Task<NumberedVisit> Claim(CommandId id, Actor by, NumberedVisit visit);

    /// <summary>
    /// Puts down what the number names from now on; that it is another person's changes nothing when it was said earlier than what stands there.
    /// </summary>
    [Alias("name-visit")] Task<NamedVisit> Name(CommandId id, Actor by, NumberedVisit visit);
}

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
public sealed record PatientView([property: Id(0)] PatientRef Patient, [property: Id(1)] PatientId? MergedInto,
    [property: Id(2)] ImmutableArray<VisitEntry> Visits)
{
    /// <summary>Links between the visits that hold.</summary>
    [Id(3), JsonIgnore] public ImmutableArray<LinkChange> Links { get; init; } = [];
}
