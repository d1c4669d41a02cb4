using System.Collections.Immutable;
using Journey.Contracts.Alerts;
using Journey.Contracts.Families;

namespace Journey.Contracts.Visits;

/// <summary>One visit as a unit's board shows it. The gateway makes each audience's view of it.</summary>
[GenerateSerializer, Immutable, Alias("visit.row.v1")]
public sealed record VisitRow
{
    [Id(0)] public VisitId Visit { get; init; }
    /// <summary>The stream version this row shows; a later one wins.</summary>
    [Id(1)] public long Version { get; init; }
    [Id(2)] public string? Number { get; init; }
    [Id(3)] public PatientRef Patient { get; init; } = new();
    [Id(4)] public PatientClass Class { get; init; }
    [Id(5)] public VisitStatus Status { get; init; }
    [Id(6)] public Location? Location { get; init; }
    /// <summary>The unit on whose board the visit stands: the location's, or the feed's default.</summary>
    [Id(7)] public string Unit { get; init; } = "";
    /// <summary>Where the patient is for the moment (A09, A10); null when at the assigned location.</summary>
    [Id(8)] public Location? TemporaryLocation { get; init; }
    [Id(9)] public bool InTransit { get; init; }
    /// <summary>A pending admit, transfer or discharge.</summary>
    [Id(10)] public PlanView? Plan { get; init; }
    [Id(11)] public string Step { get; init; } = "";
    [Id(12)] public DateTimeOffset StepSince { get; init; }
    /// <summary>The steps still ahead on the pathway, next first; the board's one tap offers the first.</summary>
    [Id(13)] public ImmutableArray<string> StepsAhead { get; init; } = [];
    /// <summary>The clinical target that is due first; null when none runs. The family's clock is in <see cref="Family"/>.</summary>
    [Id(14)] public ClockView? Clock { get; init; }
    /// <summary>The door: when the patient arrived; for an expected visit when they are expected, null if unknown.</summary>
    [Id(15)] public DateTimeOffset? ArrivedAt { get; init; }
    [Id(16)] public DateTimeOffset? DepartedAt { get; init; }
    [Id(17)] public int? Acuity { get; init; }
    [Id(18)] public Person? Nurse { get; init; }
    [Id(19)] public Person? Provider { get; init; }
    [Id(20)] public ImmutableArray<AlertView> Alerts { get; init; } = [];
    [Id(21)] public FamilyView Family { get; init; } = new(null, null, null, null, null, null, false, []);
    [Id(22)] public DateTimeOffset? LastContactAt { get; init; }
    /// <summary>When anything was last heard of this visit, from any source.</summary>
    [Id(23)] public DateTimeOffset HeardAt { get; init; }
    [Id(24)] public string? Service { get; init; }
    [Id(25)] public DateTimeOffset? ExpectedAt { get; init; }
    /// <summary>The one whom patient and family turn to.</summary>
    [Id(26)] public Person? PointOfContact { get; init; }
    /// <summary>A handoff that is required, offered or returned: the patient is between owners. Null otherwise.</summary>
    [Id(27)] public Care.HandoffView? Handoff { get; init; }
    /// <summary>Open questions, promises and requests, the one due first in front.</summary>
    [Id(28)] public ImmutableArray<Care.OwedView> Owed { get; init; } = [];
    [Id(29)] public ImmutableArray<Families.PrivacyLock> Locks { get; init; } = [];
    /// <summary>Bad news is pending: nothing goes to the family by itself.</summary>
    [Id(30)] public bool OnHold { get; init; }
    [Id(31)] public ImmutableArray<Care.PromptView> Prompts { get; init; } = [];
    /// <summary>The patient, the family, or both need an interpreter: the language.</summary>
    [Id(32), Sensitive] public string? InterpreterFor { get; init; }
    /// <summary>
    /// Who opened the visit by breaking the glass, as far as it had not ended when anything was last heard. For deciding who is admitted; no board
    /// shows it.
    /// </summary>
    [Id(33)] public ImmutableArray<Access.GlassGrant> Glass { get; init; } = [];
    /// <summary>What the row may be wrong about; empty when nothing contradicts it.</summary>
    [Id(34)] public ImmutableArray<Doubt> Doubts { get; init; } = [];
    /// <summary>Other visits of the same person that this one continues, or that continue it.</summary>
    [Id(35)] public ImmutableArray<VisitLink> Links { get; init; } = [];
    /// <summary>The door of the whole journey: the linked emergency visit's, else this visit's own arrival.</summary>
    [Id(36)] public DateTimeOffset? DoorAt { get; init; }
    /// <summary>How the visit ended; unknown while it has not, or nobody said.</summary>
    [Id(37)] public DepartureKind DepartedAs { get; init; }
    /// <summary>True when the end was concluded, from a link or by a rule, and not said.</summary>
    [Id(38)] public bool IsEndInferred { get; init; }
    [Id(39)] public PlaceKind PlaceKind { get; init; }
    /// <summary>Why the patient came, as sent; staff only.</summary>
    [Id(40), Sensitive] public string? Complaint { get; init; }
    /// <summary>When the place, the nurse and the acuity were last said or seen, and by whom; null where never.</summary>
    [Id(41)] public Freshness? PlaceSaid { get; init; }
    [Id(42)] public Freshness? NurseSaid { get; init; }
    [Id(43)] public Freshness? AcuitySaid { get; init; }
    /// <summary>Since when the patient is out of the emergency department, whatever the paperwork says; null while in it, or never there.</summary>
    [Id(44)] public DateTimeOffset? LeftDepartmentAt { get; init; }

