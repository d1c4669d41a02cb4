using Journey.Contracts;
using Journey.Contracts.Boards;
using Journey.Contracts.Visits;

namespace Journey.Grains.Tests;

[Collection(nameof(ClusterTests))]
public class PaceTests(Cluster cluster)
{
    private readonly string _unit = "PACE" + Guid.NewGuid().ToString("N")[..6];
    private readonly VisitId _visit = new(Guid.NewGuid());

    [Fact]
    public async Task A_quiet_board_tells_within_10_ms_and_a_busy_one_every_40()
    {
        using var watch = new Watcher(cluster, _unit);
        await watch.Start();
        await Change(1);
        cluster.Clock.Advance(TimeSpan.FromMilliseconds(10));
        await Told(watch, [1]);
        await Change(2);
        cluster.Clock.Advance(TimeSpan.FromMilliseconds(10));
        await Change(3);
        cluster.Clock.Advance(TimeSpan.FromMilliseconds(30));
        await Told(watch, [1, 3]);
    }

    private Task Change(long version) =>
        cluster.Board(_unit)
        .Announce(new VisitNotice(_visit, version, new VisitRow { Visit = _visit, Version = version, Status = VisitStatus.Present }, null, null));

    private static Task Told(Watcher watch, long[] versions) => Eventually.See(
        "the versions told", () => Task.FromResult(watch.Deltas().SelectMany(d => d.Changed).Select(r => r.Version).ToArray()),
        seen => seen.SequenceEqual(versions), seen => string.Join(' ', seen));
}
