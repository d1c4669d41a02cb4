using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Access;
using Journey.Domain.Access;
using Journey.Grains.Runtime;
using Journey.Grains.Storage;
using Journey.Grains.Streams;

namespace Journey.Grains.Access;

/// <summary>What the rules found in what people looked at, and what the privacy officer says of it.</summary>
[GrainType("findings")]
internal sealed class FindingsGrain(IJournal journal, TimeProvider clock) : Grain, IFindingsGrain
{
    private readonly Watchers<IFindingObserver> _watchers = new(clock);
    private EventStream<FindingLog, FindingEvent> _stream = null!;
    private Alarm _next = null!;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _stream = new(KnownStreams.Findings, FindingKeys.All, journal, clock) { GiveUp = DeactivateOnIdle, Moved = Tell };
        // The timer serves watchers only. They keep the grain awake; a reader gets the list as of the moment of reading.
        _next = new Alarm(this, () => Tell(false));
        await _stream.Open(cancellationToken);
        SetNext();
    }

    public Task Take(CommandId id, ImmutableArray<Finding> findings) => findings.IsEmpty
        ? Task.CompletedTask
        : _stream.Execute(id, findings[0].By,
            (log, _) => log.NewsOf(findings).Select(FindingEvent (finding) => new FindingListed(finding)).ToImmutableArray());

    public Task NoteLoss(CommandId id, long count) => _stream.Execute(id, Actor.System, (_, now) => new LooksLost(count, now));

    public Task<Outcome> Judge(JudgeFinding command) => _stream.Execute(command.Id, command.By, (log, now) => log.Decide(command, now));

    public Task<FindingList> Read() => Task.FromResult(List());

    public Task<FindingList> Watch(IFindingObserver observer)
    {
        _watchers.Add(observer);
        return Read();
    }

    private void Tell(bool isRead)
    {
        var list = List();
        _watchers.Tell(w => w.FindingsChanged(list));
        SetNext();
    }

    private void SetNext()
    {
        var now = clock.GetUtcNow();
        if (_stream.State.NextAfter(now) is { } at) _next.Set(at - now);
        else _next.Stop();
    }

    private FindingList List() => _stream.State.List(clock.GetUtcNow(), _stream.Version);
}
