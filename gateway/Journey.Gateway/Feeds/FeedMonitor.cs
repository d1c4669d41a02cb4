using System.Collections.Concurrent;
using Journey.Gateway.Boards;

namespace Journey.Gateway.Feeds;

/// <summary>Knows of every feed how many connections it has and when it was last heard, and tells the browsers when that changes.</summary>
internal sealed class FeedMonitor(FeedDirectory directory, BoardSender sender, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, State> _feeds =
        new(directory.All.Select(feed => KeyValuePair.Create(feed.Name, new State(feed))), StringComparer.OrdinalIgnoreCase);

    /// <summary>Every feed as it stands, in the configured order; feeds nobody configured after them.</summary>
    public IReadOnlyList<Api.Feed> All
    {
        get
        {
            var order = directory.All.Select(feed => feed.Name).ToList();
            var now = clock.GetUtcNow();
            return [.. _feeds.Values.OrderBy(state => order.IndexOf(state.Profile.Name) is var at and >= 0 ? at : int.MaxValue).Select(state => state.View(now))];
        }
    }

    public void Connected(FeedProfile feed)
    {
        var state = Of(feed);
        lock (state) (state.Connections, state.ConnectedAt) = (state.Connections + 1, clock.GetUtcNow());
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
        using var timer = new PeriodicTimer(Tick, clock);
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
        var now = clock.GetUtcNow();
        foreach (var state in _feeds.Values)
        {
            var view = state.View(now);
            if (state.Told == view) continue;
            var isNews = state.Told is null || state.Told.State != view.State || state.Told.Connections != view.Connections;
            if (!isNews && now - state.ToldAt < Refresh) continue;
            (state.Told, state.ToldAt) = (view, now);
            sender.Feed(view);
        }
    }

    private State Of(FeedProfile feed) => _feeds.GetOrAdd(feed.Name, _ => new State(feed));

    private sealed class State(FeedProfile profile)
    {
        public readonly FeedProfile Profile = profile;
        public int Connections;
        public DateTimeOffset ConnectedAt;
        public DateTimeOffset? LastMessageAt;
        public Api.Feed? Told;
        public DateTimeOffset ToldAt;

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
