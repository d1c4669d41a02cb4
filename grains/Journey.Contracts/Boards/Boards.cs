using System.Collections.Immutable;
using Journey.Contracts.Access;
using Journey.Contracts.Alerts;
using Journey.Contracts.Visits;

namespace Journey.Contracts.Boards;

/// <summary>A visit tells the board of its unit what to show.</summary>
/// <param name="Visit">The visit.</param>
/// <param name="Version">The visit's stream version; an older one than the board has is ignored.</param>
/// <param name="Row">What to show; null when the visit does not stand on this board (any more).</param>
/// <param name="NextDeadline">When to poke the visit for a review; null when nothing is due.</param>
/// <param name="Together">Set on both halves of a bed swap: the board shows them at once.</param>
/// <param name="Beds">Every stay of the visit in a bed of this unit, past ones too; default (an array with IsDefault true) when not told. Id 5 is
/// retired.</param>
[GenerateSerializer, Immutable, Alias("board.notice.v1")]
public sealed record VisitNotice(
    [property: Id(0)] VisitId Visit, [property: Id(1)] long Version, [property: Id(2)] VisitRow? Row,
    [property: Id(3)] DateTimeOffset? NextDeadline, [property: Id(4)] CommandId? Together, [property: Id(6)] ImmutableArray<Stay> Beds = default)
{
    /// <summary>The alerts that ended with this version, for the tally of rules; a hint like the notice itself.</summary>
    [Id(7)] public ImmutableArray<AlertView> Ended { get; init; } = [];
}

[GenerateSerializer, Alias("board.bed-status.v1")]
public enum BedStatus { Unknown, Clean, Dirty, Cleaning, Closed }

/// <summary>A bed of the unit, occupied or not.</summary>
/// <param name="Since">When its status began; null when not known.</param>
/// <param name="DueAt">When a dirty bed should be clean; null when it is not dirty.</param>
[GenerateSerializer, Immutable, Alias("board.bed.v1")]
public sealed record BedView([property: Id(0)] string? Room, [property: Id(1)] string Bed, [property: Id(2)] BedStatus Status,
    [property: Id(3)] DateTimeOffset? Since, [property: Id(4)] DateTimeOffset? DueAt)
{
    /// <summary>What it is for, as far as the policy says so.</summary>
    [Id(5)] public PlaceKind Kind { get; init; }
}

/// <summary>How long those were in the house whose visit ended on the unit today, in the hospital's zone.</summary>
/// <param name="Ended">How many; ends that were concluded by a rule are not counted.</param>
/// <param name="MedianMinutes">Half stayed so long or less: nearest rank, whole minutes. Null when nobody left.</param>
/// <param name="P90Minutes">Nine of ten stayed so long or less: nearest rank, whole minutes. Null when nobody left.</param>
[GenerateSerializer, Immutable, Alias("board.stays-today.v1")]
public sealed record StaysToday([property: Id(0)] int Ended, [property: Id(1)] int? MedianMinutes, [property: Id(2)] int? P90Minutes);

/// <summary>A whole board.</summary>
/// <param name="Epoch">Changes whenever the board was rebuilt: versions of another epoch do not compare.</param>
/// <param name="Version">Grows by one with every delta.</param>
[GenerateSerializer, Immutable, Alias("board.snapshot.v1")]
public sealed record BoardSnapshot(
    [property: Id(0)] string Unit, [property: Id(1)] string Name, [property: Id(2)] Guid Epoch, [property: Id(3)] long Version,
    [property: Id(4)] DateTimeOffset AsOf,
    [property: Id(5)] ImmutableArray<VisitRow> Rows, [property: Id(6)] ImmutableArray<BedView> Beds)
{
    /// <summary>
    /// The alert engine's own heartbeat: the latest moment at which no deadline of this unit was overdue. Null before the first look.
    /// </summary>
    [Id(7)] public DateTimeOffset? AlertsCheckedAt { get; init; }

    /// <summary>Null from a silo of an earlier version.</summary>
    [Id(8)] public StaysToday? Stays { get; init; }
}

