using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Alerts;

namespace Journey.Domain.Facts;

/// <param name="Since">When the clock that ran out had started.</param>
/// <param name="Shadow">True when its rule calls nobody on the unit yet: it is counted, and shown to nobody. Null: it is not so.</param>
public sealed record AlertRaised(Guid Alert, string Rule, Severity Severity, DateTimeOffset Since, DateTimeOffset DueAt, bool? Shadow = null)
    : VisitEvent;

public sealed record AlertWorsened(Guid Alert, Severity Severity) : VisitEvent;
public sealed record AlertEased(Guid Alert, Severity Severity) : VisitEvent;
public sealed record AlertAcknowledged(Guid Alert, DateTimeOffset? ExpectedBy) : VisitEvent;
public sealed record AlertSnoozed(Guid Alert, DateTimeOffset Until, [property: Sensitive] string Reason) : VisitEvent;
public sealed record AlertWoke(Guid Alert) : VisitEvent;

/// <param name="How">See <see cref="Resolutions"/>.</param>
public sealed record AlertResolved(Guid Alert, string How, [property: Sensitive] string? Action) : VisitEvent;

/// <param name="Severity">As its clock stands now; null: as it was.</param>
public sealed record AlertReopened(Guid Alert, Severity? Severity = null, DateTimeOffset? DueAt = null) : VisitEvent;

/// <summary>What it warns of stopped to apply: it ends when that has lasted for the policy's dwell.</summary>
public sealed record AlertStopped(Guid Alert) : VisitEvent;

/// <summary>What it warns of applies again, before it had ended: it goes on as it was.</summary>
public sealed record AlertResumed(Guid Alert) : VisitEvent;

/// <summary>Its clock started at another time than was thought, or has another target: an alert and its clock are due at the same time.</summary>
/// <param name="As">Its id from now on, where the clock started at another time: the same clock has the same alert, whichever was known first. Null:
/// the same.</param>
public sealed record AlertRetimed(Guid Alert, DateTimeOffset Since, DateTimeOffset DueAt, Guid? As = null) : VisitEvent;

/// <summary>Its rule was turned on on the unit, or off: from now on it is called out, or only counted.</summary>
public sealed record AlertShadowed(Guid Alert, bool Shadow) : VisitEvent;

/// <summary>Somebody has seen it.</summary>
public sealed record AlertSeen(Guid Alert) : VisitEvent;

/// <summary>Nobody took it in time: the next rung of the ladder is called.</summary>
/// <param name="Rung">Its place on the ladder, from 0.</param>
/// <param name="To">Who is called, such as <c>charge-nurse</c>.</param>
public sealed record AlertEscalated(Guid Alert, int Rung, string To) : VisitEvent
{
    /// <summary>
    /// The rungs before it on which nobody was; null where there were none, and in what versions before 2026-12 wrote, which recorded each as called.
    /// </summary>
    public ImmutableArray<string>? Passed { get; init; }
}

/// <summary>Its owner had expected to have acted by now.</summary>
public sealed record AlertLapsed(Guid Alert) : VisitEvent;

/// <summary>What the command did to an alert was taken back: it is as it was before.</summary>
public sealed record AlertRestored(Guid Alert, Guid Command) : VisitEvent;
