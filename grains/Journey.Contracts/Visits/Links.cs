using System.Collections.Immutable;
using Journey.Contracts.Families;

namespace Journey.Contracts.Visits;

/// <summary>A visit as another visit of the same person knows it.</summary>
/// <param name="Door">When the other visit began: the door.</param>
/// <param name="Unit">The unit of the other visit.</param>
[GenerateSerializer, Immutable, Alias("visit.link.v1")]
public sealed record VisitLink(
    [property: Id(0)] LinkKind As, [property: Id(1)] VisitId Other, [property: Id(2)] string? Number, [property: Id(3)] string? Unit,
    [property: Id(4)] DateTimeOffset? Door);

/// <summary>What goes with the person from one visit to another: as JSON, by the domain's own writer, because the facts are the domain's.</summary>
/// <param name="Link">The visit it comes from, as the receiving one shows it.</param>
/// <param name="BoardingSince">The decision to admit, when one was known.</param>
/// <param name="Facts">Facts of the care: questions, promises, requests, contacts, consent, what was told.</param>
[GenerateSerializer, Immutable, Alias("visit.carried-care.v1")]
public sealed record CarriedCare(
    [property: Id(0)] VisitLink Link, [property: Id(1)] DateTimeOffset? BoardingSince, [property: Id(2)] Person? Nurse,
    [property: Id(3)] ReadOnlyMemory<byte> Facts)
{
    /// <summary>As it was there: who is admitted without leaving the bed is no less ill, and no better looked after.</summary>
    [Id(5)] public int? Acuity { get; init; }

    /// <summary>Since when nobody was responsible; null when somebody was.</summary>
    [Id(6)] public DateTimeOffset? UnownedSince { get; init; }

    /// <summary>The family as a feed's record has them; a visit that has a record of its own keeps it.</summary>
    [Id(4)] public ImmutableArray<FamilyContact> Contacts { get; init; } = [];
}

/// <summary>A link to another visit of the same person begins (<paramref name="Ends"/> false) or turns out never to have been.</summary>
/// <param name="Care">What comes along; null when nothing does.</param>
[GenerateSerializer, Immutable, Alias("visit.link-command.v1")]
public sealed record LinkVisit(
    CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] VisitLink To, [property: Id(1)] bool Ends,
    [property: Id(2)] CarriedCare? Care)
    : VisitCommand(Id, By, OccurredAt);

/// <summary>What a place is for (policy <c>places:</c>).</summary>
[GenerateSerializer, Alias("visit.place-kind.v1")]
public enum PlaceKind { Unknown, Treatment, Hallway, Waiting, Triage, Ward, Observation, Procedure, Virtual, FastTrack }

[GenerateSerializer, Alias("visit.department.v1")]
public enum Department { Unknown, Emergency, Observation, Inpatient, Procedure, Outpatient }

/// <summary>What a row may be wrong about.</summary>
[GenerateSerializer, Alias("visit.doubt-kind.v1")]
public enum DoubtKind
{
    /// <summary>Nothing was heard or done for longer than the policy allows: the patient has probably left.</summary>
    Silent,
    /// <summary>The same person has been placed under another visit since.</summary>
    Elsewhere,
    /// <summary>Another patient is shown in the same bed.</summary>
    BedShared,
    /// <summary>Housekeeping or the feed calls the bed clean, dirty or closed since the patient lay down in it.</summary>
    BedReportedFree,
    /// <summary>Something was reported to have happened after the departure.</summary>
    AfterDeparture,
    /// <summary>The visit was given to another person; what the family of the one before had arranged was set aside.</summary>
    ChangedHands,
    /// <summary>A message gave a time that cannot be, and another stands in for it.</summary>
    TimeNotBelieved,
}

/// <summary>One doubt with its evidence.</summary>
/// <param name="Says">The evidence, in words for a person; holds no name.</param>
/// <param name="Since">Since when it is in doubt.</param>
/// <param name="Other">The other visit, where the doubt is about two.</param>
[GenerateSerializer, Immutable, Alias("visit.doubt.v1")]
public sealed record Doubt([property: Id(0)] DoubtKind Kind, [property: Id(1)] string Says, [property: Id(2)] DateTimeOffset Since,
    [property: Id(3)] VisitId? Other = null)
{
    /// <summary>The patient is probably not here: the row leaves the counts, and its alerts are suppressed.</summary>
    public bool IsGone => Kind is DoubtKind.Silent or DoubtKind.Elsewhere;
}

/// <summary>
/// A time during which a row stood among those to verify, because its patient had probably left; as recorded, whenever the facts occurred.
/// </summary>
/// <param name="Until">When somebody settled it, or it settled itself; null while it stands there.</param>
[GenerateSerializer, Immutable, Alias("visit.unverified.v1")]
public sealed record Unverified([property: Id(0)] DateTimeOffset Since, [property: Id(1)] DateTimeOffset? Until);

/// <summary>What a person has seen with their own eyes.</summary>
[GenerateSerializer, Alias("visit.verified-kind.v1")]
public enum Verified
{
    /// <summary>The patient is here; a visit that was thought to have ended goes on.</summary>
    Here,
    /// <summary>The patient is at the place the row shows.</summary>
    Place,
    Nurse,
    Acuity,
    /// <summary>The patient has left, as the row says.</summary>
    Gone,
}

/// <summary>Somebody looked: settles the doubts that it answers.</summary>
[GenerateSerializer, Immutable, Alias("visit.verify.v1")]
public sealed record Verify(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] Verified What) : VisitCommand(Id, By, OccurredAt);

/// <summary>When a field was last said, and by whom.</summary>
[GenerateSerializer, Immutable, Alias("visit.freshness.v1")]
public sealed record Freshness([property: Id(0)] DateTimeOffset At, [property: Id(1)] string By);
