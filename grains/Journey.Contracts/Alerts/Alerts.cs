namespace Journey.Contracts.Alerts;

[GenerateSerializer, Alias("alert.severity.v1")]
public enum Severity
{
    /// <summary>Near its target.</summary>
    Notice,
    /// <summary>Past its target.</summary>
    Warning,
    /// <summary>Far past its target, or past it for a patient at high risk.</summary>
    Critical,
}

[GenerateSerializer, Alias("alert.state.v1")]
public enum AlertState { Raised, Acknowledged, Snoozed, Resolved }

/// <summary>One alert per (visit, rule), never one per tick.</summary>
/// <param name="Rule">The policy key, such as <c>ed.triage</c>.</param>
/// <param name="Kind"><c>touchpoint</c>, <c>family</c>, <c>question</c>, <c>handoff</c>, <c>request</c> or <c>owner</c>.</param>
/// <param name="Says">One line for a person, from the policy; no patient data.</param>
/// <param name="RaisedAt">When it was raised.</param>
/// <param name="DueAt">When the touchpoint was due: the target of the rule.</param>
/// <param name="Owner">Who acknowledged it; null while nobody has.</param>
/// <param name="ExpectedBy">When the owner expects to have acted.</param>
/// <param name="SnoozedUntil">Set while snoozed.</param>
/// <param name="ResolvedAt">Set once resolved.</param>
/// <param name="Resolution">How it ended, once resolved: <c>acted</c>, <c>done</c>, <c>cleared</c>, <c>closed</c>.</param>
[GenerateSerializer, Immutable, Alias("alert.view.v1")]
public sealed record AlertView(
    [property: Id(0)] Guid Id, [property: Id(1)] string Rule, [property: Id(2)] string Kind, [property: Id(3)] string Says,
    [property: Id(4)] Severity Severity, [property: Id(5)] AlertState State,
    [property: Id(6)] DateTimeOffset RaisedAt, [property: Id(7)] DateTimeOffset DueAt,
    [property: Id(8)] Actor? Owner, [property: Id(9)] DateTimeOffset? ExpectedBy, [property: Id(10)] DateTimeOffset? SnoozedUntil,
    [property: Id(11)] DateTimeOffset? ResolvedAt, [property: Id(12)] string? Resolution, [property: Id(13), Sensitive] string? Reason)
{
    /// <summary>When somebody first saw it; null while nobody has.</summary>
    [Id(14)] public DateTimeOffset? SeenAt { get; init; }
    [Id(15)] public Actor? SeenBy { get; init; }
    /// <summary>
    /// The rung of the escalation ladder whose turn it is: <c>assigned</c>, <c>charge-nurse</c>, <c>house-supervisor</c> …; null while it is on no
    /// ladder.
    /// </summary>
    [Id(16)] public string? EscalatedTo { get; init; }
    /// <summary>When its turn came.</summary>
    [Id(17)] public DateTimeOffset? EscalatedAt { get; init; }
    /// <summary>True for the top tier's rules: they sound, and nothing silences them.</summary>
    [Id(18)] public bool Safety { get; init; }
    /// <summary>Over the nurse's budget of alerts an hour: told to the charge nurse in a digest instead.</summary>
    [Id(19)] public bool Digested { get; init; }
    /// <summary>Whom it calls first: who owns what is due, or is responsible for the visit. Null: nobody is.</summary>
    [Id(20)] public Person? Responsible { get; init; }
    /// <summary>When somebody took it; null while nobody has.</summary>
    [Id(21)] public DateTimeOffset? TakenAt { get; init; }
    /// <summary>Whom of the family it is about, as they stand to the patient, or by name; null where it is about nobody in particular.</summary>
    [Id(22), Sensitive] public string? Whom { get; init; }
    /// <summary>
    /// When the clock started that ran out: since when what is waited for has been due to come. Null in a row that an earlier version wrote.
    /// </summary>
    [Id(23)] public DateTimeOffset? Since { get; init; }
    /// <summary>
    /// What ends it: a step of the pathway, or <c>moved</c>, <c>left</c>, <c>nurse</c>, <c>contact</c>, <c>told</c>. Null: somebody here began it,
    /// and can end it.
    /// </summary>
    [Id(24)] public string? Awaits { get; init; }

    /// <summary>
    /// What has not happened in its time, as a sentence of the policy's with that time in it. Null while it is not yet due, and where the policy
    /// has none.
    /// </summary>
    [Id(25)] public string? Late { get; init; }
}

/// <summary>A running clock with its target.</summary>
/// <param name="Rule">The policy key.</param>
/// <param name="Says">What is waited for, in the policy's words.</param>
/// <param name="Since">When the clock started.</param>
/// <param name="WarnAt">When it turns yellow; null when the rule has no warning.</param>
/// <param name="DueAt">When its target is reached.</param>
[GenerateSerializer, Immutable, Alias("visit.clock.v1")]
public sealed record ClockView([property: Id(0)] string Rule, [property: Id(1)] string Says, [property: Id(2)] DateTimeOffset Since,
    [property: Id(3)] DateTimeOffset? WarnAt, [property: Id(4)] DateTimeOffset DueAt)
{
    /// <summary>As an alert's: <c>touchpoint</c>, <c>family</c> … Empty from a silo of an earlier version.</summary>
    [Id(5)] public string Kind { get; init; } = "";
}

/// <summary>Somebody has seen an alert; it is not theirs by that.</summary>
[GenerateSerializer, Immutable, Alias("visit.see-alert.v1")]
public sealed record SeeAlert(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] Guid Alert) : VisitCommand(Id, By, OccurredAt);

/// <summary>Somebody takes an alert: it has an owner from now on, and a time by which they expect to have acted.</summary>
/// <param name="TakeOver">True: knowing that it is another's already.</param>
[GenerateSerializer, Immutable, Alias("visit.acknowledge-alert.v1")]
public sealed record AcknowledgeAlert(CommandId Id, Actor By, DateTimeOffset OccurredAt,
    [property: Id(0)] Guid Alert, [property: Id(1)] DateTimeOffset? ExpectedBy, [property: Id(2)] bool TakeOver = false)
        : VisitCommand(Id, By, OccurredAt);

/// <summary>Quiets an alert until a bounded time, for a reason that the charge nurse sees.</summary>
[GenerateSerializer, Immutable, Alias("visit.snooze-alert.v1")]
public sealed record SnoozeAlert(CommandId Id, Actor By, DateTimeOffset OccurredAt,
    [property: Id(0)] Guid Alert, [property: Id(1)] DateTimeOffset Until, [property: Id(2)] string Reason) : VisitCommand(Id, By, OccurredAt);

/// <summary>Somebody acted: the alert is resolved, and its clock starts anew from this contact.</summary>
[GenerateSerializer, Immutable, Alias("visit.resolve-alert.v1")]
public sealed record ResolveAlert(CommandId Id, Actor By, DateTimeOffset OccurredAt,
    [property: Id(0)] Guid Alert, [property: Id(1)] string? Action) : VisitCommand(Id, By, OccurredAt);
