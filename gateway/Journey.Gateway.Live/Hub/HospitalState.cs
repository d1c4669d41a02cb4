using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Journey.Contracts.Boards;
using Journey.Gateway.Cluster.Leases;

namespace Journey.Gateway.Live.Hub;

/// <summary>The totals of all units as last heard.</summary>
internal sealed class HospitalState
{
    private readonly ConcurrentDictionary<string, UnitSummary> _units = new();
    private volatile FrozenDictionary<string, int> _order = FrozenDictionary<string, int>.Empty;
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The subscription at the hospital's grain, renewed every few seconds: when it last was is when the cluster last answered.</summary>
    public Lease Lease { get; } = new();
    public Task First => _first.Task;

    /// <summary>In the hospital's order; units it has told of since come last.</summary>
    public IReadOnlyList<UnitSummary> All
    {
        get
        {
            var order = _order;
            return [.. _units.Values.OrderBy(unit => order.GetValueOrDefault(unit.Unit, int.MaxValue))
                .ThenBy(unit => unit.Unit, StringComparer.Ordinal)];
        }
    }

    public bool Has(string code) => _units.ContainsKey(code);

    /// <summary>Takes totals in and returns those that are new.</summary>
    /// <param name="isWhole">True when they are all there are, in order.</param>
    public IReadOnlyList<UnitSummary> Take(ImmutableArray<UnitSummary> heard, bool isWhole)
    {
        if (isWhole && heard.Length != _order.Count)
            _order = heard.Select((unit, i) => (unit.Unit, i)).ToFrozenDictionary(unit => unit.Unit, unit => unit.i);
        var changed = new List<UnitSummary>();
        foreach (var unit in heard)
        {
            if (_units.TryGetValue(unit.Unit, out var known) && (known.AsOf > unit.AsOf || known with { AsOf = unit.AsOf } == unit)) continue;
            _units[unit.Unit] = unit;
            changed.Add(unit);
        }

        _first.TrySetResult();
        return changed;
    }
}
