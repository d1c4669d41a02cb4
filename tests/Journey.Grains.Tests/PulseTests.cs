using System.Diagnostics.Metrics;
using Journey.Contracts.Boards;
using Journey.Grains.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.Core.Internal;

namespace Journey.Grains.Tests;

/// <summary>What the metrics say of the alert engine.</summary>
[Collection(nameof(ClusterTests))]
public sealed class PulseTests(Cluster cluster)
{
    [Fact]
    public void The_board_that_has_waited_longest_counts_and_one_that_sleeps_does_not()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var (clock, meters) = (new FakeTimeProvider(), services.GetRequiredService<IMeterFactory>());
        var pulse = new BoardPulse(clock, meters);
        var (awake, asleep) = (new object(), new object());
        Assert.Equal([("journey.board.count", 0), ("journey.deadline.overdue", 0)], Meters.Read(meters));

        pulse.Beat(asleep, clock.GetUtcNow(), overdue: 3);
        clock.Advance(TimeSpan.FromSeconds(50));
        pulse.Beat(awake, clock.GetUtcNow(), overdue: 0);
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal([("journey.board.count", 2), ("journey.board.heartbeat.age", 60), ("journey.deadline.overdue", 3)], Meters.Read(meters));

        pulse.Forget(asleep);
        Assert.Equal([("journey.board.count", 1), ("journey.board.heartbeat.age", 10), ("journey.deadline.overdue", 0)], Meters.Read(meters));
    }

    [Fact]
    public async Task A_board_is_heard_in_its_silo_from_when_it_wakes_up_until_it_is_put_to_sleep()
    {
        // The silos wake these up by themselves, soon after they start.
        foreach (var unit in cluster.Policy.Units) await cluster.Grains.GetGrain<IUnitBoardGrain>(BoardKeys.Unit(unit.Code)).Read();
        var before = Boards();
        var board = cluster.Grains.GetGrain<IUnitBoardGrain>(BoardKeys.Unit("PULSE"));
        await board.Read();
        Assert.Equal(before + 1, Boards());
        await board.AsReference<IGrainManagementExtension>().DeactivateOnIdle(TestContext.Current.CancellationToken);
        await Eventually.See("the silo without the board", () => Task.FromResult(Boards()), boards => boards == before);
    }

    private double Boards() =>
        cluster.Silos.Sum(silo => Meters.Read(silo.ServiceProvider.GetRequiredService<IMeterFactory>())
            .Single(m => m.Name == "journey.board.count").Value);
}
