using Journey.Api;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Journey.Client.Live;

/// <summary>
/// One connection to the boards' hub, kept for as long as this is not disposed. It connects, fetches everything that is watched, and asks the server
/// for its time every few seconds.
/// When an answer fails to come or the connection closes, it says <see cref="LinkState.Lost"/> at once and starts over, for ever.
/// All members may be used from any thread. Events say only that something changed: read the state when they come. Their handlers run on the
/// connection's own thread, one at a time for
/// each thing watched; they must return soon and must not throw.
/// </summary>
/// <remarks>SignalR's automatic reconnect is not used: it gives up, and it does not notice a server that is connected and mute.</remarks>
public sealed partial class BoardConnection : IAsyncDisposable
{
    /// <summary>An outage this short is not worth telling anybody.</summary>
    private static readonly TimeSpan Blink = TimeSpan.FromSeconds(2);

    private readonly BoardConnectionOptions options;
    private readonly TimeProvider clock;
    private readonly ILogger log;
    private readonly CancellationTokenSource stop = new();
    private readonly Lock gate = new();
    private LinkState state = LinkState.Connecting;
    private DateTimeOffset? heardAt;
    private DateTimeOffset? resyncedAt;
    private DateTimeOffset lostAt;
    private bool wasLive;
    private int attempts;
    private volatile HubConnection? hub;
    private volatile TaskCompletionSource wake = NewWake();
    private Task? running;

    /// <summary>Makes a connection that does nothing before <see cref="Start"/>.</summary>
    /// <param name="options">Where to, as whom, how patiently.</param>
    /// <param name="time">The server's time, where others share it; null makes one on the system's clock.</param>
    /// <param name="log">Where lost connections and missed changes are told; null: nowhere. No patient data is logged.</param>
    /// <exception cref="ArgumentException">No server is named, or a time span is out of its range.</exception>
    public BoardConnection(BoardConnectionOptions options, ServerTime? time = null, ILogger<BoardConnection>? log = null)
    {
        options.Check();
        this.options = options;
        this.log = log ?? (ILogger)NullLogger.Instance;
        Time = time ?? new ServerTime(TimeProvider.System);
        clock = Time.Clock;
    }

    /// <summary>The server's time as this connection learns it. Count elapsed times from it, never from the computer's own clock.</summary>
    public ServerTime Time { get; }

    /// <summary>How far what is shown can be trusted.</summary>
    public LinkState State
    {
        get { lock (gate) return state; }
    }

    /// <summary>
    /// False during an outage of less than two seconds, as when a session is renewed: nothing shown became older by it than it may. True in every
    /// other state that is not live.
    /// </summary>
    public bool IsOutageNoticeable
    {
        get { lock (gate) return state == LinkState.Unsure || !wasLive || Time.Now - lostAt > Blink; }
    }

    /// <summary>When the server last said anything, in its own time; null before it has.</summary>
    public DateTimeOffset? HeardAt
    {
        get { lock (gate) return heardAt; }
    }

    /// <summary>The moment for which everything shown is known to be true, in the server's time; null before anything is known.</summary>
    public DateTimeOffset? TrueAt => State == LinkState.Unsure ? Shown.Min(b => (DateTimeOffset?)b.ConfirmedAt) : HeardAt;

    /// <summary>
    /// When the connection last came back after an outage that was noticeable, in the server's time; everything was fetched anew then. Null while
    /// there was none.
    /// </summary>
    public DateTimeOffset? ResyncedAt
    {
        get { lock (gate) return resyncedAt; }
    }

    /// <summary>True only when the server answers and everything watched was fetched since it last did not.</summary>
    public bool IsLive =>
        State == LinkState.Live && AreBoardsCurrent && AreListsCurrent && !Hotline.IsMissing && !Glass.IsMissing && !Findings.IsMissing;

    /// <summary>Something of the connection changed: its state, or what it knows.</summary>
    public event Action? Changed;

    /// <summary>Begins to connect. What is watched before or after is fetched as soon as it can be. Called again it does nothing.</summary>
    public void Start()
    {
        lock (gate) running ??= Run();
    }

    /// <summary>Ends the present pause: the network is back, a screen is looked at again, or somebody asked for it.</summary>
    public void RetryNow() => wake.TrySetResult();

