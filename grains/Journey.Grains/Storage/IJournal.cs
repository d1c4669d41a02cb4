using System.Collections.Immutable;
using Journey.Contracts.Visits;
using Journey.Domain.Alerts;

namespace Journey.Grains.Storage;

/// <summary>The journal: the truth. Commits of many grains share one round trip to the store; each is resolved on its own.</summary>
public interface IJournal
{
    /// <summary>
    /// Writes one commit: journal row, card, inbox row and log line together or not at all. When the task completes as
    /// <see cref="AppendResult.Appended"/> they are durable. Throws when the store failed or did not answer: the outcome is then unknown and only
    /// rereading tells.
    /// </summary>
    Task<AppendResult> Append(Commit commit);

    /// <summary>The commits of <paramref name="stream"/> after <paramref name="afterVersion"/>, oldest first.</summary>
    Task<IReadOnlyList<JournalEntry>> Read(string stream, long afterVersion, CancellationToken cancellation = default) =>
        Read(stream, afterVersion, int.MaxValue, cancellation);

    /// <summary>As above, the oldest <paramref name="most"/> of them.</summary>
    Task<IReadOnlyList<JournalEntry>> Read(string stream, long afterVersion, int most, CancellationToken cancellation);

    /// <summary>Whether a commit came with this message, in whatever stream.</summary>
    Task<bool> Knows(MessageKey message, CancellationToken cancellation = default);
}

/// <summary>All events of one command.</summary>
/// <param name="Stream">Such as <c>visit/0f…</c>, <c>patient/…</c>, <c>unit/ED</c>.</param>
/// <param name="Version">The version this commit takes: one more than the last. A taken version is a conflict.</param>
/// <param name="RecordedAt">When it was decided, UTC.</param>
/// <param name="CommandId">Unique within the stream.</param>
/// <param name="Actor">Who (an id, never a patient).</param>
/// <param name="Payload">JSON, UTF-8.</param>
/// <param name="Card">The visit's card as of this commit; null for other streams.</param>
/// <param name="Message">The inbox row; null outside a feed.</param>
/// <param name="Line">The message as the message log shall keep it, as applied, when it came with this commit and is logged with it; else
/// null.</param>
public sealed record Commit(
    string Stream, long Version, DateTimeOffset RecordedAt, Guid CommandId, string Actor, ReadOnlyMemory<byte> Payload,
    VisitCard? Card = null, MessageKey? Message = null, MessageRecord? Line = null);

public enum AppendResult
{
    Appended,

    /// <summary>Another activation wrote this version. Reread.</summary>
    VersionConflict,

    /// <summary>The stream has a commit of this command already.</summary>
    DuplicateCommand,

    /// <summary>The inbox has this message already, perhaps in another stream.</summary>
    DuplicateMessage,
}

public sealed record JournalEntry(string Stream, long Version, DateTimeOffset RecordedAt, Guid CommandId, string Actor, ReadOnlyMemory<byte> Payload);

/// <summary>One row per visit, written with every commit: what boards, search and the deadline sweep read instead of grains.</summary>
/// <param name="Version">The stream version it shows. An older card never replaces a newer one.</param>
/// <param name="Unit">The unit on whose board the visit stands; empty when on none.</param>
/// <param name="OnBoard">Whether a board shows it: expected, present or on leave, or departed within the roll-off.</param>
/// <param name="Number">The visit number, for look-up; null when it has none.</param>
/// <param name="SearchText">Lower-case words to search by (names, patient number, visit number), separated by blanks.</param>
/// <param name="OccurredAt">Arrival, or expected arrival, or first heard of; search shows the newest first.</param>
/// <param name="ClosedAt">When the visit ended; null while it has not.</param>
/// <param name="NextDeadline">When the visit wants to be reviewed; null when nothing is due.</param>
/// <param name="Row">The board row, Orleans-independent JSON, UTF-8.</param>
/// <param name="Alerts">The alerts that this commit raised, changed or ended; null when none. Written, not read back: see
/// <see cref="ICards.Alerts"/>.</param>
/// <param name="Beds">Every stay in a bed, when this commit changed one; null when they stay as they were. Written, not read back: see
/// <see cref="ICards.BedStays"/>.</param>
public sealed record VisitCard(
    Guid Visit, long Version, string Unit, string Status, bool OnBoard, string? Number, string SearchText,
    DateTimeOffset OccurredAt, DateTimeOffset? ClosedAt, DateTimeOffset? NextDeadline, ReadOnlyMemory<byte> Row,
    ImmutableArray<Stay>? Beds = null, ImmutableArray<AlertFact>? Alerts = null);

