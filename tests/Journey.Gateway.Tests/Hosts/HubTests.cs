using System.Net.Http.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace Journey.Gateway.Tests.Hosts;

public class HubTests(StandaloneHostFixture journey)
{
    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task A_watcher_is_told_how_the_board_stands_and_what_changes(bool messagePack)
    {
        var guest = await journey.Arrived();
        await using var watcher = await Watcher.Start(journey, guest.Unit, messagePack);
        await watcher.Until(board => board.Rows.Count == 1);
        await journey.Http.PostAsJsonAsync($"/api/v1/visits/{guest.VisitId}/family/waiting", new { who = "Sohn" },
            TestContext.Current.CancellationToken);
        await watcher.Until(board => board.Rows[0].Family is { WaitingWho: "Sohn" });
        var second = await journey.Arrived("Zweite", unit: guest.Unit);
        await watcher.Until(board => board.Rows.Any(row => row.VisitId == second.VisitId));
        Assert.Equal(0, watcher.Gaps);
    }

    [Fact]
    public async Task Many_changes_arrive_without_a_gap_and_end_where_the_board_ends()
    {
        var guest = await journey.Arrived();
        await using var watcher = await Watcher.Start(journey, guest.Unit);
        var others = new List<Guest>();
        for (var i = 0; i < 40; i++) others.Add(await journey.Arrived("Name" + i, unit: guest.Unit));
        await watcher.Until(board => board.Rows.Count == 41);
        var truth = await journey.Http.GetFromJsonAsync<Api.Board>($"/api/v1/units/{guest.Unit}/board", TestContext.Current.CancellationToken);
        await watcher.Until(board => board.Version >= truth!.Version);
        Assert.Equal(truth!.Rows.Select(row => row.VisitId).Order(), watcher.Board.Rows.Select(row => row.VisitId).Order());
        Assert.Equal(0, watcher.Gaps);
    }

    [Fact]
    public async Task A_page_that_looks_across_a_large_house_watches_every_board_of_it()
    {
        var units = Enumerable.Range(0, 120).Select(_ => StandaloneHostFixture.Fresh("U")).ToArray();
        await journey
            .Send([.. units.Select(unit =>
                new Guest(StandaloneHostFixture.Fresh("P"), StandaloneHostFixture.Fresh("V"), unit, "Musterfrau", "Erika").Message("A04"))]);
        await using var hub = journey.Hub();
        await hub.StartAsync(TestContext.Current.CancellationToken);
        foreach (var unit in units) Assert.Single((await hub.InvokeAsync<Api.Board>("WatchUnit", unit, TestContext.Current.CancellationToken)).Rows);
    }

    [Fact]
    public async Task An_alert_is_pushed_when_it_is_raised()
    {
        var guest = await journey.Arrived();
        await using var hub = journey.Hub();
        var heard = new TaskCompletionSource<Api.AlertChange>();
        hub.On<Api.AlertChange>("AlertChanged", change => heard.TrySetResult(change));
        await hub.StartAsync(TestContext.Current.CancellationToken);
        await hub.InvokeAsync<Api.Board>("WatchUnit", guest.Unit, TestContext.Current.CancellationToken);
        var late = guest with { Patient = StandaloneHostFixture.Fresh("P"), Visit = StandaloneHostFixture.Fresh("V") };
        var arrived = DateTimeOffset.UtcNow.AddMinutes(-25).ToString("yyyyMMddHHmmss", null);
        await journey.Send(late.Message("A04").Replace("EVN||", $"EVN||{arrived}||||{arrived}|", StringComparison.Ordinal));
        var change = await heard.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.Equal((guest.Unit, "raised"), (change.Unit, change.Alert.State));
    }

    [Fact]
    public async Task A_wall_hears_no_names()
    {
        var guest = await journey.Arrived("Geheimrat", "Theodora");
        await using var watcher = await Watcher.Start(journey, guest.Unit, wall: true);
        await journey.Arrived("Geheimrat", "Wilhelm", guest.Unit);
        await watcher.Until(board => board.Rows.Count == 2);
        Assert.Equal(["Theodora G.", "Wilhelm G."], watcher.Board.Rows.Select(row => row.Patient.Name).Order());
        Assert.All(watcher.Board.Rows, row => Assert.Null(row.VisitNumber));
    }