    /// <summary>Ends the connection. No event comes afterwards.</summary>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        RetryNow();
        if (running is not null) await running;
        stop.Dispose();
    }

    private HubConnection? Connected => hub is { State: HubConnectionState.Connected } open ? open : null;

    private async Task Run()
    {
        // Start returns at once, and its lock is not held meanwhile.
        await Task.Yield();
        for (var attempt = 0; !stop.IsCancellationRequested; attempt++)
        {
            if (attempt > 0) await Pause(Backoff(attempt));
            var hasFailed = false;
            try
            {
                await using var open = Build(options.Servers[attempts++ % options.Servers.Count]);
                hub = open;
                using (var inTime = Limited(options.ConnectWithin)) await open.StartAsync(inTime.Token);
                while (open.State == HubConnectionState.Connected && await Ping(open))
                {
                    await Resync(open);
                    attempt = 0;
                    await Pause(options.Heartbeat);
                }

                // Before the connection is closed politely: with a mute server that takes seconds.
                Disconnect();
            }
            catch (Exception) when (stop.IsCancellationRequested)
            {
            }
            catch (Exception problem)
            {
                LogNoConnection(problem.GetType().Name);
                hasFailed = true;
            }

            hub = null;
            if (stop.IsCancellationRequested) return;
            Disconnect();
            if (!hasFailed || options.ConnectFailed is not { } told) continue;
            using var soon = Limited(options.AnswerWithin);
            await told(soon.Token);
        }
    }

    /// <summary>
    /// Asks for the time. A server that is silent for longer than <see cref="BoardConnectionOptions.AnswerWithin"/> cannot be trusted any more.
    /// </summary>
    private async Task<bool> Ping(HubConnection open)
    {
        using var inTime = Limited(options.AnswerWithin);
        try
        {
            var asked = clock.GetTimestamp();
            var server = await open.InvokeAsync<DateTimeOffset>(nameof(IBoardHub.Now), inTime.Token);
            Time.Learn(server, clock.GetElapsedTime(asked));
            Heard();
            return true;
        }
        catch (Exception problem) when (IsNoAnswer(problem))
        {
            LogNoAnswer(problem.GetType().Name);
            return false;
        }
    }

    /// <summary>Fetches whatever is not current, unwatches what nobody looks at, and is live once all of it is there.</summary>
    private async Task Resync(HubConnection open)
    {
        var isNew = State is LinkState.Connecting or LinkState.Lost;
        if (IsMissingUnits(isNew)) await FetchUnits(open);
        await ResyncBoards(open, isNew);
        await ResyncLists(open);
        await Resync(open, Hotline);
        await Resync(open, Glass);
        await Resync(open, Findings);
        if (open.State != HubConnectionState.Connected) return;
        if (isNew)
        {
            lock (gate)
            {
                if (wasLive && Time.Now - lostAt > Blink) resyncedAt = Time.Now;
                (wasLive, state) = (true, LinkState.Live);
            }

            Changed?.Invoke();
        }

        CheckConfirmed();
    }

    /// <summary>Whether each board shown was confirmed lately: the server may answer, and yet not know.</summary>
    private void CheckConfirmed()
    {
        var confirmed = Shown.All(b => Time.Now - b.ConfirmedAt <= options.UnsureAfter) ? LinkState.Live : LinkState.Unsure;
        lock (gate)
        {
            if (confirmed == state || state is LinkState.Connecting or LinkState.Lost) return;
            state = confirmed;
        }

        Changed?.Invoke();
    }

    /// <summary>What is shown may be old from now on.</summary>
    private void Disconnect()
    {
        OutdateBoards();
        OutdateLists();
        Hotline.Outdate();
        Glass.Outdate();
        Findings.Outdate();
        lock (gate)
        {
            if (state == LinkState.Lost) return;
            (state, lostAt, resyncedAt) = (LinkState.Lost, Time.Now, null);
        }

        Changed?.Invoke();
    }

    private void Heard()
    {
        lock (gate) heardAt = Time.Now;
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

    /// <summary>Half of it by chance, so that hundreds of clients do not come back in one instant.</summary>
    private TimeSpan Backoff(int attempt)
    {
        var longest = Math.Min(options.LongestPause.TotalMilliseconds, 150 * Math.Pow(2, Math.Min(attempt, 10)));
        return TimeSpan.FromMilliseconds(longest * (0.5 + Random.Shared.NextDouble() / 2));
    }

    private static TaskCompletionSource NewWake() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
