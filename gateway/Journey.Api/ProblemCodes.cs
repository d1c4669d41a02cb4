namespace Journey.Api;

/// <summary>
/// Every stable <c>code</c> of a problem (RFC 9457), over HTTP and at the start of a hub error's text. Never renamed, never reused; a later version
/// may add some, so a client treats one that it does
/// not know by its status. A problem also has a <c>detail</c> for people.
/// </summary>
public static class ProblemCodes
{
    // The gateway's own.
    /// <summary>400: a field is missing or wrong; <c>errors</c> says which.</summary>
    public const string InvalidRequest = "invalid-request";
    /// <summary>400: the body is not JSON, or not of the shape that is asked for.</summary>
    public const string InvalidJson = "invalid-json";
    /// <summary>404: nothing is at this address.</summary>
    public const string NotFound = "not-found";
    /// <summary>405: the address knows other methods.</summary>
    public const string MethodNotAllowed = "method-not-allowed";
    /// <summary>413: the body is larger than <see cref="Limits.BodyBytes"/> bytes.</summary>
    public const string TooLarge = "too-large";
    /// <summary>415: send <c>application/json</c>.</summary>
    public const string UnsupportedMediaType = "unsupported-media-type";
    /// <summary>404: no such unit is known.</summary>
    public const string UnitUnknown = "unit-unknown";
    /// <summary>404: the unit has no public waiting-room board.</summary>
    public const string NoWaitingRoom = "no-waiting-room";
    /// <summary>403: no wall can be enrolled here.</summary>
    public const string NoWallHere = "no-wall-here";
    /// <summary>404: what the address names is no id, so the visit has no such thing.</summary>
    public const string ItemUnknown = "item-unknown";
    /// <summary>404: the link to a family page is not known, or has ended.</summary>
    public const string LinkUnknown = "link-unknown";
    /// <summary>403: the family page asks for the code word first.</summary>
    public const string DoorClosed = "door-closed";
    /// <summary>422: the key was used for something else; a new command needs a new key.</summary>
    public const string IdempotencyKeyReused = "idempotency-key-reused";
    /// <summary>400: a key has 1 to <see cref="Limits.IdempotencyKey"/> characters.</summary>
    public const string IdempotencyKeyInvalid = "idempotency-key-invalid";
    /// <summary>409: they are the nurse of patients, as many as <c>patients</c> says; hand them over first, or say that they are left.</summary>
    public const string ShiftHasPatients = "shift-has-patients";
    /// <summary>401: nobody is signed in, or the session has ended.</summary>
    public const string SignInNeeded = "sign-in-needed";
    /// <summary>403: a browser sent it from a page of another site.</summary>
    public const string CrossOrigin = "cross-origin";
    /// <summary>503: the cluster does not answer. Whether it was done is not known: send it again with the same key.</summary>
    public const string Unavailable = "unavailable";
    /// <summary>503: the access cannot be recorded, so nothing is shown and nothing is done; try again.</summary>
    public const string AuditUnavailable = "audit-unavailable";
    /// <summary>429: slow down, and send it again.</summary>
    public const string TooManyRequests = "too-many-requests";
    /// <summary>500: a fault of the server's; its log has it.</summary>
    public const string Internal = "internal-error";

    // Whose, and whether.
    /// <summary>403: their roles and units do not allow it.</summary>
    public const string AccessDenied = "access-denied";
    /// <summary>403: the visit opens by breaking the glass only.</summary>
    public const string GlassRequired = "glass-required";
    /// <summary>404: no such grant is known.</summary>
    public const string GlassUnknown = "glass-unknown";
    /// <summary>409: the policy has no such reason.</summary>
    public const string GlassReasonUnknown = "glass-reason-unknown";
    /// <summary>403: nobody reviews what they opened themselves.</summary>
    public const string GlassOwn = "glass-own";
    /// <summary>409: say in words why.</summary>
    public const string GlassNoteMissing = "glass-note-missing";
    /// <summary>429: as often as anybody may within an hour.</summary>
    public const string GlassLimit = "glass-limit";
    /// <summary>404: no such finding is known.</summary>
    public const string FindingUnknown = "finding-unknown";
    /// <summary>403: nobody judges a finding about themselves.</summary>
    public const string FindingOwn = "finding-own";
    /// <summary>404 or 409: no such session is known, or it has ended.</summary>
    public const string SessionUnknown = "session-unknown";
    /// <summary>409: no screen shows this code, or not any more.</summary>
    public const string WallCodeUnknown = "wall-code-unknown";
    /// <summary>409: too many wrong codes; wait.</summary>
    public const string WallCodeLocked = "wall-code-locked";

    // Visits and steps.
    /// <summary>404: no such visit is known.</summary>
    public const string VisitUnknown = "visit-unknown";
    /// <summary>409: the visit has ended.</summary>
    public const string VisitClosed = "visit-closed";
    /// <summary>410: the visit was erased, its retention being over.</summary>
    public const string VisitErased = "visit-erased";
    /// <summary>409: the step is not on this visit's pathway.</summary>
    public const string StepUnknown = "step-unknown";
    /// <summary>409: the step was reached already, or the patient has not arrived, or it ends the visit and nobody said how.</summary>
    public const string StepNotAhead = "step-not-ahead";
    /// <summary>409: acuity is 1 (most urgent) to 5.</summary>
    public const string AcuityOutOfRange = "acuity-out-of-range";
    /// <summary>409: it cannot have happened yet.</summary>
    public const string TimeInTheFuture = "time-in-the-future";
    /// <summary>409: the command is not known here, or is taken back already.</summary>
    public const string NothingToUndo = "nothing-to-undo";
    /// <summary>409: the time for taking it back is over.</summary>
    public const string UndoTooLate = "undo-too-late";
    /// <summary>409: what it did cannot be undone.</summary>
    public const string CannotBeTakenBack = "cannot-be-taken-back";

