namespace Journey.Api;

/// <summary>A visit as its page shows it.</summary>
/// <param name="Unit">Code of the unit on whose board the visit stands.</param>
/// <param name="Row">The visit as that board shows it.</param>
/// <param name="Stays">Where the patient was, oldest first.</param>
/// <param name="Milestones">The steps reached, oldest first.</param>
/// <param name="Clocks">Every running clock, as far as the viewer is told of them.</param>
/// <param name="PastAlerts">Alerts that are resolved.</param>
public sealed record Visit(
    string Unit, BoardRow Row, IReadOnlyList<Stay> Stays, IReadOnlyList<Milestone> Milestones, IReadOnlyList<Clock> Clocks,
    IReadOnlyList<Alert> PastAlerts)
{
    /// <summary>What the care of the visit holds beside its course.</summary>
    public Care Care { get; init; } = new();
    /// <summary>Set when the reader is here by breaking the glass.</summary>
    public GlassGrant? Glass { get; init; }
}

/// <summary>A stay at one location.</summary>
/// <param name="Unit">The unit's code.</param>
/// <param name="Room">Null when in none.</param>
/// <param name="Bed">Null when in none.</param>
/// <param name="Since">When the patient came there.</param>
/// <param name="Until">When they left there; null while they are there.</param>
public sealed record Stay(string Unit, string? Room, string? Bed, DateTimeOffset Since, DateTimeOffset? Until);

/// <summary>A step that was reached.</summary>
/// <param name="Step">One of <see cref="Steps"/>, or of the site's own.</param>
/// <param name="At">When it was reached.</param>
public sealed record Milestone(string Step, DateTimeOffset At);

/// <summary>One line of a visit's history.</summary>
/// <param name="Version">The commit: entries of one command share it.</param>
/// <param name="OccurredAt">When it happened.</param>
/// <param name="RecordedAt">When Journey recorded it.</param>
/// <param name="Kind">What kind of event, such as <c>Moved</c>.</param>
/// <param name="Text">One line for a person.</param>
/// <param name="By">Who: a person or a feed.</param>
/// <param name="Undone">Whether it was taken back.</param>
/// <param name="CommandId">The command it came from; an undo names it.</param>
/// <param name="CanUndo">True for a staff entry that may still be taken back with <c>POST …/undo</c> naming <paramref name="CommandId"/>.</param>
public sealed record TimelineEntry(
    long Version, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt, string Kind, string Text, string By, bool Undone,
    Guid CommandId, bool CanUndo)
{
    /// <summary>Until when it may be; null when it may not.</summary>
    public DateTimeOffset? UndoUntil { get; init; }
}

/// <summary>A visit found by search.</summary>
/// <param name="VisitId">The visit.</param>
/// <param name="VisitNumber">Its number; null when it has none.</param>
/// <param name="Unit">Code of the unit on whose board it stands or stood.</param>
/// <param name="Bed">The patient's bed; null when they have none.</param>
/// <param name="Patient">As the viewer may know them.</param>
/// <param name="Class">One of <see cref="VisitClasses"/>.</param>
/// <param name="Status">One of <see cref="VisitStatuses"/>.</param>
/// <param name="Step">One of <see cref="Steps"/>, or of the site's own.</param>
/// <param name="ArrivedAt">When the patient came; null while they have not.</param>
/// <param name="DepartedAt">When they left; null while they have not.</param>
public sealed record FoundVisit(
    Guid VisitId, string? VisitNumber, string Unit, string? Bed, Patient Patient, string Class, string Status, string Step, DateTimeOffset? ArrivedAt,
    DateTimeOffset? DepartedAt)
{
    /// <summary>As <see cref="BoardRow.Place"/>.</summary>
    public string? Place { get; init; }
    /// <summary>As <see cref="BoardRow.ProbablyGone"/>.</summary>
    public bool ProbablyGone { get; init; }
}

// ---- commands: POST below /api/v1/visits/{id}, each with an Idempotency-Key header; omitted times mean now ----

/// <summary><c>POST …/touchpoints</c>.</summary>
/// <param name="Kind">One of <see cref="TouchpointKinds"/>; required.</param>
/// <param name="Step">With the kind <c>step</c>, and required there: one of the row's <see cref="BoardRow.StepsAhead"/>.</param>
/// <param name="Acuity">With the kind <c>acuity</c>, and required there: 1 (most urgent) to 5.</param>
/// <param name="OccurredAt">When it happened; now when omitted, at most a year ago.</param>
public sealed record TouchpointRequest(
    [OneOf(typeof(TouchpointKinds))] string Kind, [TextLimit(Limits.Step)] string? Step = null,
    [NumberLimit(Limits.MostUrgent, Limits.LeastUrgent)] int? Acuity = null, DateTimeOffset? OccurredAt = null)
{
    /// <summary>With the step <c>departed</c>, and required there: how, as <see cref="BoardRow.DepartedAs"/>.</summary>
    [OneOf(typeof(Departures))]
    public string? How { get; init; }
}

