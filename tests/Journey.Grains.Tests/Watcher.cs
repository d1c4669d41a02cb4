using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Boards;
using Journey.Contracts.Visits;

namespace Journey.Grains.Tests;

/// <summary>Watches a board as a gateway does, and remembers every state it was in.</summary>
internal sealed class Watcher(Cluster cluster, string unit) : IBoardObserver, IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<VisitId, VisitRow> rows = [];
    private readonly List<ImmutableArray<VisitRow>> boards = [];
    private readonly List<BoardDelta> deltas = [];
    private IBoardObserver? reference;

    /// <summary>Set when the board said that it tells no more.</summary>
    public TaskCompletionSource<string> Gone { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task<BoardSnapshot> Start()
    {
        reference = cluster.Grains.CreateObjectReference<IBoardObserver>(this);
        var snapshot = await cluster.Board(unit).Watch(reference);
        lock (gate)
        {
            foreach (var row in snapshot.Rows) rows[row.Visit] = row;
            boards.Add([.. rows.Values]);
        }

        return snapshot;
    }

    public ImmutableArray<ImmutableArray<VisitRow>> Boards()
    {
        lock (gate) return [.. boards];
    }

    public ImmutableArray<BoardDelta> Deltas()
    {
        lock (gate) return [.. deltas];
    }

    public Task Left(string unit)
    {
        Gone.TrySetResult(unit);
        return Task.CompletedTask;
    }

    public Task Changed(BoardDelta delta)
    {
        lock (gate)
        {
            deltas.Add(delta);
            foreach (var row in delta.Changed) rows[row.Visit] = row;
            foreach (var gone in delta.Removed) rows.Remove(gone);
            boards.Add([.. rows.Values]);
        }

        return Task.CompletedTask;
    }

    public Task HospitalChanged(ImmutableArray<UnitSummary> changed) => Task.CompletedTask;

    public void Dispose()
    {
        if (reference is not null) cluster.Grains.DeleteObjectReference<IBoardObserver>(reference);
    }
}
