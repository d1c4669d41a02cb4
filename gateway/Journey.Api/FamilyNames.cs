namespace Journey.Api;

// Words of families on the wire. They are strings and no enums, so that a new one breaks no client: treat one that you do not know as itself, and
// never hide it.

/// <summary>What a contact may hear: <see cref="Contact.Consent"/>.</summary>
public static class Consents
{
    /// <summary>Not even that the patient is here.</summary>
    public const string Nothing = "nothing";
    /// <summary>One word.</summary>
    public const string Condition = "condition";
    /// <summary>Where, which step, what comes next; no diagnosis.</summary>
    public const string Progress = "progress";
    public const string Full = "full";
}

/// <summary>How far an update is: <see cref="FamilyUpdate.State"/>.</summary>
public static class UpdateStates
{
    /// <summary>It may be recalled.</summary>
    public const string Waiting = "waiting";
    public const string Leaving = "leaving";
    public const string Gone = "gone";
    public const string Recalled = "recalled";
    public const string Blocked = "blocked";
}

/// <summary>How far a message to one contact is: <see cref="Delivery.State"/>.</summary>
public static class DeliveryStates
{
    /// <summary>On the page: not read yet.</summary>
    public const string Waiting = "waiting";
    public const string Trying = "trying";
    /// <summary>On the page: read.</summary>
    public const string Delivered = "delivered";
    public const string Failed = "failed";
    /// <summary>It may have arrived: look.</summary>
    public const string Unconfirmed = "unconfirmed";
    public const string Blocked = "blocked";
}

/// <summary>By what a contact is reached: <see cref="Delivery.Channel"/>.</summary>
public static class Channels
{
    public const string Page = "page";
    public const string Email = "email";
    public const string Sms = "sms";
}

/// <summary>Whether a code word was right: <see cref="CodeWordAnswer.Result"/>.</summary>
public static class CodeWordResults
{
    public const string Right = "right";
    public const string Wrong = "wrong";
    /// <summary>Too many were wrong.</summary>
    public const string Locked = "locked";
    public const string NoneSet = "none-set";
    public const string Unknown = "unknown";
}

/// <summary>Whether the family page opens: <see cref="FamilyDoor.Door"/>.</summary>
public static class FamilyDoors
{
    public const string Open = "open";
    public const string NoSuchLink = "no-such-link";
    public const string CodeWordNeeded = "code-word-needed";
    public const string Wrong = "wrong";
    public const string Locked = "locked";
}
