using Journey.Contracts;
using Journey.Contracts.Care;
using Journey.Contracts.Hotline;
using Journey.Contracts.Visits;
using Journey.Domain.Hotline;
using Journey.Domain.Policies;
using Journey.Grains.Runtime;
using Journey.Grains.Staff;
using Journey.Grains.Storage;
using Journey.Grains.Streams;

namespace Journey.Grains.Hotline;

/// <summary>The non-emergency line.</summary>
[GrainType("hotline")]
internal sealed class HotlineGrain(IJournal journal, Policy policy, TimeProvider clock, DutyBook duty) : Grain, IHotlineGrain
{
    private readonly Watchers<IHotlineObserver> _watchers = new(clock);
    private EventStream<HotlineLog, HotlineEvent> _stream = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _stream = new(KnownStreams.Hotline, HotlineKeys.All, journal, clock) { GiveUp = DeactivateOnIdle, Moved = Tell };
        return _stream.Open(cancellationToken);
    }

    public Task<Outcome> Ring(Ring command) => Execute(command);
    public Task<Outcome> Answer(Answer command) => Execute(command);
    public Task<Outcome> Abandon(Abandon command) => Execute(command);
    public Task<Outcome> PromiseCallback(PromiseCallback command) => Execute(command);
    public Task<Outcome> CallBack(CallBack command) => Execute(command);
    public Task<Outcome> Finish(FinishCall command) => Execute(command);

    public async Task<Outcome> AskOnVisit(AskOnVisit command)
    {
        if (_stream.Has(command.Id)) return Outcome.Repeated(_stream.Version);
        if (_stream.State.Decide(command, policy, clock.GetRecordedNow()).Refusal is { } refusal) return Outcome.Refused(_stream.Version, refusal);
        var caller = _stream.State.Calls.First(c => c.Id == command.Call).Caller;
        var asked = await GrainFactory.GetGrain<IVisitGrain>(command.Visit.Value).AskQuestion(new AskQuestion(
            HotlineLog.Question(command.Id), command.By, command.OccurredAt, new Asker(AskerKind.Family, caller), command.Kind, command.Text,
            null, null));
        return asked.Kind == OutcomeKind.Refused ? asked : await Execute(command);
    }

    public Task<HotlineQueue> Read() => Task.FromResult(Queue());

    public Task<HotlineQueue> Watch(IHotlineObserver observer)
    {
        _watchers.Add(observer);
        return Read();
    }

    private Task<Outcome> Execute(HotlineCommand command) => _stream.Execute(command.Id, command.By, (log, now) =>
    {
        if (command is not PromiseCallback { Owner: { } named } promise) return log.Decide(command, policy, now);
        // The line is of no unit.
        var (who, unclear) = duty.Duty.Meant(named, command.By, "", now);
        return unclear ?? log.Decide(promise with { Owner = who }, policy, now);
    });

    private void Tell(bool isRead)
    {
        var queue = Queue();
        _watchers.Tell(w => w.HotlineChanged(queue));
    }

    private HotlineQueue Queue() => _stream.State.Queue(policy, clock.GetUtcNow(), _stream.Version);
}
