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

    private readonly BoardConnectionOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private LinkState _state = LinkState.Connecting;
    private DateTimeOffset? _heardAt;
    private DateTimeOffset? _resyncedAt;
    private DateTimeOffset _lostAt;
    private bool _wasLive;
    private int _attempts;
    private volatile HubConnection? _hub;
    private volatile TaskCompletionSource _wake = NewWake();
    private Task? _running;

    /// <summary>Makes a connection that does nothing before <see cref="Start"/>.</summary>
    /// <param name="options">Where to, as whom, how patiently.</param>
    /// <param name="time">The server's time, where others share it; null makes one on the system's clock.</param>
    /// <param name="log">Where lost connections and missed changes are told; null: nowhere. No patient data is logged.</param>
    /// <exception cref="ArgumentException">No server is named, or a time span is out of its range.</exception>
    public BoardConnection(BoardConnectionOptions options, ServerTime? time = null, ILogger<BoardConnection>? log = null)
    {
        options.Check();
        _options = options;
        _log = log ?? (ILogger)NullLogger.Instance;
        Time = time ?? new ServerTime(TimeProvider.System);
        _clock = Time.Clock;
    }

    /// <summary>The server's time as this connection learns it. Count elapsed times from it, never from the computer's own clock.</summary>
    public ServerTime Time { get; }

    /// <summary>How far what is shown can be trusted.</summary>
    public LinkState State
    {
        get { lock (_gate) return _state; }
    }

    /// <summary>
    /// False during an outage of less than two seconds, as when a session is renewed: nothing shown became older by it than it may. True in every
    /// other state that is not live.
    /// </summary>
    public bool IsOutageNoticeable
    {
        get { lock (_gate) return _state == LinkState.Unsure || !_wasLive || Time.Now - _lostAt > Blink; }
    }

    /// <summary>When the server last said anything, in its own time; null before it has.</summary>
    public DateTimeOffset? HeardAt
    {
        get { lock (_gate) return _heardAt; }
    }

    /// <summary>The moment for which everything shown is known to be true, in the server's time; null before anything is known.</summary>
    public DateTimeOffset? TrueAt => State == LinkState.Unsure ? Shown.Min(b => (DateTimeOffset?)b.ConfirmedAt) : HeardAt;

    /// <summary>
    /// When the connection last came back after an outage that was noticeable, in the server's time; everything was fetched anew then. Null while
    /// there was none.
    /// </summary>
    public DateTimeOffset? ResyncedAt
    {
        get { lock (_gate) return _resyncedAt; }
    }

    /// <summary>True only when the server answers and everything watched was fetched since it last did not.</summary>
    public bool IsLive =>
        State == LinkState.Live && AreBoardsCurrent && AreListsCurrent && !Hotline.IsMissing && !Glass.IsMissing && !Findings.IsMissing;

    /// <summary>Something of the connection changed: its state, or what it knows.</summary>
    public event Action? Changed;

    /// <summary>Begins to connect. What is watched before or after is fetched as soon as it can be. Called again it does nothing.</summary>
    public void Start()
    {
        lock (_gate) _running ??= Run();
    }

    /// <summary>Ends the present pause: the network is back, a screen is looked at again, or somebody asked for it.</summary>
    public void RetryNow() => _wake.TrySetResult();

    /// <summary>Ends the connection. No event comes afterwards.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        RetryNow();
        if (_running is not null) await _running;
        _stop.Dispose();
    }

    private HubConnection? Connected => _hub is { State: HubConnectionState.Connected } open ? open : null;

    private async Task Run()
    {
        // Start returns at once, and its lock is not held meanwhile.
        await Task.Yield();
        for (var attempt = 0; !_stop.IsCancellationRequested; attempt++)
        {
            if (attempt > 0) await Pause(Backoff(attempt));
            var hasFailed = false;
            try
            {
                await using var open = Build(_options.Servers[_attempts++ % _options.Servers.Count]);
                _hub = open;
                using (var inTime = Limited(_options.ConnectWithin)) await open.StartAsync(inTime.Token);
                while (open.State == HubConnectionState.Connected && await Ping(open))
                {
                    await Resync(open);
                    attempt = 0;
                    await Pause(_options.Heartbeat);
                }

                // Before the connection is closed politely: with a mute server that takes seconds.
                Disconnect();
            }
            catch (Exception) when (_stop.IsCancellationRequested)
            {
            }
            catch (Exception problem)
            {
                LogNoConnection(problem.GetType().Name);
                hasFailed = true;
            }

            _hub = null;
            if (_stop.IsCancellationRequested) return;
            Disconnect();
            if (!hasFailed || _options.ConnectFailed is not { } told) continue;
            using var soon = Limited(_options.AnswerWithin);
            await told(soon.Token);
        }
    }

    /// <summary>
    /// Asks for the time. A server that is silent for longer than <see cref="BoardConnectionOptions.AnswerWithin"/> cannot be trusted any more.
    /// </summary>
    private async Task<bool> Ping(HubConnection open)
    {
        using var inTime = Limited(_options.AnswerWithin);
        try
        {
            var asked = _clock.GetTimestamp();
            var server = await open.InvokeAsync<DateTimeOffset>(nameof(IBoardHub.Now), inTime.Token);
            Time.Learn(server, _clock.GetElapsedTime(asked));
            MarkAlive();
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
            lock (_gate)
            {
                if (_wasLive && Time.Now - _lostAt > Blink) _resyncedAt = Time.Now;
                (_wasLive, _state) = (true, LinkState.Live);
            }

            Changed?.Invoke();
        }

        CheckConfirmed();
    }

    /// <summary>Whether each board shown was confirmed lately: the server may answer, and yet not know.</summary>
    private void CheckConfirmed()
    {
        var confirmed = Shown.All(b => Time.Now - b.ConfirmedAt <= _options.UnsureAfter) ? LinkState.Live : LinkState.Unsure;
        lock (_gate)
        {
            if (confirmed == _state || _state is LinkState.Connecting or LinkState.Lost) return;
            _state = confirmed;
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
        lock (_gate)
        {
            if (_state == LinkState.Lost) return;
            (_state, _lostAt, _resyncedAt) = (LinkState.Lost, Time.Now, null);
        }

        Changed?.Invoke();
    }

    private void MarkAlive()
    {
        lock (_gate) _heardAt = Time.Now;
    }

    private CancellationTokenSource Limited(TimeSpan span)
    {
        var limited = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        limited.CancelAfter(span);
        return limited;
    }

    private async Task Pause(TimeSpan span)
    {
        await Task.WhenAny(Task.Delay(span, _clock, _stop.Token), _wake.Task);
        _wake = NewWake();
    }

    /// <summary>Half of it by chance, so that hundreds of clients do not come back in one instant.</summary>
    private TimeSpan Backoff(int attempt)
    {
        var longest = Math.Min(_options.LongestPause.TotalMilliseconds, 150 * Math.Pow(2, Math.Min(attempt, 10)));
        return TimeSpan.FromMilliseconds(longest * (0.5 + Random.Shared.NextDouble() / 2));
    }

    private static TaskCompletionSource NewWake() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
