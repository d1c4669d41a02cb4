namespace Journey.Api;

/// <summary>A family contact as staff keep it.</summary>
/// <param name="Id">Commands name it.</param>
/// <param name="Name">As staff know them.</param>
/// <param name="Relation">What they are to the patient, such as <c>daughter</c>; null when not known.</param>
/// <param name="Order">The contact ladder: 1 is called first.</param>
/// <param name="Language">BCP 47.</param>
/// <param name="Email">Null when not known.</param>
/// <param name="Phone">Null when not known.</param>
/// <param name="Consent">What they may hear: <c>nothing</c>, <c>condition</c> (one word), <c>progress</c>, <c>full</c>.</param>
/// <param name="Spokesperson">The one who tells the rest of the family.</param>
/// <param name="NeedsInterpreter">Whether nobody of the team speaks their language.</param>
/// <param name="Linked">Whether they hold a link to the family page.</param>
public sealed record Contact(
    Guid Id, string Name, string? Relation, int Order, string? Language, string? Email, string? Phone, string Consent, bool Spokesperson,
    bool NeedsInterpreter, bool Linked);

/// <summary>An update to the family, and how far it got.</summary>
/// <param name="Id">The command that wrote it; a recall names it.</param>
/// <param name="Template">The template's key; null when it was written freely.</param>
/// <param name="Text">In English, or as it was written.</param>
/// <param name="Languages">The languages it is there in, BCP 47; empty when it was written freely.</param>
/// <param name="By">Who wrote it.</param>
/// <param name="WrittenAt">When it was written.</param>
/// <param name="LeavesAt">Until then it may be recalled; then it leaves.</param>
/// <param name="State"><c>waiting</c> (may be recalled), <c>leaving</c>, <c>gone</c>, <c>recalled</c> or <c>blocked</c>.</param>
/// <param name="Deliveries">How far it got with each contact.</param>
public sealed record FamilyUpdate(
    Guid Id, string? Template, string Text, IReadOnlyList<string> Languages, string By, DateTimeOffset WrittenAt, DateTimeOffset LeavesAt,
    string State, IReadOnlyList<Delivery> Deliveries)
{
    /// <summary>When the family was told by it: when it first reached somebody. Null while it has reached nobody.</summary>
    public DateTimeOffset? ToldAt { get; init; }
}

/// <summary>A contact whom no update reaches.</summary>
/// <param name="Contact">As <see cref="Journey.Api.Contact.Id"/>.</param>
/// <param name="Why">In words, such as <c>no link, e-mail or phone</c>.</param>
public sealed record Unreachable(Guid Contact, string Why);

/// <summary>An update on its way to one contact.</summary>
/// <param name="Contact">As <see cref="Journey.Api.Contact.Id"/>.</param>
/// <param name="Channel"><c>page</c>, <c>email</c> or <c>sms</c>.</param>
/// <param name="State"><c>waiting</c> (on the page: not read yet), <c>trying</c>, <c>delivered</c> (on the page: read), <c>failed</c>,
/// <c>unconfirmed</c> (it may have arrived: look) or <c>blocked</c>.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="At">When its state became so; null while nothing was tried.</param>
/// <param name="Why">Why it failed or was kept back, in words; null when it was not.</param>
public sealed record Delivery(Guid Contact, string Channel, string State, int Attempts, DateTimeOffset? At, string? Why)
{
    /// <summary>The contact with the same number or address whose message this one is too; null when it has one of its own.</summary>
    public Guid? With { get; init; }
}

/// <summary><c>GET /api/v1/templates</c>: what may be sent.</summary>
/// <param name="Key">Sent as <see cref="UpdateRequest.Template"/>.</param>
/// <param name="Says">What staff read.</param>
/// <param name="On">The step at which it is written by itself; null when only a person sends it.</param>
/// <param name="Texts">The text by language, BCP 47.</param>
public sealed record UpdateTemplate(string Key, string Says, string? On, IReadOnlyDictionary<string, string> Texts);

// ---- commands of staff: POST below /api/v1/visits/{id}/family ----

