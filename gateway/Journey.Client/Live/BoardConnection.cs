using System.Text.Json;
using Journey.Api;
using Journey.Dashboard.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace Journey.Dashboard.Live;

/// <summary><see cref="Unsure"/>: the server answers, but has not been able to say for a while that a board shown here is still true.</summary>
public enum LinkState { Connecting, Live, Unsure, Lost }

/// <summary>
/// The one connection to the boards' hub. One loop owns one hub connection at a time: connect, fetch every watched board, then ask for the
/// time every few seconds; when an answer fails to come or the connection closes it says <see cref="LinkState.Lost"/> at once and starts over,
/// for ever. The client's own automatic reconnect is not used: it gives up, and it does not notice a server that is connected and mute.
/// </summary>
public sealed partial class BoardConnection(NavigationManager navigation, Session session, ServerTime time, TimeProvider clock, ILogger<BoardConnection> log) : IAsyncDisposable
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(4);

    /// <summary>The gateway confirms a quiet board every 10 s by default; three missed are no accident.</summary>
    private static readonly TimeSpan UnsureAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Blink = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan KeepUnheld = TimeSpan.FromSeconds(30);

    private const string UnknownUnit = "unit-unknown";
    private const string Denied = "access-denied";

    private readonly CancellationTokenSource stop = new();
    private readonly List<LiveBoard> boards = [];
    private Dictionary<string, Unit>? units;
    private bool watchingUnits;
    private bool everLive;
    private DateTimeOffset lostAt;
    private HubConnection? hub;
    private TaskCompletionSource wake = NewWake();
    private Task? running;

    public LinkState State { get; private set; } = LinkState.Connecting;

    /// <summary>A line that comes back at once, as when a session's is taken up anew every quarter of an hour, is not worth a word; nothing shown became older by it than it may.</summary>
    public bool IsWorthAWord => State == LinkState.Unsure || !everLive || time.Now - lostAt > Blink;

    /// <summary>When the server last said anything, in its own time.</summary>
    public DateTimeOffset? HeardAt { get; private set; }

    /// <summary>The moment for which everything shown is known to be true.</summary>
    public DateTimeOffset? TrueAt => State == LinkState.Unsure ? Shown.Min(b => b.ConfirmedAt) : HeardAt;

    /// <summary>When the connection last came back after being lost; everything was fetched anew then.</summary>
    public DateTimeOffset? ResyncedAt { get; private set; }

    /// <summary>True only when the server answers and everything shown has been fetched since it last did not.</summary>
    public bool IsLive => State == LinkState.Live && boards.TrueForAll(b => b.Current || b.Holders == 0 || b.Refusal is not null)
        && lists.TrueForAll(l => l.Current || l.Holders == 0) && (!watchingUnits || units is not null) && !Hotline.IsMissing && !Glass.IsMissing && !Findings.IsMissing;

    /// <summary>The totals of all units; null until known.</summary>
    public IReadOnlyList<Unit>? Units => units is null ? null : [.. units.Values];

    /// <summary>What a unit is called; its code while that is not known.</summary>
    public string UnitName(string code) => Units?.FirstOrDefault(unit => unit.Code == code)?.Name ?? code;

    public event Action? Changed;

    public event Action? UnitsChanged;

    /// <summary>Every board anybody looks at in this browser.</summary>
    public IEnumerable<LiveBoard> Shown => boards.Where(b => b.Holders > 0 && b.Board is not null);

    /// <summary>A board changed, or was fetched.</summary>
    public event Action? BoardsChanged;

    public void Start() => running ??= Run();

    /// <summary>Ends the current pause or heartbeat wait: the page came back into view, the network is back, or somebody asked.</summary>
    public void Nudge() => wake.TrySetResult();

    /// <summary>Watches a board until <see cref="Release(LiveBoard)"/>. The same board is given to everyone who watches the same.</summary>
    public LiveBoard Watch(string unit, bool wall = false)
    {
        var board = boards.Find(b => b.Unit == unit && b.Wall == wall);
        if (board is null)
        {
            board = new LiveBoard(unit, wall);
            board.Changed += () => BoardsChanged?.Invoke();
            boards.Add(board);
        }
        board.Holders++;
        board.IdleSince = null;
        // Changes name their unit only. Desk and wall of one unit must never share a connection, or a full name could reach the wall.
        var other = boards.Find(b => b.Unit == unit && b.Wall != wall);
        if (other is not null) boards.Remove(other);
        if (hub is { State: HubConnectionState.Connected } open && !board.Current && !board.Fetching) _ = Fetch(open, board, unwatchFirst: other is not null);
        return board;
    }

    /// <summary>A board let go is kept for a while, so that going to a visit and back does not start from nothing.</summary>
    public void Release(LiveBoard board)
    {
        if (--board.Holders == 0) board.IdleSince = time.Now;
    }

    public void WatchUnits()
    {
        if (watchingUnits) return;
        watchingUnits = true;
        if (hub is { State: HubConnectionState.Connected } open) _ = FetchUnits(open);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        Nudge();
        if (running is not null) await running;
        stop.Dispose();
    }

    private async Task Run()
    {
        for (var attempt = 0; !stop.IsCancellationRequested; attempt++)
        {
            if (attempt > 0) await Pause(Backoff(attempt));
            var isRefused = false;
            try
            {
                await using var open = Build();
                hub = open;
                using var inTime = Limited(ConnectWithin);
                await open.StartAsync(inTime.Token);
                while (open.State == HubConnectionState.Connected && await Ask(open))
                {
                    await Tend(open);
                    attempt = 0;
                    await Pause(Heartbeat);
                }
                Lose(); // Before the connection is closed politely: with a mute server that takes seconds.
            }
            catch (Exception problem) when (problem is not OperationCanceledException || !stop.IsCancellationRequested)
            {
                LogNoConnection(problem.GetType().Name);
                isRefused = true;
            }
            hub = null;
            Lose();
            if (!isRefused) continue;
            using var soon = Limited(AnswerWithin);
            await session.Check(soon.Token);
        }
    }

    /// <summary>Asks for the time. Silence for longer than <see cref="AnswerWithin"/> means the board cannot be trusted any more.</summary>
    private async Task<bool> Ask(HubConnection open)
    {
        using var inTime = Limited(AnswerWithin);
        try
        {
            var asked = clock.GetTimestamp();
            var server = await open.InvokeAsync<DateTimeOffset>(nameof(IBoardHub.Now), inTime.Token);
            time.Learn(server, clock.GetElapsedTime(asked));
            Heard();
            return true;
        }
        catch (Exception problem) when (problem is OperationCanceledException or HubException or InvalidOperationException or IOException)
        {
            LogNoAnswer(problem.GetType().Name);
            return false;
        }
    }

    /// <summary>Fetches whatever is not current, lets go of what nobody looks at, and is live once all of it is there.</summary>
    private async Task Tend(HubConnection open)
    {
        if (watchingUnits && (units is null || State is LinkState.Connecting or LinkState.Lost)) await FetchUnits(open);
        foreach (var board in boards.ToArray())
        {
            if (board.Holders == 0 && (State is LinkState.Connecting or LinkState.Lost || board.IdleSince is { } idle && time.Now - idle > KeepUnheld))
            {
                boards.Remove(board);
                await open.SendAsync(nameof(IBoardHub.UnwatchUnit), board.Unit, stop.Token);
            }
            else if (!board.Current && !board.Fetching)
            {
                await Fetch(open, board);
            }
        }
        await TendLists(open);
        await Tend(open, Hotline);
        await Tend(open, Glass);
        await Tend(open, Findings);
        if (open.State != HubConnectionState.Connected) return;
        if (State is LinkState.Connecting or LinkState.Lost)
        {
            if (everLive && IsWorthAWord) ResyncedAt = time.Now;
            everLive = true;
            State = LinkState.Live;
            Changed?.Invoke();
        }
        Doubt();
    }

    private void Doubt()
    {
        var state = Shown.Any(b => time.Now - b.ConfirmedAt > UnsureAfter) ? LinkState.Unsure : LinkState.Live;
        if (state == State || State is LinkState.Connecting or LinkState.Lost) return;
        State = state;
        Changed?.Invoke();
    }

    private async Task Fetch(HubConnection open, LiveBoard board, bool unwatchFirst = false)
    {
        using var inTime = Limited(AnswerWithin);
        try
        {
            if (unwatchFirst) await open.InvokeAsync(nameof(IBoardHub.UnwatchUnit), board.Unit, inTime.Token);
            board.Fetch();
            var snapshot = await open.InvokeAsync<Board>(board.Wall ? nameof(IBoardHub.WatchWall) : nameof(IBoardHub.WatchUnit), board.Unit, inTime.Token);
            if (hub != open) return;
            time.Hint(snapshot.AsOf);
            Heard();
            board.Take(snapshot);
            Changed?.Invoke();
        }
        catch (HubException refused) when (refused.Message.Contains(UnknownUnit, StringComparison.Ordinal))
        {
            board.Refuse($"No unit has the code “{board.Unit}”.");
            Changed?.Invoke();
        }
        catch (HubException refused) when (refused.Message.Contains(Denied, StringComparison.Ordinal))
        {
            board.Refuse($"The board of “{board.Unit}” is not open to you.");
            Changed?.Invoke();
        }
        catch (Exception problem) when (problem is HubException or InvalidOperationException or IOException or OperationCanceledException)
        {
            if (hub == open) board.Outdate();
            LogNoAnswer(problem.GetType().Name);
        }
    }

    private async Task FetchUnits(HubConnection open)
    {
        using var inTime = Limited(AnswerWithin);
        try
        {
            TakeUnits(await open.InvokeAsync<IReadOnlyList<Unit>>(nameof(IBoardHub.WatchUnits), inTime.Token));
        }
        catch (Exception problem) when (problem is HubException or InvalidOperationException or IOException or OperationCanceledException)
        {
            LogNoAnswer(problem.GetType().Name);
        }
    }

    internal void TakeUnits(IReadOnlyList<Unit> all)
    {
        units = all.ToDictionary(u => u.Code);
        Heard();
        UnitsChanged?.Invoke();
        Changed?.Invoke();
    }

    private HubConnection Build()
    {
        var open = new HubConnectionBuilder()
            .WithUrl(navigation.ToAbsoluteUri(Paths.BoardHub), connection =>
            {
                // A negotiation is two requests that must meet the same gateway; a WebSocket is one, and any gateway will do.
                connection.SkipNegotiation = true;
                connection.Transports = Microsoft.AspNetCore.Http.Connections.HttpTransportType.WebSockets;
            })
            .AddJsonProtocol(json => json.PayloadSerializerOptions = new JsonSerializerOptions(JourneyJson.Default.Options))
            .Build();
        open.On<BoardChange>(nameof(IBoardClient.BoardChanged), OnBoardChanged);
        open.On<Feed>(nameof(IBoardClient.FeedChanged), OnFeedChanged);
        open.On<IReadOnlyList<Unit>>(nameof(IBoardClient.UnitsChanged), OnUnitsChanged);
        open.On<OwedList>(nameof(IBoardClient.ListChanged), OnListChanged);
        open.On<Hotline>(nameof(IBoardClient.HotlineChanged), now => OnChanged(Hotline, now));
        open.On<GlassList>(nameof(IBoardClient.GlassChanged), now => OnChanged(Glass, now));
        open.On<FindingList>(nameof(IBoardClient.FindingsChanged), now => OnChanged(Findings, now));
        // The row that carries the alert arrives as a change of the board; the alert alone says nothing new.
        open.On<AlertChange>(nameof(IBoardClient.AlertChanged), _ => { });
        open.Closed += _ =>
        {
            if (hub == open) Lose();
            Nudge();
            return Task.CompletedTask;
        };
        return open;
    }

    private void OnBoardChanged(BoardChange change)
    {
        Heard();
        foreach (var board in boards.ToArray())
            if (board.Unit == change.Unit && !board.Apply(change) && hub is { } open)
            {
                LogGap(change.Unit, change.Version);
                _ = Fetch(open, board);
            }
        if (State == LinkState.Unsure) Doubt();
    }

    private void OnFeedChanged(Feed feed)
    {
        Heard();
        foreach (var board in boards.ToArray())
            board.Apply(feed);
    }

    private void OnUnitsChanged(IReadOnlyList<Unit> changed)
    {
        Heard();
        if (units is null) return;
        foreach (var unit in changed)
            units[unit.Code] = unit;
        UnitsChanged?.Invoke();
    }

    private void Heard() => HeardAt = time.Now;

    private void Lose()
    {
        foreach (var board in boards)
            board.Outdate();
        foreach (var list in lists)
            list.Outdate();
        Hotline.Outdate();
        Glass.Outdate();
        Findings.Outdate();
        if (State == LinkState.Lost) return;
        State = LinkState.Lost;
        lostAt = time.Now;
        ResyncedAt = null;
        Changed?.Invoke();
    }

    private CancellationTokenSource Limited(TimeSpan span)
    {
        var limited = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        limited.CancelAfter(span);
        return limited;
    }

    private async Task Pause(TimeSpan span)
    {
        await Task.WhenAny(Task.Delay(span, clock, stop.Token), wake.Task);
        wake = NewWake();
    }

    /// <summary>Spread out, so that four hundred browsers do not come back in the same instant.</summary>
    private static TimeSpan Backoff(int attempt)
    {
        var longest = Math.Min(LongestPause.TotalMilliseconds, 150 * Math.Pow(2, Math.Min(attempt, 10)));
        return TimeSpan.FromMilliseconds(longest * (0.5 + Random.Shared.NextDouble() / 2));
    }

    private static TaskCompletionSource NewWake() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(4001, LogLevel.Information, "No connection to the board hub ({Problem}); trying again.")]
    private partial void LogNoConnection(string problem);

    [LoggerMessage(4002, LogLevel.Information, "The board hub did not answer ({Problem}).")]
    private partial void LogNoAnswer(string problem);

    [LoggerMessage(4003, LogLevel.Information, "Missed a change of {Unit} before version {Version}; fetching the board anew.")]
    private partial void LogGap(string unit, long version);
}
