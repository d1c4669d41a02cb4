using System.Collections.Immutable;
using Journey.Contracts.Boards;
using Journey.Contracts.Families;
using Journey.Domain.Policies;
using Journey.Grains.Runtime;
using Journey.Grains.Storage;

namespace Journey.Grains.Boards;

/// <summary>All units at a glance, from what their boards report.</summary>
[GrainType("hospital")]
internal sealed class HospitalGrain(ICards cards, Policy policy, TimeProvider clock) : Grain, IHospitalGrain
{
    /// <summary>Totals are for a glance: changes within this time travel together.</summary>
    private static readonly TimeSpan Coalesce = TimeSpan.FromMilliseconds(250);

    private readonly Dictionary<string, UnitSummary> _units = [];
    private readonly Watchers<IBoardObserver> _observers = new(clock);
    private readonly HashSet<string> _changed = [];
    private Alarm _flush = null!;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _flush = new Alarm(this, Flush);
        var now = clock.GetUtcNow();
        foreach (var unit in policy.Units) _units[unit.Code] = Empty(unit.Code, unit.Name, unit.Beds.Length, now);
        await Activation.Read(async () =>
        {
            foreach (var code in await cards.Units(now - policy.RollOff, cancellationToken))
                if (code.Length > 0) _units.TryAdd(code, Empty(code, code, 0, now));
        });
        // Wakes every board, so that their deadlines run; they report back on their own. Not awaited: a board reports to this grain.
        foreach (var code in _units.Keys) _ = Wake(code);
    }

    public Task<string> TimeZone() => Task.FromResult(policy.TimeZone.Id);

    public Task<ImmutableArray<string>> Dispositions() => Task.FromResult<ImmutableArray<string>>([.. policy.Dispositions.Keys]);

    public Task Report(UnitSummary summary)
    {
        if (_units.TryGetValue(summary.Unit, out var before) && before with { AsOf = summary.AsOf } == summary) return Task.CompletedTask;
        _units[summary.Unit] = summary;
        _changed.Add(summary.Unit);
        _flush.SetOnce(Coalesce);
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<UnitSummary>> Units() => Task.FromResult(All());

    public Task<ImmutableArray<TemplateView>> Templates() => Task.FromResult<ImmutableArray<TemplateView>>(
        [.. policy.Family.Templates.Select(t => new TemplateView(t.Key, t.Says, t.On, t.Story))]);

    public Task<ImmutableArray<UnitSummary>> Watch(IBoardObserver observer)
    {
        _observers.Add(observer);
        return Task.FromResult(All());
    }

    private void Flush()
    {
        var summaries = _changed.Select(u => _units[u]).ToImmutableArray();
        _changed.Clear();
        _observers.Tell(o => o.HospitalChanged(summaries));
    }

    private async Task Wake(string code)
    {
        try
        {
            // Any call wakes it. This one answers without rows, which for a large house would be a hundred megabytes at once.
            await GrainFactory.GetGrain<IUnitBoardGrain>(BoardKeys.Unit(code)).Wake();
        }
        catch (Exception)
        {
            // Its reminder or the next look at it wakes it.
        }
    }

    private ImmutableArray<UnitSummary> All() => [.. _units.Values.OrderBy(Rank).ThenBy(u => u.Unit, StringComparer.Ordinal)];

    /// <summary>The order of the policy pack, then the others.</summary>
    private int Rank(UnitSummary unit)
    {
        for (var i = 0; i < policy.Units.Length; i++)
            if (policy.Units[i].Code == unit.Unit) return i;
        return int.MaxValue;
    }

    private static UnitSummary Empty(string code, string name, int beds, DateTimeOffset now) =>
        new(code, name, 0, 0, 0, beds, 0, 0, 0, 0, null, 0, now);
}