/// <summary><c>POST …/note</c>: the line that staff keep on the visit's row. It goes with the visit's end.</summary>
/// <param name="Text">At most 120 characters; null or empty takes it off.</param>
public sealed record NoteRequest([TextLimit(Limits.RowNote)] string? Text);

/// <summary><c>POST …/verify</c>: somebody looked, and it is as the board says. Settles the doubts that it answers.</summary>
/// <param name="What"><c>here</c> (the patient is here; a visit that had ended goes on), <c>gone</c> (has left, as the row of a departed visit says),
/// <c>place</c>, <c>nurse</c> or <c>acuity</c>.</param>
/// <param name="OccurredAt">When they looked; now when omitted, at most a year ago.</param>
public sealed record VerifyRequest([OneOf(typeof(Verified))] string? What, DateTimeOffset? OccurredAt = null);

/// <summary><c>POST …/assignments</c>.</summary>
/// <param name="Role">One of <see cref="CareRoles"/>; required.</param>
/// <param name="Name">Who, at most 80 characters; null: nobody.</param>
public sealed record AssignmentRequest([OneOf(typeof(CareRoles))] string Role, [TextLimit(Limits.Name)] string? Name);

/// <summary><c>POST …/family/waiting</c>: somebody of the family asked for word.</summary>
/// <param name="Who">Who asked, at most 80 characters; null when nobody said.</param>
/// <param name="OccurredAt">When they asked; now when omitted, at most a year ago.</param>
public sealed record FamilyWaitingRequest([TextLimit(Limits.Name)] string? Who = null, DateTimeOffset? OccurredAt = null);

/// <summary><c>POST …/family/told</c>: the family was told.</summary>
/// <param name="Who">Who was told, at most 80 characters.</param>
/// <param name="About">About what, at most 280 characters.</param>
/// <param name="NextBy">The promised time of the next word; omitted leaves it to the policy.</param>
/// <param name="OccurredAt">When they were told; now when omitted, at most a year ago.</param>
public sealed record FamilyToldRequest(
    [TextLimit(Limits.Name)] string? Who = null, [TextLimit(Limits.About)] string? About = null, DateTimeOffset? NextBy = null,
    DateTimeOffset? OccurredAt = null)
{
    /// <summary>As <see cref="Told.Topics"/>.</summary>
    [OneOf(typeof(Topics))]
    public IReadOnlyList<string>? Topics { get; init; }
    /// <summary>BCP 47.</summary>
    [TextLimit(Limits.Language)]
    public string? Language { get; init; }
    /// <summary>Whether they could say it in their own words; omitted when it was not asked.</summary>
    public bool? TeachBack { get; init; }
    /// <summary>The contact on record who was told, by <see cref="Journey.Api.Contact.Id"/>; null when it was none of them.</summary>
    public Guid? Contact { get; init; }
    /// <summary>Whether an interpreter was there.</summary>
    public bool Interpreter { get; init; }
}

/// <summary><c>POST …/alerts/{alert}/acknowledge</c>.</summary>
/// <param name="ExpectedBy">When one expects to have acted, within 31 days; null leaves it to the policy.</param>
/// <param name="TakeOver">True: knowing that it is another's already; without it that is refused (<c>alert-owned</c>).</param>
public sealed record AcknowledgeRequest(DateTimeOffset? ExpectedBy = null, bool TakeOver = false);

/// <summary><c>POST …/alerts/{alert}/snooze</c>: bounded by the policy (default at most 60 minutes).</summary>
/// <param name="Until">When it calls again; required.</param>
/// <param name="Reason">Why, at most 200 characters; required.</param>
public sealed record SnoozeRequest(DateTimeOffset Until, [TextLimit(Limits.Line)] string Reason);

/// <summary><c>POST …/alerts/{alert}/resolve</c>.</summary>
/// <param name="Action">What was done, at most 200 characters.</param>
public sealed record ResolveRequest([TextLimit(Limits.Line)] string? Action = null);

/// <summary><c>POST …/undo</c>: takes back a staff command of this visit.</summary>
/// <param name="CommandId">As a <see cref="CommandResult"/> or a <see cref="TimelineEntry"/> names it; required.</param>
public sealed record UndoRequest(Guid CommandId);

/// <summary>What every command answers.</summary>
/// <param name="Outcome"><c>accepted</c>, <c>unchanged</c> or <c>repeated</c>; a refusal is a problem (409) instead.</param>
/// <param name="Version">The visit's version after it; grows with every commit.</param>
/// <param name="CommandId">Names the command for an undo.</param>
public sealed record CommandResult(string Outcome, long Version, Guid CommandId)
{
    /// <summary>In words what came of it, where the outcome alone does not tell; null otherwise.</summary>
    public string? Says { get; init; }
}