    // Alerts and rules.
    /// <summary>404 or 409: the visit has no such alert.</summary>
    public const string AlertUnknown = "alert-unknown";
    /// <summary>409: the alert is resolved.</summary>
    public const string AlertClosed = "alert-closed";
    /// <summary>409: somebody else has it; take it over knowingly.</summary>
    public const string AlertOwned = "alert-owned";
    /// <summary>409: only doing what it waits for ends it.</summary>
    public const string AlertNeedsItsDeed = "alert-needs-its-deed";
    /// <summary>409: not so long, or this one cannot be snoozed.</summary>
    public const string SnoozeOutOfRange = "snooze-out-of-range";
    /// <summary>404: the policy has no such rule.</summary>
    public const string RuleUnknown = "rule-unknown";
    /// <summary>409: somebody here begins what the rule waits for, so it is always reported.</summary>
    public const string RuleIsAnswered = "rule-is-answered";
    /// <summary>409: what the rule waits for is reported on that unit.</summary>
    public const string RuleIsReported = "rule-is-reported";
    /// <summary>409: no rule of the safety tier is silenced without a reason.</summary>
    public const string RuleNeedsReason = "rule-needs-reason";
    /// <summary>404: no such view is known.</summary>
    public const string ViewUnknown = "view-unknown";
    /// <summary>409: nobody keeps more views than <see cref="Limits.Views"/>; delete one first.</summary>
    public const string TooManyViews = "too-many-views";

    // Questions, promises, requests, handoffs.
    /// <summary>409: the visit has no such question.</summary>
    public const string QuestionUnknown = "question-unknown";
    /// <summary>409: its asker is satisfied, or it was withdrawn.</summary>
    public const string QuestionClosed = "question-closed";
    /// <summary>409: it is answered; its asker has to say whether that satisfies.</summary>
    public const string QuestionAnswered = "question-answered";
    /// <summary>409: there is no answer to confirm.</summary>
    public const string QuestionNotAnswered = "question-not-answered";
    /// <summary>409: the visit has no such promise.</summary>
    public const string PromiseUnknown = "promise-unknown";
    /// <summary>409: it is kept, broken or withdrawn.</summary>
    public const string PromiseSettled = "promise-settled";
    /// <summary>409: what is promised or expected is for a time that has passed.</summary>
    public const string PromiseInThePast = "promise-in-the-past";
    /// <summary>409: the visit has no such request.</summary>
    public const string RequestUnknown = "request-unknown";
    /// <summary>409: it is done or withdrawn.</summary>
    public const string RequestClosed = "request-closed";
    /// <summary>409: somebody else is on it.</summary>
    public const string RequestTaken = "request-taken";
    /// <summary>409: the visit has no such handoff.</summary>
    public const string HandoffUnknown = "handoff-unknown";
    /// <summary>409: it is accepted or withdrawn.</summary>
    public const string HandoffClosed = "handoff-closed";
    /// <summary>409: it was offered to somebody else.</summary>
    public const string HandoffNotYours = "handoff-not-yours";
    /// <summary>409: read it back in your own words.</summary>
    public const string HandoffNeedsReadBack = "handoff-needs-read-back";
    /// <summary>409: pain is 0 to 10.</summary>
    public const string PainOutOfRange = "pain-out-of-range";
    /// <summary>409: a pulse is 1 to 5.</summary>
    public const string PulseOutOfRange = "pulse-out-of-range";

    // Families.
    /// <summary>404 or 409: the visit has no such contact.</summary>
    public const string ContactUnknown = "contact-unknown";
    /// <summary>409: the code word has too few letters.</summary>
    public const string CodeWordTooShort = "code-word-too-short";
    /// <summary>409: no code word is set.</summary>
    public const string CodeWordMissing = "code-word-missing";
    /// <summary>409: the visit has no such update.</summary>
    public const string UpdateUnknown = "update-unknown";
    /// <summary>409: it has left, and cannot be recalled.</summary>
    public const string UpdateGone = "update-gone";
    /// <summary>409: a lock, a hold or a missing consent keeps it from leaving.</summary>
    public const string UpdateForbidden = "update-forbidden";
    /// <summary>409: it would reach nobody.</summary>
    public const string UpdateUnreachable = "update-unreachable";
    /// <summary>409: the policy has no such template.</summary>
    public const string TemplateUnknown = "template-unknown";

    // The hotline.
    /// <summary>404 or 409: no such call is known.</summary>
    public const string CallUnknown = "call-unknown";
    /// <summary>409: somebody else has answered it.</summary>
    public const string CallTaken = "call-taken";
    /// <summary>409: the call is over.</summary>
    public const string CallClosed = "call-closed";

    // Staff.
    /// <summary>404: nobody of that name is known.</summary>
    public const string PersonUnknown = "person-unknown";
    /// <summary>409: several employees bear the name: say which, as <c>employee/…</c>.</summary>
    public const string PersonAmbiguous = "person-ambiguous";
    /// <summary>404: no such role is known.</summary>
    public const string RoleUnknown = "role-unknown";
    /// <summary>404: they have no such shift.</summary>
    public const string ShiftUnknown = "shift-unknown";
    /// <summary>409: a shift is shorter, nearer, or ends after it begins.</summary>
    public const string ShiftOutOfRange = "shift-out-of-range";
    /// <summary>The hub: name a person, or a role as <c>role/charge-nurse@ED</c>.</summary>
    public const string AddresseeUnknown = "addressee-unknown";
    /// <summary>The hub: unwatch a unit first.</summary>
    public const string TooManyUnits = "too-many-units";
}
