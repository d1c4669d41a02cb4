using Journey.Contracts;
using Journey.Contracts.Care;
using Journey.Contracts.Hotline;
using Journey.Contracts.Visits;
using Journey.Domain.Hotline;
using Journey.Domain.Policies;
using Journey.Grains.Boards;
using Journey.Grains.Staff;
using Journey.Grains.Storage;
using Journey.Grains.Streams;

namespace Journey.Grains.Hotline;

/// <summary>The non-emergency line.</summary>
[GrainType("hotline")]
internal sealed class HotlineGrain(IJournal journal, Policy policy, TimeProvider clock, DutyBook duty) : Grain, IHotlineGrain
{
    private readonly Watchers<IHotlineObserver> watchers = new(clock);
    private EventStream<HotlineLog> stream = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        stream = new(journal, DeactivateOnIdle, HotlineKeys.All, HotlineLog.Empty, (state, payload) => state.Fold(HotlineJson.Read(payload.Span)));
        return Activation.Read(() => stream.CatchUp(cancellationToken));
    }

    public Task<Outcome> Ring(Ring command) => Execute(command);
    public Task<Outcome> Answer(Answer command) => Execute(command);
    public Task<Outcome> Abandon(Abandon command) => Execute(command);
    public Task<Outcome> PromiseCallback(PromiseCallback command) => Execute(command);
    public Task<Outcome> CallBack(CallBack command) => Execute(command);
    public Task<Outcome> Finish(FinishCall command) => Execute(command);

    public async Task<Outcome> AskOnVisit(AskOnVisit command)
    {
        if (stream.Has(command.Id)) return Repeated;
        if (stream.State.Decide(command, policy, clock.GetRecordedNow()).Refusal is { } refusal) return Outcome.Refused(stream.Version, refusal);
        var caller = stream.State.Calls.First(c => c.Id == command.Call).Caller;
        var asked = await GrainFactory.GetGrain<IVisitGrain>(command.Visit.Value).AskQuestion(new AskQuestion(
            HotlineLog.Question(command.Id), command.By, command.OccurredAt, new Asker(AskerKind.Family, caller), command.Kind, command.Text, null, null));
        return asked.Kind == OutcomeKind.Refused ? asked : await Execute(command);
    }

    public Task<HotlineQueue> Read() => Task.FromResult(Queue());

    public Task<HotlineQueue> Watch(IHotlineObserver observer)
    {
        watchers.Add(observer);
        return Read();
    }

    private Outcome Repeated => new(OutcomeKind.Repeated, stream.Version);

    private async Task<Outcome> Execute(HotlineCommand command)
    {
        if (stream.Has(command.Id)) return Repeated;
        var now = clock.GetRecordedNow();
        if (command is PromiseCallback { Owner: { } named } promise)
        {
            // The line is of no unit.
            var (who, unclear) = duty.Duty.Meant(named, command.By, "", now);
            if (unclear is not null) return Outcome.Refused(stream.Version, unclear);
            command = promise with { Owner = who };
        }

        var decision = stream.State.Decide(command, policy, now);
        if (decision.Refusal is { } refusal) return Outcome.Refused(stream.Version, refusal);
        var outcome = new Outcome(await stream.Append(command.Id, command.By, now, HotlineJson.Write(command.By, decision.Event!)), stream.Version);
        var queue = Queue();
        watchers.Tell(w => w.HotlineChanged(queue));
        return outcome;
    }

    private HotlineQueue Queue() => stream.State.Queue(policy, clock.GetUtcNow(), stream.Version);
}
