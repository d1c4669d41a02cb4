using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Visits;

namespace Journey.Domain.Facts;

/// <summary>
/// Where a visit stands: what follows from its facts in the order they occurred. Holds no rule and no deadline.
/// </summary>
public sealed record Course
{
    public VisitStatus Status { get; init; }
    public string? Number { get; init; }
    public PatientClass Class { get; init; }

    /// <summary>Every location with the time it began, oldest first.</summary>
    public ImmutableArray<Stay> Stays { get; init; } = [];

    /// <summary>Stands in for a location that was never given.</summary>
    public string? DefaultUnit { get; init; }
    public Location? TemporaryLocation { get; init; }
    public bool InTransit { get; init; }
    public PlanView? Plan { get; init; }

    /// <summary>The steps reached, oldest first, each at the first time it was reached.</summary>
    public ImmutableArray<Milestone> Milestones { get; init; } = [];

    /// <summary>True when no message said that the patient came; it follows from something that happened to them in the house.</summary>
    public bool Presumed { get; init; }

    /// <summary>The door.</summary>
    public DateTimeOffset? ArrivedAt { get; init; }
    public DateTimeOffset? ExpectedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public DateTimeOffset? LeaveSince { get; init; }

    /// <summary>Decision to admit, while the patient is still in the emergency department.</summary>
    public DateTimeOffset? BoardingSince { get; init; }
    public int? Acuity { get; init; }
    public Person? Nurse { get; init; }
    public Person? Provider { get; init; }

    /// <summary>What a feed last said, whoever was named and whatever was set by staff since.</summary>
    public Person? SaidProvider { get; init; }
    public int? SaidAcuity { get; init; }
    public string? Service { get; init; }
    public string? Disposition { get; init; }

    /// <summary>The last time a member of staff was with the patient.</summary>
    public DateTimeOffset? LastContactAt { get; init; }
    public DateTimeOffset? FamilyWaitingSince { get; init; }
    public string? FamilyWaitingWho { get; init; }
    public DateTimeOffset? LastToldAt { get; init; }
    public string? LastToldWho { get; init; }
    public Actor? LastToldBy { get; init; }

    /// <summary>The next word as promised to the family; null when nothing is promised.</summary>
    public DateTimeOffset? PromisedAt { get; init; }

    /// <summary>The one whom patient and family turn to.</summary>
    public Person? PointOfContact { get; init; }

    /// <summary>Since when no nurse is responsible; null while one is, or before the patient is here.</summary>
    public DateTimeOffset? UnownedSince { get; init; }

    /// <summary>Since when anybody of the family has been known: whoever is heard of late was not left without word before.</summary>
    public DateTimeOffset? FamilySince => FamilyWaitingSince is not { } waits || waits > Care.ContactsSince ? Care.ContactsSince : waits;

    /// <summary>Questions, promises, requests, handoffs, families.</summary>
    public CareState Care { get; init; } = CareState.None;

    /// <summary>Links to other visits of the person that hold, oldest first.</summary>
    public ImmutableArray<Linked> Links { get; init; } = [];

    /// <summary>
    /// Since when the patient is out of the emergency department: the first move to another, else the end. Neither the decision nor the paperwork.
    /// </summary>
    public DateTimeOffset? LeftDepartmentAt { get; init; }
    public DepartureKind DepartedAs { get; init; }

    /// <summary>What a feed last said of it; staff outweigh what it repeats.</summary>
    public DepartureKind? SaidDeparture { get; init; }

    /// <summary>True when the end follows from a link or a rule.</summary>
    public bool IsEndInferred { get; init; }

    /// <summary>True when staff saw the patient leave: a feed's paperwork of it gives no other time.</summary>
    public bool IsEndSeen { get; init; }

    /// <summary>When somebody last spoke of the visit, or did something: the latest time that any fact tells of.</summary>
    public DateTimeOffset? LastSignAt { get; init; }

    /// <summary>Since when it has been silent for too long; null while it is not, or somebody has looked since.</summary>
    public DateTimeOffset? SilentSince { get; init; }

    /// <summary>When that was found by how long others stay in the step; null when the policy's time for the class had passed.</summary>
    public DateTimeOffset? LongInStepAt { get; init; }

    /// <summary>When something was last reported to have happened after the end.</summary>
    public DateTimeOffset? AfterEndAt { get; init; }
    public DateTimeOffset? HandsChangedAt { get; init; }

    /// <summary>The last message with a time that cannot be, since somebody looked.</summary>
    public NotBelieved? NotBelieved { get; init; }
    public string? Account { get; init; }
    public string? Complaint { get; init; }

    /// <summary>What staff keep on the row.</summary>
    public string? Note { get; init; }
    public Freshness? NoteSaid { get; init; }

    /// <summary>When somebody saw the patient at the place that is shown.</summary>
    public DateTimeOffset? PlaceVerifiedAt { get; init; }
    public Freshness? PlaceSaid { get; init; }
    public Freshness? NurseSaid { get; init; }
    public Freshness? AcuitySaid { get; init; }

    /// <summary>The begin as the feed last gave it.</summary>
    public DateTimeOffset? SaidBegin { get; init; }

    /// <summary>The first change of unit or bed since the family was told anything: another move makes the wait for word no shorter.</summary>
    public DateTimeOffset? MovedAt { get; init; }

    public static readonly Course Start = new();

    /// <summary>Since when an update has been on its way to the family: nobody is called as long, for word may arrive any moment.</summary>
    public DateTimeOffset? OnItsWaySince
    {
        get
        {
            foreach (var update in Care.Updates)
                if (update.IsOnItsWay) return update.LeftAt;
            return null;
        }
    }

