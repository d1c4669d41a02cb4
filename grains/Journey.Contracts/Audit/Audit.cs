using System.Collections.Immutable;
using Journey.Contracts.Access;

namespace Journey.Contracts.Audit;

/// <summary>What somebody did. The names are stored (as <c>read-visit</c>): never renamed, never reused.</summary>
[GenerateSerializer, Alias("audit.action.v1")]
public enum AuditAction
{
    /// <summary>Read a visit's page.</summary>
    ReadVisit,
    /// <summary>Read a visit's history.</summary>
    ReadTimeline,
    /// <summary>Read the draft of a handoff.</summary>
    ReadDraft,
    /// <summary>Read a unit's board once.</summary>
    ReadBoard,
    /// <summary>Began to watch a unit's board; one entry for the watch, not for what it shows.</summary>
    WatchBoard,
    /// <summary>Read, or began to watch, what somebody owes.</summary>
    ReadList,
    /// <summary>Read every open alert.</summary>
    ReadAlerts,
    /// <summary>Read, or began to watch, the non-emergency line.</summary>
    ReadHotline,
    /// <summary>Searched for patients or visits.</summary>
    Search,
    /// <summary>Printed a sheet.</summary>
    Print,
    /// <summary>Took data out of Journey.</summary>
    Export,
    /// <summary>Patient information went to a family: its page, an update, a caller.</summary>
    Disclose,
    /// <summary>Said or changed something.</summary>
    Change,
    /// <summary>Read this trail.</summary>
    ReadAudit,
    SignIn,
    SignOut,
    /// <summary>Opened what is closed to them, with a reason.</summary>
    BreakGlass,
    /// <summary>Journey removed entries that are past their retention; the entry says through where.</summary>
    Expire,
    /// <summary>What was known of a person was erased, on request or by retention; no particulars, and how much it was.</summary>
    Erase,
}

/// <summary>How it ended, as far as it was known when the entry was written.</summary>
[GenerateSerializer, Alias("audit.outcome.v1")]
public enum AuditOutcome
{
    /// <summary>Answered.</summary>
    Done,
    /// <summary>A command that was about to be carried out; whether it was, the journal says by the command's id.</summary>
    Sent,
    /// <summary>Nothing of that name is known; nothing was shown.</summary>
    NotFound,
    /// <summary>Refused; nothing was shown or done.</summary>
    Refused,
    /// <summary>It could not be answered.</summary>
    Failed,
}

/// <summary>Who it was and on what grounds.</summary>
/// <param name="Id">Stable id of a person or system; never a patient.</param>
/// <param name="Name">As screens know them; null when the id is all there is.</param>
/// <param name="Roles">Roles in force then.</param>
/// <param name="Authority">What allowed it, such as <c>nurse@ED</c>, <c>assigned</c>, <c>break-the-glass/…</c>; null when nothing but being here
/// did.</param>
/// <param name="Address">Where from: an IP address.</param>
/// <param name="Device">The device or session, if known.</param>
[GenerateSerializer, Immutable, Alias("audit.party.v1")]
public sealed record AuditParty(
    [property: Id(0)] string Id, [property: Id(1)] string? Name = null, [property: Id(2)] ImmutableArray<string> Roles = default,
    [property: Id(3)] string? Authority = null,
    [property: Id(4)] string? Address = null, [property: Id(5)] string? Device = null);

/// <summary>One thing that somebody did. Holds ids, no names or other particulars of patients.</summary>
[GenerateSerializer, Immutable, Alias("audit.entry.v1")]
public sealed record AuditEntry
{
    [Id(0)] public required Guid Id { get; init; }

    /// <summary>When, UTC, whole microseconds.</summary>
    [Id(1)] public required DateTimeOffset At { get; init; }

    [Id(2)] public required AuditParty Who { get; init; }
    [Id(3)] public required AuditAction Action { get; init; }

    /// <summary>The operation by its public name, such as <c>GET /api/v1/visits/{id}</c>; no values.</summary>
    [Id(4)] public required string Operation { get; init; }

