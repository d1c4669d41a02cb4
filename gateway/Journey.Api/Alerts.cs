namespace Journey.Api;

/// <summary>An alert.</summary>
/// <param name="Id">Stable id; commands name it.</param>
/// <param name="Rule">The policy key, such as <c>ed.triage</c>.</param>
/// <param name="Kind">One of <see cref="AlertKinds"/>.</param>
/// <param name="Says">What is waited for, in the policy's words; no patient data.</param>
/// <param name="Severity">One of <see cref="Severities"/>.</param>
/// <param name="State">One of <see cref="AlertStates"/>.</param>
/// <param name="RaisedAt">When it was raised.</param>
/// <param name="DueAt">When what it waits for was due: the rule's target.</param>
/// <param name="Owner">Who took it; null while nobody has.</param>
/// <param name="ExpectedBy">When the owner expects to have acted; null while nobody has taken it.</param>
/// <param name="SnoozedUntil">It calls again then; null when it is not snoozed.</param>
/// <param name="ResolvedAt">When it was resolved; null while it is open.</param>
/// <param name="Resolution">How it ended: one of <see cref="AlertResolutions"/>; null while it is open.</param>
/// <param name="Reason">Why it is snoozed, in the words of whoever did it; null otherwise, and away from the unit.</param>
public sealed record Alert(
    Guid Id, string Rule, string Kind, string Says, string Severity, string State, DateTimeOffset RaisedAt, DateTimeOffset DueAt,
    string? Owner, DateTimeOffset? ExpectedBy, DateTimeOffset? SnoozedUntil, DateTimeOffset? ResolvedAt, string? Resolution, string? Reason)
{
    /// <summary>Seen is not taken.</summary>
    public DateTimeOffset? SeenAt { get; init; }
    /// <summary>Who saw it; null while nobody has.</summary>
    public string? SeenBy { get; init; }
    /// <summary>Whose turn it is: <c>assigned</c>, <c>charge-nurse</c>, <c>house-supervisor</c> …; null while it is on no ladder.</summary>
    public string? EscalatedTo { get; init; }
    /// <summary>When it became their turn; null while it is on no ladder.</summary>
    public DateTimeOffset? EscalatedAt { get; init; }
    /// <summary>Of the top tier: sounds, and nothing silences it.</summary>
    public bool Safety { get; init; }
    /// <summary>Over its nurse's hourly budget: the charge nurse has it in a digest.</summary>
    public bool Digested { get; init; }
    /// <summary>Whom it calls first.</summary>
    public string? Responsible { get; init; }
    /// <summary>
    /// Whom of the family it is about, as they stand to the patient; null where it is about nobody in particular, and away from the desk.
    /// </summary>
    public string? Whom { get; init; }
    /// <summary>
    /// What ends it: a step of the pathway (<c>triaged</c>), <c>moved</c>, <c>left</c>, <c>nurse</c>, <c>contact</c> or <c>told</c>. Null: somebody
    /// here began it, and can end it.
    /// </summary>
    public string? Awaits { get; init; }
    /// <summary>When the clock started that ran out; null of an alert that an earlier version raised.</summary>
    public DateTimeOffset? Since { get; init; }
    /// <summary>
    /// What has not happened in its time, as a sentence: <c>Not triaged within 10 min</c>. Null while it is not yet due, and where the policy has
    /// none: then <c>says</c> is all there is.
    /// </summary>
    public string? Late { get; init; }
}

/// <summary>An alert was raised, changed or resolved.</summary>
/// <param name="Unit">Code of the unit on whose board the visit stands.</param>
/// <param name="VisitId">The visit.</param>
/// <param name="Bed">The patient's bed; null when they have none.</param>
/// <param name="Alert">The alert as it is now.</param>
public sealed record AlertChange(string Unit, Guid VisitId, string? Bed, Alert Alert);

/// <summary><c>GET /api/v1/alerts</c>: what is open anywhere. How each rule does is at <c>/api/v1/rules</c>.</summary>
/// <param name="Open">Every open alert that the caller may know of.</param>
/// <param name="AsOf">The server's time when this was true.</param>
public sealed record AlertBoard(IReadOnlyList<OpenAlert> Open, DateTimeOffset AsOf);

/// <summary>An open alert, with whose it is.</summary>
/// <param name="VisitId">The visit.</param>
/// <param name="Unit">The unit's code.</param>
/// <param name="Room">The patient's room; null when they are in none.</param>
/// <param name="Bed">The patient's bed; null when they have none.</param>
/// <param name="Patient">As the viewer may know them.</param>
/// <param name="Alert">The alert.</param>
public sealed record OpenAlert(Guid VisitId, string Unit, string? Room, string? Bed, Patient Patient, Alert Alert);
