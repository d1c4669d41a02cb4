namespace Journey.Api;

// Who owes what to whom on a visit. People are named as screens show them; ids of items are those of the commands that made them.

/// <summary>A line of a person's list, and of a board's row: something owed, without what was said.</summary>
/// <param name="Id">The question, promise, request, handoff or alert; commands name it.</param>
/// <param name="Kind"><c>question</c>, <c>promise</c>, <c>request</c>, <c>handoff</c> or <c>alert</c>; of a unit as a whole <c>verify</c> and
/// <c>rule</c>.</param>
/// <param name="Detail">The kind within the kind: <c>clinical</c>, <c>interpreter</c>, <c>next-word</c>, a rule's key …</param>
/// <param name="State">As the item's own: <c>open</c>, <c>answered</c>, <c>taken</c>, <c>offered</c>, <c>raised</c> …</param>
/// <param name="Owner">Who owes it; null while nobody does.</param>
/// <param name="Since">Since when it is owed.</param>
/// <param name="DueAt">When it is due; null when nothing says so.</param>
public sealed record Owed(Guid Id, string Kind, string Detail, string State, string? Owner, DateTimeOffset Since, DateTimeOffset? DueAt);

/// <summary>A handoff that is <c>required</c>, <c>offered</c> or <c>returned</c> (open), or <c>accepted</c>, <c>withdrawn</c>.</summary>
/// <param name="Id">Empty while one is required that nobody has offered.</param>
/// <param name="State">One of <see cref="HandoffStates"/>.</param>
/// <param name="Role"><c>nurse</c>, <c>provider</c> or <c>point-of-contact</c>.</param>
/// <param name="From">Who hands over; null when nobody had the patient.</param>
/// <param name="To">Who is to take over; null while nobody is asked.</param>
/// <param name="OfferedAt">When it was offered, or became required.</param>
/// <param name="Since">Since when its state is so.</param>
/// <param name="Content">Null on a board's row.</param>
/// <param name="Note">The read-back, or the receiver's question.</param>
public sealed record Handoff(
    Guid Id, string State, string Role, string? From, string? To, DateTimeOffset OfferedAt, DateTimeOffset Since, HandoffContent? Content,
    string? Note);

/// <summary>I-PASS without its synthesis, which is the receiver's.</summary>
/// <param name="Illness"><c>stable</c>, <c>watcher</c> or <c>unstable</c>, with a word why behind a comma. Null in a draft: whoever hands over says
/// it.</param>
/// <param name="Summary">The patient in short, at most 1,000 characters.</param>
/// <param name="Actions">What is to be done, one each; at most 40.</param>
/// <param name="Awareness">What may go wrong, and what then; at most 1,000 characters.</param>
public sealed record HandoffContent(
    [TextLimit(Limits.Note)] string? Illness, [TextLimit(Limits.LongText)] string Summary,
    [ListLimit(Limits.HandoffActions), TextLimit(Limits.LongText)] IReadOnlyList<string> Actions,
    [TextLimit(Limits.LongText)] string Awareness);

/// <summary>A nudge for a person's tact: a birthday, an event of a life. Shown on its day.</summary>
/// <param name="Key">Stable within the visit, such as <c>birthday/2026-11-25</c>.</param>
/// <param name="Says">What a person reads.</param>
/// <param name="On">Its day, in the unit's time zone.</param>
public sealed record Prompt(string Key, string Says, DateOnly On);

/// <summary>Who asks, or for whom something is asked for.</summary>
/// <param name="Kind"><c>patient</c>, <c>family</c> or <c>staff</c>.</param>
/// <param name="Name">As staff know them; null when it is the patient, or nobody said.</param>
/// <param name="Contact">The family contact on record; null when it is none of them.</param>
public sealed record Asker([OneOf(typeof(AskerKinds))] string Kind, [TextLimit(Limits.Name)] string? Name = null, Guid? Contact = null);