    /// <summary>The updates that reached nobody, and after which nobody has told the family.</summary>
    public IEnumerable<FamilyUpdate> Unreached => Care.Updates.Where(u => u.Missed.Any() && u.LeftAt >= DoorAt);

    /// <summary>Since when the first of them was known to have reached nobody.</summary>
    public DateTimeOffset? UnreachedSince => Care.Updates.IsEmpty ? null : Unreached.Select(u => (DateTimeOffset?)u.Missed.Max(d => d.At)).Min();

    /// <summary>The door of the whole journey.</summary>
    public DateTimeOffset? DoorAt
    {
        get
        {
            foreach (var link in Links)
                if (link.Link is { As: LinkKind.AdmittedFrom, Door: { } door }) return door;
            return ArrivedAt;
        }
    }

    /// <summary>The present or last stay.</summary>
    public Stay? Stay => Stays.IsEmpty ? null : Stays[^1];

    /// <summary>The patient has been placed under another visit since, and nobody has seen them here after that.</summary>
    public Linked? Elsewhere => LinkAs(LinkKind.ElsewhereAs);

    /// <summary>
    /// The visit under which the person was admitted from here, or that this one is: what was asked and promised went along, and is owed there.
    /// </summary>
    public VisitId? ContinuedAs => LinkAs(LinkKind.AdmittedTo)?.Link.Other ?? SameAs;

    /// <summary>The visit that this one turned out to be.</summary>
    public VisitId? SameAs => LinkAs(LinkKind.SameAs)?.Link.Other;

    private Linked? LinkAs(LinkKind kind)
    {
        foreach (var link in Links)
            if (link.Link.As == kind) return link;
        return null;
    }

    /// <summary>Probably not here: in no count, and nobody is called about it.</summary>
    public bool IsProbablyGone => IsOpen && (SilentSince is not null || Elsewhere is not null);

    public Location? Location => Stays is [.., var last] && last.Until is null ? last.Location : Stays.IsEmpty ? null : Stays[^1].Location;

    /// <summary>The unit on whose board the visit stands.</summary>
    public string Unit => (Status == VisitStatus.Expected ? Plan?.To?.Unit : null) ?? Location?.Unit ?? DefaultUnit ?? "";

    /// <summary>In the house or on leave from it.</summary>
    public bool IsOpen => Status is VisitStatus.Present or VisitStatus.OnLeave;

    public bool IsEnded => Status is VisitStatus.Departed or VisitStatus.Cancelled or VisitStatus.Deleted;

    public DateTimeOffset? Reached(string step)
    {
        foreach (var milestone in Milestones)
            if (milestone.Step == step) return milestone.At;
        return null;
    }

    /// <summary>
    /// The step the visit is in, and since when: the furthest of the pathway, for triage at the bedside takes nobody out of the room.
    /// </summary>
    public Milestone StepOn(ImmutableArray<string> pathway) => Status switch
    {
        VisitStatus.Expected => new(Steps.Expected, ExpectedAt ?? default),
        VisitStatus.Departed or VisitStatus.Cancelled or VisitStatus.Deleted => new(Steps.Departed, EndedAt ?? default),
        _ when BoardingSince is { } since => new(Steps.Boarding, since),
        _ when Plan is { Kind: PlanKind.Discharge } plan => new(Steps.DischargePending, plan.Since),
        _ when Plan is { Kind: PlanKind.Transfer } plan => new(Steps.TransferPending, plan.Since),
        _ when Milestones is [.., var last] => Placed(Furthest(Milestones.AsSpan(), last, pathway), pathway),
        _ => new(Steps.Arrived, ArrivedAt ?? default),
    };

    /// <summary>
    /// The step by which it is judged how long others stayed in it: the furthest that was reached. Boarding, a plan or a place in the hallway passes
    /// without leaving a trace in a visit that has ended, and so is no step to compare by. Null before the first.
    /// </summary>
    public string? Stage(ImmutableArray<string> pathway) => Stage(Milestones.AsSpan(), pathway);

    /// <summary>The same after these steps alone.</summary>
    internal static string? Stage(ReadOnlySpan<Milestone> reached, ImmutableArray<string> pathway) =>
        reached is [.., var last] ? Furthest(reached, last, pathway).Step : null;

    /// <summary>The steps of the pathway after the furthest that was reached; none where the visit is not open.</summary>
    public ImmutableArray<string> StepsAhead(ImmutableArray<string> pathway)
    {
        if (!IsOpen) return [];
        var reached = -1;
        for (var i = 0; i < pathway.Length; i++)
            if (Reached(pathway[i]) is not null) reached = i;
        return pathway[(reached + 1)..];
    }

    /// <summary>A hallway bed or a waiting chair is where the patient is; the step they wait for is the same.</summary>
    private Milestone Placed(Milestone furthest, ImmutableArray<string> pathway)
    {
        if (Stay is not { Kind: PlaceKind.Hallway or PlaceKind.Waiting, Since: var since }
            || pathway.IndexOf(Steps.Roomed) is var roomed && (roomed < 0 || pathway.IndexOf(furthest.Step) >= roomed)) return furthest;
        return since >= furthest.At ? new(Steps.Placed, since) : furthest;
    }

    private static Milestone Furthest(ReadOnlySpan<Milestone> reached, Milestone last, ImmutableArray<string> pathway)
    {
        var furthest = pathway.IndexOf(last.Step);
        if (furthest < 0) return last;
        foreach (var milestone in reached)
            if (pathway.IndexOf(milestone.Step) is var at && at > furthest) (last, furthest) = (milestone, at);
        return last;
    }
}

/// <summary>Times of a message that cannot be.</summary>
/// <param name="Fields">Such as <c>EVN-2</c>, separated by blanks.</param>
/// <param name="At">When what it tells is taken to have happened.</param>
public sealed record NotBelieved(string Fields, DateTimeOffset At);