/// <summary>Of how many visits that ended on a unit a fact was awaited, and reported.</summary>
/// <param name="Fact">See <see cref="FactReport"/>.</param>
public sealed record ReportedFact(string Unit, string Fact, int Visits, int ByFeed, int ByStaff);

/// <summary>A visit in a bed.</summary>
public sealed record BedStay(Guid Visit, Stay Stay);

/// <summary>By which a board tells whether it shows what the cards say, without reading them.</summary>
/// <param name="Visits">How many stand on it.</param>
/// <param name="Versions">The sum of their versions: each only ever grows.</param>
public readonly record struct BoardMark(long Visits, long Versions);

/// <summary>The time in a step on a unit that 99 of a hundred visits did not exceed.</summary>
/// <param name="Time">In whole minutes.</param>
public sealed record UsualTime(string Unit, string Step, TimeSpan Time);

/// <summary>Reads cards. Writing happens only through <see cref="IJournal.Append"/>.</summary>
public interface ICards
{
    /// <summary>Every card that stands on the unit's board: not closed, or closed at or after <paramref name="closedSince"/>.</summary>
    Task<IReadOnlyList<VisitCard>> OnUnit(string unit, DateTimeOffset closedSince, CancellationToken cancellation = default);

    /// <summary>The mark of what <see cref="OnUnit"/> would read.</summary>
    Task<BoardMark> Mark(string unit, DateTimeOffset closedSince, CancellationToken cancellation = default);

    /// <summary>
    /// Every unit that has a card with <see cref="VisitCard.OnBoard"/>, closed ones counted only since <paramref name="closedSince"/>.
    /// </summary>
    Task<IReadOnlyList<string>> Units(DateTimeOffset closedSince, CancellationToken cancellation = default);

    /// <summary>Who is and was in the beds of <paramref name="unit"/>: of every bed the last <paramref name="perBed"/> stays, newest first.</summary>
    Task<IReadOnlyList<BedStay>> BedStays(string unit, int perBed, CancellationToken cancellation = default);

    Task<IReadOnlyList<VisitCard>> ByNumber(string number, CancellationToken cancellation = default);

    /// <summary>Cards in whose search text every one of <paramref name="words"/> (lower case) begins a word; open ones first, then newest.</summary>
    Task<IReadOnlyList<VisitCard>> Search(IReadOnlyList<string> words, int count, CancellationToken cancellation = default);

    /// <summary>
    /// Of the visits that ended at or after <paramref name="closedSince"/>, by unit and step the time that 99 of a hundred did not exceed, from at
    /// least
    /// <paramref name="fewest"/> visits. Looks at every card: to be asked seldom.
    /// </summary>
    Task<IReadOnlyList<UsualTime>> UsualTimes(DateTimeOffset closedSince, int fewest, CancellationToken cancellation = default);

    /// <summary>
    /// By unit and fact, of how many of the visits that ended at or after <paramref name="closedSince"/> it was reported. Looks at every card: to be
    /// asked seldom.
    /// </summary>
    Task<IReadOnlyList<ReportedFact>> Reported(DateTimeOffset closedSince, CancellationToken cancellation = default);

    /// <summary>Every alert raised from <paramref name="from"/> to before <paramref name="until"/>, oldest first.</summary>
    Task<IReadOnlyList<AlertFact>> Alerts(DateTimeOffset from, DateTimeOffset until, CancellationToken cancellation = default);

    /// <summary>
    /// Visits whose deadline passed before <paramref name="before"/>, oldest first, at most <paramref name="count"/>, taken for
    /// <paramref name="lease"/> so that no other silo's sweep takes them meanwhile (PostgreSQL: <c>FOR UPDATE SKIP LOCKED</c>).
    /// </summary>
    Task<IReadOnlyList<Guid>> TakeOverdue(DateTimeOffset before, int count, TimeSpan lease, DateTimeOffset now,
        CancellationToken cancellation = default);
}
