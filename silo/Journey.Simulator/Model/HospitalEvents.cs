using System.Collections.Immutable;

namespace Journey.Simulator.Model;

/// <summary>Something that the hospital's system sends, or that somebody of its staff enters.</summary>
/// <param name="Sequence">Counts from 1 without gaps; with the run it names the event for ever.</param>
/// <param name="At">When it is sent or entered, in the hospital's time. Never decreases.</param>
/// <param name="OccurredAt">When it happened: at or shortly before <paramref name="At"/>.</param>
/// <param name="Pathway">What kind of journey it is part of, for people and tests.</param>
/// <param name="Concerns">Whom and what it is about. Two events that share one of these must be delivered in order; others need not.</param>
public abstract record HospitalEvent(
    long Sequence, DateTimeOffset At, DateTimeOffset OccurredAt, Pathway Pathway, ImmutableArray<string> Concerns);

/// <summary>What kinds of journey there are. Every kind happens within an ordinary day.</summary>
public enum Pathway
{
    /// <summary>Was a patient when the simulation began.</summary>
    Stock,
    WalkIn,
    FastTrack,
    Ambulance,
    DirectAdmission,
    /// <summary>Not a patient's: housekeeping, beds.</summary>
    House,
}

/// <summary>An ADT message.</summary>
/// <param name="Trigger">Such as <c>A01</c>.</param>
/// <param name="Visit">PV1; null when the message is about the person alone.</param>
public sealed record AdtSent(
    long Sequence, DateTimeOffset At, DateTimeOffset OccurredAt, Pathway Pathway, ImmutableArray<string> Concerns,
    string Trigger, PersonFacts Person, VisitFacts? Visit) : HospitalEvent(Sequence, At, OccurredAt, Pathway, Concerns)
{
    /// <summary>When that which this message cancels had occurred (EVN-6 of a cancel).</summary>
    public DateTimeOffset? CancelledAt { get; init; }

    /// <summary>A40: the number that is given up.</summary>
    public string? PriorNumber { get; init; }

    /// <summary>A17: the other patient and visit.</summary>
    public (PersonFacts Person, VisitFacts Visit)? Other { get; init; }

    /// <summary>Contacts (NK1), where the message tells them.</summary>
    public ImmutableArray<ContactFacts> Contacts { get; init; } = [];
}

/// <summary>A bed's status (A20).</summary>
public sealed record BedSent(
    long Sequence, DateTimeOffset At, DateTimeOffset OccurredAt, Pathway Pathway, ImmutableArray<string> Concerns,
    FloorBed Bed, BedState State) : HospitalEvent(Sequence, At, OccurredAt, Pathway, Concerns);

/// <summary>An order (ORM^O01) or, when <paramref name="Resulted"/>, its result (ORU^R01).</summary>
public sealed record OrderSent(
    long Sequence, DateTimeOffset At, DateTimeOffset OccurredAt, Pathway Pathway, ImmutableArray<string> Concerns,
    PersonFacts Person, VisitFacts Visit, string OrderNumber, Examination Examination, DateTimeOffset OrderedAt, bool Resulted)
    : HospitalEvent(Sequence, At, OccurredAt, Pathway, Concerns);

/// <summary>An entry by staff, over the HTTP interface: what no system says.</summary>
/// <param name="VisitNumber">The visit.</param>
/// <param name="By">Who enters it.</param>
public sealed record StaffEntered(
    long Sequence, DateTimeOffset At, DateTimeOffset OccurredAt, Pathway Pathway, ImmutableArray<string> Concerns,
    string VisitNumber, string By, StaffAct Act) : HospitalEvent(Sequence, At, OccurredAt, Pathway, Concerns);

/// <summary>What staff enter.</summary>
public abstract record StaffAct
{
    private StaffAct() { }

    /// <summary>A step was reached.</summary>
    public sealed record Reached(string Step) : StaffAct;

    /// <summary>A check or a round.</summary>
    public sealed record Contacted : StaffAct;

    /// <summary>Acuity, 1 to 5.</summary>
    public sealed record Triaged(int Acuity) : StaffAct;

    /// <summary>A round on a ward: pain (0 to 10), potty, position, possessions.</summary>
    public sealed record Rounded(int Pain, bool Potty, bool Position, bool Possessions) : StaffAct;

    /// <summary>Nurse, provider or point of contact; a null name leaves it open.</summary>
    public sealed record Assigned(string Role, string? Name) : StaffAct;

    /// <summary>One nurse hands the patient over to another, who has to read it back.</summary>
    public sealed record HandedOver(string To) : StaffAct;

    /// <summary>Somebody of the family asks for word.</summary>
    public sealed record FamilyWaits(string Who) : StaffAct;

    /// <summary>The family was told.</summary>
    public sealed record FamilyTold(string? Who, string About, DateTimeOffset? NextBy) : StaffAct;
}

/// <summary>What the feed says of a person (PID).</summary>
public sealed record PersonFacts(
    string Number, string FamilyName, string GivenName, DateOnly BirthDate, string Sex, string Language, string Street, string City, string Phone)
{
    public bool Deceased { get; init; }

    /// <summary>Nobody outside the care team shall know that the patient is here (PV1-16).</summary>
    public bool Confidential { get; init; }
}

/// <summary>A contact (NK1). <paramref name="Relation"/> is a code of table 0063, <paramref name="RelationText"/> the word for it.</summary>
public sealed record ContactFacts(string FamilyName, string GivenName, string Relation, string RelationText, string Phone);

/// <summary>A member of staff.</summary>
public sealed record StaffMember(string Id, string FamilyName, string GivenName, string Title)
{
    /// <summary>As on screens: without the title, which a feed and a person would write differently.</summary>
    public string Name => $"{GivenName} {FamilyName}";
}

/// <summary>What the feed says of a visit (PV1, PV2) at one moment.</summary>
public sealed record VisitFacts
{
    public required string Number { get; init; }
    /// <summary>PV1-2: E, I, O or P.</summary>
    public required string Class { get; init; }
    public FloorBed? Location { get; init; }
    public FloorBed? PriorLocation { get; init; }
    public FloorBed? TemporaryLocation { get; init; }
    public FloorBed? PendingLocation { get; init; }
    public StaffMember? Attending { get; init; }
    public string? Service { get; init; }
    /// <summary>PV1-14 (table 0023): 1 referral, 7 emergency room.</summary>
    public string? AdmitSource { get; init; }
    /// <summary>PV1-44.</summary>
    public DateTimeOffset? AdmittedAt { get; init; }
    /// <summary>PV1-45.</summary>
    public DateTimeOffset? DischargedAt { get; init; }
    /// <summary>PV1-36.</summary>
    public string? Disposition { get; init; }
    /// <summary>PV2-8.</summary>
    public DateTimeOffset? ExpectedAdmitAt { get; init; }
    /// <summary>PV2-9.</summary>
    public DateTimeOffset? ExpectedDischargeAt { get; init; }
    /// <summary>PV2-3: why the patient came, in the words of the desk.</summary>
    public string? Complaint { get; init; }
}

/// <summary>A bed's state as housekeeping knows it.</summary>
public enum BedState { Clean, Dirty, Cleaning, Closed }

/// <summary>Something that can be ordered: code, words, and how long it takes.</summary>
public sealed record Examination(string Code, string Text, string Department, double Minutes, string? Unit, double Low, double High);
