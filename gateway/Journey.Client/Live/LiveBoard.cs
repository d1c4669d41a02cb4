using Journey.Api;

namespace Journey.Dashboard.Live;

/// <summary>
/// One unit's board as the server last told it. Changes that arrive while a snapshot is on its way are kept and put on top of it;
/// a gap or another epoch asks for a new snapshot. The last known board stays up meanwhile: old and marked beats empty.
/// </summary>
public sealed class LiveBoard(string unit, bool wall)
{
    private readonly List<BoardChange> early = [];

    public string Unit { get; } = unit;
    public bool Wall { get; } = wall;
    public Board? Board { get; private set; }

    /// <summary>The latest moment for which the server has said that this is how the board stood; it says so of a quiet board too, every few seconds.</summary>
    public DateTimeOffset ConfirmedAt { get; private set; }

    /// <summary>When the alert engine was last sure that it had missed nothing here; from when the board was opened, until it has said so.</summary>
    public DateTimeOffset AlertsCheckedAt { get; private set; }

    /// <summary>Why the server refused the board; null when it did not.</summary>
    public string? Refusal { get; private set; }

    public event Action? Changed;

    internal int Holders { get; set; }
    internal DateTimeOffset? IdleSince { get; set; }
    internal bool Fetching { get; private set; }
    internal bool Current { get; private set; }

    internal void Fetch() => (Fetching, Current) = (true, false);

    /// <summary>The connection is gone: what is shown may be old, and must be fetched anew.</summary>
    internal void Outdate()
    {
        (Fetching, Current) = (false, false);
        early.Clear();
    }

    /// <returns>False when the changes kept meanwhile do not follow on the snapshot.</returns>
    internal bool Take(Board snapshot)
    {
        (Board, Refusal, Fetching, Current) = (snapshot, null, false, true);
        Confirm(snapshot.AsOf, snapshot.AlertsCheckedAt ?? snapshot.AsOf);
        var follows = true;
        foreach (var change in early)
            follows &= Follow(change);
        early.Clear();
        Current = follows;
        Changed?.Invoke();
        return follows;
    }

    internal void Refuse(string reason)
    {
        (Refusal, Fetching) = (reason, false);
        early.Clear();
        Changed?.Invoke();
    }

    /// <returns>False when a change was missed and the board must be fetched anew.</returns>
    internal bool Apply(BoardChange change)
    {
        if (Fetching)
        {
            early.Add(change);
            return true;
        }
        if (!Current) return true;
        var before = Board;
        Current = Follow(change);
        if (!Current || !ReferenceEquals(before, Board)) Changed?.Invoke();
        return Current;
    }

    internal void Apply(Feed feed)
    {
        if (Board is null) return;
        Board = Board with { Feeds = Board.Feeds.Any(f => f.Name == feed.Name) ? [.. Board.Feeds.Select(f => f.Name == feed.Name ? feed : f)] : [.. Board.Feeds, feed] };
        Changed?.Invoke();
    }

    private bool Follow(BoardChange change)
    {
        if (Board is null || change.Epoch != Board.Epoch || change.Version > Board.Version + 1) return false;
        Confirm(change.AsOf, change.AlertsCheckedAt);
        if (change.Version == Board.Version + 1) Board = Merge(Board, change);
        return true;
    }

    private void Confirm(DateTimeOffset asOf, DateTimeOffset? alertsCheckedAt)
    {
        if (asOf > ConfirmedAt) ConfirmedAt = asOf;
        if (alertsCheckedAt > AlertsCheckedAt) AlertsCheckedAt = alertsCheckedAt.Value;
    }

    internal static Board Merge(Board board, BoardChange change)
    {
        var changed = change.Changed.ToDictionary(r => r.VisitId);
        var rows = new List<BoardRow>(board.Rows.Count + changed.Count);
        foreach (var row in board.Rows)
            if (changed.Remove(row.VisitId, out var newer)) rows.Add(newer);
            else if (!change.Removed.Contains(row.VisitId)) rows.Add(row);
        rows.AddRange(changed.Values);
        return board with { Version = change.Version, AsOf = change.AsOf, Rows = rows, Beds = change.Beds ?? board.Beds };
    }
}
