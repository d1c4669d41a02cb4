using System.Collections.Immutable;
using Journey.Contracts.Access;
using Journey.Contracts.Care;

namespace Journey.Contracts.Hotline;

/// <summary>How a call stands.</summary>
[GenerateSerializer, Alias("hotline.call-state.v1")]
public enum CallState
{
    /// <summary>It rings.</summary>
    Ringing,
    Answered,
    /// <summary>The caller hung up before anybody answered.</summary>
    Abandoned,
    /// <summary>A call back is promised.</summary>
    CallbackDue,
    CalledBack,
}

/// <summary>A call on the non-emergency hotline.</summary>
/// <param name="Caller">As they called themselves; null when unknown.</param>
/// <param name="Number">Where to call back; null when not given.</param>
/// <param name="AnswerBy">When it should have been answered, by the policy.</param>
/// <param name="CallbackBy">When the call back is due; null when none is.</param>
/// <param name="Visit">The visit it turned out to be about; null when none.</param>
/// <param name="Question">The question it became on that visit.</param>
[GenerateSerializer, Immutable, Alias("hotline.call.v1")]
public sealed record Call(
    [property: Id(0)] Guid Id, [property: Id(1)] CallState State, [property: Id(2)] string? Caller, [property: Id(3)] string? Number,
    [property: Id(4)] string? About,
    [property: Id(5)] DateTimeOffset RangAt, [property: Id(6)] DateTimeOffset AnswerBy, [property: Id(7)] DateTimeOffset? AnsweredAt,
    [property: Id(8)] Actor? AnsweredBy,
    [property: Id(9)] DateTimeOffset? EndedAt, [property: Id(10)] DateTimeOffset? CallbackBy, [property: Id(11)] Person? Owner,
    [property: Id(12)] VisitId? Visit, [property: Id(13)] Guid? Question);

/// <summary>The queue and how well it is kept.</summary>
/// <param name="Calls">Open ones, the one due first in front, then those that ended within a day.</param>
/// <param name="Answered">Of the last 24 h; with <paramref name="InTime"/> within the policy's time, and <paramref name="Abandoned"/>.</param>
[GenerateSerializer, Immutable, Alias("hotline.queue.v1")]
public sealed record HotlineQueue([property: Id(0)] ImmutableArray<Call> Calls, [property: Id(1)] int Answered, [property: Id(2)] int InTime,
    [property: Id(3)] int Abandoned,
    [property: Id(4)] double AbandonLimit, [property: Id(5)] DateTimeOffset AsOf, [property: Id(6)] long Version);

[GenerateSerializer, Immutable, Alias("hotline.command.v1")]
public abstract record HotlineCommand([property: Id(0)] CommandId Id, [property: Id(1)] Actor By, [property: Id(2)] DateTimeOffset OccurredAt);

/// <summary>A call comes in. The command's id is the call's.</summary>
[GenerateSerializer, Immutable, Alias("hotline.ring.v1")]
public sealed record Ring(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] string? Caller, [property: Id(1)] string? Number)
    : HotlineCommand(Id, By, OccurredAt);

[GenerateSerializer, Immutable, Alias("hotline.answer.v1")]
public sealed record Answer(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] Guid Call) : HotlineCommand(Id, By, OccurredAt);

/// <summary>The caller hung up first.</summary>
[GenerateSerializer, Immutable, Alias("hotline.abandon.v1")]
public sealed record Abandon(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] Guid Call) : HotlineCommand(Id, By, OccurredAt);

/// <summary>A call back is promised.</summary>
/// <param name="CallbackBy">Null leaves it to the policy.</param>
[GenerateSerializer, Immutable, Alias("hotline.promise-callback.v1")]
public sealed record PromiseCallback(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] Guid Call, [property: Id(1)] string? Number,
    [property: Id(2)] string? About,
    [property: Id(3)] DateTimeOffset? CallbackBy, [property: Id(4)] Person? Owner) : HotlineCommand(Id, By, OccurredAt);

[GenerateSerializer, Immutable, Alias("hotline.call-back.v1")]
public sealed record CallBack(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] Guid Call) : HotlineCommand(Id, By, OccurredAt);

/// <summary>An answered call is over: the caller has what they called for.</summary>
[GenerateSerializer, Immutable, Alias("hotline.finish.v1")]
public sealed record FinishCall(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] Guid Call) : HotlineCommand(Id, By, OccurredAt);

/// <summary>The call is about a visit: it becomes a question there.</summary>
[GenerateSerializer, Immutable, Alias("hotline.ask-on-visit.v1")]
public sealed record AskOnVisit(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] Guid Call, [property: Id(1)] VisitId Visit,
    [property: Id(2)] QuestionKind Kind,
    [property: Id(3)] string Text) : HotlineCommand(Id, By, OccurredAt);

/// <summary>A gateway process that watches the hotline.</summary>
[Alias("journey.hotline-observer")]
public interface IHotlineObserver : IGrainObserver
{
    [Alias("hotline-changed")] Task HotlineChanged(HotlineQueue queue);
}

/// <summary>The non-emergency hotline. Key: <see cref="HotlineKeys.All"/>.</summary>
[Alias("journey.hotline"), Answers(Askers.Gateways)]
public interface IHotlineGrain : IGrainWithStringKey
{
    [Alias("ring")] Task<Outcome> Ring(Ring command);
    [Alias("answer")] Task<Outcome> Answer(Answer command);
    [Alias("abandon")] Task<Outcome> Abandon(Abandon command);
    [Alias("promise-callback")] Task<Outcome> PromiseCallback(PromiseCallback command);
    [Alias("call-back")] Task<Outcome> CallBack(CallBack command);
    [Alias("finish")] Task<Outcome> Finish(FinishCall command);

    /// <summary>Asks the question on the visit first, under an id made from this command's, and notes it here after.</summary>
    [Alias("ask-on-visit")] Task<Outcome> AskOnVisit(AskOnVisit command);

    [Alias("read")] Task<HotlineQueue> Read();

    /// <summary>Subscribes for <see cref="Boards.BoardKeys.Lease"/>; renew before it ends.</summary>
    [Alias("watch")] Task<HotlineQueue> Watch(IHotlineObserver observer);
}

public static class HotlineKeys
{
    public const string All = "hotline/all";
}
