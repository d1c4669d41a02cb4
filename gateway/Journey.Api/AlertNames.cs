namespace Journey.Api;

// Words of alerts on the wire. They are strings and no enums, so that a new one breaks no client: treat one that you do not know as itself, and never
// hide it.

/// <summary>How grave an alert is: <see cref="Alert.Severity"/>.</summary>
public static class Severities
{
    public const string Notice = "notice";
    public const string Warning = "warning";
    public const string Critical = "critical";
}

/// <summary>What became of an alert: <see cref="Alert.State"/>.</summary>
public static class AlertStates
{
    /// <summary>Nobody has it.</summary>
    public const string Raised = "raised";
    /// <summary>Somebody has it.</summary>
    public const string Acknowledged = "acknowledged";
    /// <summary>It calls again later.</summary>
    public const string Snoozed = "snoozed";
    public const string Resolved = "resolved";
}

/// <summary>What an alert is about: <see cref="Alert.Kind"/>.</summary>
public static class AlertKinds
{
    /// <summary>A step of the pathway, or a contact.</summary>
    public const string Touchpoint = "touchpoint";
    public const string Family = "family";
    public const string Question = "question";
    public const string Request = "request";
    public const string Handoff = "handoff";
    /// <summary>Nobody is responsible for the patient.</summary>
    public const string Owner = "owner";
    public const string Privacy = "privacy";
}

/// <summary>What clocks wait for beside <see cref="Steps"/>: <see cref="Alert.Awaits"/>, <see cref="RuleReporting.Fact"/>.</summary>
public static class Awaited
{
    /// <summary>A boarding patient reached the ward.</summary>
    public const string Moved = "moved";
    /// <summary>The patient left.</summary>
    public const string Left = "left";
    /// <summary>A nurse is named.</summary>
    public const string Nurse = "nurse";
    /// <summary>Staff were with the patient.</summary>
    public const string Contact = "contact";
    /// <summary>The family was told something.</summary>
    public const string Told = "told";
}

/// <summary>Whether a rule calls anybody on a unit: <see cref="Rule.Standing"/>, <see cref="SwitchRuleRequest.To"/>.</summary>
public static class RuleStandings
{
    public const string On = "on";
    /// <summary>Counted, and nobody is called.</summary>
    public const string Shadow = "shadow";
    /// <summary>What it waits for is not reported there, and no patient is an alarm for it.</summary>
    public const string NotReported = "not-reported";
}

/// <summary>
/// Whose turn it is on an alert's ladder, where that is no role: <see cref="Alert.EscalatedTo"/>. Every other rung is one of <see cref="Roles"/>, or
/// of the site's own.
/// </summary>
public static class Rungs
{
    /// <summary>Whoever is responsible for the visit, or owns what is due.</summary>
    public const string Assigned = "assigned";
}

/// <summary>How an alert ended: <see cref="Alert.Resolution"/>.</summary>
public static class AlertResolutions
{
    /// <summary>A person said they acted.</summary>
    public const string Acted = "acted";
    /// <summary>What was awaited happened.</summary>
    public const string Done = "done";
    /// <summary>The patient is on leave, away in a procedure, or has died: nobody is to be called.</summary>
    public const string Suppressed = "suppressed";
    /// <summary>What was awaited never happened: something that comes after it did.</summary>
    public const string PassedOver = "passed-over";
    /// <summary>It no longer applies.</summary>
    public const string Cleared = "cleared";
    /// <summary>The visit ended.</summary>
    public const string Closed = "closed";
}