/// <summary>What changed from <paramref name="Version"/> − 1 to <paramref name="Version"/>. A receiver that misses one asks for a snapshot.</summary>
/// <param name="Beds">All beds, when any changed; default (empty array with IsDefault true) when none did.</param>
/// <param name="Traces">W3C trace contexts of the first few changes in it; null when nobody traces.</param>
[GenerateSerializer, Immutable, Alias("board.delta.v1")]
public sealed record BoardDelta(
    [property: Id(0)] string Unit, [property: Id(1)] Guid Epoch, [property: Id(2)] long Version, [property: Id(3)] DateTimeOffset AsOf,
    [property: Id(4)] ImmutableArray<VisitRow> Changed, [property: Id(5)] ImmutableArray<VisitId> Removed,
    [property: Id(6)] ImmutableArray<BedView>? Beds,
    [property: Id(7)] ImmutableArray<string>? Traces = null)
{
    /// <inheritdoc cref="BoardSnapshot.AlertsCheckedAt"/>
    [Id(8)] public DateTimeOffset? AlertsCheckedAt { get; init; }

    /// <summary>When it changed; null when it did not.</summary>
    [Id(9)] public StaysToday? Stays { get; init; }
}

/// <summary>What a gateway that has the board needs to know to go on showing it: that it is still this one, and at which moment.</summary>
/// <param name="Version">Of the last delta. Who has an older one missed some; who has it shows the board as of <paramref name="AsOf"/>.</param>
[GenerateSerializer, Immutable, Alias("board.renewal.v1")]
public sealed record BoardRenewal([property: Id(0)] string Unit, [property: Id(1)] Guid Epoch, [property: Id(2)] long Version,
    [property: Id(3)] DateTimeOffset AsOf);

/// <summary>A gateway process that watches boards. Calls only write to a bounded channel and return.</summary>
[Alias("journey.board-observer")]
public interface IBoardObserver : IGrainObserver
{
    [Alias("changed")] Task Changed(BoardDelta delta);
    [Alias("hospital-changed")] Task HospitalChanged(ImmutableArray<UnitSummary> changed);

    /// <summary>The board's grain goes to sleep or to another silo, and tells no more: watch it anew.</summary>
    [Alias("left")] Task Left(string unit);
}

/// <summary>The board of one unit. Key: <see cref="BoardKeys"/>.</summary>
[Alias("journey.unit-board"), Answers(Askers.House)]
public interface IUnitBoardGrain : IGrainWithStringKey
{
    [Alias("announce")] Task Announce(VisitNotice notice);
    [Alias("set-bed")] Task SetBed(CommandId id, Location bed, BedStatus status, DateTimeOffset occurredAt);
    [Alias("read"), Answers(Askers.Gateways)] Task<BoardSnapshot> Read();

    /// <summary>
    /// Subscribes for <see cref="BoardKeys.Lease"/>; renew before it ends. Answers with the board as it stands; every later delta follows.
    /// </summary>
    [Alias("watch"), Answers(Askers.Gateways)] Task<BoardSnapshot> Watch(IBoardObserver observer);

    /// <summary>As <see cref="Watch"/>, for who has the board: answers without rows. Who finds that something is missed watches anew.</summary>
    [Alias("renew"), Answers(Askers.Gateways)] Task<BoardRenewal> Renew(IBoardObserver observer);
    [Alias("unwatch"), Answers(Askers.Gateways)] Task Unwatch(IBoardObserver observer);

    /// <summary>What an addressee owes on this unit; see <see cref="Staff.StaffKeys"/>.</summary>
    [Alias("owed-by")] Task<ImmutableArray<Staff.ListItem>> OwedBy(string addressee);

    /// <summary>Does nothing: any call makes a board that sleeps see to its deadlines.</summary>
    [Alias("wake")] Task Wake();

    /// <summary>Which rules call anybody has changed: every visit is looked at anew, a few at a time.</summary>
    [Alias("reconsider")] Task Reconsider();

    /// <summary>The unit's waiting room: codes and plain words, nothing that says who.</summary>
    [Alias("waiting-room"), Answers(Askers.Gateways)] Task<WaitingRoom> WaitingRoom();
}

