using Journey.Contracts;
using Journey.Contracts.Alerts;

namespace Journey.Domain.Facts;

/// <summary>One alert per (visit, rule) at a time.</summary>
/// <param name="Since">When the clock that ran out had started.</param>
/// <param name="ChangedBy">The command that acknowledged, snoozed or resolved it last; what an undo looks for.</param>
/// <param name="ChangedAt">When that was recorded.</param>
/// <param name="Before">The alert as it was before that; what an undo restores. Itself with what was before, a few commands deep.</param>
public sealed record Alert(
    Guid Id, string Rule, Severity Severity, AlertState State, DateTimeOffset Since, DateTimeOffset DueAt, DateTimeOffset RaisedAt,
    Actor? Owner = null, DateTimeOffset? ExpectedBy = null, DateTimeOffset? SnoozedUntil = null, string? Reason = null,
    DateTimeOffset? ResolvedAt = null, string? Resolution = null, Guid? ChangedBy = null,
    DateTimeOffset? ChangedAt = null, Alert? Before = null)
{
    /// <summary>Since when the escalation ladder counts; null while the alert is on none: a notice, owned, or snoozed.</summary>
    public DateTimeOffset? LadderSince { get; init; }

    /// <summary>Since when what it warns of applies no more, while it stays for the dwell; null while it applies.</summary>
    public DateTimeOffset? StoppedAt { get; init; }

    /// <summary>The rung whose turn it is.</summary>
    public int Rung { get; init; }
    public string? EscalatedTo { get; init; }
    public DateTimeOffset? EscalatedAt { get; init; }
    public DateTimeOffset? SeenAt { get; init; }
    public Actor? SeenBy { get; init; }

    /// <summary>When somebody first took it.</summary>
    public DateTimeOffset? TakenAt { get; init; }

    /// <summary>Its rule calls nobody on the unit: it is counted, and shown to nobody.</summary>
    public bool IsShadow { get; init; }

    private const int Depth = 4;

    public bool IsOpen => State != AlertState.Resolved;

    /// <summary>About to be changed by a command.</summary>
    internal Alert ChangeBy(Guid command, DateTimeOffset at) => this with { ChangedBy = command, ChangedAt = at, Before = Remember(this, Depth) };

    private static Alert? Remember(Alert? alert, int depth) =>
        alert is null || depth == 0 ? null : alert with { Before = Remember(alert.Before, depth - 1) };
}

/// <summary>How an alert ended. Persisted: never renamed.</summary>
public static class Resolutions
{
    /// <summary>A person said they acted.</summary>
    public const string Acted = "acted";

    /// <summary>What was awaited happened.</summary>
    public const string Done = "done";

    /// <summary>The patient is on leave, away in a procedure, or has died: nobody is to be called.</summary>
    public const string Suppressed = "suppressed";

    /// <summary>What was awaited never happened: something that comes after it did.</summary>
    public const string PassedOver = "passed-over";

    /// <summary>It no longer applies.</summary>
    public const string Cleared = "cleared";

    /// <summary>The visit ended.</summary>
    public const string Closed = "closed";
}
