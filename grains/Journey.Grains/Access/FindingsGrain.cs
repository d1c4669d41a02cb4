using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Access;
using Journey.Domain.Access;
using Journey.Grains.Boards;
using Journey.Grains.Storage;
using Journey.Grains.Streams;

namespace Journey.Grains.Access;

/// <summary>What the rules found in what people looked at, and what the privacy officer says of it.</summary>
[GrainType("findings")]
internal sealed class FindingsGrain(IJournal journal, TimeProvider clock) : Grain, IFindingsGrain
{
    private readonly Watchers<IFindingObserver> watchers = new(clock);
    private EventStream<FindingLog> stream = null!;
    private IGrainTimer next = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        stream = new(journal, DeactivateOnIdle, FindingKeys.All, FindingLog.Empty, (state, payload) =>
        {
            var (by, events) = FindingJson.Read(payload.Span);
            return events.Aggregate(state, (log, e) => log.Fold(by, e));
        });
        // Only for those who watch, who keep the grain awake: when somebody reads, what has come to stand on the list by then is on it.
        next = this.RegisterGrainTimer(Tell, new() { DueTime = Timeout.InfiniteTimeSpan, Period = Timeout.InfiniteTimeSpan });
        return Activation.Read(async () =>
        {
            await stream.CatchUp(cancellationToken);
            Await();
        });
    }

    public async Task Take(CommandId id, ImmutableArray<Finding> findings)
    {
        if (stream.Has(id)) return;
        var news = stream.State.NewsOf(findings).Select(FindingEvent (finding) => new FindingListed(finding)).ToImmutableArray();
        if (!news.IsEmpty) await Append(id, findings[0].By, news);
    }

    public Task NoteLoss(CommandId id, long count) => stream.Has(id) ? Task.CompletedTask : Append(id, Actor.System, [new LooksLost(count, clock.GetRecordedNow())]);

    public async Task<Outcome> Judge(JudgeFinding command)
    {
        if (stream.Has(command.Id)) return Outcome.Repeated(stream.Version);
        var now = clock.GetRecordedNow();
        if (stream.State.Obstacle(command, now) is { } refusal) return Outcome.Refused(stream.Version, refusal);
        if (stream.State.Find(command.Finding)!.Judgement?.Verdict == command.Verdict) return Outcome.Unchanged(stream.Version);
        return new Outcome(
            await Append(command.Id, command.By, [command.Verdict is { } verdict ? new FindingJudged(command.Finding, verdict, now) : new FindingReopened(command.Finding)]), stream.Version);
    }

    public Task<FindingList> Read() => Task.FromResult(List());

    public Task<FindingList> Watch(IFindingObserver observer)
    {
        watchers.Add(observer);
        return Read();
    }

    private async Task<OutcomeKind> Append(CommandId id, Actor by, ImmutableArray<FindingEvent> events)
    {
        var outcome = await stream.Append(id, by, clock.GetRecordedNow(), FindingJson.Write(by, events));
        await Tell();
        return outcome;
    }

    private Task Tell()
    {
        var list = List();
        watchers.Tell(w => w.FindingsChanged(list));
        Await();
        return Task.CompletedTask;
    }

    private void Await()
    {
        var now = clock.GetUtcNow();
        next.Change(stream.State.NextAfter(now) is { } at ? at - now : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private FindingList List() => stream.State.List(clock.GetUtcNow(), stream.Version);
}
