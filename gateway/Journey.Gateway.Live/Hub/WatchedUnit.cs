using Journey.Contracts.Boards;
using Journey.Gateway.Cluster.Leases;
using Journey.Gateway.Live.Boards;

namespace Journey.Gateway.Live.Hub;

/// <summary>A unit somebody watches. The pump alone sets the state and keeps deltas; the renewing loop alone renews the lease.</summary>
internal sealed class WatchedUnit(string code)
{
    /// <summary>Deltas kept while a snapshot is awaited; more than that and the snapshot will have them.</summary>
    private const int MaxAhead = 256;

    private readonly List<BoardDelta> _ahead = [];
    private readonly TaskCompletionSource<BoardState> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile BoardState? _state;

    public string Code { get; } = code;

    /// <summary>The groups of those who watch it, one for each audience.</summary>
    public string[] Groups { get; } = [.. BoardGroups.Audiences.Select(audience => BoardGroups.Unit(code, audience))];
    public BoardState? State => _state;
    public Task<BoardState> First => _first.Task;

    /// <summary>The subscription at the unit's grain. Where something was missed the board is read anew.</summary>
    public Lease Lease { get; } = new();

    public bool IsRemoved { get; set; }
    public DateTimeOffset WantedAt { get; set; }
    public DateTimeOffset SentAt { get; set; }

    public void Set(BoardState state)
    {
        _state = state;
        _first.TrySetResult(state);
    }

    /// <summary>Keeps a delta that cannot be applied yet.</summary>
    public void Defer(BoardDelta delta)
    {
        if (_ahead.Count == MaxAhead) _ahead.Clear();
        _ahead.Add(delta);
    }

    /// <summary>The next delta among those kept, if it is there; forgets those the state has.</summary>
    public BoardDelta? TakeNext(BoardState state)
    {
        if (_ahead.Count == 0) return null;
        _ahead.RemoveAll(delta => state.Has(delta) || delta.Epoch != state.Epoch);
        var next = _ahead.FindIndex(state.IsNext);
        if (next < 0)
        {
            if (_ahead.Count > 0) Lease.MustResubscribe = true;
            return null;
        }

        var delta = _ahead[next];
        _ahead.RemoveAt(next);
        return delta;
    }
}
