using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Access;
using Journey.Contracts.Families;
using Journey.Contracts.Visits;

namespace Journey.Domain.Facts;

/// <summary>One visit: its facts in the order they occurred, the course that follows from them, and its alerts.</summary>
public sealed record Visit
{
    /// <summary>How many recent commands are remembered, so that a retry gets its first answer without a look into the store.</summary>
    public const int RememberedCommands = 64;

    /// <summary>How many alerts are kept in memory, and the last resolved ones of every rule whatever their number; the journal keeps all.</summary>
    public const int RememberedAlerts = 16;

    /// <summary>How many facts of one kind by staff are kept; older ones shape nothing any more.</summary>
    public const int RememberedFacts = 24;

    /// <summary>How many there are more before so many are forgotten at once: the course is then worked out anew.</summary>
    public const int ForgottenAtOnce = 12;

    /// <summary>How many updates in a row that said the same and nothing new are kept.</summary>
    public const int RememberedUpdates = 8;

    /// <summary>How many grants are kept; the journal keeps all.</summary>
    public const int RememberedGrants = 32;

    public long Version { get; init; }
    public PatientRef Patient { get; init; } = new();
    public ImmutableArray<FamilyContact> Contacts { get; init; } = [];

    /// <summary>The number it was given instead of the one it was said to have; null when it has that.</summary>
    public string? Renumbered { get; init; }

    /// <summary>Numbers that it was given another one for: a message that was under way meanwhile says them still.</summary>
    public ImmutableArray<string> GivenUp { get; init; } = [];

    /// <summary>The number by which the hospital knows it; null when none was said.</summary>
    public string? Number => Renumbered ?? Course.Number;

    /// <summary>Sorted by when they occurred.</summary>
    public ImmutableArray<CourseEntry> Entries { get; init; } = [];
    public Course Course { get; init; } = Course.Start;

    /// <summary>Open ones, and those resolved last, oldest first.</summary>
    public ImmutableArray<Alert> Alerts { get; init; } = [];

    /// <summary>The most recent commands, oldest first.</summary>
    public ImmutableArray<Guid> Commands { get; init; } = [];
    public DateTimeOffset HeardAt { get; init; }

    /// <summary>The latest times the glass was broken, oldest first.</summary>
    public ImmutableArray<GlassGrant> Glass { get; init; } = [];

    /// <summary>When a message about it last came so late that its feed must be behind; null when the last one came as it was sent.</summary>
    public DateTimeOffset? FedLateAt { get; init; }

    /// <summary>
    /// The last time it stood among those to verify on its unit. Told from commit to commit and not from the facts in their order: who left at six by
    /// what is entered at eight stood there until eight.
    /// </summary>
    public Unverified? Unverified { get; init; }

    public static readonly Visit Unknown = new();

    /// <summary>
    /// Everything that was known of it was erased, and nothing opens it again. One that was another person's before has only what came after.
    /// </summary>
    public bool IsErased { get; init; }

    public bool Exists => Version > 0 && !IsErased;

    /// <summary>When a feed last said something of it, results and orders apart; null when none did.</summary>
    public DateTimeOffset? FedAt
    {
        get
        {
            DateTimeOffset? last = null;
            foreach (var entry in Entries)
                if (entry.Fact is FeedFact and not Mentioned && Chronology.SaidAt(entry) is var said && !(last >= said)) last = said;
            return last;
        }
    }

    public bool Remembers(CommandId command) => Commands.Contains(command.Value);

    /// <summary>
    /// Whether anybody of the family is here or was heard of by somebody: only then do their clocks run. Who is merely next of kin in a feed's record
    /// does not wait.
    /// </summary>
    public bool HasFamily => !Course.Care.Contacts.IsEmpty || Course.LastToldAt is not null || Course.FamilyWaitingSince is not null;

    public Alert? Alert(Guid id)
    {
        foreach (var alert in Alerts)
            if (alert.Id == id) return alert;
        return null;
    }
}
