namespace Journey.Contracts;

/// <summary>What became of a command. Expected refusals are values; exceptions are bugs or infrastructure.</summary>
[GenerateSerializer, Immutable, Alias("journey.outcome.v1")]
public sealed record Outcome([property: Id(0)] OutcomeKind Kind, [property: Id(1)] long Version, [property: Id(2)] Refusal? Refusal = null)
{
    /// <summary>Of a message of a feed: how the visit stands after it, for whoever keeps a list of visits.</summary>
    [Id(3), System.Text.Json.Serialization.JsonIgnore] public VisitStatus? Status { get; init; }

    /// <summary>Of a feed's update that put the patient in another place: where, for whoever keeps a list of visits. Null when it did not.</summary>
    [Id(8), System.Text.Json.Serialization.JsonIgnore] public Placing? Placing { get; init; }

    /// <summary>
    /// Of what staff saw of a departure, or of who is here: how the visit stands by it, for <see cref="Intake.IIntakeGrain.Follow"/>. Null where it
    /// changes no list.
    /// </summary>
    [Id(9), System.Text.Json.Serialization.JsonIgnore] public Standing? Standing { get; init; }

    /// <summary>True when the visit shows its person otherwise since.</summary>
    [Id(4), System.Text.Json.Serialization.JsonIgnore] public bool IsShownAnew { get; init; }

    /// <summary>The door of the visit moved, and the one that continues it has to know; null when not.</summary>
    [Id(6), System.Text.Json.Serialization.JsonIgnore] public LinkChange? Onward { get; init; }

    /// <summary>Of a message of a feed: why it did not do what it says; null when it did. For the message log; no patient data.</summary>
    [Id(7), System.Text.Json.Serialization.JsonIgnore] public string? Remark { get; init; }

    /// <summary>The visit turned out to be this one: the message goes there, and nothing was done with it here.</summary>
    [Id(5), System.Text.Json.Serialization.JsonIgnore] public VisitId? GoesTo { get; init; }

    public static Outcome Accepted(long version) => new(OutcomeKind.Accepted, version);
    public static Outcome Unchanged(long version) => new(OutcomeKind.Unchanged, version);
    public static Outcome Repeated(long version) => new(OutcomeKind.Repeated, version);
    public static Outcome Refused(long version, Refusal refusal) => new(OutcomeKind.Refused, version, refusal);
}

[GenerateSerializer, Alias("journey.outcome-kind.v1")]
public enum OutcomeKind
{
    /// <summary>Durable: one commit was written.</summary>
    Accepted,

    /// <summary>Nothing to do: the facts were so already. Nothing was written.</summary>
    Unchanged,

    /// <summary>This very command was carried out before; nothing was written now.</summary>
    Repeated,

    /// <summary>Refused for the reason in <see cref="Outcome.Refusal"/>; nothing was written.</summary>
    Refused,
}

/// <summary>Why a command was refused.</summary>
/// <param name="Code">Stable, for programs, such as <c>visit-closed</c>. See <see cref="RefusalCodes"/>.</param>
/// <param name="Message">For a person; holds no patient data.</param>
[GenerateSerializer, Immutable, Alias("journey.refusal.v1")]
public sealed record Refusal([property: Id(0)] string Code, [property: Id(1)] string Message);