    /// <summary>When somebody last saw the patient at the place that is shown; null when nobody did.</summary>
    [Id(45)] public DateTimeOffset? PlaceVerifiedAt { get; init; }

    /// <summary>The last time the row stood among those to verify; null when it never did on this unit.</summary>
    [Id(46)] public Unverified? Unverified { get; init; }

    /// <summary>How long the visit was in each step; null until it has ended, and where its end was only concluded. No board shows it.</summary>
    [Id(47)] public ImmutableArray<StepTime>? Spent { get; init; }

    /// <summary>What was reported of the visit, of all that its clocks waited for; null until it has ended. No board shows it.</summary>
    [Id(48)] public ImmutableArray<FactReport>? Reports { get; init; }

    /// <summary>
    /// From when on a visit that has ended admits nobody but whoever breaks the glass; null while it has not ended. No board shows it.
    /// </summary>
    [Id(49)] public DateTimeOffset? ClosesAt { get; init; }

    /// <summary>What staff keep on the row, one line; null when nothing, and once the visit has ended.</summary>
    [Id(50), Sensitive] public string? Note { get; init; }

    /// <summary>When the note was written, and by whom.</summary>
    [Id(51)] public Freshness? NoteSaid { get; init; }

    /// <summary>Behind a lock of whichever kind: on no wall, in no waiting room, and in no search but by the number.</summary>
    [System.Text.Json.Serialization.JsonIgnore] public bool IsHidden => Patient.Confidential || !Locks.IsDefaultOrEmpty;

    /// <summary>Probably not here: shown apart and left out of every count.</summary>
    public bool IsProbablyGone
    {
        get
        {
            foreach (var doubt in Doubts)
                if (doubt.IsGone) return true;
            return false;
        }
    }
}

/// <summary>A pending admit, transfer or discharge.</summary>
[GenerateSerializer, Immutable, Alias("visit.plan-view.v1")]
public sealed record PlanView([property: Id(0)] PlanKind Kind, [property: Id(1)] Location? To, [property: Id(2)] DateTimeOffset? ExpectedAt,
    [property: Id(3)] DateTimeOffset Since);

/// <summary>Everything the visit page shows.</summary>
[GenerateSerializer, Immutable, Alias("visit.view.v1")]
public sealed record VisitView(
    [property: Id(0)] VisitRow Row,
    [property: Id(1)] ImmutableArray<Stay> Stays,
    [property: Id(2)] ImmutableArray<Milestone> Milestones,
    [property: Id(3)] ImmutableArray<ClockView> Clocks,
    [property: Id(4)] ImmutableArray<AlertView> PastAlerts)
{
    /// <summary>Questions, promises, requests, handoffs, families.</summary>
    [Id(5)] public CareView Care { get; init; } = new();
}

