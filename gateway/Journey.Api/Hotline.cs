namespace Journey.Api;

/// <summary>A call on the non-emergency line.</summary>
/// <param name="State"><c>ringing</c>, <c>answered</c>, <c>abandoned</c>, <c>callback-due</c> or <c>called-back</c>. An answered call goes on until its <paramref name="EndedAt"/>.</param>
/// <param name="Question">The question it became on <paramref name="VisitId"/>.</param>
public sealed record Call(
    Guid Id, string State, string? Caller, string? Number, string? About, DateTimeOffset RangAt, DateTimeOffset AnswerBy, DateTimeOffset? AnsweredAt, string? AnsweredBy,
    DateTimeOffset? EndedAt, DateTimeOffset? CallbackBy, string? Owner, Guid? VisitId, Guid? Question);

/// <summary>The queue, open calls first, and how the last 24 hours went.</summary>
/// <param name="AbandonLimit">The share that may be given up by callers, 0–1.</param>
public sealed record Hotline(IReadOnlyList<Call> Calls, int Answered, int InTime, int Abandoned, double AbandonLimit, DateTimeOffset AsOf, long Version);

/// <summary><c>POST /api/v1/hotline/calls</c>: from the telephone system, or by hand.</summary>
public sealed record CallRequest(string? Caller = null, string? Number = null, DateTimeOffset? OccurredAt = null);

/// <summary><c>POST /api/v1/hotline/calls/{call}/callback</c>.</summary>
public sealed record CallbackRequest(string? Number = null, string? About = null, DateTimeOffset? CallbackBy = null, string? Owner = null);

/// <summary><c>POST /api/v1/hotline/calls/{call}/question</c>.</summary>
public sealed record CallQuestionRequest(Guid VisitId, string? Text, string Kind = "other");
