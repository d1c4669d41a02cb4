namespace Journey.Api;

// Times are DateTimeOffset (ISO 8601 with offset on the wire); JSON is camelCase. Enumerated values are lower-case strings, so that a new one breaks no client.

/// <summary>Totals of one unit.</summary>
public sealed record Unit(
    string Code, string Name, int Present, int OnLeave, int Expected, int Beds, int OccupiedBeds, int OpenAlerts, int CriticalAlerts,
    int FamiliesWaiting, DateTimeOffset? LongestFamilyWaitSince, int Unowned, DateTimeOffset AsOf)
{
    /// <summary>Rows whose patient has probably left: in none of the counts, to be verified.</summary>
    public int ToVerify { get; init; }
}

/// <summary>A unit's board. <see cref="Version"/> grows by one with every <see cref="BoardChange"/>; another <see cref="Epoch"/> means: fetch anew.</summary>
/// <param name="AsOf">The server's time when this was true; clients count elapsed times from it, not from their own clock.</param>
public sealed record Board(
    string Unit, string Name, Guid Epoch, long Version, DateTimeOffset AsOf, IReadOnlyList<Feed> Feeds, IReadOnlyList<BoardRow> Rows, IReadOnlyList<Bed> Beds)
{
    /// <summary>The alert engine's own heartbeat: when it was last sure that no deadline of this unit was overdue. Older than a minute, alerts may be missing.</summary>
    public DateTimeOffset? AlertsCheckedAt { get; init; }
}

/// <summary>
/// What changed between version − 1 and version. A client that misses one fetches the board. The version a client has, again and without
/// rows, says only that the board is still true as of <see cref="AsOf"/>.
/// </summary>
public sealed record BoardChange(
    string Unit, Guid Epoch, long Version, DateTimeOffset AsOf, IReadOnlyList<BoardRow> Changed, IReadOnlyList<Guid> Removed, IReadOnlyList<Bed>? Beds)
{
    /// <inheritdoc cref="Board.AlertsCheckedAt"/>
    public DateTimeOffset? AlertsCheckedAt { get; init; }
}

