using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Journey.Contracts.Access;
using Journey.Contracts.Boards;
using Journey.Contracts.Hotline;
using Journey.Contracts.Staff;
using Journey.Gateway.Cluster.Calls;
using Journey.Gateway.Cluster.Leases;
using Journey.Gateway.Live.Views;

namespace Journey.Gateway.Live.Hub;

/// <summary>
/// Brings lists, the hotline and the privacy officer's lists from the grains to the browsers that watch them: one observer for the whole process,
/// renewed while anybody watches. Each is sent whole: it is short, and a lost one is made good by the next.
/// </summary>
internal sealed class ListRelay(JourneyCluster cluster, BoardSender sender, WatcherLines lines, TimeProvider clock)
    : BackgroundService, IListObserver, IHotlineObserver, IGlassObserver, IFindingObserver
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RenewEvery = BoardKeys.Lease / 4;
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(5);
    private const int MaxLists = 10_000;

    /// <summary>By the group that watches.</summary>
    private readonly ConcurrentDictionary<string, Subscription> _subscriptions = new();

    /// <param name="Addressee">As the outside names it; null for what is not a list of somebody's.</param>
    /// <param name="Push">Subscribes anew and sends what the grain answers.</param>
    private sealed record Subscription(Lease Lease, string? Addressee, Func<Task> Push);

    public Task<OwedList> Watch(string key, string addressee)
    {
        var group = BoardGroups.List(key);
        if (_subscriptions.Count >= MaxLists && !_subscriptions.ContainsKey(group)) throw new TimeoutException("Too many lists are watched.");
        return Watch(group, () => cluster.List(key).Watch(cluster.Observer<IListObserver>(this)),
            list => sender.List(key, StaffViews.List(addressee, list)), addressee);
    }

    public Task<HotlineQueue> WatchHotline() =>
        Watch(BoardGroups.Hotline, () => cluster.Hotline.Watch(cluster.Observer<IHotlineObserver>(this)),
            queue => sender.Hotline(StaffViews.Hotline(queue)));

    public Task<GlassList> WatchGlass() =>
        Watch(BoardGroups.Glass, () => cluster.Glass.Watch(cluster.Observer<IGlassObserver>(this)), list => sender.Glass(GlassViews.List(list)));

    public Task<FindingList> WatchFindings() =>
        Watch(BoardGroups.Findings, () => cluster.Findings.Watch(cluster.Observer<IFindingObserver>(this)),
            list => sender.Findings(FindingViews.List(list)));

    Task IListObserver.ListChanged(OwedList list)
    {
        if (_subscriptions.TryGetValue(BoardGroups.List(list.Addressee), out var watched))
            sender.List(list.Addressee, StaffViews.List(watched.Addressee!, list));
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
            while (await timer.WaitForNextTickAsync(stoppingToken)) await RenewDue(stoppingToken);
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task<T> Watch<T>(string group, Func<Task<T>> watch, Action<T> send, string? addressee = null)
    {
        var answer = await cluster.CallOnce(watch, CallTimeout);
        var subscription = new Subscription(new(), addressee, async () => send(await cluster.CallOnce(watch, CallTimeout)));
        subscription.Lease.Renewed(clock.GetUtcNow(), RenewEvery);
        subscription.Lease.MustResubscribe = false;
        _subscriptions[group] = subscription;
        return answer;
    }

    /// <summary>What cannot be renewed now is tried again with a later tick; whoever watches sees by its time how old it is.</summary>
    private async Task RenewDue(CancellationToken stopping)
    {
        foreach (var (group, subscription) in _subscriptions)
        {
            if (!lines.Any(group)) _subscriptions.TryRemove(group, out _);
            else if (subscription.Lease.IsDue(clock.GetUtcNow())) await Renew(subscription, stopping);
        }
    }

    private async Task Renew(Subscription subscription, CancellationToken stopping)
    {
        var failure = await subscription.Lease.Renew(_ => subscription.Push(), RenewEvery, clock, stopping);
        if (failure is not null && !CallPipeline.IsUncertain(failure)) ExceptionDispatchInfo.Throw(failure);
    }
}
