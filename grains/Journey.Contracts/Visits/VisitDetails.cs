using System.Collections.Immutable;
using Journey.Contracts.Families;

namespace Journey.Contracts.Visits;

/// <summary>What one feed message said of a visit. Null means the message did not say; it changes nothing.</summary>
[GenerateSerializer, Immutable, Alias("visit.details.v1")]
public sealed record VisitDetails
{
    /// <summary>PV1-19, or the account number where a feed has no visit number. Up to 20 digits and more; text.</summary>
    [Id(0)] public string? Number { get; init; }
    /// <summary>PV1-2.</summary>
    [Id(1)] public PatientClass? Class { get; init; }
    /// <summary>PV1-3, the assigned location.</summary>
    [Id(2)] public Location? Location { get; init; }
    /// <summary>PV1-11, where the patient is for the moment.</summary>
    [Id(3)] public Location? TemporaryLocation { get; init; }
    /// <summary>PV1-42, or PV2-1 prior pending.</summary>
    [Id(4)] public Location? PendingLocation { get; init; }
    /// <summary>The unit that stands in when no location was ever given: the feed's default for the class.</summary>
    [Id(5)] public string? DefaultUnit { get; init; }
    /// <summary>PV1-7.</summary>
    [Id(6)] public Person? Attending { get; init; }
    /// <summary>PV1-10.</summary>
    [Id(7)] public string? Service { get; init; }
    /// <summary>PV1-44.</summary>
    [Id(8)] public DateTimeOffset? AdmittedAt { get; init; }
    /// <summary>PV1-45.</summary>
    [Id(9)] public DateTimeOffset? DischargedAt { get; init; }
    /// <summary>PV2-8 (expected admit), PV2-9 (expected discharge), or EVN-3 of a plan.</summary>
    [Id(10)] public DateTimeOffset? ExpectedAt { get; init; }
    /// <summary>PV1-36.</summary>
    [Id(11)] public string? Disposition { get; init; }
    /// <summary>Triage level 1–5 where the feed sends one.</summary>
    [Id(12)] public int? Acuity { get; init; }
    /// <summary>NK1: who the family is. Default (uninitialised) when the message has none.</summary>
    [Id(13)] public ImmutableArray<FamilyContact> Contacts { get; init; } = [];

    /// <summary>PID-18, beside a visit number or instead of one: the two name the same visit.</summary>
    [Id(14)] public string? Account { get; init; }
    /// <summary>
    /// The keys of the visit number's own book: of PV1-19, else of PID-18, with the assigning authority. Opaque; null without a number.
    /// </summary>
    [Id(15)] public Guid? NumberKey { get; init; }
    /// <summary>PV2-3, or OBX 8661-1: why the patient came, in the sender's words.</summary>
    [Id(16), Sensitive] public string? Complaint { get; init; }
    /// <summary>Fields with a time that cannot be, such as <c>PV1-44</c>: kept in the message, not believed.</summary>
    [Id(17)] public ImmutableArray<string> NotBelieved { get; init; } = [];
    /// <summary>True when the message has a visit number of its own, not the account's alone.</summary>
    [Id(18)] public bool HasOwnNumber { get; init; }
    /// <summary>
    /// The assigning authority of <see cref="Number"/>: <c>NAMESPACE&amp;1.2.3&amp;ISO</c>, each part may be empty; null when the number came without
    /// one of its own.
    /// </summary>
    [Id(19)] public string? NumberOf { get; init; }

    /// <summary>The number that is given up for <see cref="Number"/>; null where nothing but the number is said.</summary>
    [Id(20)] public string? Replaces { get; init; }

    public static readonly VisitDetails None = new();
}

/// <summary>What a visit must know of its patient to be shown: no more than a board's row needs, and what tact needs.</summary>
[GenerateSerializer, Immutable, Alias("journey.patient-ref.v1")]
public sealed record PatientRef
{
    [Id(0)] public PatientId Id { get; init; }
    /// <summary>The identifier shown to staff (PID-3.1).</summary>
    [Id(1)] public string? Number { get; init; }
    [Id(2)] public string? FamilyName { get; init; }
    [Id(3)] public string? GivenName { get; init; }
    [Id(4)] public DateOnly? BirthDate { get; init; }
    /// <summary>PID-8, as sent.</summary>
    [Id(5)] public string? Sex { get; init; }
    [Id(6)] public bool Deceased { get; init; }
    /// <summary>PID-15 or PV1-16: a flag that hides even existence outside the care team.</summary>
    [Id(7)] public bool Confidential { get; init; }
    [Id(8)] public string? Language { get; init; }

    /// <summary>
    /// What staff locked, on whichever visit of the person; null where they never did. Apart from <see cref="Confidential"/>: neither lifts the
    /// other.
    /// </summary>
    [Id(9)] public Families.PersonLocks? Locks { get; init; }
}

/// <summary>A message's place in the inbox: applied at most once, whatever else has been forgotten.</summary>
/// <param name="Source">Sending application and facility (MSH-3, MSH-4).</param>
/// <param name="MessageId">MSH-10 with a digest of the content, so that a counter that starts anew loses nothing.</param>
[GenerateSerializer, Immutable, Alias("journey.message-key.v1")]
public sealed record MessageKey([property: Id(0)] string Source, [property: Id(1)] string MessageId);

/// <summary>PV1-2.</summary>
[GenerateSerializer, Alias("journey.patient-class.v1")]
public enum PatientClass
{
    Unknown, Emergency, Inpatient, Outpatient, Preadmit, Recurring, Obstetrics, Other,
    /// <summary>Kept for observation: in a bed, not admitted.</summary>
    Observation,
}

[GenerateSerializer, Alias("journey.plan-kind.v1")]
public enum PlanKind { Admit, Transfer, Discharge }