/// <summary>A question, which only its asker's word closes.</summary>
/// <param name="Id">The command that asked it; later commands name it.</param>
/// <param name="Kind"><c>clinical</c>, <c>billing</c>, <c>appointment</c>, <c>other</c> or <c>concern</c>.</param>
/// <param name="State"><c>open</c>, <c>answered</c> (its asker has not said yet), <c>closed</c> (the asker is satisfied) or <c>withdrawn</c>.</param>
/// <param name="Asker">Whose word closes it.</param>
/// <param name="Text">As it was asked.</param>
/// <param name="Owner">Who is to answer; null while nobody is.</param>
/// <param name="AskedAt">When it was asked.</param>
/// <param name="DueAt">When an answer is expected: by whoever asked, else by the policy; null when neither says.</param>
/// <param name="Answer">The latest answer, as told; null while there is none.</param>
/// <param name="AnsweredBy">Who gave it.</param>
/// <param name="AnsweredAt">When it was given; null while there is none.</param>
/// <param name="ClosedAt">When its asker was satisfied, or it was withdrawn; null while it is open.</param>
/// <param name="ConfirmedBy">Who recorded that the asker is satisfied: <c>family</c> when they said so themselves.</param>
/// <param name="Remark">What the asker said of the answer, or why it was withdrawn; null when nothing.</param>
/// <param name="Reopened">How often an answer did not satisfy.</param>
public sealed record Question(
    Guid Id, string Kind, string State, Asker Asker, string Text, string? Owner, DateTimeOffset AskedAt, DateTimeOffset? DueAt, string? Answer,
    string? AnsweredBy,
    DateTimeOffset? AnsweredAt, DateTimeOffset? ClosedAt, string? ConfirmedBy, string? Remark, int Reopened);

/// <summary>Something that was promised by a time.</summary>
/// <param name="Id">The command that made it; later commands name it.</param>
/// <param name="What">What is promised.</param>
/// <param name="ToWhom">To whom; null when to the patient, or nobody said.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="Owner">Who is to keep it.</param>
/// <param name="MadeAt">When it was made.</param>
/// <param name="DueAt">By when it is to be kept.</param>
/// <param name="State"><c>open</c>, <c>kept</c>, <c>broken</c> or <c>withdrawn</c>.</param>
/// <param name="SettledAt">When it was kept or withdrawn, however late; null while it was not.</param>
/// <param name="Note">How it was kept, or why it was withdrawn; null when nobody said.</param>
/// <param name="NextWord">True when it is the next word promised to the family.</param>
public sealed record Promise(
    Guid Id, string What, string? ToWhom, string By, string Owner, DateTimeOffset MadeAt, DateTimeOffset DueAt, string State,
    DateTimeOffset? SettledAt, string? Note, bool NextWord);

/// <summary>Something that is asked for: an interpreter, comfort, a call.</summary>
/// <param name="Id">The command that made it; later commands name it.</param>
/// <param name="Kind"><c>interpreter</c>, <c>comfort</c>, <c>spiritual</c>, <c>education</c>, <c>mental-health</c>, <c>callback</c>,
/// <c>life-event</c> or <c>other</c>.</param>
/// <param name="State"><c>open</c>, <c>taken</c>, <c>done</c> or <c>withdrawn</c>.</param>
/// <param name="For">For whom.</param>
/// <param name="What">What exactly, such as a language; null when nobody said.</param>
/// <param name="Owner">Who is to see to it; null while nobody is.</param>
/// <param name="MadeAt">When it was asked for.</param>
/// <param name="DueAt">By when: as wanted, else by the policy; null when neither says.</param>
/// <param name="TakenAt">When somebody took it; null while nobody has.</param>
/// <param name="DoneAt">When it was seen to; null while it was not.</param>
/// <param name="Outcome">How it went; null when nobody said.</param>
/// <param name="TeachBack">Of <c>education</c>: whether they could say it in their own words; null when it was not asked.</param>
public sealed record CareRequest(
    Guid Id, string Kind, string State, Asker For, string? What, string? Owner, DateTimeOffset MadeAt, DateTimeOffset? DueAt, DateTimeOffset? TakenAt,
    DateTimeOffset? DoneAt,
    string? Outcome, bool? TeachBack);

