using Journey.Api;
using Microsoft.AspNetCore.SignalR.Client;

namespace Journey.Client.Live;

/// <summary>Boards of units, and the totals of all units.</summary>
public sealed partial class BoardConnection
{
    private readonly List<LiveBoard> _boards = [];
    private Dictionary<string, Unit>? _units;
    private bool _watchesUnits;

    /// <summary>Totals that came while all of them were being asked for; null while they are not.</summary>
    private Dictionary<string, Unit>? _unitsMeanwhile;

    /// <summary>The totals of all units, in no order; null until known, and while <see cref="WatchUnits"/> was not asked.</summary>
    public IReadOnlyList<Unit>? Units
    {
        get { lock (_gate) return _units is null ? null : [.. _units.Values]; }
    }

    /// <summary>Every board that somebody watches and that has been fetched.</summary>
    public IReadOnlyList<LiveBoard> Shown
    {
        get { lock (_gate) return _boards.FindAll(b => b.Watchers > 0 && b.Board is not null); }
    }

    /// <summary>The totals of a unit changed, or are known now.</summary>
    public event Action? UnitsChanged;

    /// <summary>A board changed, or was fetched: any of those that are watched.</summary>
    public event Action? BoardsChanged;

    /// <summary>What a unit is called; its code while that is not known.</summary>
    /// <param name="code">The unit's code.</param>
    public string UnitName(string code)
    {
        lock (_gate) return _units is not null && _units.TryGetValue(code, out var unit) ? unit.Name : code;
    }

    /// <summary>Watches the totals of all units, for as long as the connection lives.</summary>
    public void WatchUnits()
    {
        lock (_gate)
        {
            if (_watchesUnits) return;
            _watchesUnits = true;
        }

        if (Connected is { } open) _ = FetchUnits(open);
    }

    /// <summary>Watches a unit's board until <see cref="Release(LiveBoard)"/>. Whoever watches the same unit is given the same board.</summary>
    /// <param name="unit">The unit's code, as in <see cref="Unit.Code"/>.</param>
    /// <param name="wall">True: the board made for a wall, with initials and without numbers, dates and names of relatives. The same unit's desk
    /// board is dropped then, and the other way round.</param>
    /// <returns>The board; its <see cref="LiveBoard.Board"/> is null until it was fetched.</returns>
    public LiveBoard Watch(string unit, bool wall = false)
    {
        LiveBoard? board;
        bool replaces;
        lock (_gate)
        {
            board = _boards.Find(b => b.Unit == unit && b.IsWall == wall);
            if (board is null)
            {
                board = new LiveBoard(unit, wall);
                board.Changed += () => BoardsChanged?.Invoke();
                _boards.Add(board);
            }

            board.Watchers++;
            board.IdleSince = null;
            // Changes name their unit only. Desk and wall of one unit must never share a connection, or a full name could reach the wall.
            replaces = _boards.RemoveAll(b => b.Unit == unit && b.IsWall != wall) > 0;
        }

        if (Connected is { } open && board is { IsCurrent: false, IsFetching: false }) _ = Fetch(open, board, replaces);
        return board;
    }

    /// <summary>One watcher fewer. A board that nobody watches is kept for <see cref="BoardConnectionOptions.KeepUnwatched"/>.</summary>
    /// <param name="board">As <see cref="Watch(string, bool)"/> gave it; once for each time it did.</param>
    public void Release(LiveBoard board)
    {
        lock (_gate)
        {
            if (--board.Watchers == 0) board.IdleSince = Time.Now;
        }
    }

    private LiveBoard[] Boards
    {
        get { lock (_gate) return [.. _boards]; }
    }

    private bool AreBoardsCurrent
    {
        get
        {
            lock (_gate)
                return _boards.TrueForAll(b => b.IsCurrent || b.Watchers == 0 || b.Refusal is not null) && (!_watchesUnits || _units is not null);
        }
    }

    private bool IsMissingUnits(bool isNew)
    {
        lock (_gate) return _watchesUnits && (_units is null || isNew);
    }

    private async Task ResyncBoards(HubConnection open, bool isNew)
    {
        foreach (var board in Boards)
        {
            bool isDropped;
            lock (_gate)
            {
                isDropped = board.Watchers == 0 && (isNew || board.IdleSince is { } idle && Time.Now - idle > _options.KeepUnwatched);
                if (isDropped) _boards.Remove(board);
            }

            if (isDropped) await open.SendAsync(nameof(IBoardHub.UnwatchUnit), board.Unit, _stop.Token);
            else if (board is { IsCurrent: false, IsFetching: false }) await Fetch(open, board);
        }
    }

    private Task Fetch(HubConnection open, LiveBoard board, bool unwatchFirst = false) => Fetch(
        open,
        async inTime =>
        {
            if (unwatchFirst) await open.InvokeAsync(nameof(IBoardHub.UnwatchUnit), board.Unit, inTime);
            board.StartFetch();
            return await open.InvokeAsync<Board>(board.IsWall ? nameof(IBoardHub.WatchWall) : nameof(IBoardHub.WatchUnit), board.Unit, inTime);
        },
        snapshot =>
        {
            Time.Hint(snapshot.AsOf);
            if (!board.Take(snapshot)) RetryNow();
        },
        board.Refuse,
        board.Outdate);

    private Task FetchUnits(HubConnection open)
    {
        lock (_gate) _unitsMeanwhile ??= [];
        return Fetch(open, inTime => open.InvokeAsync<IReadOnlyList<Unit>>(nameof(IBoardHub.WatchUnits), inTime), Take);
    }

    internal void Take(IReadOnlyList<Unit> all)
    {
        lock (_gate)
        {
            _units = all.ToDictionary(u => u.Code);
            if (_unitsMeanwhile is { } meanwhile)
                foreach (var unit in meanwhile.Values) PutLater(_units, unit);
            _unitsMeanwhile = null;
        }

        UnitsChanged?.Invoke();
    }

    private void OutdateBoards()
    {
        foreach (var board in Boards) board.Outdate();
    }

    private void OnBoardChanged(BoardChange change)
    {
        MarkAlive();
        foreach (var board in Boards)
            if (board.Unit == change.Unit && !board.Apply(change) && _hub is { } open)
            {
                LogGap(change.Unit, change.Version);
                _ = Fetch(open, board);
            }
        if (State == LinkState.Unsure) CheckConfirmed();
    }

    private void OnFeedChanged(Feed feed)
    {
        MarkAlive();
        foreach (var board in Boards) board.Apply(feed);
    }

    private void OnUnitsChanged(IReadOnlyList<Unit> changed)
    {
        MarkAlive();
        lock (_gate)
        {
            foreach (var unit in changed)
            {
                if (_unitsMeanwhile is { } meanwhile) PutLater(meanwhile, unit);
                if (_units is { } known) PutLater(known, unit);
            }

            if (_units is null) return;
        }

        UnitsChanged?.Invoke();
    }

    /// <summary>The answer with all totals and what changed meanwhile come in any order: of two about one unit the later counts.</summary>
    private static void PutLater(Dictionary<string, Unit> units, Unit unit)
    {
        if (!units.TryGetValue(unit.Code, out var known) || known.AsOf <= unit.AsOf) units[unit.Code] = unit;
    }
}
