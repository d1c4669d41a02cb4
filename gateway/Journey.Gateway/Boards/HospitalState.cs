using System.Collections.Concurrent;
using Journey.Contracts.Boards;

namespace Journey.Gateway.Boards;

/// <summary>The totals of all units as last heard.</summary>
internal sealed class HospitalState
{
    private readonly ConcurrentDictionary<string, UnitSummary> _units = new();
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public volatile bool IsBehind = true;
    public bool IsRenewing { get; set; }
    public int Failures { get; set; }
    public DateTimeOffset RenewAt { get; set; }
    public Task First => _first.Task;
    public IReadOnlyList<UnitSummary> All => [.. _units.Values.OrderBy(unit => unit.Unit, StringComparer.Ordinal)];

    /// <summary>Takes totals in and returns those that are new.</summary>
    public IReadOnlyList<UnitSummary> Take(IEnumerable<UnitSummary> heard)
    {
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
