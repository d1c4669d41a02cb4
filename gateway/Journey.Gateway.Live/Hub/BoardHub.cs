using Journey.Contracts.Access;
using Journey.Contracts.Audit;
using Journey.Gateway.Cluster.Calls;
using Journey.Gateway.Cluster.Units;
using Journey.Gateway.Live.Boards;
using Journey.Gateway.Live.Views;
using Journey.Gateway.Trust.Access;
using Journey.Gateway.Trust.Audit;
using Journey.Gateway.Trust.Identity;
using Journey.Gateway.Trust.Sessions;
using Microsoft.AspNetCore.SignalR;

namespace Journey.Gateway.Live.Hub;

/// <summary>
/// What a browser watches. A caller joins the group first and is then told how the board stands, so no change falls between; a change that
/// arrives before the answer is part of it already or follows it, which its version tells: keep those that arrive meanwhile.
/// </summary>
internal sealed class BoardHub(BoardRelay relay, ListRelay lists, WatcherLines lines, IFeedStates feeds, Callers callers, SessionBook sessions,
    JourneyCluster cluster, TimeProvider clock) : Hub<Api.IBoardClient>, Api.IBoardHub
{
    /// <summary>
    /// A page that looks across the house watches every board of it: more than the units of a health system, few enough to end a browser that asks
    /// for made-up ones.
    /// </summary>
    private const int MaxGroups = Api.Limits.WatchedPerConnection;

    public override async Task OnConnectedAsync()
    {
        await Groups.AddToGroupAsync(Context.ConnectionId, BoardGroups.Feeds);
        await sessions.Attach(Context);
        await base.OnConnectedAsync();
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        sessions.Detach(Context);
        return base.OnDisconnectedAsync(exception);
    }

    [Needs(Operation.WatchUnit), Audited(AuditAction.WatchBoard)]
    public Task<Api.Board> WatchUnit(string unit) => Watch(unit, Operation.WatchUnit);

    [Needs(Operation.WatchWall), Audited(AuditAction.WatchBoard)]
    public Task<Api.Board> WatchWall(string unit) => Watch(unit, Operation.WatchWall);

    [Needs(Operation.Connect)]
    public async Task UnwatchUnit(string unit)
    {
        var code = Code(unit);
        foreach (var audience in BoardGroups.Audiences) await Groups.RemoveFromGroupAsync(Context.ConnectionId, BoardGroups.Unit(code, audience));
    }

    [Needs(Operation.WatchTotals)]
    public async Task<IReadOnlyList<Api.Unit>> WatchUnits()
    {
        await Groups.AddToGroupAsync(Context.ConnectionId, BoardGroups.Units);
        return (await Answered(relay.Units(Context.ConnectionAborted))).Select(BoardViews.Unit)
            .ToArray(); // MessagePack writes what it is, and cannot write a collection expression's own list.
    }

    [Needs(Operation.WatchList), Audited(AuditAction.ReadList)]
    public async Task<Api.OwedList> WatchList(string addressee)
    {
        var key = StaffNames.Addressee(addressee, Caller.Current!)
            ?? throw new HubException("addressee-unknown: name a person, or a role as role/charge-nurse@ED.");
        if (lines.GroupsOf(Context.ConnectionId) >= MaxGroups) throw new HubException("too-many-units: unwatch a unit first.");
        await Groups.AddToGroupAsync(Context.ConnectionId, BoardGroups.List(key));
        return StaffViews.List(addressee, await Answered(lists.Watch(key, addressee)));
    }

    [Needs(Operation.Connect)]
    public Task UnwatchList(string addressee) =>
        StaffNames.Addressee(addressee, Caller.Current!) is { } key
        ? Groups.RemoveFromGroupAsync(Context.ConnectionId, BoardGroups.List(key))
        : Task.CompletedTask;

    [Needs(Operation.WatchHotline), Audited(AuditAction.ReadHotline)]
    public async Task<Api.Hotline> WatchHotline()
    {
        await Groups.AddToGroupAsync(Context.ConnectionId, BoardGroups.Hotline);
        return StaffViews.Hotline(await Answered(lists.WatchHotline()));
    }

    [Needs(Operation.WatchGlass), Audited(AuditAction.ReadAudit)]
    public async Task<Api.GlassList> WatchGlass()
    {
        await Groups.AddToGroupAsync(Context.ConnectionId, BoardGroups.Glass);
        return GlassViews.List(await Answered(lists.WatchGlass()));
    }

    [Needs(Operation.WatchFindings), Audited(AuditAction.ReadAudit)]
    public async Task<Api.FindingList> WatchFindings()
    {
        await Groups.AddToGroupAsync(Context.ConnectionId, BoardGroups.Findings);
        return FindingViews.List(await Answered(lists.WatchFindings()));
    }

    /// <summary>A browser takes this answer as a sign that its boards are live; while nobody hears the grains it must not get one.</summary>
    [Needs(Operation.Connect)]
    public Task<DateTimeOffset> Now() => relay.IsCurrent ? Task.FromResult(clock.GetUtcNow()) : throw Away();

    private async Task<Api.Board> Watch(string unit, Operation operation)
    {
        var code = Code(unit);
        // Admitted already, see HubAccess: the table gives one.
        var audience = callers.AudienceOf(operation, callers.Identify(Context, operation), code)!.Value;
        if (!relay.Knows(code) && !await Answered(KnownUnits.Has(code, cluster, Context.ConnectionAborted))) throw Unknown();
        if (lines.GroupsOf(Context.ConnectionId) >= MaxGroups) throw new HubException("too-many-units: unwatch a unit first.");
        await Groups.AddToGroupAsync(Context.ConnectionId, BoardGroups.Unit(code, audience));
        return BoardViews.Board(await Answered(relay.Watch(code, Context.ConnectionAborted)), audience, feeds.All);
    }

    private static string Code(string unit) => UnitCode.TryRead(unit, out var code) ? code : throw Unknown();

    private static HubException Unknown() => new(Api.ProblemCodes.UnitUnknown + ": no such unit is known.");

    private static HubException Away() => new(Api.ProblemCodes.Unavailable + ": the cluster does not answer; try again.");

    private static async Task<T> Answered<T>(Task<T> task)
    {
        try
        {
            return await task;
        }
        catch (Exception e) when (e is ClusterUnavailableException || CallPipeline.IsUncertain(e))
        {
            throw Away();
        }
    }
}
