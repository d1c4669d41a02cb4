namespace Journey.Contracts.Care;

/// <summary>Who asks, or for whom something is asked.</summary>
[GenerateSerializer, Alias("care.asker-kind.v1")]
public enum AskerKind { Patient, Family, Staff }

/// <summary>Who asked: the only one whose word closes a question.</summary>
/// <param name="Name">As staff know them; null when it is the patient.</param>
/// <param name="Contact">The family contact; null when the asker is not one of those on record.</param>
[GenerateSerializer, Immutable, Alias("care.asker.v1")]
public sealed record Asker([property: Id(0)] AskerKind Kind, [property: Id(1)] string? Name = null, [property: Id(2)] Guid? Contact = null);

[GenerateSerializer, Alias("care.question-kind.v1")]
public enum QuestionKind { Clinical, Billing, Appointment, Other, Concern }

[GenerateSerializer, Alias("care.question-state.v1")]
public enum QuestionState
{
    /// <summary>Nobody has answered yet, or the asker was not satisfied.</summary>
    Open,
    /// <summary>Answered; waits for the asker to say that it is.</summary>
    Answered,
    /// <summary>The asker is satisfied.</summary>
    Closed,
    /// <summary>The asker took it back.</summary>
    Withdrawn,
}

/// <summary>Somebody asks. The command's id is the question's.</summary>
/// <param name="Owner">Who shall answer; null leaves it to whoever is responsible for the visit.</param>
/// <param name="AnswerBy">When an answer is expected; null leaves it to the policy.</param>
[GenerateSerializer, Immutable, Alias("visit.ask-question.v1")]
public sealed record AskQuestion(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] Asker Asker,
    [property: Id(1)] QuestionKind Kind,
    [property: Id(2)] string Text, [property: Id(3)] Person? Owner, [property: Id(4)] DateTimeOffset? AnswerBy) : VisitCommand(Id, By, OccurredAt);

/// <summary>Somebody owns the question from now on; null leaves it to whoever is responsible for the visit.</summary>
[GenerateSerializer, Immutable, Alias("visit.take-question.v1")]
public sealed record TakeQuestion(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] Guid Question, [property: Id(1)] Person? Owner)
    : VisitCommand(Id, By, OccurredAt);

/// <summary>The answer as it was given to the asker. The question stays open until they say that it is one.</summary>
[GenerateSerializer, Immutable, Alias("visit.answer-question.v1")]
public sealed record AnswerQuestion(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] Guid Question,
    [property: Id(1)] string Answer)
    : VisitCommand(Id, By, OccurredAt);

/// <summary>The asker says whether the answer satisfies them; staff may record what they said.</summary>
/// <param name="Satisfied">False opens the question again.</param>
/// <param name="Remark">What is still missing; null when nothing was said.</param>
[GenerateSerializer, Immutable, Alias("visit.confirm-answer.v1")]
public sealed record ConfirmAnswer(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] Guid Question,
    [property: Id(1)] bool Satisfied,
    [property: Id(2)] string? Remark) : VisitCommand(Id, By, OccurredAt);

/// <summary>The asker takes the question back.</summary>
[GenerateSerializer, Immutable, Alias("visit.withdraw-question.v1")]
public sealed record WithdrawQuestion(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] Guid Question,
    [property: Id(1)] string Reason)
    : VisitCommand(Id, By, OccurredAt);

/// <summary>A question as the visit page and the handoff show it.</summary>
/// <param name="DueAt">When an answer was expected; the policy's, unless somebody said otherwise.</param>
/// <param name="AnsweredAt">When the latest answer was given; null while there is none.</param>
/// <param name="ConfirmedBy">Who recorded that the asker is satisfied: <c>family</c> when they said so themselves.</param>
/// <param name="Reopened">How often an answer did not satisfy.</param>
[GenerateSerializer, Immutable, Alias("care.question.v1")]
public sealed record QuestionView(
    [property: Id(0)] Guid Id, [property: Id(1)] QuestionKind Kind, [property: Id(2)] QuestionState State, [property: Id(3)] Asker Asker,
    [property: Id(4)] string Text,
    [property: Id(5)] Person? Owner, [property: Id(6)] DateTimeOffset AskedAt, [property: Id(7)] DateTimeOffset? DueAt,
    [property: Id(8)] string? Answer, [property: Id(9)] Actor? AnsweredBy, [property: Id(10)] DateTimeOffset? AnsweredAt,
    [property: Id(11)] DateTimeOffset? ClosedAt, [property: Id(12)] Actor? ConfirmedBy, [property: Id(13)] string? Remark,
    [property: Id(14)] int Reopened);
