namespace Journey.Api;

// Words of the house on the wire. They are strings and no enums, so that a new one breaks no client: treat one that you do not know as itself, and
// never hide it.

/// <summary>What somebody may do, and as what a ladder calls them: <see cref="Me.Roles"/>, <see cref="StaffMember.Roles"/>.</summary>
public static class Roles
{
    public const string Nurse = "nurse";
    public const string ChargeNurse = "charge-nurse";
    public const string Provider = "provider";
    public const string FamilyLiaison = "family-liaison";
    public const string HouseSupervisor = "house-supervisor";
    public const string OperationsLead = "operations-lead";
    public const string IntegrationEngineer = "integration-engineer";
    public const string PrivacyOfficer = "privacy-officer";
    public const string Administrator = "administrator";
    /// <summary>A screen on a wall, not a person.</summary>
    public const string WallDisplay = "wall-display";
    /// <summary>A contact who holds a link to the family page.</summary>
    public const string Family = "family";
}

/// <summary>How a hospital system's feed is: <see cref="Feed.State"/>.</summary>
public static class FeedStates
{
    public const string Live = "live";
    /// <summary>Heard, but what it sends is old.</summary>
    public const string Behind = "behind";
    /// <summary>Nothing heard for longer than expected.</summary>
    public const string Silent = "silent";
    /// <summary>Nothing is known of it since the start, which is not long ago.</summary>
    public const string Unheard = "unheard";
    /// <summary>Neither connected nor heard.</summary>
    public const string Down = "down";
}

/// <summary>What became of a message: <see cref="LoggedMessage.Result"/>.</summary>
public static class MessageResults
{
    public const string Applied = "applied";
    public const string Unchanged = "unchanged";
    public const string Repeated = "repeated";
    /// <summary>It says nothing that concerns a visit.</summary>
    public const string Kept = "kept";
    /// <summary>It can never be accepted.</summary>
    public const string Rejected = "rejected";
    /// <summary>It could not be made durable, and is sent again.</summary>
    public const string Failed = "failed";
    /// <summary>It was put aside for a person to look at.</summary>
    public const string Parked = "parked";
}

/// <summary>How far a call is: <see cref="Call.State"/>.</summary>
public static class CallStates
{
    public const string Ringing = "ringing";
    public const string Answered = "answered";
    public const string Abandoned = "abandoned";
    public const string CallbackDue = "callback-due";
    public const string CalledBack = "called-back";
}

/// <summary>What became of an attempt to break the glass: <see cref="GlassEntry.State"/>.</summary>
public static class GlassStates
{
    public const string Asked = "asked";
    public const string Opened = "opened";
    public const string Refused = "refused";
}

/// <summary>What the privacy officer found: <see cref="GlassReviewRequest.Verdict"/>.</summary>
public static class GlassVerdicts
{
    public const string Justified = "justified";
    public const string NotJustified = "not-justified";
    public const string FollowUp = "follow-up";
}

/// <summary>How a finding was judged: <see cref="JudgeFindingRequest.Verdict"/>.</summary>
public static class FindingVerdicts
{
    public const string HadReason = "had-reason";
    public const string FollowUp = "follow-up";
    /// <summary>Takes a judgement back.</summary>
    public const string Open = "open";
}

/// <summary>What a finding is about: <see cref="Finding.Rule"/>.</summary>
public static class FindingRules
{
    public const string Volume = "volume";
    public const string SameSurname = "same-surname";
    public const string OwnRecord = "own-record";
    public const string Hidden = "hidden";
    public const string AfterCare = "after-care";
    public const string GlassUnused = "glass-unused";
    public const string Browsing = "browsing";
}

/// <summary>Whether a screen was admitted: <see cref="WallState.State"/>.</summary>
public static class WallStates
{
    public const string Waiting = "waiting";
    public const string Admitted = "admitted";
    /// <summary>Ask for another code.</summary>
    public const string Unknown = "unknown";
}

/// <summary>What somebody did: <see cref="AuditEntry.Action"/>.</summary>
public static class AuditActions
{
    public const string ReadVisit = "read-visit";
    public const string ReadTimeline = "read-timeline";
    public const string ReadDraft = "read-draft";
    public const string ReadBoard = "read-board";
    public const string WatchBoard = "watch-board";
    public const string ReadList = "read-list";
    public const string ReadAlerts = "read-alerts";
    public const string ReadHotline = "read-hotline";
    public const string Search = "search";
    public const string Print = "print";
    public const string Export = "export";
    /// <summary>Something was told to a family.</summary>
    public const string Disclose = "disclose";
    public const string Change = "change";
    public const string ReadAudit = "read-audit";
    public const string SignIn = "sign-in";
    public const string SignOut = "sign-out";
    public const string BreakGlass = "break-glass";
    /// <summary>Entries past their retention were removed.</summary>
    public const string Expire = "expire";
    public const string Erase = "erase";
}

/// <summary>What came of it: <see cref="AuditEntry.Outcome"/>.</summary>
public static class AuditOutcomes
{
    public const string Done = "done";
    /// <summary>A command: the history has it if it was carried out.</summary>
    public const string Sent = "sent";
    public const string NotFound = "not-found";
    public const string Refused = "refused";
    public const string Failed = "failed";
}

/// <summary>What is printed: <see cref="PrintNote.Sheet"/>.</summary>
public static class PrintedSheets
{
    public const string Board = "board";
    public const string Handoffs = "handoffs";
    public const string Audit = "audit";
}

/// <summary>Whose list it is, where it is no person's: <see cref="OwedList.Addressee"/>.</summary>
public static class Addressees
{
    /// <summary>Before a role and its unit: <c>role/charge-nurse@ED</c>.</summary>
    public const string RolePrefix = "role/";

    /// <summary>A role on a unit; a role of the whole house has no unit.</summary>
    public static string Role(string role, string? unit = null) => unit is null ? RolePrefix + role : $"{RolePrefix}{role}@{unit}";
}

/// <summary>A word that stands where a unit's code may stand: <see cref="Me.Units"/>.</summary>
public static class UnitCodes
{
    /// <summary>Every unit.</summary>
    public const string Every = "*";
}
