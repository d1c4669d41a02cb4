using System.Collections.Immutable;
using Journey.Contracts.Visits;

namespace Journey.Domain.Policies;

/// <summary>The moment a clock starts.</summary>
public enum ClockStart
{
    /// <summary>This visit's arrival.</summary>
    Arrived,
    /// <summary>The last time staff were with the patient, or the door.</summary>
    Contact,
    /// <summary>The decision to admit, while the patient is still in the emergency department.</summary>
    Boarding,
    /// <summary>The last word to the family, or the door.</summary>
    Told,
    /// <summary>A change of unit or bed the family was not told of.</summary>
    Moved,
    /// <summary>A family member asked.</summary>
    FamilyAsked,
    /// <summary>The time a word was promised for: due at once when it passes.</summary>
    Promise,
    /// <summary>The present step began.</summary>
    Step,
    /// <summary>A question was asked: due when its answer is.</summary>
    Question,
    /// <summary>A question was answered, and its asker has not said that the answer satisfies them.</summary>
    Answer,
    /// <summary>Something was asked for: due when it is wanted.</summary>
    Request,
    /// <summary>The patient came between owners.</summary>
    Handoff,
    /// <summary>No nurse is responsible.</summary>
    Unowned,
    /// <summary>Somebody promised something else than the next word to the family: due at once when its time passes.</summary>
    Promised,
    /// <summary>Wrong code words locked the check: somebody may be guessing.</summary>
    Guessed,
    /// <summary>Every delivery of an update to the family had ended, and it had reached nobody.</summary>
    Unreached,
    /// <summary>The door of the whole journey: of the emergency visit that this one continues, else this visit's arrival.</summary>
    Door,
}

public enum RuleKind { Touchpoint, Family, Question, Request, Handoff, Owner, Privacy }

/// <summary>What depends on an alert.</summary>
public enum Tier
{
    /// <summary>Somebody may come to harm: sounds, and nothing silences or counts it.</summary>
    Safety,
    /// <summary>Somebody waits.</summary>
    Service,
}

/// <summary>One rule: when which clock runs for whom, and how long it may.</summary>
/// <param name="Key">Stable, such as <c>ed.triage</c>.</param>
/// <param name="Says">What is waited for, in words for a board; no patient data.</param>
/// <param name="Classes">Empty: every class.</param>
/// <param name="Units">Empty: every unit.</param>
/// <param name="Steps">The visit must be in one of these; empty: any.</param>
/// <param name="Until">The clock stops for good once this step, or a later one of the pathway, is reached.</param>
/// <param name="NotBoarding">True: does not run while boarding, because another rule does.</param>
/// <param name="Targets">For every acuity, and for unknown acuity.</param>
/// <param name="Source">Where the numbers come from.</param>
/// <param name="ApprovedBy">Who approved them at this site.</param>
public sealed record Rule(
    string Key, RuleKind Kind, string Says, ImmutableArray<PatientClass> Classes, ImmutableArray<string> Units, ImmutableArray<string> Steps,
    ClockStart Starts, string? Until, bool NotBoarding, Targets Targets, string Source, string ApprovedBy)
{
    public Tier Tier { get; init; } = Tier.Service;

    /// <summary>
    /// What an alert says once the time is over, with <see cref="Limit"/> where the time stands: <c>Not triaged within {limit}</c>. Null: as
    /// <see cref="Says"/>.
    /// </summary>
    public string? Late { get; init; }

    public const string Limit = "{limit}";

    /// <summary>True: what it would raise in the quiet hours waits until they end. Never of the safety tier.</summary>
    public bool Quiet { get; init; }

    /// <summary>Runs only while the patient is in a place of one of these departments; empty: anywhere.</summary>
    public ImmutableArray<Department> Departments { get; init; } = [];

    /// <summary>True: does not run while the patient is away from the bed, on the way or in a procedure.</summary>
    public bool NotAway { get; init; }

    /// <summary>Which kinds of questions or requests; empty: all.</summary>
    public ImmutableArray<string> About { get; init; } = [];

    /// <summary>Other targets for a clock that starts at other hours of the day.</summary>
    public ImmutableArray<HourlyTargets> At { get; init; } = [];

    /// <summary>Of a question, a promise, a request or a handoff: each has a clock of its own.</summary>
    public bool IsOfItems => Starts is ClockStart.Question or ClockStart.Answer or ClockStart.Request or ClockStart.Handoff or ClockStart.Promised;

    /// <summary>What ends its wait: a step, or one of <see cref="AwaitedFacts"/>. Null: somebody here began it, and can end it.</summary>
    public string? Awaits => Until ?? Starts switch
    {
        ClockStart.Boarding => AwaitedFacts.Moved,
        ClockStart.Door => AwaitedFacts.Left,
        ClockStart.Contact => AwaitedFacts.Contact,
        // Where nobody is named nobody reads a handoff back.
        ClockStart.Unowned or ClockStart.Handoff => AwaitedFacts.Nurse,
        ClockStart.Told or ClockStart.Moved => AwaitedFacts.Told,
        _ => null,
    };

    /// <summary>True: that somebody was with the patient or the family is what it waits for.</summary>
    public bool RestartsWhenActed => Awaits is null or AwaitedFacts.Contact or AwaitedFacts.Told;

    public bool IsAbout(string kind) => About.IsEmpty || About.Contains(kind, StringComparer.OrdinalIgnoreCase);
}

public sealed record HourlyTargets(Hours Hours, Targets Targets);

/// <summary>Targets by acuity: index 1–5, and 0 for unknown. A missing entry means the rule does not apply to that acuity.</summary>
public sealed record Targets(ImmutableArray<Target?> ByAcuity)
{
    public Target? For(int? acuity) => ByAcuity[acuity is >= 1 and <= 5 ? acuity.Value : 0];
}

/// <summary>How long a clock may run. <c>Warn</c> ≤ <c>Max</c> ≤ <c>Critical</c>; null means no such stage.</summary>
public sealed record Target(TimeSpan? Warn, TimeSpan Max, TimeSpan? Critical);
