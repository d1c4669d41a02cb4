namespace Journey.Api;

// Who owes what to whom on a visit. People are named as screens show them; ids of items are those of the commands that made them.

/// <summary>A line of a person's list, and of a board's row: something owed, without what was said.</summary>
/// <param name="Kind"><c>question</c>, <c>promise</c>, <c>request</c>, <c>handoff</c> or <c>alert</c>; of a unit as a whole <c>verify</c> and <c>rule</c>.</param>
/// <param name="Detail">The kind within the kind: <c>clinical</c>, <c>interpreter</c>, <c>next-word</c>, a rule's key …</param>
/// <param name="State">As the item's own: <c>open</c>, <c>answered</c>, <c>taken</c>, <c>offered</c>, <c>raised</c> …</param>
/// <param name="Owner">Who owes it; null while nobody does.</param>
public sealed record Owed(Guid Id, string Kind, string Detail, string State, string? Owner, DateTimeOffset Since, DateTimeOffset? DueAt);

/// <summary>A handoff that is <c>required</c>, <c>offered</c> or <c>returned</c> (open), or <c>accepted</c>, <c>withdrawn</c>.</summary>
/// <param name="Id">Empty while one is required that nobody has offered.</param>
/// <param name="Role"><c>nurse</c>, <c>provider</c> or <c>point-of-contact</c>.</param>
/// <param name="Content">Null on a board's row.</param>
/// <param name="Note">The read-back, or the receiver's question.</param>
public sealed record Handoff(
    Guid Id, string State, string Role, string? From, string? To, DateTimeOffset OfferedAt, DateTimeOffset Since, HandoffContent? Content, string? Note);

/// <summary>I-PASS without its synthesis, which is the receiver's.</summary>
/// <param name="Illness"><c>stable</c>, <c>watcher</c> or <c>unstable</c>, with a word why behind a comma. Null in a draft: whoever hands over says it.</param>
public sealed record HandoffContent(string? Illness, string Summary, IReadOnlyList<string> Actions, string Awareness);

/// <summary>A nudge for a person's tact: a birthday, an event of a life. Shown on its day.</summary>
public sealed record Prompt(string Key, string Says, DateOnly On);

/// <param name="Kind"><c>patient</c>, <c>family</c> or <c>staff</c>.</param>
/// <param name="Contact">The family contact on record; null when it is none of them.</param>
public sealed record Asker(string Kind, string? Name = null, Guid? Contact = null);

/// <param name="Kind"><c>clinical</c>, <c>billing</c>, <c>appointment</c>, <c>other</c> or <c>concern</c>.</param>
/// <param name="State"><c>open</c>, <c>answered</c> (its asker has not said yet), <c>closed</c> (the asker is satisfied) or <c>withdrawn</c>.</param>
/// <param name="Reopened">How often an answer did not satisfy.</param>
public sealed record Question(
    Guid Id, string Kind, string State, Asker Asker, string Text, string? Owner, DateTimeOffset AskedAt, DateTimeOffset? DueAt, string? Answer, string? AnsweredBy,
    DateTimeOffset? AnsweredAt, DateTimeOffset? ClosedAt, string? ConfirmedBy, string? Remark, int Reopened);

/// <param name="State"><c>open</c>, <c>kept</c>, <c>broken</c> or <c>withdrawn</c>.</param>
/// <param name="NextWord">True when it is the next word promised to the family.</param>
public sealed record Promise(
    Guid Id, string What, string? ToWhom, string By, string Owner, DateTimeOffset MadeAt, DateTimeOffset DueAt, string State, DateTimeOffset? SettledAt, string? Note, bool NextWord);

/// <param name="Kind"><c>interpreter</c>, <c>comfort</c>, <c>spiritual</c>, <c>education</c>, <c>mental-health</c>, <c>callback</c>, <c>life-event</c> or <c>other</c>.</param>
/// <param name="State"><c>open</c>, <c>taken</c>, <c>done</c> or <c>withdrawn</c>.</param>
public sealed record CareRequest(
    Guid Id, string Kind, string State, Asker For, string? What, string? Owner, DateTimeOffset MadeAt, DateTimeOffset? DueAt, DateTimeOffset? TakenAt, DateTimeOffset? DoneAt,
    string? Outcome, bool? TeachBack);

/// <summary>One line of the told-ledger.</summary>
/// <param name="Topics"><c>needs</c>, <c>tests</c>, <c>treatment</c>, <c>delay</c>, <c>next-step</c>, <c>condition</c>, <c>education</c>.</param>
public sealed record Told(
    DateTimeOffset At, string By, string? Who, string? About, IReadOnlyList<string> Topics, string? Language, bool? TeachBack, bool Interpreter, DateTimeOffset? NextBy);

/// <summary>A round: pain (0–10), potty, position, possessions.</summary>
public sealed record Round(DateTimeOffset At, string By, int? Pain, bool Potty, bool Position, bool Possessions, string? Note);