/// <summary>The public board of a waiting room.</summary>
[GenerateSerializer, Immutable, Alias("board.waiting-room.v1")]
public sealed record WaitingRoom([property: Id(0)] string Name, [property: Id(1)] ImmutableArray<WaitingRoomLine> Lines,
    [property: Id(2)] DateTimeOffset AsOf)
{
    /// <summary>The unit's waiting room has a public board. False from a silo of an earlier version.</summary>
    [Id(3)] public bool IsShown { get; init; }
}

/// <param name="Code">Random, and another one every few hours.</param>
/// <param name="Step">A step of the pathway; the screen has the plain words.</param>
/// <param name="FamilyAsked">Somebody with this code waits for an update: seen, not forgotten.</param>
[GenerateSerializer, Immutable, Alias("board.waiting-room-line.v1")]
public sealed record WaitingRoomLine([property: Id(0)] string Code, [property: Id(1)] string Step, [property: Id(2)] bool FamilyAsked);

/// <summary>Totals of one unit.</summary>
[GenerateSerializer, Immutable, Alias("board.unit-summary.v1")]
public sealed record UnitSummary(
    [property: Id(0)] string Unit, [property: Id(1)] string Name, [property: Id(2)] int Present, [property: Id(3)] int OnLeave,
    [property: Id(4)] int Expected,
    [property: Id(5)] int Beds, [property: Id(6)] int OccupiedBeds, [property: Id(7)] int OpenAlerts, [property: Id(8)] int CriticalAlerts,
    [property: Id(9)] int FamiliesWaiting, [property: Id(10)] DateTimeOffset? LongestFamilyWaitSince, [property: Id(11)] int Unowned,
    [property: Id(12)] DateTimeOffset AsOf)
{
    /// <summary>Rows whose patient has probably left: shown, not counted, to be verified.</summary>
    [Id(13)] public int ToVerify { get; init; }
}

/// <summary>All units at a glance, and search across them. Key: <see cref="BoardKeys.Hospital"/>.</summary>
[Alias("journey.hospital"), Answers(Askers.House)]
public interface IHospitalGrain : IGrainWithStringKey
{
    [Alias("report")] Task Report(UnitSummary summary);
    [Alias("units"), Answers(Askers.Gateways)] Task<ImmutableArray<UnitSummary>> Units();
    [Alias("watch"), Answers(Askers.Gateways)] Task<ImmutableArray<UnitSummary>> Watch(IBoardObserver observer);

    /// <summary>The IANA zone in which the policy counts hours of day.</summary>
    [Alias("time-zone"), Answers(Askers.Gateways)] Task<string> TimeZone();

    /// <summary>
    /// The codes of PV1-36 by which the policy tells how a visit ended; every other one is <see cref="DepartureKind.Other"/>.
    /// </summary>
    [Alias("dispositions"), Answers(Askers.Gateways)] Task<ImmutableArray<string>> Dispositions();

    /// <summary>The updates to families that the policy has words for.</summary>
    [Alias("templates"), Answers(Askers.Gateways)] Task<ImmutableArray<Families.TemplateView>> Templates();
}

/// <summary>Reads across visits: search by name or number. Stateless.</summary>
[Alias("journey.search"), Answers(Askers.Gateways)]
public interface ISearchGrain : IGrainWithIntegerKey
{
    /// <summary>No search looks at more visits than this.</summary>
    const int Most = 1_600;

    /// <summary>Visits with that number, newest first.</summary>
    [Alias("by-number")] Task<ImmutableArray<VisitRow>> ByNumber(string number);

    /// <summary>
    /// Visits whose patient's name or number, or visit number, begins with every word of the query; open ones first. At most
    /// <paramref name="count"/>, 1 to <see cref="Most"/>.
    /// </summary>
    [Alias("search")] Task<ImmutableArray<VisitRow>> Search(string query, int count);
}

/// <summary>Keys of the singletons, each with a literal prefix: bare numbers may be normalised by a storage provider.</summary>
public static class BoardKeys
{
    public const string Hospital = "hospital/all";
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    public static string Unit(string code) => "unit/" + code;
    public static string CodeOf(string key) => key["unit/".Length..];
}
