namespace Journey.Api;

// Times are DateTimeOffset (ISO 8601 with offset on the wire); JSON is camelCase. Enumerated values are lower-case strings, so that a new one breaks
// no client.

/// <summary>Totals of one unit.</summary>
/// <param name="Code">The unit's code, as in PV1-3.1; names it in addresses and on the hub.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Present">Patients who are there.</param>
/// <param name="OnLeave">Patients who have left for a while and keep their place.</param>
/// <param name="Expected">Patients who are expected.</param>
/// <param name="Beds">Beds that the unit has, occupied or not; 0 where none are known.</param>
/// <param name="OccupiedBeds">Beds that are taken.</param>
/// <param name="OpenAlerts">Alerts that are not resolved.</param>
/// <param name="CriticalAlerts">Those of them that are critical.</param>
/// <param name="FamiliesWaiting">Visits whose family waits for word.</param>
/// <param name="LongestFamilyWaitSince">Since when the one waits that has waited longest; null when none does.</param>
/// <param name="Unowned">Patients who have no nurse, or are between two.</param>
/// <param name="AsOf">The server's time when this was true.</param>
public sealed record Unit(
    string Code, string Name, int Present, int OnLeave, int Expected, int Beds, int OccupiedBeds, int OpenAlerts, int CriticalAlerts,
    int FamiliesWaiting, DateTimeOffset? LongestFamilyWaitSince, int Unowned, DateTimeOffset AsOf)
{
    /// <summary>Rows whose patient has probably left: in none of the counts, to be verified.</summary>
    public int ToVerify { get; init; }
}

/// <summary>
/// A unit's board. <see cref="Version"/> grows by one with every <see cref="BoardChange"/>; another <see cref="Epoch"/> means: fetch anew.
/// </summary>
/// <param name="Unit">The unit's code.</param>
/// <param name="Name">What people call the unit.</param>
/// <param name="Epoch">The board's present life. It changes when the board is built anew, and versions begin again.</param>
/// <param name="Version">The latest change that is in it; 0 or more.</param>
/// <param name="AsOf">The server's time when this was true; clients count elapsed times from it, not from their own clock.</param>
/// <param name="Feeds">The hospital systems that send, and how they are.</param>
/// <param name="Rows">Every visit on the board, by room, bed and arrival.</param>
/// <param name="Beds">Every bed of the unit that is known, occupied or not.</param>
public sealed record Board(
    string Unit, string Name, Guid Epoch, long Version, DateTimeOffset AsOf, IReadOnlyList<Feed> Feeds, IReadOnlyList<BoardRow> Rows,
    IReadOnlyList<Bed> Beds)
{
    /// <summary>
    /// The alert engine's own heartbeat: when it was last sure that no deadline of this unit was overdue. Older than a minute, alerts may be missing.
    /// </summary>
    public DateTimeOffset? AlertsCheckedAt { get; init; }

    /// <summary>Of those who left today; null on a wall.</summary>
    public StaysToday? Stays { get; init; }
}

/// <summary>How long those were in the house whose visit ended on the unit today, in the hospital's time zone.</summary>
/// <param name="Ended">How many; ends that nobody said are not counted.</param>
/// <param name="MedianMinutes">Half of them stayed so long or less, in whole minutes (nearest rank); null when nobody left.</param>
/// <param name="P90Minutes">Nine of ten stayed so long or less, in whole minutes (nearest rank); null when nobody left.</param>
public sealed record StaysToday(int Ended, int? MedianMinutes, int? P90Minutes);

/// <summary>
/// What changed between version − 1 and version. A client that misses one fetches the board. The version a client has, again and without
/// rows, says only that the board is still true as of <see cref="AsOf"/>.
/// </summary>
/// <param name="Unit">The unit's code.</param>
/// <param name="Epoch">The board's life to which the change belongs; another than the client's means: fetch the board.</param>
/// <param name="Version">The version after the change.</param>
/// <param name="AsOf">The server's time when this was true.</param>
/// <param name="Changed">New and changed rows, each whole.</param>
/// <param name="Removed">The <see cref="BoardRow.VisitId"/> of rows that left the board.</param>
/// <param name="Beds">All beds, when any of them changed; null when none did.</param>
public sealed record BoardChange(
    string Unit, Guid Epoch, long Version, DateTimeOffset AsOf, IReadOnlyList<BoardRow> Changed, IReadOnlyList<Guid> Removed,
    IReadOnlyList<Bed>? Beds)
{
    /// <summary>As <see cref="Board.AlertsCheckedAt"/>.</summary>
    public DateTimeOffset? AlertsCheckedAt { get; init; }

    /// <summary>As <see cref="Board.Stays"/>, when it changed; null when it did not.</summary>
    public StaysToday? Stays { get; init; }
}

/// <summary>A bed, occupied or not.</summary>
/// <param name="Room">The room's name; null when the unit has none.</param>
/// <param name="Name">Unique only together with the room.</param>
/// <param name="Status">One of <see cref="BedStatuses"/>.</param>
/// <param name="Since">Since when its status is so; null when not known.</param>
/// <param name="DueAt">When a dirty bed should be clean; null when it is not dirty.</param>
public sealed record Bed(string? Room, string Name, string Status, DateTimeOffset? Since, DateTimeOffset? DueAt)
{
    /// <summary>What it is for, as <see cref="BoardRow.PlaceKind"/>; null when the policy does not say.</summary>
    public string? PlaceKind { get; init; }
}
