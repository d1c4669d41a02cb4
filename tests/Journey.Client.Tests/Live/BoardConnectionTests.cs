using Journey.Api;
using Journey.Client.Http;
using Journey.Client.Live;

namespace Journey.Client.Tests.Live;

/// <summary>A connection to a real server: it follows, it says what it knows, and it comes back.</summary>
[Collection(InTheHouse.Name)]
public class BoardConnectionTests(HouseFixture house)
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task A_board_follows_what_happens_in_both_protocols(bool messagePack)
    {
        var unit = messagePack ? "PACK" : "JSON";
        await house.Arrive(unit, "Musterfrau");
        await using var connection = Connect(messagePack);
        var board = connection.Watch(unit);
        connection.WatchUnits();
        connection.Start();
        await Until(connection, () => connection.IsLive && board.Board?.Rows.Count == 1, "the board");
        Assert.Equal("Musterfrau, Erika", board.Board!.Rows[0].Patient.Name);
        // Totals come on their own, a moment later than the board.
        await Until(connection, () => connection.Units?.Any(u => u.Code == unit && u.Present == 1) == true, "the totals");

        await house.Arrive(unit, "Beispiel");
        await Until(connection, () => board.Board.Rows.Count == 2, "the second patient");
        Assert.True(connection.Time.IsKnown);
        Assert.InRange(board.ConfirmedAt, connection.Time.Now.AddSeconds(-10), connection.Time.Now.AddSeconds(1));
    }

    [Fact]
    public async Task A_command_shows_on_the_board_and_sent_again_with_its_key_is_carried_out_once()
    {
        await house.Arrive("CMD", "Musterfrau");
        await using var connection = Connect();
        var board = connection.Watch("CMD");
        connection.Start();
        await Until(connection, () => board.Board?.Rows.Count == 1, "the board");

        using var http = new HttpClient { BaseAddress = house.Url };
        var api = new JourneyApi(http) { ActingAs = () => "Ada Stone" };
        var (command, key) = (VisitCommands.Touchpoint(board.Board!.Rows[0].VisitId, new(TouchpointKinds.Step, Steps.Triaged)), Guid.NewGuid());
        var first = Assert.IsType<Reply<CommandResult>.Ok>(await api.Send(command, key, CancellationToken.None)).Value;
        var again = Assert.IsType<Reply<CommandResult>.Ok>(await api.Send(command, key, CancellationToken.None)).Value;
        Assert.Equal((Outcomes.Accepted, Outcomes.Repeated, first.CommandId), (first.Outcome, again.Outcome, again.CommandId));
        await Until(connection, () => board.Board.Rows[0].Step == Steps.Triaged, "the step");

        var wrong = await api.Send(VisitCommands.Touchpoint(board.Board.Rows[0].VisitId, new(TouchpointKinds.Acuity, Acuity: 9)), Guid.NewGuid(),
            CancellationToken.None);
        Assert.Contains("acuity", Assert.IsType<Reply<CommandResult>.Refused>(wrong).Problem.Errors.Keys);
    }

    [Fact]
    public async Task A_unit_that_is_not_known_is_refused_and_the_others_are_live_all_the_same()
    {
        await house.Arrive("KNOWN", "Musterfrau");
        await using var connection = Connect();
        var (known, unknown) = (connection.Watch("KNOWN"), connection.Watch("NOWHERE"));
        connection.Start();
        await Until(connection, () => unknown.Refusal is not null && known.Board is not null && connection.IsLive, "both answers");
        Assert.Equal(ProblemCodes.UnitUnknown, unknown.Refusal);
    }

    [Fact]
    public async Task A_wall_and_a_desk_of_one_unit_never_share_a_connection()
    {
        await house.Arrive("WALL", "Musterfrau");
        await using var connection = Connect();
        var desk = connection.Watch("WALL");
        connection.Start();
        await Until(connection, () => desk.Board is not null, "the desk's board");
        var wall = connection.Watch("WALL", wall: true);
        await Until(connection, () => wall.Board is not null, "the wall's board");
        Assert.DoesNotContain("Musterfrau", Assert.Single(wall.Board!.Rows).Patient.Name, StringComparison.Ordinal);
        Assert.DoesNotContain(connection.Shown, board => !board.IsWall);
    }

    [Fact]
    public async Task While_the_server_is_away_it_says_so_and_afterwards_everything_is_fetched_anew()
    {
        await house.Arrive("AWAY", "Musterfrau");
        var failed = 0;
        await using var connection = new BoardConnection(new()
        {
            Servers = [house.Url], Heartbeat = TimeSpan.FromMilliseconds(200), LongestPause = TimeSpan.FromMilliseconds(200),
            ConnectFailed = _ =>
            {
                failed++;
                return Task.CompletedTask;
            },
        });
        var board = connection.Watch("AWAY");
        connection.Start();
        await Until(connection, () => connection.IsLive && board.Board?.Rows.Count == 1, "the board");

        await house.Stop();
        await Until(connection, () => connection.State == LinkState.Lost, "the loss");
        Assert.False(connection.IsLive || board.IsCurrent);
        Assert.Single(board.Board!.Rows);
        await Until(connection, () => failed > 0, "a failed attempt");

        await house.InitializeAsync();
        await house.Arrive("AWAY", "Beispiel");
        await Until(connection, () => connection.IsLive && board.Board.Rows.Count == 2, "the board again", 60);
    }

    [Fact]
    public void Options_out_of_their_range_are_refused_by_name()
    {
        Assert.Throws<ArgumentException>(() => new BoardConnection(new() { Servers = [] }));
        Assert.Equal("Heartbeat",
            Assert.Throws<ArgumentOutOfRangeException>(() =>
                new BoardConnection(new() { Servers = [house.Url], Heartbeat = TimeSpan.Zero })).ParamName);
    }

    private BoardConnection Connect(bool messagePack = false)
    {
        var options = new BoardConnectionOptions { Servers = [house.Url] };
        return new(messagePack ? options.UseMessagePack() : options);
    }

    /// <summary>Waits for events, not for time: what is asked for must have been announced.</summary>
    private static async Task Until(BoardConnection connection, Func<bool> so, string what, int seconds = 20)
    {
        var changed = new SemaphoreSlim(0);
        void Tell() => changed.Release();
        connection.Changed += Tell;
        connection.BoardsChanged += Tell;
        connection.UnitsChanged += Tell;
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        while (!so())
        {
            // A failed attempt is no change.
            await changed.WaitAsync(TimeSpan.FromMilliseconds(500));
            Assert.False(late.IsCancellationRequested, $"No {what} within {seconds} s; the connection is {connection.State}.");
        }
    }
}