/// <summary><c>POST …/family/contacts</c>.</summary>
/// <param name="Name">At most 80 characters; required.</param>
/// <param name="Relation">What they are to the patient, at most 80 characters.</param>
/// <param name="Order">Place on the contact ladder: 1 (called first) to 20.</param>
/// <param name="Language">BCP 47.</param>
/// <param name="Email">At most 200 characters.</param>
/// <param name="Phone">Digits, spaces and <c>+ - ( ) /</c>; at least three digits, at most 80 characters.</param>
/// <param name="Consent">One of <see cref="Consents"/>; required.</param>
/// <param name="Spokesperson">The one who tells the rest of the family.</param>
/// <param name="NeedsInterpreter">Whether nobody of the team speaks their language.</param>
/// <param name="Id">Null adds one.</param>
public sealed record ContactRequest(
    [TextLimit(Limits.Name)] string? Name, [TextLimit(Limits.Name)] string? Relation = null, [NumberLimit(1, Limits.ContactOrder)] int Order = 1,
    [TextLimit(Limits.Name)] string? Language = null, [TextLimit(Limits.EMail)] string? Email = null,
    [TextLimit(Limits.Name)] string? Phone = null, [OneOf(typeof(Consents))] string? Consent = null, bool Spokesperson = false,
    bool NeedsInterpreter = false, Guid? Id = null);

/// <summary><c>POST …/family/code-word</c>: null takes it away.</summary>
/// <param name="Word">At least as long as the policy asks, at most 80 characters; null takes it away.</param>
public sealed record CodeWordRequest([TextLimit(Limits.Name)] string? Word);

/// <summary><c>POST …/family/code-word/check</c>: for whoever is on the telephone, at the moment of speaking.</summary>
/// <param name="Word">What the caller says, at most 80 characters; required.</param>
/// <param name="Contact">Whom the caller says they are; null when none of those on record.</param>
public sealed record CodeWordCheckRequest([TextLimit(Limits.Name)] string? Word, Guid? Contact = null);

/// <summary>Whether a code word was right, and what may be said then.</summary>
/// <param name="Result"><c>right</c>, <c>wrong</c>, <c>locked</c> or <c>none-set</c>.</param>
/// <param name="MayHear">As <see cref="Contact"/>'s consent.</param>
/// <param name="LockedUntil">Too many were wrong: none is taken until then. Null when it is not locked.</param>
public sealed record CodeWordAnswer(string Result, string MayHear, DateTimeOffset? LockedUntil);

/// <summary><c>POST …/family/locks</c>.</summary>
/// <param name="Lock">One of <see cref="PrivacyLocks"/>; required.</param>
/// <param name="On">True sets it, false lifts it; required.</param>
/// <param name="Reason">Why, at most 200 characters.</param>
public sealed record LockRequest([OneOf(typeof(PrivacyLocks))] string? Lock, bool? On, [TextLimit(Limits.Line)] string? Reason = null);

/// <summary><c>POST …/family/hold</c>.</summary>
/// <param name="On">True sets it, false lifts it; required.</param>
/// <param name="Reason">Why, at most 200 characters.</param>
public sealed record HoldRequest(bool? On, [TextLimit(Limits.Line)] string? Reason = null);

/// <summary><c>POST …/family/updates</c>: a template's key, or free text.</summary>
/// <param name="Template">A key of <see cref="UpdateTemplate"/>; null with a text.</param>
/// <param name="Text">At most 1,000 characters; null with a template.</param>
/// <param name="NextBy">By when the next word is promised, within 31 days; null leaves it to the policy.</param>
public sealed record UpdateRequest(
    [TextLimit(Limits.Name)] string? Template = null, [TextLimit(Limits.LongText)] string? Text = null, DateTimeOffset? NextBy = null);

/// <summary>What <c>POST …/family/contacts/{item}/link</c> answers, once.</summary>
/// <param name="Path">The page's address: below this host, or whole where families have a host of their own. Its secret is behind <c>#</c>, which
/// browsers send to nobody.</param>
/// <param name="CommandId">The command that made it.</param>
public sealed record FamilyLink(string Path, Guid CommandId);

// ---- the family page: /api/v1/family, with the link's secret in a header ----

/// <summary><c>POST /api/v1/family/open</c>.</summary>
/// <param name="CodeWord">Null where the contact needs none, or has not been asked yet.</param>
public sealed record OpenRequest(string? CodeWord = null);

