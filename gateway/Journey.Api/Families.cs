namespace Journey.Api;

/// <summary>A family contact as staff keep it.</summary>
/// <param name="Order">The contact ladder: 1 is called first.</param>
/// <param name="Language">BCP 47.</param>
/// <param name="Consent">What they may hear: <c>nothing</c>, <c>condition</c> (one word), <c>progress</c>, <c>full</c>.</param>
/// <param name="Linked">Whether they hold a link to the family page.</param>
public sealed record Contact(
    Guid Id, string Name, string? Relation, int Order, string? Language, string? Email, string? Phone, string Consent, bool Spokesperson, bool NeedsInterpreter, bool Linked);

/// <param name="State"><c>waiting</c> (may be recalled), <c>leaving</c>, <c>gone</c>, <c>recalled</c> or <c>blocked</c>.</param>
/// <param name="Text">In English, or as it was written.</param>
public sealed record FamilyUpdate(
    Guid Id, string? Template, string Text, IReadOnlyList<string> Languages, string By, DateTimeOffset WrittenAt, DateTimeOffset LeavesAt, string State, IReadOnlyList<Delivery> Deliveries)
{
    /// <summary>When the family was told by it: when it first reached somebody. Null while it has reached nobody.</summary>
    public DateTimeOffset? ToldAt { get; init; }
}

/// <summary>A contact whom no update reaches.</summary>
/// <param name="Why">In words, such as <c>no link, e-mail or phone</c>.</param>
public sealed record Unreachable(Guid Contact, string Why);

/// <param name="Channel"><c>page</c>, <c>email</c> or <c>sms</c>.</param>
/// <param name="State"><c>waiting</c> (on the page: not read yet), <c>trying</c>, <c>delivered</c> (on the page: read), <c>failed</c>, <c>unconfirmed</c> (it may have arrived: look) or <c>blocked</c>.</param>
public sealed record Delivery(Guid Contact, string Channel, string State, int Attempts, DateTimeOffset? At, string? Why)
{
    /// <summary>The contact with the same number or address whose message this one is too; null when it has one of its own.</summary>
    public Guid? With { get; init; }
}

/// <summary><c>GET /api/v1/templates</c>: what may be sent.</summary>
public sealed record UpdateTemplate(string Key, string Says, string? On, IReadOnlyDictionary<string, string> Texts);

// ---- commands of staff: POST below /api/v1/visits/{id}/family ----

/// <summary><c>POST …/family/contacts</c>.</summary>
/// <param name="Id">Null adds one.</param>
public sealed record ContactRequest(
    string? Name, string? Relation = null, int Order = 1, string? Language = null, string? Email = null, string? Phone = null, string? Consent = null, bool Spokesperson = false,
    bool NeedsInterpreter = false, Guid? Id = null);

/// <summary><c>POST …/family/code-word</c>: null takes it away.</summary>
public sealed record CodeWordRequest(string? Word);

/// <summary><c>POST …/family/code-word/check</c>: for whoever is on the telephone, at the moment of speaking.</summary>
public sealed record CodeWordCheckRequest(string? Word, Guid? Contact = null);

/// <param name="Result"><c>right</c>, <c>wrong</c>, <c>locked</c> or <c>none-set</c>.</param>
/// <param name="MayHear">As <see cref="Contact"/>'s consent.</param>
public sealed record CodeWordAnswer(string Result, string MayHear, DateTimeOffset? LockedUntil);

/// <summary><c>POST …/family/locks</c>.</summary>
public sealed record LockRequest(string? Lock, bool? On, string? Reason = null);

/// <summary><c>POST …/family/hold</c>.</summary>
public sealed record HoldRequest(bool? On, string? Reason = null);

/// <summary><c>POST …/family/updates</c>: a template's key, or free text.</summary>
public sealed record UpdateRequest(string? Template = null, string? Text = null, DateTimeOffset? NextBy = null);

/// <summary>What <c>POST …/family/contacts/{item}/link</c> answers, once.</summary>
/// <param name="Path">The page's address: below this host, or whole where families have a host of their own. Its secret is behind <c>#</c>, which browsers send to nobody.</param>
public sealed record FamilyLink(string Path, Guid CommandId);

// ---- the family page: /api/v1/family, with the link's secret in a header ----

/// <summary><c>POST /api/v1/family/open</c>.</summary>
public sealed record OpenRequest(string? CodeWord = null);

/// <param name="Door"><c>open</c>, <c>no-such-link</c>, <c>code-word-needed</c>, <c>wrong</c> or <c>locked</c>.</param>
/// <param name="Session">Opens the door for some hours without the code word; null unless it is open.</param>
public sealed record FamilyDoor(string Door, string? Session, FamilyPage? Page, DateTimeOffset? LockedUntil);

/// <summary>What one contact may see.</summary>
/// <param name="Status">A step of the journey, or <c>here</c> when their consent covers no more.</param>
/// <param name="NextWordPromised">True when a person promised it.</param>
/// <param name="WaitingRoomCode">The code by which the waiting-room board shows the patient.</param>
public sealed record FamilyPage(
    string Name, string Status, DateTimeOffset? StatusSince, string? Next, DateTimeOffset? NextWordAt, bool NextWordPromised, DateTimeOffset? WaitingSince, DateTimeOffset? LastToldAt,
    IReadOnlyList<FamilyMessage> Messages, IReadOnlyList<FamilyQuestion> Questions, string? WaitingRoomCode, string? Language, long Version, DateTimeOffset AsOf);

public sealed record FamilyMessage(DateTimeOffset At, string Text);

/// <param name="State">As <see cref="Question"/>'s.</param>
public sealed record FamilyQuestion(Guid Id, string Text, string State, DateTimeOffset AskedAt, DateTimeOffset? DueAt, string? Answer);

/// <summary><c>POST /api/v1/family/questions</c>.</summary>
public sealed record FamilyQuestionRequest(string? Text, string Kind = "clinical");

/// <summary><c>GET /api/v1/units/{unit}/waiting-room</c>: public; nothing that says who.</summary>
public sealed record WaitingRoom(string Name, IReadOnlyList<WaitingRoomLine> Lines, DateTimeOffset AsOf);

/// <param name="FamilyAsked">Somebody with this code waits for an update: seen, not forgotten.</param>
public sealed record WaitingRoomLine(string Code, string Step, bool FamilyAsked);
