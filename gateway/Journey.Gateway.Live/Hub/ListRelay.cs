using System.Collections.Concurrent;
using Journey.Contracts.Access;
using Journey.Contracts.Boards;
using Journey.Contracts.Hotline;
using Journey.Contracts.Staff;
using Journey.Gateway.Cluster.Calls;
using Journey.Gateway.Live.Views;

namespace Journey.Gateway.Live.Hub;

/// <summary>
/// Brings lists, the hotline and the privacy officer's lists from the grains to the browsers that watch them: one observer for the whole process, renewed while
/// anybody watches. Each is sent whole: it is short, and a lost one is made good by the next.
/// </summary>
internal sealed class ListRelay(JourneyCluster cluster, BoardSender sender, WatcherLines lines, TimeProvider clock) : BackgroundService, IListObserver, IHotlineObserver, IGlassObserver, IFindingObserver
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RenewEvery = BoardKeys.Lease / 4;
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(5);
    private const int MaxLists = 10_000;

    /// <summary>By key: as the outside names it, and when its lease is to be renewed.</summary>
    private readonly ConcurrentDictionary<string, (string Addressee, DateTimeOffset RenewAt)> _watched = new();
    private DateTimeOffset _renewHotlineAt = DateTimeOffset.MaxValue;
    private IListObserver? _lists;
    private DateTimeOffset _renewGlassAt = DateTimeOffset.MaxValue;
    private IHotlineObserver? _hotline;
    private IGlassObserver? _glass;
    private DateTimeOffset _renewFindingsAt = DateTimeOffset.MaxValue;
    private IFindingObserver? _findings;

    public async Task<OwedList> Watch(string key, string addressee)
    {
        if (_watched.Count >= MaxLists && !_watched.ContainsKey(key)) throw new TimeoutException("Too many lists are watched.");
        var list = await cluster.CallOnce(() => cluster.List(key).Watch(_lists ??= cluster.Observer<IListObserver>(this)), CallTimeout);
        _watched[key] = (addressee, clock.GetUtcNow() + RenewEvery);
        return list;
    }

    public async Task<HotlineQueue> WatchHotline()
    {
        var queue = await cluster.CallOnce(() => cluster.Hotline.Watch(_hotline ??= cluster.Observer<IHotlineObserver>(this)), CallTimeout);
        _renewHotlineAt = clock.GetUtcNow() + RenewEvery;
        return queue;
    }

    public async Task<GlassList> WatchGlass()
    {
        var list = await cluster.CallOnce(() => cluster.Glass.Watch(_glass ??= cluster.Observer<IGlassObserver>(this)), CallTimeout);
        _renewGlassAt = clock.GetUtcNow() + RenewEvery;
        return list;
    }

    public async Task<FindingList> WatchFindings()
    {
        var list = await cluster.CallOnce(() => cluster.Findings.Watch(_findings ??= cluster.Observer<IFindingObserver>(this)), CallTimeout);
        _renewFindingsAt = clock.GetUtcNow() + RenewEvery;
        return list;
    }

    Task IListObserver.ListChanged(OwedList list)
    {
        if (_watched.TryGetValue(list.Addressee, out var watched)) sender.List(list.Addressee, StaffViews.List(watched.Addressee, list));
        return Task.CompletedTask;
    }

    Task IHotlineObserver.HotlineChanged(HotlineQueue queue)
    {
        sender.Hotline(StaffViews.Hotline(queue));
        return Task.CompletedTask;
    }

    Task IGlassObserver.GlassChanged(GlassList list)
    {
        sender.Glass(GlassViews.List(list));
        return Task.CompletedTask;
    }

    Task IFindingObserver.FindingsChanged(FindingList list)
    {
        sender.Findings(FindingViews.List(list));
        return Task.CompletedTask;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await Renew();
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task Renew()
    {
        var now = clock.GetUtcNow();
        foreach (var (key, watched) in _watched)
        {
            if (!lines.Any(BoardGroups.List(key))) _watched.TryRemove(key, out _);
            else if (watched.RenewAt <= now) await Forgive(async () => sender.List(key, StaffViews.List(watched.Addressee, await Watch(key, watched.Addressee))));
        }

        if (_renewHotlineAt <= now && lines.Any(BoardGroups.Hotline)) await Forgive(async () => sender.Hotline(StaffViews.Hotline(await WatchHotline())));
        if (_renewGlassAt <= now && lines.Any(BoardGroups.Glass)) await Forgive(async () => sender.Glass(GlassViews.List(await WatchGlass())));
        if (_renewFindingsAt <= now && lines.Any(BoardGroups.Findings)) await Forgive(async () => sender.Findings(FindingViews.List(await WatchFindings())));
    }

    /// <summary>What cannot be renewed now is tried again with the next tick; whoever watches sees by its time how old it is.</summary>
    private static async Task Forgive(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (e is TimeoutException || CallPipeline.IsUncertain(e))
        {
        }
    }
}
