using System.Collections.Immutable;
using Journey.Contracts.Visits;

namespace Journey.Domain.Policies;

/// <summary>What a site decided: units, pathways, and the rules by which a clock becomes an alert. Data, never constants in code.</summary>
public sealed record Policy
{
    public string Name { get; init; } = "";

    /// <summary>Grows with every change; recorded nowhere else, so a pack says its own.</summary>
    public int Version { get; init; }
    public ImmutableArray<UnitPolicy> Units { get; init; } = [];

    /// <summary>The steps of a visit by class, in order.</summary>
    public ImmutableDictionary<PatientClass, ImmutableArray<string>> Pathways { get; init; } = ImmutableDictionary<PatientClass, ImmutableArray<string>>.Empty;
    public ImmutableArray<Rule> Rules { get; init; } = [];

    /// <summary><c>board.rolloff</c>: how long a closed visit stays visible for look-back.</summary>
    public TimeSpan RollOff { get; init; } = TimeSpan.FromHours(48);

    /// <summary><c>undo.window</c>: how long after it was recorded a staff command may be taken back.</summary>
    public TimeSpan UndoWindow { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary><c>alert.snooze.max</c>.</summary>
    public TimeSpan MaxSnooze { get; init; } = TimeSpan.FromMinutes(60);

    /// <summary><c>bed.turnaround</c> max: dirty → clean.</summary>
    public TimeSpan BedTurnaround { get; init; } = TimeSpan.FromMinutes(60);

    public UnitPolicy? Unit(string code) => Units.FirstOrDefault(u => u.Code == code);

    public Rule? Rule(string key) => Rules.FirstOrDefault(r => r.Key == key);

    public ImmutableArray<string> Pathway(PatientClass kind) =>
        Pathways.TryGetValue(kind, out var steps) || Pathways.TryGetValue(PatientClass.Other, out steps) ? steps : [];
}

/// <summary>A unit and the beds it is known to have; others appear when a message names them.</summary>
public sealed record UnitPolicy(string Code, string Name, ImmutableArray<BedPolicy> Beds);

public sealed record BedPolicy(string? Room, string Bed);

/// <summary>The moment a clock starts.</summary>
public enum ClockStart
{
    /// <summary>The door.</summary>
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
}

public enum RuleKind { Touchpoint, Family }

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
    ClockStart Starts, string? Until, bool NotBoarding, Targets Targets, string Source, string ApprovedBy);

/// <summary>Targets by acuity: index 1–5, and 0 for unknown. A missing entry means the rule does not apply to that acuity.</summary>
public sealed record Targets(ImmutableArray<Target?> ByAcuity)
{
    public Target? For(int? acuity) => ByAcuity[acuity is >= 1 and <= 5 ? acuity.Value : 0];
}

/// <summary>How long a clock may run. <c>Warn</c> ≤ <c>Max</c> ≤ <c>Critical</c>; null means no such stage.</summary>
public sealed record Target(TimeSpan? Warn, TimeSpan Max, TimeSpan? Critical)
{
    public Severity? At(TimeSpan elapsed) =>
        elapsed >= Critical ? Severity.Critical : elapsed >= Max ? Severity.Warning : elapsed >= Warn ? Severity.Notice : null;

    /// <summary>The next stage after <paramref name="elapsed"/> that is graver than <paramref name="severity"/>; null when there is none.</summary>
    public TimeSpan? NextAbove(Severity? severity, TimeSpan elapsed)
    {
        return Is(Warn) ? Warn : Is(Max) ? Max : Is(Critical) ? Critical : null;

        bool Is(TimeSpan? stage) => elapsed < stage && (severity is null || At(stage.Value) > severity);
    }
}
