using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Boards;
using Journey.Contracts.Visits;

namespace Journey.Grains.Tests;

/// <summary>Watches a board as a gateway does, and remembers every state it was in.</summary>
internal sealed class Watcher(Cluster cluster, string unit) : IBoardObserver, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<VisitId, VisitRow> _rows = [];
    private readonly List<ImmutableArray<VisitRow>> _boards = [];
    private readonly List<BoardDelta> _deltas = [];
    private IBoardObserver? _reference;

    /// <summary>Set when the board said that it tells no more.</summary>
    public TaskCompletionSource<string> Gone { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task<BoardSnapshot> Start()
    {
        _reference = cluster.Grains.CreateObjectReference<IBoardObserver>(this);
        var snapshot = await cluster.Board(unit).Watch(_reference);
        lock (_gate)
        {
            foreach (var row in snapshot.Rows) _rows[row.Visit] = row;
            _boards.Add([.. _rows.Values]);
        }

        return snapshot;
    }

    public ImmutableArray<ImmutableArray<VisitRow>> Boards()
    {
        lock (_gate) return [.. _boards];
    }

    public ImmutableArray<BoardDelta> Deltas()
    {
        lock (_gate) return [.. _deltas];
    }

    public Task Left(string unit)
    {
        Gone.TrySetResult(unit);
        return Task.CompletedTask;
    }

    public Task Changed(BoardDelta delta)
    {
        lock (_gate)
        {
            _deltas.Add(delta);
            foreach (var row in delta.Changed) _rows[row.Visit] = row;
            foreach (var gone in delta.Removed) _rows.Remove(gone);
            _boards.Add([.. _rows.Values]);
        }

        return Task.CompletedTask;
    }

    public Task HospitalChanged(ImmutableArray<UnitSummary> changed) => Task.CompletedTask;

    public void Dispose()
    {
        if (_reference is not null) cluster.Grains.DeleteObjectReference<IBoardObserver>(_reference);
    }
}
