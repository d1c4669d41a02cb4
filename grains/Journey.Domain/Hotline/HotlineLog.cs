using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Hotline;
using Journey.Domain.Policies;

namespace Journey.Domain.Hotline;

/// <summary>The non-emergency line: open calls, and those that ended within a day.</summary>
public sealed record HotlineLog
{
    private static readonly TimeSpan LookBack = TimeSpan.FromHours(24);

    public ImmutableArray<Call> Calls { get; init; } = [];

    public static readonly HotlineLog Empty = new();

    public static bool IsOpen(Call call) =>
        call.State is CallState.Ringing or CallState.CallbackDue || call is { State: CallState.Answered, EndedAt: null };

    public Decision<HotlineEvent> Decide(HotlineCommand command, Policy policy, DateTimeOffset now)
    {
        if (command is Ring ring)
            return new CallRang(ring.Id.Value, ring.OccurredAt, ring.Caller, ring.Number, ring.OccurredAt + policy.Hotline.Answer);
        var id = command switch
        {
            Answer c => c.Call,
            Abandon c => c.Call,
            PromiseCallback c => c.Call,
            CallBack c => c.Call,
            FinishCall c => c.Call,
            AskOnVisit c => c.Call,
            _ => Guid.Empty
        };
        if (Calls.FirstOrDefault(c => c.Id == id) is not { } call) return new Refusal(RefusalCodes.CallUnknown, "No such call.");
        var at = command.OccurredAt > call.RangAt ? command.OccurredAt : call.RangAt;
        return (command, call.State) switch
        {
            (Answer, CallState.Ringing) => new CallAnswered(id, at, command.By),
            (Answer, CallState.Answered) when call.AnsweredBy?.Id != command.By.Id =>
                new Refusal(RefusalCodes.CallTaken, $"{call.AnsweredBy?.Name ?? "Somebody"} has answered it already."),
            (Abandon, CallState.Ringing) => new CallAbandoned(id, at),
            (PromiseCallback { CallbackBy: { } by }, _) when by <= now =>
                new Refusal(RefusalCodes.PromiseInThePast, "The call back is promised for a time that has passed."),
            (PromiseCallback c, CallState.Answered or CallState.CallbackDue or CallState.Abandoned) => new CallbackPromised(
                id, at, c.Number ?? call.Number, c.About, c.CallbackBy ?? now + policy.Hotline.Callback, c.Owner
                    ?? new Person(c.By.Id, c.By.Name ?? c.By.Id)),
            (CallBack, CallState.CallbackDue) => new CalledBack(id, at, command.By),
            (FinishCall, CallState.Answered) when call.EndedAt is null => new CallFinished(id, at),
            (AskOnVisit { Visit: var visit }, CallState.Answered or CallState.CallbackDue) =>
                new AskedOnVisit(id, at, visit, Question(command.Id).Value),
            _ => new Refusal(RefusalCodes.CallClosed, $"The call is {call.State.ToString().ToLowerInvariant()} already."),
        };
    }

    /// <summary>The question's id is made from the command's: asked once, however often it is tried.</summary>
    public static CommandId Question(CommandId command) => command.Derive("question");

    public HotlineLog Fold(HotlineEvent e) => e switch
    {
        CallRang x =>
            this with
            {
                Calls = Recent(x.At)
                .Add(new Call(x.Call, CallState.Ringing, x.Caller, x.Number, null, x.At, x.AnswerBy, null, null, null, null, null, null, null))
            },
        CallAnswered x => On(x.Call, c => c with { State = CallState.Answered, AnsweredAt = x.At, AnsweredBy = x.By }),
        CallAbandoned x => On(x.Call, c => c with { State = CallState.Abandoned, EndedAt = x.At }),
        CallbackPromised x =>
            On(x.Call, c => c with
            {
                State = CallState.CallbackDue,
                Number = x.Number,
                About = x.About ?? c.About,
                CallbackBy = x.By,
                Owner = x.Owner,
                EndedAt = null
            }),
        CalledBack x => On(x.Call, c => c with { State = CallState.CalledBack, EndedAt = x.At }),
        CallFinished x => On(x.Call, c => c with { EndedAt = x.At }),
        // A call that became a question is over with that; one that is to be called back stays until it is.
        AskedOnVisit x =>
            On(x.Call, c => c with { Visit = x.Visit, Question = x.Question, EndedAt = c.State == CallState.Answered ? x.At : c.EndedAt }),
        _ => throw new InvalidOperationException($"No rule for the event {e.GetType().Name}."),
    };

    public HotlineQueue Queue(Policy policy, DateTimeOffset now, long version)
    {
        var recent = Calls.Where(c => c.RangAt > now - LookBack).ToArray();
        return new HotlineQueue(
            [.. Calls.Where(IsOpen).OrderBy(c => c.CallbackBy ?? c.AnswerBy),
                .. Calls.Where(c => !IsOpen(c) && c.EndedAt > now - LookBack).OrderByDescending(c => c.EndedAt)],
            recent.Count(c => c.AnsweredAt is not null), recent.Count(c => c.AnsweredAt <= c.AnswerBy),
            recent.Count(c => c.State == CallState.Abandoned || c.AnsweredAt is null && c.CallbackBy is not null),
            policy.Hotline.Abandoned, now, version);
    }

    private ImmutableArray<Call> Recent(DateTimeOffset now) => Calls.RemoveAll(c => !IsOpen(c) && c.EndedAt < now - LookBack);

    private HotlineLog On(Guid id, Func<Call, Call> change) => this with { Calls = [.. Calls.Select(c => c.Id == id ? change(c) : c)] };
}
