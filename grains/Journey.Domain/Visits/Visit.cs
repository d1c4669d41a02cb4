using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Visits;

namespace Journey.Domain.Visits;

/// <summary>One visit: its facts in the order they occurred, the course that follows from them, and its alerts.</summary>
public sealed record Visit
{
    /// <summary>How many recent commands are remembered, so that a retry gets its first answer without a look into the store.</summary>
    public const int RememberedCommands = 64;

    /// <summary>How many resolved alerts are kept in memory; the journal keeps all.</summary>
    public const int RememberedAlerts = 16;

    /// <summary>How many contacts and family updates are kept each; older ones shape nothing any more.</summary>
    public const int RememberedContacts = 24;

    public long Version { get; init; }
    public PatientRef Patient { get; init; } = new();
    public ImmutableArray<FamilyContact> Contacts { get; init; } = [];

    /// <summary>Sorted by when they occurred.</summary>
    public ImmutableArray<Entry> Entries { get; init; } = [];
    public Course Course { get; init; } = Course.Start;

    /// <summary>Open ones, and the last resolved ones, oldest first.</summary>
    public ImmutableArray<Alert> Alerts { get; init; } = [];

    /// <summary>The most recent commands, oldest first.</summary>
    public ImmutableArray<Guid> Commands { get; init; } = [];
    public DateTimeOffset HeardAt { get; init; }

    public static readonly Visit Unknown = new();

    public bool Exists => Version > 0;

    public bool Remembers(CommandId command) => Commands.Contains(command.Value);

    /// <summary>Whether anybody of the family is known of: only then do their clocks run.</summary>
    public bool HasFamily => !Contacts.IsEmpty || Course.LastToldAt is not null || Course.FamilyWaitingSince is not null;

    public Alert? Alert(Guid id)
    {
        foreach (var alert in Alerts)
            if (alert.Id == id) return alert;
        return null;
    }
}

/// <summary>One alert per (visit, rule) at a time.</summary>
/// <param name="Since">When the clock that ran out had started.</param>
/// <param name="ChangedBy">The command that acknowledged, snoozed or resolved it last; what an undo looks for.</param>
public sealed record Alert(
    Guid Id, string Rule, Severity Severity, AlertState State, DateTimeOffset Since, DateTimeOffset DueAt, DateTimeOffset RaisedAt,
    Actor? Owner = null, DateTimeOffset? ExpectedBy = null, DateTimeOffset? SnoozedUntil = null, string? Reason = null,
    DateTimeOffset? ResolvedAt = null, string? Resolution = null, Guid? ChangedBy = null)
{
    public bool IsOpen => State != AlertState.Resolved;
}

/// <summary>How an alert ended. Persisted: never renamed.</summary>
public static class Resolutions
{
    /// <summary>A person said they acted.</summary>
    public const string Acted = "acted";

    /// <summary>What was awaited happened.</summary>
    public const string Done = "done";

    /// <summary>It no longer applies.</summary>
    public const string Cleared = "cleared";

    /// <summary>The visit ended.</summary>
    public const string Closed = "closed";
}
