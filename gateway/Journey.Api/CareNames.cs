namespace Journey.Api;

// Words of care on the wire. They are strings and no enums, so that a new one breaks no client: treat one that you do not know as itself, and never
// hide it.

/// <summary>In what somebody has a patient: <see cref="AssignmentRequest.Role"/>, <see cref="Handoff.Role"/>.</summary>
public static class CareRoles
{
    public const string Nurse = "nurse";
    public const string Provider = "provider";
    /// <summary>Whom patient and family turn to.</summary>
    public const string PointOfContact = "point-of-contact";
}

/// <summary>Who asks: <see cref="Asker.Kind"/>.</summary>
public static class AskerKinds
{
    public const string Patient = "patient";
    public const string Family = "family";
    public const string Staff = "staff";
}

/// <summary>What is owed: <see cref="Owed.Kind"/>.</summary>
public static class OwedKinds
{
    public const string Question = "question";
    public const string Promise = "promise";
    public const string Request = "request";
    public const string Handoff = "handoff";
    public const string Alert = "alert";
    /// <summary>A unit is to look at rows that may be wrong.</summary>
    public const string Verify = "verify";
    /// <summary>A unit is to look at a rule that was switched by itself.</summary>
    public const string Rule = "rule";
}

/// <summary>What is owed within its kind, where a program cares: <see cref="Owed.Detail"/>.</summary>
public static class OwedDetails
{
    /// <summary>A promise: the next word to the family.</summary>
    public const string NextWord = "next-word";
}

/// <summary>What a question is about: <see cref="Question.Kind"/>.</summary>
public static class QuestionKinds
{
    public const string Clinical = "clinical";
    public const string Billing = "billing";
    public const string Appointment = "appointment";
    public const string Other = "other";
    /// <summary>Somebody worries: it escalates.</summary>
    public const string Concern = "concern";
}

/// <summary>How far a question is: <see cref="Question.State"/>.</summary>
public static class QuestionStates
{
    public const string Open = "open";
    /// <summary>Its asker has not said yet whether that satisfies.</summary>
    public const string Answered = "answered";
    /// <summary>Its asker is satisfied.</summary>
    public const string Closed = "closed";
    public const string Withdrawn = "withdrawn";
}

/// <summary>What became of a promise: <see cref="Promise.State"/>.</summary>
public static class PromiseStates
{
    public const string Open = "open";
    public const string Kept = "kept";
    public const string Broken = "broken";
    public const string Withdrawn = "withdrawn";
}

/// <summary>What is asked for: <see cref="CareRequest.Kind"/>.</summary>
public static class RequestKinds
{
    public const string Interpreter = "interpreter";
    public const string Comfort = "comfort";
    public const string Spiritual = "spiritual";
    public const string Education = "education";
    public const string MentalHealth = "mental-health";
    public const string Callback = "callback";
    public const string LifeEvent = "life-event";
    public const string Other = "other";
}

/// <summary>How far a request is: <see cref="CareRequest.State"/>.</summary>
public static class RequestStates
{
    public const string Open = "open";
    public const string Taken = "taken";
    public const string Done = "done";
    public const string Withdrawn = "withdrawn";
}

/// <summary>How far a handoff is: <see cref="Handoff.State"/>.</summary>
public static class HandoffStates
{
    /// <summary>The patient changed hands, and nobody has offered one.</summary>
    public const string Required = "required";
    public const string Offered = "offered";
    /// <summary>With a question.</summary>
    public const string Returned = "returned";
    /// <summary>Read back.</summary>
    public const string Accepted = "accepted";
    public const string Withdrawn = "withdrawn";
}

/// <summary>How ill a patient is, in a handoff: the first word of <see cref="HandoffContent.Illness"/>.</summary>
public static class Illnesses
{
    public const string Stable = "stable";
    public const string Watcher = "watcher";
    public const string Unstable = "unstable";
}

/// <summary>What a family was told about: <see cref="Told.Topics"/>.</summary>
public static class Topics
{
    public const string Needs = "needs";
    public const string Tests = "tests";
    public const string Treatment = "treatment";
    public const string Delay = "delay";
    public const string NextStep = "next-step";
    public const string Condition = "condition";
    public const string Education = "education";
}

/// <summary>What hides that a patient is here: <see cref="Care.Locks"/>.</summary>
public static class PrivacyLocks
{
    public const string NoInformation = "no-information";
    public const string Confidential = "confidential";
    public const string Safety = "safety";
}
