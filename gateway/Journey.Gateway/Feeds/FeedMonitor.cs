using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Journey.Contracts.Boards;
using Journey.Gateway.Boards;
using Journey.Gateway.Telemetry;

namespace Journey.Gateway.Feeds;

/// <summary>Knows of every feed how many connections it has and when it was last heard, and tells the browsers when that changes.</summary>
internal sealed partial class FeedMonitor : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(5);

    private readonly FeedDirectory _directory;
    private readonly BoardSender _sender;
    private readonly TimeProvider _clock;
    private readonly DateTimeOffset _startedAt;
    private readonly ConcurrentDictionary<string, State> _feeds;
    private TimeZoneInfo? _policyZone;

    private readonly IServiceProvider _services;
    private readonly ILogger<FeedMonitor> _log;

    public FeedMonitor(FeedDirectory directory, BoardSender sender, TimeProvider clock, IMeterFactory meters, IServiceProvider services, ILogger<FeedMonitor> log)
    {
        (_directory, _sender, _clock, _startedAt, _services, _log) = (directory, sender, clock, clock.GetUtcNow(), services, log);
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
            return [.. _feeds.Values.OrderBy(state => order.IndexOf(state.Profile.Name) is var at and >= 0 ? at : int.MaxValue).Select(state => state.View(now, ZoneWarning(state.Profile)))];
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
        lock (state) (state.Connections, state.ConnectedAt, state.SinceConnected) = (state.Connections + 1, _clock.GetUtcNow(), 0);
    }

    public void Disconnected(FeedProfile feed)
    {
        var state = Of(feed);
        lock (state)
        {
            (state.Connections, state.DisconnectedAt) = (Math.Max(0, state.Connections - 1), _clock.GetUtcNow());
            state.ShortConnections = state.SinceConnected is 1 or 2 ? state.ShortConnections + 1 : 0;
        }
    }

    public void Heard(FeedProfile feed, DateTimeOffset at)
    {
        var state = Of(feed);
        lock (state) (state.LastMessageAt, state.SinceConnected) = (state.LastMessageAt is { } last && last > at ? last : at, state.SinceConnected + 1);
    }

    /// <summary>What a message showed of its feed.</summary>
    public void Noted(FeedProfile feed, Mapping.Mapped mapped, DateTimeOffset receivedAt)
    {
        var state = Of(feed);
        lock (state) state.Notes.Take(mapped, receivedAt);
    }

    /// <summary>
    /// Asks in which zone the policy is. A feed in another is a warning: quiet hours and rounds would run on one clock, and what happened on another.
    /// </summary>
    private async Task AskZone()
    {
        try
        {
            var zone = await _services.GetRequiredService<IGrainFactory>().GetGrain<IHospitalGrain>(BoardKeys.Hospital).TimeZone();
            if (TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var policy)) _policyZone = policy;
            foreach (var feed in _directory.All)
                if (ZoneWarning(feed) is not null) OtherZone(_log, feed.Name, feed.Zone.Id, zone);
        }
        catch (Exception) when (_policyZone is null)
        {
            // The cluster does not answer yet: asked again with a later tick.
        }
    }

    /// <summary>What an interface engineer should look at, of all feeds.</summary>
    public IReadOnlyList<string> Warnings => [.. All.SelectMany(feed => feed.Warnings.Select(warning => $"{feed.Name}: {warning}"))];

    private string? ZoneWarning(FeedProfile feed) =>
        _policyZone is { } policy && !policy.HasSameRules(feed.Zone) ? $"Its times are read in {feed.Zone.Id}, the policy is in {policy.Id}: quiet hours and rounds run on another clock." : null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, _clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                if (_policyZone is null) await AskZone();
                TellChanges();
            }
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
            var view = state.View(now, ZoneWarning(state.Profile));
            if (state.Told is { } told && IsSame(told, view)) continue;
            var isNews = state.Told is null || state.Told.State != view.State || state.Told.Connections != view.Connections;
            if (!isNews && now - state.ToldAt < Refresh) continue;
            (state.Told, state.ToldAt) = (view, now);
            _sender.Feed(view);
        }
    }

    /// <summary>Compared by what they list too: a list equals only itself.</summary>
    private static bool IsSame(Api.Feed one, Api.Feed other) =>
        one.UnknownCodes.SequenceEqual(other.UnknownCodes) && one.Warnings.SequenceEqual(other.Warnings)
        && one with { UnknownCodes = other.UnknownCodes, Warnings = other.Warnings } == other;

    private State Of(FeedProfile feed) => _feeds.GetOrAdd(feed.Name, _ => new State(feed));

    [LoggerMessage(1341, LogLevel.Warning, "Times of the feed {Feed} without an offset are read in {FeedZone}, and the policy counts its hours in {PolicyZone}: set Journey:Feed:TimeZone or the policy's timeZone")]
    private static partial void OtherZone(ILogger log, string feed, string feedZone, string policyZone);

    /// <param name="Silence">Since the last message, or since the start while there was none.</param>
    /// <param name="Expected">How long it may be silent; null for ever.</param>
    public readonly record struct Sound(string Name, TimeSpan Silence, TimeSpan? Expected, int Connections);

    private sealed class State(FeedProfile profile)
    {
        public readonly FeedProfile Profile = profile;
        public int Connections;
        public readonly FeedNotes Notes = new();
        public DateTimeOffset ConnectedAt;
        public DateTimeOffset? DisconnectedAt;

        /// <summary>Messages since the last connection was opened, and connections in a row that brought only one or two: a sender that connects for each message.</summary>
        public int SinceConnected;
        public int ShortConnections;
        public DateTimeOffset? LastMessageAt;
        public Api.Feed? Told;
        public DateTimeOffset ToldAt;

        public Sound Sound(DateTimeOffset now, DateTimeOffset startedAt, bool isConfigured)
        {
            lock (this) return new(Profile.Name, now - (LastMessageAt ?? startedAt), isConfigured ? Profile.ExpectedEvery : null, Connections);
        }

        public Api.Feed View(DateTimeOffset now, string? warning)
        {
            lock (this)
            {
                var behind = Notes.Age > Profile.BehindAfter;
                return new(Profile.Name, Is(now, behind), LastMessageAt, Connections)
                {
                    BehindSeconds = behind ? (long)Notes.Age.TotalSeconds : 0,
                    UnknownCodes = Notes.UnknownCodes,
                    Warnings = warning is null ? Notes.Warnings : [warning, .. Notes.Warnings],
                };
            }
        }

        /// <summary>Down is who has neither connection nor message for the grace. One that connects for each message is without a connection most of the time, and alive.</summary>
        private string Is(DateTimeOffset now, bool behind)
        {
            var heard = LastMessageAt > ConnectedAt ? LastMessageAt.Value : ConnectedAt;
            if (Connections == 0)
            {
                var seen = LastMessageAt > DisconnectedAt ? LastMessageAt : DisconnectedAt ?? LastMessageAt;
                var patience = ShortConnections >= 2 && Profile.ExpectedEvery is { } often && often > Profile.DownAfter ? often : Profile.DownAfter;
                if (seen is null || now - seen > patience) return "down";
            }

            if (Profile.ExpectedEvery is { } every && now - heard > every) return "silent";
            return behind ? "behind" : "live";
        }
    }
}