/// <summary>Whether the family page opens.</summary>
/// <param name="Door"><c>open</c>, <c>no-such-link</c>, <c>code-word-needed</c>, <c>wrong</c> or <c>locked</c>.</param>
/// <param name="Session">Opens the door for some hours without the code word; null unless it is open.</param>
/// <param name="Page">The page; null unless the door is open.</param>
/// <param name="LockedUntil">Too many words were wrong: none is taken until then. Null when it is not locked.</param>
public sealed record FamilyDoor(string Door, string? Session, FamilyPage? Page, DateTimeOffset? LockedUntil);

/// <summary>What one contact may see.</summary>
/// <param name="Name">The patient's given name: the contact knows whom they come for.</param>
/// <param name="Status">A step of the journey, or <c>here</c> when their consent covers no more.</param>
/// <param name="StatusSince">Since when the status is so; null when their consent does not cover it.</param>
/// <param name="Next">The step that comes next; null when not known, or not covered.</param>
/// <param name="NextWordAt">When the next word is promised or due; null when neither is known.</param>
/// <param name="NextWordPromised">True when a person promised it.</param>
/// <param name="WaitingSince">Since when this contact waits for word; null when they do not.</param>
/// <param name="LastToldAt">When the family was last told anything; null when it was not.</param>
/// <param name="Messages">Updates to them that left.</param>
/// <param name="Questions">Their questions, and what came of each.</param>
/// <param name="WaitingRoomCode">The code by which the waiting-room board shows the patient.</param>
/// <param name="Language">The contact's own, BCP 47; null when not known.</param>
/// <param name="Version">Grows with every change of the visit.</param>
/// <param name="AsOf">The server's time when this was true.</param>
public sealed record FamilyPage(
    string Name, string Status, DateTimeOffset? StatusSince, string? Next, DateTimeOffset? NextWordAt, bool NextWordPromised,
    DateTimeOffset? WaitingSince, DateTimeOffset? LastToldAt,
    IReadOnlyList<FamilyMessage> Messages, IReadOnlyList<FamilyQuestion> Questions, string? WaitingRoomCode, string? Language, long Version,
    DateTimeOffset AsOf);

/// <summary>An update as the family reads it.</summary>
/// <param name="At">When it was written.</param>
/// <param name="Text">In the contact's language where there is such a text.</param>
public sealed record FamilyMessage(DateTimeOffset At, string Text);

/// <summary>A question of the contact's.</summary>
/// <param name="Id">Names it when they say whether the answer satisfies.</param>
/// <param name="Text">As they asked it.</param>
/// <param name="State">As <see cref="Question"/>'s.</param>
/// <param name="AskedAt">When they asked it.</param>
/// <param name="DueAt">When an answer is expected; null when nothing says so.</param>
/// <param name="Answer">The latest answer; null while there is none.</param>
public sealed record FamilyQuestion(Guid Id, string Text, string State, DateTimeOffset AskedAt, DateTimeOffset? DueAt, string? Answer);

/// <summary><c>POST /api/v1/family/questions</c>.</summary>
/// <param name="Text">At most 500 characters; required.</param>
/// <param name="Kind">One of <see cref="QuestionKinds"/>.</param>
public sealed record FamilyQuestionRequest(
    [TextLimit(Limits.Text)] string? Text, [OneOf(typeof(QuestionKinds))] string Kind = QuestionKinds.Clinical);

/// <summary><c>GET /api/v1/units/{unit}/waiting-room</c>: public; nothing that says who.</summary>
/// <param name="Name">What people call the unit.</param>
/// <param name="Lines">One for each patient who is shown.</param>
/// <param name="AsOf">The server's time when this was true.</param>
public sealed record WaitingRoom(string Name, IReadOnlyList<WaitingRoomLine> Lines, DateTimeOffset AsOf);

/// <summary>One patient on the public board, by a code.</summary>
/// <param name="Code">Known to the family; it changes, and says nothing of who.</param>
/// <param name="Step">A step of the journey, in plain words' key.</param>
/// <param name="FamilyAsked">Somebody with this code waits for an update: seen, not forgotten.</param>
public sealed record WaitingRoomLine(string Code, string Step, bool FamilyAsked);
