namespace Journey.Api;

/// <summary>One visit on a board.</summary>
public sealed record BoardRow
{
    /// <summary>Stable id of the visit; on a wall a key that names the row only.</summary>
    public required Guid VisitId { get; init; }
    /// <summary>The number by which the hospital's systems know the visit; null when withheld.</summary>
    public string? VisitNumber { get; init; }
    /// <summary>The room's name; null when the patient is in none.</summary>
    public string? Room { get; init; }
    /// <summary>The bed's name; null when the patient has none. Unique only together with the room.</summary>
    public string? Bed { get; init; }
    /// <summary>As the viewer may see it: full name at the desk, initials on a wall.</summary>
    public required Patient Patient { get; init; }
    /// <summary>
    /// <c>emergency</c>, <c>inpatient</c>, <c>outpatient</c>, <c>preadmit</c>, <c>recurring</c>, <c>obstetrics</c>, <c>other</c>, <c>unknown</c>.
    /// </summary>
    public required string Class { get; init; }
    /// <summary><c>expected</c>, <c>present</c>, <c>onleave</c>, <c>departed</c>, <c>cancelled</c>.</summary>
    public required string Status { get; init; }
    /// <summary>
    /// Such as <c>arrived</c>, <c>triaged</c>, <c>roomed</c>, <c>seen</c>, <c>decided</c>, <c>boarding</c>, <c>admitted</c>, <c>departed</c>.
    /// </summary>
    public required string Step { get; init; }
    /// <summary>When the step was reached; the time in the step counts from here.</summary>
    public required DateTimeOffset StepSince { get; init; }
    /// <summary>The next steps a person may record, next first.</summary>
    public IReadOnlyList<string> StepsAhead { get; init; } = [];
    /// <summary>The running clock that is due first; null when none runs.</summary>
    public Clock? Clock { get; init; }
    /// <summary>The door; the length of stay counts from here.</summary>
    public DateTimeOffset? ArrivedAt { get; init; }
    /// <summary>When the patient left; null while they have not.</summary>
    public DateTimeOffset? DepartedAt { get; init; }
    /// <summary>When the patient is expected; null when not known, or when they are here.</summary>
    public DateTimeOffset? ExpectedAt { get; init; }
    /// <summary>1 (most urgent) to 5.</summary>
    public int? Acuity { get; init; }
    /// <summary>Who is responsible, by name; null when nobody is.</summary>
    public string? Nurse { get; init; }
    /// <summary>The physician, by name; null when none is named.</summary>
    public string? Provider { get; init; }
    /// <summary>The hospital service, as a code of the hospital's, such as <c>MED</c>; clinical staff only.</summary>
    public string? Service { get; init; }
    /// <summary>Where the patient is for the moment, in words; null when at the bed.</summary>
    public string? Away { get; init; }
    /// <summary>A pending admission, transfer or discharge; null when none is.</summary>
    public PlannedMove? Plan { get; init; }
    /// <summary>Open alerts, as far as the viewer is told of them.</summary>
    public IReadOnlyList<Alert> Alerts { get; init; } = [];
    /// <summary>The family's side of the visit.</summary>
    public required Family Family { get; init; }
    /// <summary>When staff were last with the patient; null when that was never said.</summary>
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
    /// <summary>Bad news is pending: nothing goes to the family by itself.</summary>
    public bool OnHold { get; init; }
    /// <summary>Nudges for a person's tact, with their days; staff of the unit only.</summary>
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
    /// <summary>How the visit ended: <c>home</c>, <c>admitted</c>, <c>transferred</c>, <c>left-before-triage</c>, <c>left-before-evaluation</c>,
    /// <c>left-during-treatment</c>,
    /// <c>against-advice</c>, <c>expired</c>, <c>observation-then-home</c>, <c>other</c>; null while it has not, or nobody said.</summary>
    public string? DepartedAs { get; init; }
    /// <summary>The end was concluded, not said.</summary>
    public bool EndInferred { get; init; }
    /// <summary>
    /// <c>treatment</c>, <c>hallway</c>, <c>waiting</c>, <c>triage</c>, <c>ward</c>, <c>observation</c>, <c>procedure</c>, <c>virtual</c>; null when
    /// not known.
    /// </summary>
    public string? PlaceKind { get; init; }
    /// <summary>Where the patient is, as far as it is known: unit, room, bed.</summary>
    public string? Place { get; init; }
    /// <summary>Why the patient came; staff only.</summary>
    public string? Complaint { get; init; }
    /// <summary>What staff keep on the row, one line; null when nothing. For those who look after the patient.</summary>
    public string? Note { get; init; }
    /// <summary>When the note was written; null when there is none.</summary>
    public Freshness? NoteSaid { get; init; }
    /// <summary>When the place was last said or seen; null when not known.</summary>
    public Freshness? PlaceSaid { get; init; }
    /// <summary>When the nurse was last said or seen; null when not known.</summary>
    public Freshness? NurseSaid { get; init; }
    /// <summary>When the acuity was last said or seen; null when not known.</summary>
    public Freshness? AcuitySaid { get; init; }
    /// <summary>True when this says no more than that the bed is taken: the patient is confidential, and the viewer not responsible.</summary>
    public bool Withheld { get; init; }
}

