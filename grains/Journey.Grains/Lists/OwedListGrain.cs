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

    private readonly Dictionary<string, ImmutableArray<ListItem>> _units = [];
    private readonly HashSet<string> _hinted = [];
    private readonly Watchers<IListObserver> _watchers = new(clock);
    private Alarm _look = null!;
    private bool _gathered;
    private long _version;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _look = new Alarm(this, Look);
        return Task.CompletedTask;
    }

    public Task Hint(string unit)
    {
        // Without watchers the list is not kept up to date: it is gathered anew for the next reader.
        if (_watchers.Count == 0) _gathered = false;
        if (!_gathered) return Task.CompletedTask;
        _hinted.Add(unit);
        _look.SetOnce(Coalesce);
        return Task.CompletedTask;
    }

    public async Task<OwedList> Read()
    {
        if (!_gathered || _watchers.Count == 0) await Gather();
        return List();
    }

    public async Task<OwedList> Watch(IListObserver observer)
    {
        _watchers.Add(observer);
        if (!_gathered) await Gather();
        return List();
    }

    public Task Unwatch(IListObserver observer)
    {
        _watchers.Remove(observer);
        return Task.CompletedTask;
    }

    private async Task Gather()
    {
        // Set before the boards are asked: a board that changes meanwhile sends a hint, and is asked again.
        _gathered = true;
        var codes = (await GrainFactory.GetGrain<IHospitalGrain>(BoardKeys.Hospital).Units()).Select(u => u.Unit).ToArray();
        await Task.WhenAll(codes.Select(Fetch));
    }

    private async Task Look()
    {
        var codes = _hinted.ToArray();
        _hinted.Clear();
        await Task.WhenAll(codes.Select(Fetch));
        _version++;
        var list = List();
        _watchers.Tell(w => w.ListChanged(list));
    }

    private async Task Fetch(string unit)
    {
        var items = await GrainFactory.GetGrain<IUnitBoardGrain>(BoardKeys.Unit(unit)).OwedBy(this.GetPrimaryKeyString());
        if (items.IsEmpty) _units.Remove(unit);
        else _units[unit] = items;
    }

    private OwedList List() => new(this.GetPrimaryKeyString(), _version, clock.GetUtcNow(),
        [.. _units.Values.SelectMany(items => items).OrderBy(i => i.Owed.DueAt ?? DateTimeOffset.MaxValue).ThenBy(i => i.Owed.Since)]);
}
