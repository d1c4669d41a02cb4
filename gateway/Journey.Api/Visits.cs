namespace Journey.Api;

/// <summary>A visit as its page shows it.</summary>
public sealed record Visit(
    string Unit, BoardRow Row, IReadOnlyList<Stay> Stays, IReadOnlyList<Milestone> Milestones, IReadOnlyList<Clock> Clocks, IReadOnlyList<Alert> PastAlerts)
{
    public Care Care { get; init; } = new();
    /// <summary>Set when the reader is here by breaking the glass.</summary>
    public GlassGrant? Glass { get; init; }
}

/// <summary>A stay at one location.</summary>
public sealed record Stay(string Unit, string? Room, string? Bed, DateTimeOffset Since, DateTimeOffset? Until);

public sealed record Milestone(string Step, DateTimeOffset At);

/// <summary>One line of a visit's history.</summary>
/// <param name="CanUndo">True for a staff entry that may still be taken back with <c>POST …/undo</c> naming <paramref name="CommandId"/>.</param>
public sealed record TimelineEntry(
    long Version, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt, string Kind, string Text, string By, bool Undone, Guid CommandId, bool CanUndo)
{
    /// <summary>Until when it may be; null when it may not.</summary>
    public DateTimeOffset? UndoUntil { get; init; }
}

/// <summary>A visit found by search.</summary>
public sealed record FoundVisit(
    Guid VisitId, string? VisitNumber, string Unit, string? Bed, Patient Patient, string Class, string Status, string Step, DateTimeOffset? ArrivedAt, DateTimeOffset? DepartedAt)
{
    /// <summary>As <see cref="BoardRow.Place"/>.</summary>
    public string? Place { get; init; }
    /// <summary>As <see cref="BoardRow.ProbablyGone"/>.</summary>
    public bool ProbablyGone { get; init; }
}

// ---- commands: POST below /api/v1/visits/{id}, each with an Idempotency-Key header; omitted times mean now ----

/// <summary><c>POST …/touchpoints</c>. <paramref name="Kind"/>: <c>step</c> (with <paramref name="Step"/>), <c>contact</c> (a check or a round), <c>acuity</c> (with <paramref name="Acuity"/> 1–5).</summary>
public sealed record TouchpointRequest(string Kind, string? Step = null, int? Acuity = null, DateTimeOffset? OccurredAt = null)
{
    /// <summary>With the step <c>departed</c>, and required there: how, as <see cref="BoardRow.DepartedAs"/>.</summary>
    public string? How { get; init; }
}

/// <summary><c>POST …/verify</c>: somebody looked, and it is as the board says. Settles the doubts that it answers.</summary>
/// <param name="What"><c>here</c> (the patient is here; a visit that had ended goes on), <c>gone</c> (has left, as the row of a departed visit says), <c>place</c>, <c>nurse</c> or <c>acuity</c>.</param>
public sealed record VerifyRequest(string? What, DateTimeOffset? OccurredAt = null);

/// <summary><c>POST …/assignments</c>. <paramref name="Role"/>: <c>nurse</c>, <c>provider</c> or <c>point-of-contact</c>; a null name leaves it open.</summary>
public sealed record AssignmentRequest(string Role, string? Name);

/// <summary><c>POST …/family/waiting</c>: somebody of the family asked for word.</summary>
public sealed record FamilyWaitingRequest(string? Who = null, DateTimeOffset? OccurredAt = null);

/// <summary><c>POST …/family/told</c>: the family was told.</summary>
/// <param name="NextBy">The promised time of the next word; omitted leaves it to the policy.</param>
public sealed record FamilyToldRequest(string? Who = null, string? About = null, DateTimeOffset? NextBy = null, DateTimeOffset? OccurredAt = null)
{
    /// <summary>As <see cref="Told.Topics"/>.</summary>
    public IReadOnlyList<string>? Topics { get; init; }
    /// <summary>BCP 47.</summary>
    public string? Language { get; init; }
    /// <summary>Whether they could say it in their own words; omitted when it was not asked.</summary>
    public bool? TeachBack { get; init; }
    public Guid? Contact { get; init; }
    public bool Interpreter { get; init; }
}

/// <summary><c>POST …/alerts/{alert}/acknowledge</c>.</summary>
/// <param name="TakeOver">True: knowing that it is another's already; without it that is refused (<c>alert-owned</c>).</param>
public sealed record AcknowledgeRequest(DateTimeOffset? ExpectedBy = null, bool TakeOver = false);

/// <summary><c>POST …/alerts/{alert}/snooze</c>: bounded by the policy (default at most 60 minutes).</summary>
public sealed record SnoozeRequest(DateTimeOffset Until, string Reason);

/// <summary><c>POST …/alerts/{alert}/resolve</c>.</summary>
public sealed record ResolveRequest(string? Action = null);

/// <summary><c>POST …/undo</c>: takes back a staff command of this visit.</summary>
public sealed record UndoRequest(Guid CommandId);

/// <summary>What every command answers.</summary>
/// <param name="Outcome"><c>accepted</c>, <c>unchanged</c> or <c>repeated</c>; a refusal is a problem (409) instead.</param>
/// <param name="CommandId">Names the command for an undo.</param>
public sealed record CommandResult(string Outcome, long Version, Guid CommandId)
{
    /// <summary>In words what came of it, where the outcome alone does not tell; null otherwise.</summary>
    public string? Says { get; init; }
}

/// <summary>One line of the message log: what came over a feed and what became of it. The raw text is not part of it.</summary>
/// <param name="Result"><c>applied</c>, <c>unchanged</c>, <c>repeated</c>, <c>kept</c>, <c>rejected</c>.</param>
public sealed record LoggedMessage(long Sequence, DateTimeOffset ReceivedAt, string Feed, string Source, string ControlId, string Type, string Result, string? Reason, int Bytes);