/// <summary>Every stable refusal code. Never renamed, never reused.</summary>
public static class RefusalCodes
{
    public const string VisitUnknown = "visit-unknown";
    public const string VisitClosed = "visit-closed";
    public const string VisitErased = "visit-erased";
    public const string AlertUnknown = "alert-unknown";
    public const string RuleUnknown = "rule-unknown";
    public const string RuleIsAnswered = "rule-is-answered";
    public const string RuleIsReported = "rule-is-reported";
    public const string RuleNeedsReason = "rule-needs-reason";
    public const string ViewUnknown = "view-unknown";
    public const string TooManyViews = "too-many-views";
    public const string AlertClosed = "alert-closed";
    public const string NothingToUndo = "nothing-to-undo";
    public const string UndoTooLate = "undo-too-late";
    public const string StepUnknown = "step-unknown";
    public const string StepNotAhead = "step-not-ahead";
    public const string AcuityOutOfRange = "acuity-out-of-range";
    public const string SnoozeOutOfRange = "snooze-out-of-range";
    public const string PromiseInThePast = "promise-in-the-past";
    public const string TimeInTheFuture = "time-in-the-future";
    public const string AlertOwned = "alert-owned";
    public const string QuestionUnknown = "question-unknown";
    public const string QuestionClosed = "question-closed";
    public const string QuestionNotAnswered = "question-not-answered";
    public const string PromiseUnknown = "promise-unknown";
    public const string PromiseSettled = "promise-settled";
    public const string RequestUnknown = "request-unknown";
    public const string RequestClosed = "request-closed";
    public const string HandoffUnknown = "handoff-unknown";
    public const string HandoffClosed = "handoff-closed";
    public const string HandoffNotYours = "handoff-not-yours";
    public const string ContactUnknown = "contact-unknown";
    public const string CodeWordTooShort = "code-word-too-short";
    public const string UpdateUnknown = "update-unknown";
    public const string UpdateGone = "update-gone";
    public const string UpdateForbidden = "update-forbidden";
    public const string UpdateUnreachable = "update-unreachable";
    public const string TemplateUnknown = "template-unknown";
    public const string PulseOutOfRange = "pulse-out-of-range";
    public const string PainOutOfRange = "pain-out-of-range";
    public const string QuestionAnswered = "question-answered";
    public const string RequestTaken = "request-taken";
    public const string HandoffNeedsReadBack = "handoff-needs-read-back";
    public const string CodeWordMissing = "code-word-missing";
    public const string AlertNeedsItsDeed = "alert-needs-its-deed";
    public const string CallUnknown = "call-unknown";
    public const string CallTaken = "call-taken";
    public const string CallClosed = "call-closed";
    public const string ShiftOutOfRange = "shift-out-of-range";
    public const string ShiftUnknown = "shift-unknown";
    public const string RoleUnknown = "role-unknown";
    public const string PersonUnknown = "person-unknown";

    /// <summary>Several employees bear the name: say which, as <c>employee/…</c>.</summary>
    public const string PersonAmbiguous = "person-ambiguous";
    public const string CannotBeTakenBack = "cannot-be-taken-back";
    public const string AccessDenied = "access-denied";
    public const string GlassRequired = "glass-required";
    public const string GlassUnknown = "glass-unknown";
    public const string GlassReasonUnknown = "glass-reason-unknown";
    public const string GlassOwn = "glass-own";
    public const string GlassNoteMissing = "glass-note-missing";
    public const string GlassLimit = "glass-limit";
    public const string FindingUnknown = "finding-unknown";
    public const string FindingOwn = "finding-own";
    public const string WallCodeUnknown = "wall-code-unknown";
    public const string WallCodeLocked = "wall-code-locked";
    public const string SessionUnknown = "session-unknown";
}

/// <summary>
/// The store could not say whether a commit landed. The caller retries with the same command id; HTTP answers 503, MLLP answers AE.
/// </summary>
[GenerateSerializer, Alias("journey.outcome-unknown.v1")]
public sealed class OutcomeUnknownException : Exception
{
    public OutcomeUnknownException() : base("The store did not confirm the commit; retry with the same command id.") { }
    public OutcomeUnknownException(string message) : base(message) { }
    public OutcomeUnknownException(string message, Exception inner) : base(message, inner) { }

    /// <summary>
    /// Which exceptions it came from, outermost first, by type and code; null when nothing failed and somebody else wrote first. Their texts stay in
    /// the silo: a database quotes values. An inner exception would not reach the caller either, who knows no type of the store's.
    /// </summary>
    [Id(0)] public string? Cause { get; init; }
}

/// <summary>Who did something: a person, a feed or Journey itself. Never a patient.</summary>
/// <param name="Id">Stable id: a staff id, <c>feed/&lt;name&gt;</c>, <c>family</c> or <c>journey</c>.</param>
/// <param name="Name">As shown on screens; null when the id is all there is.</param>
[GenerateSerializer, Immutable, Alias("journey.actor.v1")]
public sealed record Actor([property: Id(0)] string Id, [property: Id(1)] string? Name = null)
{
    /// <summary>Journey itself: a clock ran out, a rule applied.</summary>
    public static readonly Actor System = new("journey");

    /// <summary>The id of whoever speaks from the family page.</summary>
    public const string FamilyId = "family";
}
