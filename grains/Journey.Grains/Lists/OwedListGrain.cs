using System.Collections.Immutable;
using Journey.Contracts.Boards;
using Journey.Contracts.Staff;
using Journey.Grains.Runtime;

namespace Journey.Grains.Lists;

/// <summary>What one person, or a role, owes across units: gathered from the boards, kept while somebody watches.</summary>
[GrainType("owed-list")]
internal sealed class OwedListGrain(TimeProvider clock) : Grain, IOwedListGrain
{
    /// <summary>Hints within this time are answered by one look.</summary>
    private static readonly TimeSpan Coalesce = TimeSpan.FromMilliseconds(50);

    private readonly Dictionary<string, ImmutableArray<ListItem>> units = [];
    private readonly HashSet<string> hinted = [];
    private readonly Watchers<IListObserver> watchers = new(clock);
    private Alarm look = null!;
    private bool gathered;
    private long version;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        look = new Alarm(this, Look);
        return Task.CompletedTask;
    }

    public Task Hint(string unit)
    {
        // Without watchers the list is not kept up to date: it is gathered anew for the next reader.
        if (watchers.Count == 0) gathered = false;
        if (!gathered) return Task.CompletedTask;
        hinted.Add(unit);
        look.SetOnce(Coalesce);
        return Task.CompletedTask;
    }

    public async Task<OwedList> Read()
    {
        if (!gathered || watchers.Count == 0) await Gather();
        return List();
    }

    public async Task<OwedList> Watch(IListObserver observer)
    {
        watchers.Add(observer);
        if (!gathered) await Gather();
        return List();
    }

    public Task Unwatch(IListObserver observer)
    {
        watchers.Remove(observer);
        return Task.CompletedTask;
    }

    private async Task Gather()
    {
        // Set before the boards are asked: a board that changes meanwhile sends a hint, and is asked again.
        gathered = true;
        var codes = (await GrainFactory.GetGrain<IHospitalGrain>(BoardKeys.Hospital).Units()).Select(u => u.Unit).ToArray();
        await Task.WhenAll(codes.Select(Fetch));
    }

    private async Task Look()
    {
        var codes = hinted.ToArray();
        hinted.Clear();
        await Task.WhenAll(codes.Select(Fetch));
        version++;
        var list = List();
        watchers.Tell(w => w.ListChanged(list));
    }

    private async Task Fetch(string unit)
    {
        var items = await GrainFactory.GetGrain<IUnitBoardGrain>(BoardKeys.Unit(unit)).OwedBy(this.GetPrimaryKeyString());
        if (items.IsEmpty) units.Remove(unit);
        else units[unit] = items;
    }

    private OwedList List() => new(this.GetPrimaryKeyString(), version, clock.GetUtcNow(),
        [.. units.Values.SelectMany(items => items).OrderBy(i => i.Owed.DueAt ?? DateTimeOffset.MaxValue).ThenBy(i => i.Owed.Since)]);
}
