using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Visits;

namespace Journey.Domain.Visits;

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

    /// <summary>Questions, promises, requests, handoffs, families.</summary>
    public CareState Care { get; init; } = CareState.None;

    /// <summary>The last change of unit or bed that the family was not told of since.</summary>
    public DateTimeOffset? MovedAt { get; init; }

    public static readonly Course Start = new();

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

    /// <summary>The step the visit is in, and since when: the furthest of the pathway, for triage at the bedside takes nobody out of the room.</summary>
    public Milestone StepOn(ImmutableArray<string> pathway) => Status switch
    {
        VisitStatus.Expected => new(Steps.Expected, ExpectedAt ?? default),
        VisitStatus.Departed or VisitStatus.Cancelled or VisitStatus.Deleted => new(Steps.Departed, EndedAt ?? default),
        _ when BoardingSince is { } since => new(Steps.Boarding, since),
        _ when Plan is { Kind: PlanKind.Discharge } plan => new(Steps.DischargePending, plan.Since),
        _ when Plan is { Kind: PlanKind.Transfer } plan => new(Steps.TransferPending, plan.Since),
        _ when Milestones is [.., var last] => Furthest(last, pathway),
        _ => new(Steps.Arrived, ArrivedAt ?? default),
    };

    private Milestone Furthest(Milestone last, ImmutableArray<string> pathway)
    {
        var furthest = pathway.IndexOf(last.Step);
        if (furthest < 0) return last;
        foreach (var milestone in Milestones)
            if (pathway.IndexOf(milestone.Step) is var at && at > furthest) (last, furthest) = (milestone, at);
        return last;
    }
}