/// <summary>A hospital system that sends messages.</summary>
/// <param name="State"><c>live</c>, <c>behind</c> (heard, but what it sends is old), <c>silent</c> (nothing heard for longer than expected), <c>unheard</c> (nothing is known of it since the start, which is not long ago) or <c>down</c> (neither connected nor heard).</param>
public sealed record Feed(string Name, string State, DateTimeOffset? LastMessageAt, int Connections)
{
    /// <summary>How old the last messages were when they came, in seconds; 0 when they came as they were sent.</summary>
    public long BehindSeconds { get; init; }
    /// <summary>How many messages could not be carried out and were put aside since the gateway started: what they say is missing on every board.</summary>
    public int Parked { get; init; }
    /// <summary>Codes that no table knows, most frequent first: they changed nothing.</summary>
    public IReadOnlyList<UnknownCode> UnknownCodes { get; init; } = [];
    /// <summary>What an interface engineer should look at, in words; empty when nothing.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>A code that no table knows.</summary>
/// <param name="Field">Such as <c>PV1-2</c>.</param>
public sealed record UnknownCode(string Field, string Code, long Count);

/// <summary>A bed, occupied or not. <paramref name="Status"/>: <c>unknown</c>, <c>clean</c>, <c>dirty</c>, <c>cleaning</c>, <c>closed</c>.</summary>
public sealed record Bed(string? Room, string Name, string Status, DateTimeOffset? Since, DateTimeOffset? DueAt);

/// <summary>One visit on a board.</summary>
public sealed record BoardRow
{
    public required Guid VisitId { get; init; }
    public string? VisitNumber { get; init; }
    public string? Room { get; init; }
    /// <summary>The bed's name; null when the patient has none. Unique only together with the room.</summary>
    public string? Bed { get; init; }
    /// <summary>As the viewer may see it: full name at the desk, initials on a wall.</summary>
    public required Patient Patient { get; init; }
    /// <summary><c>emergency</c>, <c>inpatient</c>, <c>outpatient</c>, <c>preadmit</c>, <c>recurring</c>, <c>obstetrics</c>, <c>other</c>, <c>unknown</c>.</summary>
    public required string Class { get; init; }
    /// <summary><c>expected</c>, <c>present</c>, <c>onleave</c>, <c>departed</c>, <c>cancelled</c>.</summary>
    public required string Status { get; init; }
    /// <summary>Such as <c>arrived</c>, <c>triaged</c>, <c>roomed</c>, <c>seen</c>, <c>decided</c>, <c>boarding</c>, <c>admitted</c>, <c>departed</c>.</summary>
    public required string Step { get; init; }
    public required DateTimeOffset StepSince { get; init; }
    /// <summary>The next steps a person may record, next first.</summary>
    public IReadOnlyList<string> StepsAhead { get; init; } = [];
    /// <summary>The running clock that is due first; null when none runs.</summary>
    public Clock? Clock { get; init; }
    /// <summary>The door; the length of stay counts from here.</summary>
    public DateTimeOffset? ArrivedAt { get; init; }
    public DateTimeOffset? DepartedAt { get; init; }
    public DateTimeOffset? ExpectedAt { get; init; }
    /// <summary>1 (most urgent) to 5.</summary>
    public int? Acuity { get; init; }
    public string? Nurse { get; init; }
    public string? Provider { get; init; }
    public string? Service { get; init; }
    /// <summary>Where the patient is for the moment, in words; null when at the bed.</summary>
    public string? Away { get; init; }
    public PlannedMove? Plan { get; init; }
    public IReadOnlyList<Alert> Alerts { get; init; } = [];
    public required Family Family { get; init; }
    public DateTimeOffset? LastContactAt { get; init; }
    /// <summary>When anything was last heard of this visit: the row's freshness.</summary>
    public DateTimeOffset HeardAt { get; init; }
    /// <summary>True when another patient on this board has a name that is easily mistaken for this one.</summary>
    public bool SimilarName { get; init; }
    /// <summary>The one whom patient and family turn to.</summary>
    public string? PointOfContact { get; init; }
    /// <summary>Set while the patient is between owners.</summary>
    public Handoff? Handoff { get; init; }
    /// <summary>Open questions, promises and requests, the one due first in front.</summary>
    public IReadOnlyList<Owed> Owed { get; init; } = [];
    /// <summary>As <see cref="Care.Locks"/>; not for a wall.</summary>
    public IReadOnlyList<string> Locks { get; init; } = [];
    public bool OnHold { get; init; }
    public IReadOnlyList<Prompt> Prompts { get; init; } = [];
    /// <summary>An interpreter is asked for: the language.</summary>
    public string? InterpreterFor { get; init; }
    /// <summary>What the row may be wrong about, each with its evidence; staff only.</summary>
    public IReadOnlyList<Doubt> Doubts { get; init; } = [];
    /// <summary>The patient has probably left: shown below the board, in no count.</summary>
    public bool ProbablyGone { get; init; }
    /// <summary>Other visits of the same person that this one continues or that continue it.</summary>
    public IReadOnlyList<VisitLink> Links { get; init; } = [];
    /// <summary>The door of the whole journey: the emergency visit's, where this one continues it.</summary>
    public DateTimeOffset? DoorAt { get; init; }
    /// <summary>How the visit ended: <c>home</c>, <c>admitted</c>, <c>transferred</c>, <c>left-before-triage</c>, <c>left-before-evaluation</c>, <c>left-during-treatment</c>,
    /// <c>against-advice</c>, <c>expired</c>, <c>observation-then-home</c>, <c>other</c>; null while it has not, or nobody said.</summary>
    public string? DepartedAs { get; init; }
    /// <summary>The end was concluded, not said.</summary>
    public bool EndInferred { get; init; }
    /// <summary><c>treatment</c>, <c>hallway</c>, <c>waiting</c>, <c>triage</c>, <c>ward</c>, <c>observation</c>, <c>procedure</c>, <c>virtual</c>; null when not known.</summary>
    public string? PlaceKind { get; init; }
    /// <summary>Where the patient is, as far as it is known: unit, room, bed.</summary>
    public string? Place { get; init; }
    /// <summary>Why the patient came; staff only.</summary>
    public string? Complaint { get; init; }
    public Freshness? PlaceSaid { get; init; }
    public Freshness? NurseSaid { get; init; }
    public Freshness? AcuitySaid { get; init; }
    /// <summary>True when this says no more than that the bed is taken: the patient is confidential, and the viewer not responsible.</summary>
    public bool Withheld { get; init; }
}

/// <summary>Who the patient is, as far as the viewer may know.</summary>
/// <param name="Name">Shown as it is: <c>Family, Given</c> at the desk, <c>Given F.</c> on a wall, <c>Confidential</c> when locked.</param>
public sealed record Patient(string Name, string? Number, DateOnly? BirthDate, string? Sex)
{
    /// <summary>Even that they are here is told to nobody outside the care team.</summary>
    public bool Confidential { get; init; }
}

/// <summary>Why a row may be wrong.</summary>
/// <param name="Kind"><c>silent</c>, <c>elsewhere</c>, <c>bed-shared</c>, <c>bed-reported-free</c>, <c>after-departure</c>, <c>changed-hands</c>, <c>time-not-believed</c>.</param>
/// <param name="Says">The evidence, for a person.</param>
/// <param name="Other">The other visit; null when it is about this one alone.</param>
public sealed record Doubt(string Kind, string Says, DateTimeOffset Since, Guid? Other);

/// <summary>Another visit of the same person.</summary>
/// <param name="As"><c>admitted-to</c>, <c>admitted-from</c>, <c>planned-to</c>, <c>fulfilled-by</c>, <c>elsewhere-as</c>, <c>mother-of</c>, <c>return-of</c>, <c>same-as</c>.</param>
/// <param name="Unit">Where the visit was that this one came after; null for one that goes on, which itself says where it stands.</param>
public sealed record VisitLink(string As, Guid VisitId, string? VisitNumber, string? Unit, DateTimeOffset? Door);

/// <summary>When a field was last said or seen, and by whom.</summary>
public sealed record Freshness(DateTimeOffset At, string By);

/// <summary>A running clock with its target.</summary>
public sealed record Clock(string Rule, string Says, DateTimeOffset Since, DateTimeOffset? WarnAt, DateTimeOffset DueAt);

/// <summary>A pending <c>admit</c>, <c>transfer</c> or <c>discharge</c>.</summary>
/// <param name="To">Where to, in words.</param>
/// <param name="Bed">The bed that is kept, by <paramref name="Unit"/>, <paramref name="Room"/> and name; null when none is.</param>
public sealed record PlannedMove(string Kind, string? To, DateTimeOffset? ExpectedAt, DateTimeOffset Since, string? Unit = null, string? Room = null, string? Bed = null);

/// <summary>An alert.</summary>
/// <param name="Rule">The policy key, such as <c>ed.triage</c>.</param>
/// <param name="Kind"><c>touchpoint</c>, <c>family</c>, <c>question</c>, <c>request</c>, <c>handoff</c>, <c>owner</c> or <c>privacy</c>.</param>
/// <param name="Severity"><c>notice</c>, <c>warning</c>, <c>critical</c>.</param>
/// <param name="State"><c>raised</c>, <c>acknowledged</c>, <c>snoozed</c>, <c>resolved</c>.</param>
public sealed record Alert(
    Guid Id, string Rule, string Kind, string Says, string Severity, string State, DateTimeOffset RaisedAt, DateTimeOffset DueAt,
    string? Owner, DateTimeOffset? ExpectedBy, DateTimeOffset? SnoozedUntil, DateTimeOffset? ResolvedAt, string? Resolution, string? Reason)
{
    /// <summary>Seen is not taken.</summary>
    public DateTimeOffset? SeenAt { get; init; }
    public string? SeenBy { get; init; }
    /// <summary>Whose turn it is: <c>assigned</c>, <c>charge-nurse</c>, <c>house-supervisor</c> …; null while it is on no ladder.</summary>
    public string? EscalatedTo { get; init; }
    public DateTimeOffset? EscalatedAt { get; init; }
    /// <summary>Of the top tier: sounds, and nothing silences it.</summary>
    public bool Safety { get; init; }
    /// <summary>Over its nurse's hourly budget: the charge nurse has it in a digest.</summary>
    public bool Digested { get; init; }
    /// <summary>Whom it calls first.</summary>
    public string? Responsible { get; init; }
    /// <summary>Whom of the family it is about, as they stand to the patient; null where it is about nobody in particular, and away from the desk.</summary>
    public string? Whom { get; init; }
    /// <summary>What ends it: a step of the pathway (<c>triaged</c>), <c>moved</c>, <c>left</c>, <c>nurse</c>, <c>contact</c> or <c>told</c>. Null: somebody here began it, and can end it.</summary>
    public string? Awaits { get; init; }
    /// <summary>When the clock started that ran out; null of an alert that an earlier version raised.</summary>
    public DateTimeOffset? Since { get; init; }
}

/// <summary>The family's side.</summary>
/// <param name="WaitingSince">Since when somebody waits for word; null when nobody does.</param>
/// <param name="NextDueAt">When the next word is promised (<paramref name="Promised"/>) or due by policy.</param>
public sealed record Family(
    DateTimeOffset? WaitingSince, string? WaitingWho, DateTimeOffset? LastToldAt, string? LastToldWho, string? LastToldBy,
    DateTimeOffset? NextDueAt, bool Promised, IReadOnlyList<Relative> Contacts)
{
    /// <summary>Since when an update has been on its way to them; their clock is held as long. Null when none is, or it has arrived.</summary>
    public DateTimeOffset? OnItsWaySince { get; init; }
}

/// <summary>A family contact.</summary>
public sealed record Relative(string Name, string? Relation);

/// <summary>An alert was raised, changed or resolved.</summary>
public sealed record AlertChange(string Unit, Guid VisitId, string? Bed, Alert Alert);

/// <summary>What the hub sends. Method names are the names on the wire.</summary>
public interface IBoardClient
{
    Task BoardChanged(BoardChange change);
    Task AlertChanged(AlertChange change);
    Task FeedChanged(Feed feed);
    Task UnitsChanged(IReadOnlyList<Unit> changed);
    Task ListChanged(OwedList list);
    Task HotlineChanged(Hotline hotline);
    Task GlassChanged(GlassList list);
    Task FindingsChanged(FindingList list);
}

/// <summary>What a client may ask of the hub at <see cref="Paths.BoardHub"/>.</summary>
public interface IBoardHub
{
    /// <summary>Watches one unit's board, made for the caller's role; answers with it as it stands, and every later change follows.</summary>
    Task<Board> WatchUnit(string unit);

    /// <summary>As <see cref="WatchUnit"/>, made for a wall: initials and no numbers, dates or family names.</summary>
    Task<Board> WatchWall(string unit);

    Task UnwatchUnit(string unit);

    /// <summary>Watches the totals of all units.</summary>
    Task<IReadOnlyList<Unit>> WatchUnits();

    /// <summary>Watches what a person owes, by name, or a role (<c>role/charge-nurse@ED</c>).</summary>
    Task<OwedList> WatchList(string addressee);

    Task UnwatchList(string addressee);

    Task<Hotline> WatchHotline();

    /// <summary>Watches who breaks the glass: the privacy officer.</summary>
    Task<GlassList> WatchGlass();

    /// <summary>Watches whose looking is worth a question: the privacy officer.</summary>
    Task<FindingList> WatchFindings();

    /// <summary>The server's time; a client measures its own clock's error against it and notices a dead connection. Fails while the boards cannot be heard.</summary>
    Task<DateTimeOffset> Now();
}