    [Id(5)] public required AuditOutcome Outcome { get; init; }
    [Id(6)] public Guid? Visit { get; init; }
    [Id(7)] public Guid? Patient { get; init; }
    [Id(8)] public string? Unit { get; init; }

    /// <summary>The command's id, for a change: the journal has it.</summary>
    [Id(9)] public Guid? Command { get; init; }

    /// <summary>The visits that a search showed; empty for everything else. What was searched for is not kept.</summary>
    [Id(10)] public ImmutableArray<Guid> Found { get; init; } = [];

    /// <summary>Anything else that belongs to it; no patient data.</summary>
    [Id(11)] public string? Detail { get; init; }
}

/// <summary>An entry and where it stands.</summary>
/// <param name="Chain">Which of the chains.</param>
/// <param name="Sequence">Its place in the chain, from 1.</param>
[GenerateSerializer, Immutable, Alias("audit.recorded.v1")]
public sealed record RecordedEntry([property: Id(0)] int Chain, [property: Id(1)] long Sequence, [property: Id(2)] AuditEntry Entry);

/// <summary>A place in the trail as it is read: newest first.</summary>
[GenerateSerializer, Immutable, Alias("audit.place.v1")]
public sealed record AuditPlace([property: Id(0)] DateTimeOffset At, [property: Id(1)] int Chain, [property: Id(2)] long Sequence);

/// <summary>What to look for. Everything that is set must hold.</summary>
[GenerateSerializer, Immutable, Alias("audit.query.v1")]
public sealed record AuditQuery
{
    /// <summary>Any of these visits; empty for all.</summary>
    [Id(0)] public ImmutableArray<Guid> Visits { get; init; } = [];

    /// <summary>The id of who did it; null for everybody.</summary>
    [Id(1)] public string? Person { get; init; }

    /// <summary>At or after; null for no bound.</summary>
    [Id(2)] public DateTimeOffset? From { get; init; }

    /// <summary>Before; null for no bound.</summary>
    [Id(3)] public DateTimeOffset? To { get; init; }

    [Id(4)] public AuditAction? Action { get; init; }

    /// <summary>Only what stands after this place, that is: is older.</summary>
    [Id(5)] public AuditPlace? Before { get; init; }

    /// <summary>At most so many, 1–1000.</summary>
    [Id(6)] public int Count { get; init; } = 100;
}

/// <summary>One chain of the trail: takes entries of many callers and makes them durable together, each linked to the one before.</summary>
[Alias("journey.audit"), Answers(Askers.House)]
public interface IAuditGrain : IGrainWithStringKey
{
    /// <summary>
    /// Durable when it returns. Throws <see cref="OutcomeUnknownException"/> when that is not known: the caller then shows nothing.
    /// </summary>
    [Alias("record"), Answers(Askers.Gateways)] Task Record(AuditEntry entry);

    /// <summary>
    /// Removes what is older than <paramref name="before"/> from the front of the chain, at most a bounded number, and says so in the chain itself.
    /// Returns how many were removed.
    /// </summary>
    [Alias("expire")] Task<int> Expire(DateTimeOffset before);
}

/// <summary>Reads the trail for the gateway. Stateless.</summary>
[Alias("journey.audit-reader"), Answers(Askers.Gateways)]
public interface IAuditReaderGrain : IGrainWithIntegerKey
{
    /// <summary>Newest first.</summary>
    [Alias("find")] Task<ImmutableArray<RecordedEntry>> Find(AuditQuery query);

    /// <summary>How long entries are kept, in days.</summary>
    [Alias("retention")] Task<int> RetentionDays();
}

/// <summary>The chains.</summary>
public static class AuditChains
{
    /// <summary>
    /// How many there are. One chain is one queue; a few keep it from being the narrow place. Never fewer: an existing chain must be checked for
    /// ever.
    /// </summary>
    public const int Count = 4;

    /// <summary>Before the number of a chain in a grain's key: a bare number may be normalised by a storage provider.</summary>
    public const string Prefix = "audit/";

    /// <summary>The operation of a chain's first entry.</summary>
    public const string Beginning = "beginning";

    public static string Key(int chain) => Prefix + chain.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