    [Fact]
    public async Task A_quiet_board_keeps_saying_as_of_when_it_is_true()
    {
        var guest = await journey.Arrived();
        await using var watcher = await Watcher.Start(journey, guest.Unit);
        var before = watcher.Board.AsOf;
        await watcher.Until(board => board.AsOf > before.AddSeconds(2));
    }

    [Fact]
    public async Task Totals_of_units_are_pushed_too()
    {
        await using var hub = journey.Hub();
        var heard = Channel.CreateUnbounded<Api.Unit>();
        hub.On<IReadOnlyList<Api.Unit>>("UnitsChanged", units =>
        {
            foreach (var unit in units) heard.Writer.TryWrite(unit);
        });
        await hub.StartAsync(TestContext.Current.CancellationToken);
        await hub.InvokeAsync<IReadOnlyList<Api.Unit>>("WatchUnits", TestContext.Current.CancellationToken);
        var guest = await journey.Arrived();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(10));
        await foreach (var unit in heard.Reader.ReadAllAsync(patience.Token))
        {
            if (unit.Code == guest.Unit && unit.Present == 1) return;
        }
    }

    [Fact]
    public async Task A_unit_without_a_code_is_refused_and_the_server_tells_its_time()
    {
        await using var hub = journey.Hub();
        await hub.StartAsync(TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<HubException>(() => hub.InvokeAsync<Api.Board>("WatchUnit", " ", TestContext.Current.CancellationToken));
        Assert.True((DateTimeOffset.UtcNow - await hub.InvokeAsync<DateTimeOffset>("Now", TestContext.Current.CancellationToken))
            .Duration() < TimeSpan.FromSeconds(5));
    }
}

/// <summary>A client that does what a client is told to: keeps what comes before the answer, applies what is next, asks anew on a gap.</summary>
internal sealed class Watcher : IAsyncDisposable
{
    private readonly HubConnection _hub;
    private readonly Channel<Api.BoardChange> _changes = Channel.CreateUnbounded<Api.BoardChange>();
    private readonly Func<Task<Api.Board>> _watch;

    private Watcher(HubConnection hub, string unit, bool wall)
    {
        _hub = hub;
        _watch = () => hub.InvokeAsync<Api.Board>(wall ? "WatchWall" : "WatchUnit", unit);
        hub.On<Api.BoardChange>("BoardChanged", change =>
        {
            if (change.Unit == unit) _changes.Writer.TryWrite(change);
        });
    }

    public Api.Board Board { get; private set; } = null!;
    public int Gaps { get; private set; }

    public static async Task<Watcher> Start(StandaloneHostFixture journey, string unit, bool messagePack = false, bool wall = false)
    {
        var watcher = new Watcher(journey.Hub(messagePack), unit, wall);
        await watcher._hub.StartAsync();
        watcher.Board = await watcher._watch();
        return watcher;
    }

    public async Task Until(Func<Api.Board, bool> so)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            while (!so(Board)) await Take(await _changes.Reader.ReadAsync(patience.Token));
        }
        catch (OperationCanceledException)
        {
            Assert.Fail(
                $"Not so within 10 s. Version {Board.Version}, as of {Board.AsOf:O}, rows: {string.Join("; ", Board.Rows.Select(row => row.Patient.Name))}");
        }
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    private async Task Take(Api.BoardChange change)
    {
        if (change.Epoch == Board.Epoch && change.Version <= Board.Version)
        {
            if (change.AsOf > Board.AsOf) Board = Board with { AsOf = change.AsOf };
        }
        else if (change.Epoch == Board.Epoch && change.Version == Board.Version + 1)
        {
            var changed = change.Changed.Select(row => row.VisitId).Concat(change.Removed).ToHashSet();
            Board = Board with
            {
                Version = change.Version,
                AsOf = change.AsOf,
                Rows = [.. Board.Rows.Where(row => !changed.Contains(row.VisitId)), .. change.Changed]
            };
        }
        else
        {
            Gaps++;
            Board = await _watch();
        }
    }
}