/// <summary>One line of the told-ledger.</summary>
/// <param name="At">When they were told.</param>
/// <param name="By">Who told them.</param>
/// <param name="Who">Who was told; null when nobody said.</param>
/// <param name="About">About what, in words; null when nobody said.</param>
/// <param name="Topics"><c>needs</c>, <c>tests</c>, <c>treatment</c>, <c>delay</c>, <c>next-step</c>, <c>condition</c>, <c>education</c>.</param>
/// <param name="Language">BCP 47; null when nobody said.</param>
/// <param name="TeachBack">Whether they could say it in their own words; null when it was not asked.</param>
/// <param name="Interpreter">Whether an interpreter was there.</param>
/// <param name="NextBy">By when the next word was promised; null when it was not.</param>
public sealed record Told(
    DateTimeOffset At, string By, string? Who, string? About, IReadOnlyList<string> Topics, string? Language, bool? TeachBack, bool Interpreter,
    DateTimeOffset? NextBy);

/// <summary>A round: pain (0–10), potty, position, possessions.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who made it.</param>
/// <param name="Pain">0 (none) to 10, as the patient says; null when not asked, or not able to say.</param>
/// <param name="Potty">Whether the patient was helped to the toilet, or asked.</param>
/// <param name="Position">Whether the patient lies well.</param>
/// <param name="Possessions">Whether what they need is within reach.</param>
/// <param name="Note">In words; null when there is none.</param>
public sealed record Round(DateTimeOffset At, string By, int? Pain, bool Potty, bool Position, bool Possessions, string? Note);

/// <summary>How it is, in a number, as a patient or relative says.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who recorded it: <c>family</c> when they said it on their page.</param>
/// <param name="Score">1 (bad) to 5 (good).</param>
/// <param name="Touchpoint">After what it was asked, such as <c>triage</c>; null when after nothing in particular.</param>
/// <param name="Remark">In their words; null when there is none.</param>
public sealed record Pulse(DateTimeOffset At, string By, int Score, string? Touchpoint, string? Remark);

/// <summary>All that the care of a visit holds beside its course.</summary>
public sealed record Care
{
    /// <summary>All of the visit, open and closed.</summary>
    public IReadOnlyList<Question> Questions { get; init; } = [];
    /// <summary>All of the visit, open and settled.</summary>
    public IReadOnlyList<Promise> Promises { get; init; } = [];
    /// <summary>All of the visit, open and done.</summary>
    public IReadOnlyList<CareRequest> Requests { get; init; } = [];
    /// <summary>All of the visit; what is handed over is shown to clinical staff.</summary>
    public IReadOnlyList<Handoff> Handoffs { get; init; } = [];
    /// <summary>The told-ledger: who told whom what, and when.</summary>
    public IReadOnlyList<Told> Told { get; init; } = [];
    /// <summary>Family contacts, by their place on the ladder.</summary>
    public IReadOnlyList<Contact> Contacts { get; init; } = [];
    /// <summary>Updates to the family, and how far each got.</summary>
    public IReadOnlyList<FamilyUpdate> Updates { get; init; } = [];
    /// <summary>Rounds made; clinical staff only.</summary>
    public IReadOnlyList<Round> Rounds { get; init; } = [];
    /// <summary>How it was, each time it was asked.</summary>
    public IReadOnlyList<Pulse> Pulses { get; init; } = [];
    /// <summary><c>no-information</c>, <c>confidential</c>, <c>safety</c>. Any of them hides even that the patient is here.</summary>
    public IReadOnlyList<string> Locks { get; init; } = [];
    /// <summary>Bad news is pending: nothing goes to the family by itself.</summary>
    public bool OnHold { get; init; }
    /// <summary>Whether a code word is set. The word itself nobody can read again.</summary>
    public bool HasCodeWord { get; init; }
    /// <summary>Too many wrong words: none is taken until then. Null when it is not locked.</summary>
    public DateTimeOffset? CodeWordLockedUntil { get; init; }
    /// <summary>Nudges for a person's tact, with their days.</summary>
    public IReadOnlyList<Prompt> Prompts { get; init; } = [];
    /// <summary>Contacts who may hear an update, and whom one that is written now would not reach.</summary>
    public IReadOnlyList<Unreachable> Unreachable { get; init; } = [];
    /// <summary>As the public waiting-room board shows the patient now.</summary>
    public string? WaitingRoomCode { get; init; }
}

