namespace Journey.Api;

/// <summary>A call on the non-emergency line.</summary>
/// <param name="Id">Commands name it.</param>
/// <param name="State"><c>ringing</c>, <c>answered</c>, <c>abandoned</c>, <c>callback-due</c> or <c>called-back</c>. An answered call goes on until
/// its <paramref name="EndedAt"/>.</param>
/// <param name="Caller">By name; null when not said.</param>
/// <param name="Number">The telephone number; null when not given.</param>
/// <param name="About">What it is about; null when not said.</param>
/// <param name="RangAt">When it rang.</param>
/// <param name="AnswerBy">By when it should be answered.</param>
/// <param name="AnsweredAt">When it was answered; null while it was not.</param>
/// <param name="AnsweredBy">Who answered.</param>
/// <param name="EndedAt">When the talk ended, or the caller gave up; null while neither is so.</param>
/// <param name="CallbackBy">By when a call back is promised; null when none is.</param>
/// <param name="Owner">Who is to call back; null when nobody is.</param>
/// <param name="VisitId">The visit it became a question on; null when on none.</param>
/// <param name="Question">The question it became on <paramref name="VisitId"/>.</param>
public sealed record Call(
    Guid Id, string State, string? Caller, string? Number, string? About, DateTimeOffset RangAt, DateTimeOffset AnswerBy, DateTimeOffset? AnsweredAt,
    string? AnsweredBy,
    DateTimeOffset? EndedAt, DateTimeOffset? CallbackBy, string? Owner, Guid? VisitId, Guid? Question);

/// <summary>The queue, open calls first, and how the last 24 hours went.</summary>
/// <param name="Calls">Open calls first, then the latest.</param>
/// <param name="Answered">Calls of the last 24 hours that were answered.</param>
/// <param name="InTime">Those of them that were answered in time.</param>
/// <param name="Abandoned">Calls of the last 24 hours that the caller gave up.</param>
/// <param name="AbandonLimit">The share that may be given up by callers, 0–1.</param>
/// <param name="AsOf">The server's time when this was true.</param>
/// <param name="Version">Grows with every change of the queue.</param>
public sealed record Hotline(
    IReadOnlyList<Call> Calls, int Answered, int InTime, int Abandoned, double AbandonLimit, DateTimeOffset AsOf, long Version);

/// <summary><c>POST /api/v1/hotline/calls</c>: from the telephone system, or by hand.</summary>
/// <param name="Caller">By name, at most 80 characters.</param>
/// <param name="Number">The telephone number, at most 80 characters.</param>
/// <param name="OccurredAt">When it rang; now when omitted, at most a year ago.</param>
public sealed record CallRequest(
    [TextLimit(Limits.Name)] string? Caller = null, [TextLimit(Limits.Name)] string? Number = null, DateTimeOffset? OccurredAt = null);

/// <summary><c>POST /api/v1/hotline/calls/{call}/callback</c>.</summary>
/// <param name="Number">The number to call, at most 80 characters; null: the one that called.</param>
/// <param name="About">At most 500 characters.</param>
/// <param name="CallbackBy">By when, within 31 days; null leaves it to the policy.</param>
/// <param name="Owner">Who calls back, by name; null: whoever sends it.</param>
public sealed record CallbackRequest(
    [TextLimit(Limits.Name)] string? Number = null, [TextLimit(Limits.Text)] string? About = null, DateTimeOffset? CallbackBy = null,
    [TextLimit(Limits.Name)] string? Owner = null);

/// <summary><c>POST /api/v1/hotline/calls/{call}/question</c>.</summary>
/// <param name="VisitId">The visit it is about.</param>
/// <param name="Text">What is asked, at most 500 characters; required.</param>
/// <param name="Kind">One of <see cref="QuestionKinds"/>.</param>
public sealed record CallQuestionRequest(
    Guid VisitId, [TextLimit(Limits.Text)] string? Text, [OneOf(typeof(QuestionKinds))] string Kind = QuestionKinds.Other);
