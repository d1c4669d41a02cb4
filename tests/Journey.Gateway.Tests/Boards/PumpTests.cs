using System.Collections.Concurrent;
using System.Threading.Channels;
using Journey.Contracts.Boards;
using Journey.Gateway.Cluster.Settings;
using Journey.Gateway.Live.Hub;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using static Journey.Gateway.Tests.Boards.BoardStateTests;

namespace Journey.Gateway.Tests.Boards;

public class PumpTests
{
    private readonly ConcurrentDictionary<string, WatchedUnit> _units = new();
    private readonly WatchedUnit _unit = new("ED");

    public PumpTests() => _units["ED"] = _unit;

    [Fact]
    public async Task Deltas_that_come_before_their_snapshot_are_put_on_top_of_it()
    {
        await Pump(Delta(7, Row(2, "Weber")), Delta(6, Row(1, "Hansen")), Snapshot(5));
        Assert.Equal((7, 2), (_unit.State!.Version, _unit.State.Rows.Count));
    }

    [Fact]
    public async Task A_gap_asks_for_the_board_anew_and_what_came_after_it_is_not_lost()
    {
        await Pump(Snapshot(5));
        _unit.Lease.MustResubscribe = false;
        await Pump(Delta(7, Row(2, "Weber")));
        Assert.True(_unit.Lease.MustResubscribe);
        Assert.Equal(5, _unit.State!.Version);
        await Pump(Snapshot(6, Row(1, "Hansen")));
        Assert.Equal((7, 2), (_unit.State!.Version, _unit.State.Rows.Count));
    }

    [Fact]
    public async Task What_is_known_already_changes_nothing()
    {
        await Pump(Snapshot(5, Row(1, "Hansen")));
        await Pump(Delta(5, Row(9, "Late")), Snapshot(4));
        Assert.Equal((5, 1), (_unit.State!.Version, _unit.State.Rows.Count));
    }

    [Fact]
    public async Task A_board_that_was_rebuilt_counts_anew()
    {
        await Pump(Snapshot(50, Row(1, "Hansen")));
        var rebuilt = Guid.CreateVersion7();
        await Pump(Delta(2, Row(3, "New")) with { Epoch = rebuilt });
        Assert.True(_unit.Lease.MustResubscribe);
        await Pump(Snapshot(1, Row(2, "Weber")) with { Epoch = rebuilt });
        Assert.Equal((rebuilt, 2L, 2), (_unit.State!.Epoch, _unit.State.Version, _unit.State.Rows.Count));
        await Pump(Delta(51, Row(4, "Old")));
        Assert.Equal(2, _unit.State.Rows.Count);
    }

    [Fact]
    public async Task A_renewal_says_as_of_when_the_board_is_true_and_nothing_of_an_earlier_or_another_one()
    {
        await Pump(Snapshot(5, Row(1, "Hansen")));
        _unit.Lease.MustResubscribe = false;
        var (epoch, then) = (_unit.State!.Epoch, _unit.State.AsOf);
        await Pump(new BoardRenewal("ED", epoch, 4, then.AddSeconds(2)), new BoardRenewal("ICU", epoch, 5, then.AddSeconds(2)));
        Assert.Equal((5L, then), (_unit.State.Version, _unit.State.AsOf));
        await Pump(new BoardRenewal("ED", epoch, 5, then.AddSeconds(4)));
        Assert.Equal((5L, 1, then.AddSeconds(4)), (_unit.State.Version, _unit.State.Rows.Count, _unit.State.AsOf));
        Assert.False(_unit.Lease.MustResubscribe);
    }

    [Theory]
    [InlineData(6, true), InlineData(5, false)]
    public async Task A_renewal_of_what_is_not_known_asks_for_the_board_anew(long version, bool sameEpoch)
    {
        await Pump(Snapshot(5, Row(1, "Hansen")));
        _unit.Lease.MustResubscribe = false;
        var (epoch, then) = (_unit.State!.Epoch, _unit.State.AsOf);
        await Pump(new BoardRenewal("ED", sameEpoch ? epoch : Guid.CreateVersion7(), version, then.AddSeconds(2)));
        Assert.True(_unit.Lease.MustResubscribe);
        Assert.Equal((5L, then), (_unit.State.Version, _unit.State.AsOf));
    }

    private Task Pump(params object[] notices)
    {
        var options = Options.Create(new GatewayOptions());
        var lines = new WatcherLines(NullLogger<DefaultHubLifetimeManager<BoardHub>>.Instance, NullLogger<WatcherLines>.Instance, options);
        var queue = Channel.CreateUnbounded<BoardNotice>();
        var pump = new BoardPump(queue.Reader, _units, new HospitalState(), new BoardSender(null!, lines, new BoardSignals()), options,
            TimeProvider.System, NullLogger.Instance);
        foreach (var one in notices) queue.Writer.TryWrite(new(one as BoardDelta, one as BoardSnapshot, default, Renewal: one as BoardRenewal));
        queue.Writer.Complete();
        return pump.Run(TestContext.Current.CancellationToken);
    }
}