// ---- commands: POST below /api/v1/visits/{id}, each with an Idempotency-Key header ----

/// <summary><c>POST …/questions</c>.</summary>
/// <param name="Asker">Who asks; required.</param>
/// <param name="Kind">One of <see cref="QuestionKinds"/>; required.</param>
/// <param name="Text">As it was asked, at most 500 characters; required.</param>
/// <param name="Owner">Who shall answer; null leaves it to whoever is responsible.</param>
/// <param name="AnswerBy">Null leaves it to the policy.</param>
/// <param name="OccurredAt">When it was asked; now when omitted, at most a year ago.</param>
public sealed record QuestionRequest(
    Asker? Asker, [OneOf(typeof(QuestionKinds))] string? Kind, [TextLimit(Limits.Text)] string? Text,
    [TextLimit(Limits.Name)] string? Owner = null, DateTimeOffset? AnswerBy = null, DateTimeOffset? OccurredAt = null);

/// <summary><c>POST …/questions/{item}/take</c>, <c>…/requests/{item}/take</c>: null means who sends it.</summary>
/// <param name="Owner">Who will see to it, by name; null: whoever sends it.</param>
public sealed record TakeRequest([TextLimit(Limits.Name)] string? Owner = null);

/// <summary><c>POST …/questions/{item}/answer</c>.</summary>
/// <param name="Answer">What they were told, at most 500 characters; required.</param>
public sealed record AnswerRequest([TextLimit(Limits.Text)] string? Answer);

/// <summary><c>POST …/questions/{item}/confirm</c>: what the asker said of the answer.</summary>
/// <param name="Satisfied">Required.</param>
/// <param name="Remark">What they said, at most 500 characters.</param>
public sealed record ConfirmRequest(bool? Satisfied, [TextLimit(Limits.Text)] string? Remark = null);

/// <summary><c>POST …/{questions,promises,requests}/{item}/withdraw</c>.</summary>
/// <param name="Reason">Why, at most 200 characters; required.</param>
public sealed record WithdrawRequest([TextLimit(Limits.Line)] string? Reason);

/// <summary><c>POST …/promises</c>.</summary>
/// <param name="What">What is promised, at most 200 characters; required.</param>
/// <param name="DueAt">By when; required, to come, within 31 days.</param>
/// <param name="ToWhom">To whom, at most 80 characters; null: to the patient.</param>
/// <param name="Owner">Who keeps it, by name; null leaves it to whoever sends it.</param>
/// <param name="OccurredAt">When it was made; now when omitted, at most a year ago.</param>
public sealed record PromiseRequest(
    [TextLimit(Limits.Line)] string? What, DateTimeOffset DueAt, [TextLimit(Limits.Name)] string? ToWhom = null,
    [TextLimit(Limits.Name)] string? Owner = null, DateTimeOffset? OccurredAt = null);

/// <summary><c>POST …/promises/{item}/keep</c>.</summary>
/// <param name="How">How it was kept, at most 200 characters.</param>
public sealed record KeepRequest([TextLimit(Limits.Line)] string? How = null);