/// <summary>A stay at one location; <paramref name="Until"/> is null for the present one.</summary>
[GenerateSerializer, Immutable, Alias("visit.stay.v1")]
public sealed record Stay([property: Id(0)] Location Location, [property: Id(1)] DateTimeOffset Since, [property: Id(2)] DateTimeOffset? Until)
{
    [Id(3)] public PlaceKind Kind { get; init; }
    [Id(4)] public Department Department { get; init; }
}

/// <summary>How long a visit was in a step, on one unit.</summary>
/// <param name="Minutes">Whole ones.</param>
[GenerateSerializer, Immutable, Alias("visit.step-time.v1")]
public sealed record StepTime([property: Id(0)] string Step, [property: Id(1)] string Unit, [property: Id(2)] int Minutes);

/// <summary>Whether something that clocks wait for was ever reported of a visit on a unit.</summary>
/// <param name="Fact">A step, or one of <see cref="AwaitedFacts"/>.</param>
[GenerateSerializer, Immutable, Alias("visit.report.v1")]
public sealed record FactReport([property: Id(0)] string Fact, [property: Id(1)] string Unit, [property: Id(2)] Reporter By);

/// <summary>Who reported something.</summary>
[GenerateSerializer, Alias("visit.reporter.v1")]
public enum Reporter { Nobody, Feed, Staff }

/// <summary>What clocks wait for beside steps. Persisted: never renamed.</summary>
public static class AwaitedFacts
{
    /// <summary>A boarding patient reached the ward.</summary>
    public const string Moved = "moved";

    /// <summary>The patient left.</summary>
    public const string Left = "left";

    /// <summary>A nurse is named.</summary>
    public const string Nurse = "nurse";

    /// <summary>Staff were with the patient.</summary>
    public const string Contact = "contact";

    /// <summary>The family was told something.</summary>
    public const string Told = "told";
}

/// <summary>A step and when it was reached.</summary>
[GenerateSerializer, Immutable, Alias("visit.milestone.v1")]
public sealed record Milestone([property: Id(0)] string Step, [property: Id(1)] DateTimeOffset At)
{
    /// <summary>
    /// True when nobody said so and no policy maps it: a bed in an emergency department is taken for a treatment room. No family is told of it.
    /// </summary>
    [Id(2)] public bool IsAssumed { get; init; }
}

/// <summary>One line of a visit's history, from the journal.</summary>
/// <param name="Version">The commit.</param>
/// <param name="OccurredAt">When it happened.</param>
/// <param name="RecordedAt">When Journey recorded it.</param>
/// <param name="Kind">What kind of event, such as <c>Moved</c>.</param>
/// <param name="Text">One line for a person.</param>
/// <param name="By">Who.</param>
/// <param name="Undone">True when a cancel or an undo took it back.</param>
/// <param name="Command">The command it came from; what an undo names.</param>
[GenerateSerializer, Immutable, Alias("visit.timeline-entry.v1")]
public sealed record TimelineEntry(
    [property: Id(0)] long Version, [property: Id(1)] DateTimeOffset OccurredAt, [property: Id(2)] DateTimeOffset RecordedAt,
    [property: Id(3)] string Kind, [property: Id(4)] string Text, [property: Id(5)] Actor By, [property: Id(6)] bool Undone,
    [property: Id(7)] CommandId Command)
{
    /// <summary>Until when its command may be taken back; null when it may not, or no more. By the rule that decides it.</summary>
    [Id(8)] public DateTimeOffset? UndoUntil { get; init; }

    /// <summary>Nothing clinical is in it: whoever looks after the family may read it too. False from a silo of an earlier version.</summary>
    [Id(9)] public bool IsOfFamily { get; init; }

    /// <summary>Recorded by those who look after the patient, who alone take it back.</summary>
    [Id(10)] public bool IsOfCare { get; init; }
}
