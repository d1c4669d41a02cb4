using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Journey.Gateway.Boards;
using Journey.Gateway.Telemetry;

namespace Journey.Gateway.Feeds;

/// <summary>Knows of every feed how many connections it has and when it was last heard, and tells the browsers when that changes.</summary>
internal sealed class FeedMonitor : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(5);

    private readonly FeedDirectory _directory;
    private readonly BoardSender _sender;
    private readonly TimeProvider _clock;
    private readonly DateTimeOffset _startedAt;
    private readonly ConcurrentDictionary<string, State> _feeds;

    public FeedMonitor(FeedDirectory directory, BoardSender sender, TimeProvider clock, IMeterFactory meters)
    {
        (_directory, _sender, _clock, _startedAt) = (directory, sender, clock, clock.GetUtcNow());
        _feeds = new(directory.All.Select(feed => KeyValuePair.Create(feed.Name, new State(feed))), StringComparer.OrdinalIgnoreCase);
        GatewayMetrics.Watch(this, meters);
    }

    /// <summary>Every feed as it stands, in the configured order; feeds nobody configured after them.</summary>
    public IReadOnlyList<Api.Feed> All
    {
        get
        {
            var order = _directory.All.Select(feed => feed.Name).ToList();
            var now = _clock.GetUtcNow();
            return [.. _feeds.Values.OrderBy(state => order.IndexOf(state.Profile.Name) is var at and >= 0 ? at : int.MaxValue).Select(state => state.View(now))];
        }
    }

    /// <summary>What the metrics say of every feed. From one that nobody configured nothing is expected.</summary>
    public IEnumerable<Sound> Sounds
    {
        get
        {
            var now = _clock.GetUtcNow();
            return _feeds.Values.Select(state => state.Sound(now, _startedAt, _directory.All.Contains(state.Profile)));
        }
    }

    public void Connected(FeedProfile feed)
    {
        var state = Of(feed);
        lock (state) (state.Connections, state.ConnectedAt) = (state.Connections + 1, _clock.GetUtcNow());
    }

    public void Disconnected(FeedProfile feed)
    {
        var state = Of(feed);
        lock (state) state.Connections = Math.Max(0, state.Connections - 1);
    }

    public void Heard(FeedProfile feed, DateTimeOffset at)
    {
        var state = Of(feed);
        lock (state) state.LastMessageAt = state.LastMessageAt is { } last && last > at ? last : at;
    }

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

    /// <summary>A change of state or of the number of connections at once; a newer last message every few seconds.</summary>
    private void TellChanges()
    {
        var now = _clock.GetUtcNow();
        foreach (var state in _feeds.Values)
        {
            var view = state.View(now);
            if (state.Told == view) continue;
            var isNews = state.Told is null || state.Told.State != view.State || state.Told.Connections != view.Connections;
            if (!isNews && now - state.ToldAt < Refresh) continue;
            (state.Told, state.ToldAt) = (view, now);
            _sender.Feed(view);
        }
    }

    private State Of(FeedProfile feed) => _feeds.GetOrAdd(feed.Name, _ => new State(feed));

    /// <param name="Silence">Since the last message, or since the start while there was none.</param>
    /// <param name="Expected">How long it may be silent; null for ever.</param>
    public readonly record struct Sound(string Name, TimeSpan Silence, TimeSpan? Expected, int Connections);

    private sealed class State(FeedProfile profile)
    {
        public readonly FeedProfile Profile = profile;
        public int Connections;
        public DateTimeOffset ConnectedAt;
        public DateTimeOffset? LastMessageAt;
        public Api.Feed? Told;
        public DateTimeOffset ToldAt;

        public Sound Sound(DateTimeOffset now, DateTimeOffset startedAt, bool isConfigured)
        {
            lock (this) return new(Profile.Name, now - (LastMessageAt ?? startedAt), isConfigured ? Profile.ExpectedEvery : null, Connections);
        }

        public Api.Feed View(DateTimeOffset now)
        {
            lock (this)
            {
                var heard = LastMessageAt > ConnectedAt ? LastMessageAt.Value : ConnectedAt;
                var state = Connections == 0 ? "down" : Profile.ExpectedEvery is { } every && now - heard > every ? "silent" : "live";
                return new(Profile.Name, state, LastMessageAt, Connections);
            }
        }
    }
}