/// <summary><c>POST …/requests</c>.</summary>
/// <param name="Kind">One of <see cref="RequestKinds"/>; required.</param>
/// <param name="For">For whom; null: for the patient.</param>
/// <param name="What">What exactly, such as a language; at most 200 characters.</param>
/// <param name="Owner">Who is to see to it, by name; null leaves it to whoever is responsible.</param>
/// <param name="WantedBy">By when, within 31 days; null leaves it to the policy.</param>
/// <param name="OccurredAt">When it was asked for; now when omitted, at most a year ago.</param>
public sealed record NeedRequest(
    [OneOf(typeof(RequestKinds))] string? Kind, Asker? For = null, [TextLimit(Limits.Line)] string? What = null,
    [TextLimit(Limits.Name)] string? Owner = null, DateTimeOffset? WantedBy = null, DateTimeOffset? OccurredAt = null);

/// <summary><c>POST …/requests/{item}/finish</c>.</summary>
/// <param name="Outcome">How it went, at most 200 characters.</param>
/// <param name="TeachBack">Of <c>education</c>: whether they could say it in their own words; null when it was not asked.</param>
public sealed record FinishRequest([TextLimit(Limits.Line)] string? Outcome = null, bool? TeachBack = null);

/// <summary><c>POST …/handoffs</c>.</summary>
/// <param name="To">Who is to take over, by name; required.</param>
/// <param name="Content">What is handed over; required.</param>
/// <param name="Role">One of <see cref="CareRoles"/>.</param>
public sealed record HandoffRequest(
    [TextLimit(Limits.Name)] string? To, HandoffContent? Content, [OneOf(typeof(CareRoles))] string Role = CareRoles.Nurse);

/// <summary><c>POST …/handoffs/{item}/accept</c>: read back in one's own words.</summary>
/// <param name="Synthesis">What one takes over, in one's own words, at most 1,000 characters; required.</param>
public sealed record AcceptRequest([TextLimit(Limits.LongText)] string? Synthesis);

/// <summary><c>POST …/handoffs/{item}/return</c>.</summary>
/// <param name="Question">What is to be answered first, at most 300 characters; required.</param>
public sealed record ReturnRequest([TextLimit(Limits.Note)] string? Question);

/// <summary><c>POST …/handoffs/{item}/withdraw</c>, <c>…/alerts/{alert}/see</c> and others that need no words.</summary>
public sealed record Nothing;

/// <summary><c>POST …/rounds</c>.</summary>
/// <param name="Pain">0 (none) to 10, as the patient says; null when not asked.</param>
/// <param name="Potty">Whether the patient was helped to the toilet, or asked.</param>
/// <param name="Position">Whether the patient lies well.</param>
/// <param name="Possessions">Whether what they need is within reach.</param>
/// <param name="Note">At most 200 characters.</param>
/// <param name="OccurredAt">When it was made; now when omitted, at most a year ago.</param>
public sealed record RoundRequest(
    [NumberLimit(0, Limits.WorstPain)] int? Pain = null, bool Potty = false, bool Position = false, bool Possessions = false,
    [TextLimit(Limits.Line)] string? Note = null, DateTimeOffset? OccurredAt = null);

/// <summary><c>POST …/life-events</c>.</summary>
/// <param name="What">Such as <c>wedding anniversary</c>, at most 200 characters; required.</param>
/// <param name="On">Its day.</param>
public sealed record LifeEventRequest([TextLimit(Limits.Line)] string? What, DateOnly On);

/// <summary><c>POST …/pulses</c>.</summary>
/// <param name="Score">Required: 1 (bad) to 5 (good).</param>
/// <param name="Touchpoint">After what it was asked, at most 80 characters.</param>
/// <param name="Remark">In their words, at most 500 characters.</param>
public sealed record PulseRequest(
    [NumberLimit(Limits.WorstPulse, Limits.BestPulse)] int? Score, [TextLimit(Limits.Name)] string? Touchpoint = null,
    [TextLimit(Limits.Text)] string? Remark = null);