/// <param name="Score">1 (bad) to 5 (good).</param>
public sealed record Pulse(DateTimeOffset At, string By, int Score, string? Touchpoint, string? Remark);

/// <summary>All that the care of a visit holds beside its course.</summary>
public sealed record Care
{
    public IReadOnlyList<Question> Questions { get; init; } = [];
    public IReadOnlyList<Promise> Promises { get; init; } = [];
    public IReadOnlyList<CareRequest> Requests { get; init; } = [];
    public IReadOnlyList<Handoff> Handoffs { get; init; } = [];
    public IReadOnlyList<Told> Told { get; init; } = [];
    public IReadOnlyList<Contact> Contacts { get; init; } = [];
    public IReadOnlyList<FamilyUpdate> Updates { get; init; } = [];
    public IReadOnlyList<Round> Rounds { get; init; } = [];
    public IReadOnlyList<Pulse> Pulses { get; init; } = [];
    /// <summary><c>no-information</c>, <c>confidential</c>, <c>safety</c>. Any of them hides even that the patient is here.</summary>
    public IReadOnlyList<string> Locks { get; init; } = [];
    /// <summary>Bad news is pending: nothing goes to the family by itself.</summary>
    public bool OnHold { get; init; }
    public bool HasCodeWord { get; init; }
    public DateTimeOffset? CodeWordLockedUntil { get; init; }
    public IReadOnlyList<Prompt> Prompts { get; init; } = [];
    /// <summary>Contacts who may hear an update, and whom one that is written now would not reach.</summary>
    public IReadOnlyList<Unreachable> Unreachable { get; init; } = [];
    /// <summary>As the public waiting-room board shows the patient now.</summary>
    public string? WaitingRoomCode { get; init; }
}

// ---- commands: POST below /api/v1/visits/{id}, each with an Idempotency-Key header ----

/// <summary><c>POST …/questions</c>.</summary>
/// <param name="Owner">Who shall answer; null leaves it to whoever is responsible.</param>
/// <param name="AnswerBy">Null leaves it to the policy.</param>
public sealed record QuestionRequest(Asker? Asker, string? Kind, string? Text, string? Owner = null, DateTimeOffset? AnswerBy = null, DateTimeOffset? OccurredAt = null);

/// <summary><c>POST …/questions/{item}/take</c>, <c>…/requests/{item}/take</c>: null means who sends it.</summary>
public sealed record TakeRequest(string? Owner = null);

/// <summary><c>POST …/questions/{item}/answer</c>.</summary>
public sealed record AnswerRequest(string? Answer);

/// <summary><c>POST …/questions/{item}/confirm</c>: what the asker said of the answer.</summary>
/// <param name="Satisfied">Required.</param>
public sealed record ConfirmRequest(bool? Satisfied, string? Remark = null);

/// <summary><c>POST …/{questions,promises,requests}/{item}/withdraw</c>.</summary>
public sealed record WithdrawRequest(string? Reason);

/// <summary><c>POST …/promises</c>.</summary>
public sealed record PromiseRequest(string? What, DateTimeOffset DueAt, string? ToWhom = null, string? Owner = null, DateTimeOffset? OccurredAt = null);

/// <summary><c>POST …/promises/{item}/keep</c>.</summary>
public sealed record KeepRequest(string? How = null);

/// <summary><c>POST …/requests</c>.</summary>
public sealed record NeedRequest(string? Kind, Asker? For = null, string? What = null, string? Owner = null, DateTimeOffset? WantedBy = null, DateTimeOffset? OccurredAt = null);

/// <summary><c>POST …/requests/{item}/finish</c>.</summary>
public sealed record FinishRequest(string? Outcome = null, bool? TeachBack = null);

/// <summary><c>POST …/handoffs</c>.</summary>
public sealed record HandoffRequest(string? To, HandoffContent? Content, string Role = "nurse");

/// <summary><c>POST …/handoffs/{item}/accept</c>: read back in one's own words.</summary>
public sealed record AcceptRequest(string? Synthesis);

/// <summary><c>POST …/handoffs/{item}/return</c>.</summary>
public sealed record ReturnRequest(string? Question);

/// <summary><c>POST …/handoffs/{item}/withdraw</c>, <c>…/alerts/{alert}/see</c> and others that need no words.</summary>
public sealed record Nothing;

/// <summary><c>POST …/rounds</c>.</summary>
public sealed record RoundRequest(int? Pain = null, bool Potty = false, bool Position = false, bool Possessions = false, string? Note = null, DateTimeOffset? OccurredAt = null);

/// <summary><c>POST …/life-events</c>.</summary>
public sealed record LifeEventRequest(string? What, DateOnly On);

/// <summary><c>POST …/pulses</c>.</summary>
/// <param name="Score">Required: 1 (bad) to 5 (good).</param>
public sealed record PulseRequest(int? Score, string? Touchpoint = null, string? Remark = null);
