using Journey.Api;

namespace Journey.Client.Live;

/// <summary>
/// One unit's board as the server last told it. Changes that arrive while a snapshot is on its way are put on top of it. A gap or another epoch asks
/// for a new snapshot.
/// The last known board stays meanwhile: old and marked is better than empty.
/// </summary>
public sealed class LiveBoard
{
    private readonly Lock _gate = new();
    private readonly List<BoardChange> _early = [];
    private Board? _board;
    private DateTimeOffset _confirmedAt;
    private DateTimeOffset _alertsCheckedAt;
    private string? _refusal;
    private bool _isFetching;
    private bool _isCurrent;

    internal LiveBoard(string unit, bool wall) => (Unit, IsWall) = (unit, wall);

    /// <summary>The unit's code.</summary>
    public string Unit { get; }

    /// <summary>True: as a wall may show it, with initials and without numbers, dates and names of relatives.</summary>
    public bool IsWall { get; }

    /// <summary>The board as last known, an immutable whole; null until it was fetched.</summary>
    public Board? Board
    {
        get { lock (_gate) return _board; }
    }

    /// <summary>True while nothing that the server has told is missing and the connection stands. False: what is shown may be old.</summary>
    public bool IsCurrent
    {
        get { lock (_gate) return _isCurrent; }
    }

    /// <summary>
    /// The latest moment for which the server has said that this is how the board stood, in its time. It says so of a quiet board too, every few
    /// seconds.
    /// </summary>
    public DateTimeOffset ConfirmedAt
    {
        get { lock (_gate) return _confirmedAt; }
    }

    /// <summary>
    /// When the alert engine was last sure that it had missed nothing here, in the server's time; until it has said so, when the board was fetched.
    /// </summary>
    public DateTimeOffset AlertsCheckedAt
    {
        get { lock (_gate) return _alertsCheckedAt; }
    }

    /// <summary>
    /// Why the server refused the board: <see cref="ProblemCodes.UnitUnknown"/> or <see cref="ProblemCodes.AccessDenied"/>; null when it did not.
    /// </summary>
    public string? Refusal
    {
        get { lock (_gate) return _refusal; }
    }

    /// <summary>The board changed, was fetched, or was refused. Not raised when it was only confirmed.</summary>
    public event Action? Changed;

    internal int Watchers { get; set; }

    internal DateTimeOffset? IdleSince { get; set; }

    internal bool IsFetching
    {
        get { lock (_gate) return _isFetching; }
    }

    internal void StartFetch()
    {
        lock (_gate) (_isFetching, _isCurrent) = (true, false);
    }

    /// <summary>The connection is gone, or a fetch failed: the board must be fetched anew.</summary>
    internal void Outdate()
    {
        lock (_gate)
        {
            (_isFetching, _isCurrent) = (false, false);
            _early.Clear();
        }
    }

    /// <returns>False when the changes that came meanwhile do not follow on the snapshot.</returns>
    internal bool Take(Board snapshot)
    {
        bool follows = true;
        lock (_gate)
        {
            (_board, _refusal, _isFetching) = (snapshot, null, false);
            Confirm(snapshot.AsOf, snapshot.AlertsCheckedAt ?? snapshot.AsOf);
            foreach (var change in _early) follows &= Follow(change);
            _early.Clear();
            _isCurrent = follows;
        }

        Changed?.Invoke();
        return follows;
    }

    internal void Refuse(string code)
    {
        lock (_gate)
        {
            (_refusal, _isFetching) = (code, false);
            _early.Clear();
        }

        Changed?.Invoke();
    }

    /// <returns>False when a change was missed, and the board must be fetched anew.</returns>
    internal bool Apply(BoardChange change)
    {
        bool follows, isNews;
        lock (_gate)
        {
            if (_isFetching) _early.Add(change);
            if (_isFetching || !_isCurrent) return true;
            var before = _board;
            _isCurrent = follows = Follow(change);
            isNews = !follows || !ReferenceEquals(before, _board);
        }

        if (isNews) Changed?.Invoke();
        return follows;
    }

    internal void Apply(Feed feed)
    {
        lock (_gate)
        {
            if (_board is null) return;
            var isKnown = _board.Feeds.Any(f => f.Name == feed.Name);
            _board = _board with { Feeds = isKnown ? [.. _board.Feeds.Select(f => f.Name == feed.Name ? feed : f)] : [.. _board.Feeds, feed] };
        }

        Changed?.Invoke();
    }

    private bool Follow(BoardChange change)
    {
        if (_board is null || change.Epoch != _board.Epoch || change.Version > _board.Version + 1) return false;
        Confirm(change.AsOf, change.AlertsCheckedAt);
        if (change.Version == _board.Version + 1) _board = Merge(_board, change);
        return true;
    }

    private void Confirm(DateTimeOffset asOf, DateTimeOffset? alertsChecked)
    {
        if (asOf > _confirmedAt) _confirmedAt = asOf;
        if (alertsChecked > _alertsCheckedAt) _alertsCheckedAt = alertsChecked.Value;
    }

    internal static Board Merge(Board board, BoardChange change)
    {
        var changed = change.Changed.ToDictionary(r => r.VisitId);
        var rows = new List<BoardRow>(board.Rows.Count + changed.Count);
        foreach (var row in board.Rows)
            if (changed.Remove(row.VisitId, out var newer)) rows.Add(newer);
            else if (!change.Removed.Contains(row.VisitId)) rows.Add(row);
        rows.AddRange(changed.Values);
        return board with
        {
            Version = change.Version,
            AsOf = change.AsOf,
            Rows = rows,
            Beds = change.Beds ?? board.Beds,
            Stays = change.Stays ?? board.Stays,
        };
    }
}