/// <summary>Who the patient is, as far as the viewer may know.</summary>
/// <param name="Name">Shown as it is: <c>Family, Given</c> at the desk, <c>Given F.</c> on a wall, <c>Confidential</c> when locked.</param>
/// <param name="Number">The number by which the hospital's systems know the person; null when withheld.</param>
/// <param name="BirthDate">Null when not known or withheld.</param>
/// <param name="Sex">As PID-8 has it, such as <c>F</c>, <c>M</c>, <c>U</c>; null when not known or withheld.</param>
public sealed record Patient(string Name, string? Number, DateOnly? BirthDate, string? Sex)
{
    /// <summary>Even that they are here is told to nobody outside the care team.</summary>
    public bool Confidential { get; init; }
}

/// <summary>Why a row may be wrong.</summary>
/// <param name="Kind"><c>silent</c>, <c>elsewhere</c>, <c>bed-shared</c>, <c>bed-reported-free</c>, <c>after-departure</c>, <c>changed-hands</c>,
/// <c>time-not-believed</c>.</param>
/// <param name="Says">The evidence, for a person.</param>
/// <param name="Since">Since when it may be wrong.</param>
/// <param name="Other">The other visit; null when it is about this one alone.</param>
public sealed record Doubt(string Kind, string Says, DateTimeOffset Since, Guid? Other);

/// <summary>Another visit of the same person.</summary>
/// <param name="As"><c>admitted-to</c>, <c>admitted-from</c>, <c>planned-to</c>, <c>fulfilled-by</c>, <c>elsewhere-as</c>, <c>mother-of</c>,
/// <c>return-of</c>, <c>same-as</c>.</param>
/// <param name="VisitId">The other visit.</param>
/// <param name="VisitNumber">Its number; null when not known.</param>
/// <param name="Unit">Where the visit was that this one came after; null for one that goes on, which itself says where it stands.</param>
/// <param name="Door">When the other visit began; null when not known.</param>
public sealed record VisitLink(string As, Guid VisitId, string? VisitNumber, string? Unit, DateTimeOffset? Door);

/// <summary>When a field was last said or seen, and by whom.</summary>
/// <param name="At">When it was said or seen.</param>
/// <param name="By">Who said it: a person or a feed.</param>
public sealed record Freshness(DateTimeOffset At, string By);

/// <summary>A running clock with its target.</summary>
/// <param name="Rule">The policy key, such as <c>ed.triage</c>.</param>
/// <param name="Says">What is waited for, in the policy's words.</param>
/// <param name="Since">When the clock started.</param>
/// <param name="WarnAt">When it becomes pressing; null when the rule has no warning.</param>
/// <param name="DueAt">When its target is reached.</param>
public sealed record Clock(string Rule, string Says, DateTimeOffset Since, DateTimeOffset? WarnAt, DateTimeOffset DueAt);

/// <summary>A pending <c>admit</c>, <c>transfer</c> or <c>discharge</c>.</summary>
/// <param name="Kind">One of <see cref="PlanKinds"/>.</param>
/// <param name="To">Where to, in words.</param>
/// <param name="ExpectedAt">When it is expected; null when nobody said.</param>
/// <param name="Since">Since when it is planned.</param>
/// <param name="Unit">Code of the unit of the bed that is kept; null when none is.</param>
/// <param name="Room">Room of the bed that is kept; null when none is.</param>
/// <param name="Bed">The bed that is kept, by <paramref name="Unit"/>, <paramref name="Room"/> and name; null when none is.</param>
public sealed record PlannedMove(
    string Kind, string? To, DateTimeOffset? ExpectedAt, DateTimeOffset Since, string? Unit = null, string? Room = null, string? Bed = null);

/// <summary>The family's side.</summary>
/// <param name="WaitingSince">Since when somebody waits for word; null when nobody does.</param>
/// <param name="WaitingWho">Who asked; null when nobody waits, and when nobody said who.</param>
/// <param name="LastToldAt">When anybody was last told anything; null when nobody was.</param>
/// <param name="LastToldWho">Who was told; null when nobody said who.</param>
/// <param name="LastToldBy">Who told them.</param>
/// <param name="NextDueAt">When the next word is promised (<paramref name="Promised"/>) or due by policy.</param>
/// <param name="Promised">True when a person promised the next word; false when it is due by the policy.</param>
/// <param name="Contacts">Those on record, by name and relation; empty for a viewer who may not know them.</param>
public sealed record Family(
    DateTimeOffset? WaitingSince, string? WaitingWho, DateTimeOffset? LastToldAt, string? LastToldWho, string? LastToldBy,
    DateTimeOffset? NextDueAt, bool Promised, IReadOnlyList<Relative> Contacts)
{
    /// <summary>Since when an update has been on its way to them; their clock is held as long. Null when none is, or it has arrived.</summary>
    public DateTimeOffset? OnItsWaySince { get; init; }
}

/// <summary>A family contact.</summary>
/// <param name="Name">As it was written.</param>
/// <param name="Relation">What they are to the patient, such as <c>spouse</c>; null when not known.</param>
public sealed record Relative(string Name, string? Relation);
