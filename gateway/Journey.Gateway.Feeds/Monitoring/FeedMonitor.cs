using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Journey.Gateway.Feeds.Mapping;
using Journey.Gateway.Feeds.Profiles;

namespace Journey.Gateway.Feeds.Monitoring;

/// <summary>Knows of every feed how many connections it has and when it was last heard, and tells when that changes.</summary>
internal sealed class FeedMonitor : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(5);

    private readonly FeedDirectory _directory;
    private readonly IFeedListener _listener;
    private readonly TimeProvider _clock;
    private readonly DateTimeOffset _startedAt;
    private readonly ConcurrentDictionary<string, State> _feeds;
    private volatile TimeZoneInfo? _policyZone;
    private volatile KnownDispositions? _dispositions;
    private int _strangers;

    public FeedMonitor(FeedDirectory directory, IFeedListener listener, TimeProvider clock, IMeterFactory meters)
    {
        (_directory, _listener, _clock, _startedAt) = (directory, listener, clock, clock.GetUtcNow());
        _feeds = new(directory.All.Select(feed => KeyValuePair.Create(feed.Name, new State(feed))), StringComparer.OrdinalIgnoreCase);
        FeedGauges.Watch(this, meters);
    }

    /// <summary>
    /// Every feed as it stands, in the configured order; feeds nobody configured after them. For every screen: without codes and warnings, which hold
    /// what a sender wrote and are for the integration engineer.
    /// </summary>
    public IReadOnlyList<Api.Feed> All => [.. Ordered().Select(state => View(state, _clock.GetUtcNow()))];

    /// <summary>The same with unknown codes and warnings.</summary>
    public IReadOnlyList<Api.Feed> InFull => [.. Ordered().Select(state => state.Full(View(state, _clock.GetUtcNow()), ForAnybody(state)))];

    /// <summary>What the metrics say of every feed. From one that nobody configured nothing is expected.</summary>
    public IEnumerable<Signal> Signals
    {
        get
        {
            var now = _clock.GetUtcNow();
            return _feeds.Values.Select(state => state.Signal(now, _startedAt, _directory.All.Contains(state.Profile)));
        }
    }

    /// <summary>The zone in which the policy counts its hours; null while the cluster has not said.</summary>
    public TimeZoneInfo? PolicyZone
    {
        get => _policyZone;
        set => _policyZone = value;
    }

    /// <summary>The codes of PV1-36 that the policy has; null while the cluster has not said.</summary>
    public KnownDispositions? Dispositions
    {
        get => _dispositions;
        set => _dispositions = value;
    }

    /// <summary>A connection opened that has not said yet whose it is; closed, or has said so by now, with <paramref name="by"/> −1.</summary>
    public void Stranger(int by) => Interlocked.Add(ref _strangers, by);

    public void Connected(FeedProfile feed)
    {
        var state = StateFor(feed);
        lock (state) state.Open(_clock.GetUtcNow());
    }

    public void Disconnected(FeedProfile feed)
    {
        var state = StateFor(feed);
        lock (state) state.Close(_clock.GetUtcNow());
    }

    public void Heard(FeedProfile feed, DateTimeOffset at)
    {
        var state = StateFor(feed);
        lock (state) (state.LastMessageAt, state.SinceConnected) =
            (state.LastMessageAt is { } last && last > at ? last : at, state.SinceConnected + 1);
    }

    /// <summary>What a message showed of its feed.</summary>
    public void Noted(FeedProfile feed, Mapped mapped, DateTimeOffset receivedAt)
    {
        var state = StateFor(feed);
        lock (state) state.Notes.Take(mapped, receivedAt);
    }

    /// <summary>Counts a try of a message that could not be carried out. True when it is parked: see <see cref="FailedMessages"/>.</summary>
    public bool Failed(FeedProfile feed, Guid message) => StateFor(feed).Failures.Failed(message);

    /// <summary>A message was carried out, perhaps one that had failed before.</summary>
    public void CarriedOut(FeedProfile feed, Guid message) => StateFor(feed).Failures.CarriedOut(message);

    /// <summary>
    /// What somebody should look at, of every feed: what is configured, works and is probably not meant so, and that messages are parked. Nothing in
    /// it comes from a message.
    /// </summary>
    public IReadOnlyList<string> Attention =>
        [.. Ordered().SelectMany(state => ForAnybody(state).Select(warning => $"{state.Profile.Name}: {warning}"))];

    private IEnumerable<string> ForAnybody(State state) =>
        new[] { ZoneWarning(state.Profile), ParkedWarning(state.Failures.Parked) }.OfType<string>();

    private static string? ParkedWarning(int parked) => parked == 0 ? null
        : $"Parked since the start: {parked}. Carrying {(parked == 1 ? "it" : "them")} out failed {FailedMessages.Tries} times; what they say is "
            + $"missing. The message log shows which, event 1322 of the log why.";

    /// <summary>A feed in another zone: quiet hours and rounds would run on one clock, and what happened on another.</summary>
    private string? ZoneWarning(FeedProfile feed) =>
        _policyZone is { } policy && FeedPolicy.Differ(policy, feed.Zone, _clock.GetUtcNow())
            ? $"Its times are read in {feed.Zone.Id}, the policy is in {policy.Id}: quiet hours and rounds run on another clock." : null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, _clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) TellChanges();
        }
        catch (OperationCanceledException)
        {
        }
    }

    /// <summary>A change of state, of the number of connections or of parked messages at once; a newer last message every few seconds.</summary>
    private void TellChanges()
    {
        var now = _clock.GetUtcNow();
        foreach (var state in _feeds.Values)
        {
            var view = View(state, now);
            if (state.Told == view) continue;
            var isNews = state.Told is null || state.Told.State != view.State || state.Told.Connections != view.Connections
                || state.Told.Parked != view.Parked;
            if (!isNews && now - state.ToldAt < Refresh) continue;
            (state.Told, state.ToldAt) = (view, now);
            _listener.Changed(view);
        }
    }

    private IEnumerable<State> Ordered()
    {
        var order = _directory.All.Select(feed => feed.Name).ToList();
        return _feeds.Values.OrderBy(state => order.IndexOf(state.Profile.Name) is var at and >= 0 ? at : int.MaxValue);
    }

    private Api.Feed View(State state, DateTimeOffset now) => state.View(now, _startedAt, Volatile.Read(ref _strangers) > 0);

    private State StateFor(FeedProfile feed) => _feeds.GetOrAdd(feed.Name, _ => new State(feed));

    /// <param name="Silence">Since the last message, or since the start while there was none.</param>
    /// <param name="Expected">How long it may be silent; null for ever.</param>
    /// <param name="Age">How old its messages are when they come: the middle one of the last five.</param>
    public readonly record struct Signal(string Name, TimeSpan Silence, TimeSpan? Expected, int Connections, TimeSpan Age);

    private sealed class State(FeedProfile profile)
    {
        public readonly FeedProfile Profile = profile;
        public int Connections;
        public readonly FeedNotes Notes = new();
        public readonly FailedMessages Failures = new();
        public DateTimeOffset ConnectedAt;
        public DateTimeOffset? DisconnectedAt;

        /// <summary>
        /// Messages and connections since there was none, and how often in a row each brought only one or two: a sender that connects for each
        /// message.
        /// </summary>
        public int SinceConnected;
        public int Opened;
        public int ShortConnections;
        private DateTimeOffset _connectedBefore;

        public DateTimeOffset? LastMessageAt;
        public Api.Feed? Told;
        public DateTimeOffset ToldAt;

        public void Open(DateTimeOffset now)
        {
            if (Connections++ == 0) (_connectedBefore, ConnectedAt, SinceConnected, Opened) = (ConnectedAt, now, 0, 0);
            Opened++;
        }

        /// <summary>
        /// A connection that soon closes and has brought nothing is no sender's: somebody has looked whether the port is open. It says nothing of the
        /// feed.
        /// </summary>
        public void Close(DateTimeOffset now)
        {
            Connections = Math.Max(0, Connections - 1);
            if (Connections > 0) return;
            if (SinceConnected == 0 && now - ConnectedAt <= Profile.DownAfter)
            {
                ConnectedAt = _connectedBefore;
                return;
            }

            DisconnectedAt = now;
            ShortConnections = SinceConnected > 0 && SinceConnected <= 2 * Opened ? ShortConnections + 1 : 0;
        }

        public Signal Signal(DateTimeOffset now, DateTimeOffset startedAt, bool isConfigured)
        {
            lock (this)
                return new(Profile.Name, now - (LastMessageAt ?? startedAt), isConfigured ? Profile.ExpectedEvery : null, Connections, Notes.Age);
        }

        public Api.Feed View(DateTimeOffset now, DateTimeOffset startedAt, bool hasStrangers)
        {
            lock (this)
            {
                var behind = Notes.Age > Profile.BehindAfter;
                return new(Profile.Name, Is(now, startedAt, hasStrangers, behind), LastMessageAt, Connections)
                {
                    BehindSeconds = behind
                    ? (long)Notes.Age.TotalSeconds
                    : 0, Parked = Failures.Parked
                };
            }
        }

        public Api.Feed Full(Api.Feed view, IEnumerable<string> warnings)
        {
            lock (this) return view with { UnknownCodes = Notes.UnknownCodes, Warnings = [.. warnings, .. Notes.Warnings] };
        }

        /// <summary>
        /// Down is who has neither connection nor message for the grace. One that connects for each message is without a connection most of the time,
        /// and alive.
        /// </summary>
        private string Is(DateTimeOffset now, DateTimeOffset startedAt, bool hasStrangers, bool behind)
        {
            if (LastMessageAt is null && Connections == 0 && DisconnectedAt is null) return Unheard(now - startedAt, hasStrangers);
            var heard = LastMessageAt > ConnectedAt ? LastMessageAt.Value : ConnectedAt;
            if (Connections == 0)
            {
                var seen = LastMessageAt > DisconnectedAt ? LastMessageAt : DisconnectedAt ?? LastMessageAt;
                var patience = ShortConnections >= 2 && Profile.ExpectedEvery is { } often && often > Profile.DownAfter ? often : Profile.DownAfter;
                if (now - seen > patience) return "down";
            }

            if (Profile.ExpectedEvery is { } every && now - heard > every) return "silent";
            return behind ? "behind" : "live";
        }

        /// <summary>
        /// Nothing is known of it since the start: it may connect for each message, or be the one that has connected and has had nothing to say.
        /// </summary>
        private string Unheard(TimeSpan since, bool hasStrangers)
        {
            var expected = Profile.ExpectedEvery is { } often && often > Profile.DownAfter ? often : Profile.DownAfter;
            if (since <= expected || hasStrangers && Profile.ExpectedEvery is null) return "unheard";
            return hasStrangers ? "silent" : "down";
        }
    }
}
