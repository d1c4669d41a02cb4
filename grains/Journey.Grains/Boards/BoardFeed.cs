using System.Collections.Immutable;
using System.Diagnostics;
using Journey.Contracts.Boards;
using Journey.Grains.Runtime;
using Journey.Grains.Telemetry;

namespace Journey.Grains.Boards;

/// <summary>
/// Tells whoever watches a board what changed on it: changes of a moment travel together, as deltas with one version after the other.
/// </summary>
internal sealed class BoardFeed
{
    /// <summary>What one message changes travels together.</summary>
    private static readonly TimeSpan Coalesce = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// A busy board tells no more often than this. A delta's price is the number of its watchers, not of its rows: on a board with a hundred
    /// changes a second this is half the price of telling each 20 ms.
    /// </summary>
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(40);

    /// <summary>Of a delta that carries more changes only the first few have their traces followed to the browsers.</summary>
    private const int MaxTraces = 16;

    private readonly (string Unit, string Name, Guid Epoch) _board;
    private readonly BoardRows _rows;
    private readonly BedBook _beds;
    private readonly StayBook _stays;
    private readonly BoardDeadlines _deadlines;
    private readonly TimeProvider _clock;
    private readonly Action _told;
    private readonly Watchers<IBoardObserver> _observers;
    private readonly Alarm _flush;
    private readonly List<string> _traces = [];
    private long _version;
    private long _firstChange;
    private long _flushedAt;

    /// <summary>The beds as of the last delta.</summary>
    private long _bedsTold;
    private StaysToday? _staysTold;

    /// <param name="told">Called after each delta.</param>
    public BoardFeed(IGrainBase grain, string unit, string name, Guid epoch, BoardRows rows, BedBook beds, StayBook stays,
        BoardDeadlines deadlines, TimeProvider clock, Action told)
    {
        (_board, _rows, _beds, _stays, _deadlines, _clock, _told) = ((unit, name, epoch), rows, beds, stays, deadlines, clock, told);
        _observers = new(clock);
        _flush = new(grain, Send);
    }

    public int Watchers => _observers.Count;

    /// <summary>Whether changes wait to be told.</summary>
    public bool IsDue => _flush.IsSet;

    public BoardSnapshot Watch(IBoardObserver observer)
    {
        // What is not sent yet goes to those who watch already; the newcomer's snapshot holds it.
        Flush();
        _observers.Add(observer);
        return Snapshot();
    }

    public BoardRenewal Renew(IBoardObserver observer)
    {
        _observers.Add(observer);
        return new BoardRenewal(_board.Unit, _board.Epoch, _version, _clock.GetUtcNow());
    }

    public void Unwatch(IBoardObserver observer) => _observers.Remove(observer);

    public BoardSnapshot Snapshot()
    {
        var now = _clock.GetUtcNow();
        return new(_board.Unit, _board.Name, _board.Epoch, _version, now, _rows.All, _beds.View)
        {
            AlertsCheckedAt = _deadlines.CheckedAt, Stays = _stays.Today(now),
        };
    }

    /// <summary>Something that the board shows has changed: it is told soon.</summary>
    public void Changed()
    {
        if (_traces.Count < MaxTraces && Activity.Current is { Recorded: true, Id: { } trace }) _traces.Add(trace);
        if (_flush.IsSet) return;
        _firstChange = _clock.GetTimestamp();
        var wait = Between - _clock.GetElapsedTime(_flushedAt, _firstChange);
        _flush.Set(wait > Coalesce ? wait : Coalesce);
    }

    /// <summary>Tells at once what waits to be told.</summary>
    public void Flush()
    {
        if (!_flush.IsSet) return;
        _flush.Stop();
        Send();
    }

    /// <summary>Tells that nothing is overdue; with nothing else but that a day has begun.</summary>
    public void TellChecked()
    {
        var now = _clock.GetUtcNow();
        Tell(new BoardDelta(_board.Unit, _board.Epoch, ++_version, now, [], [], null)
        {
            AlertsCheckedAt = _deadlines.CheckedAt, Stays = NewStays(now),
        });
    }

    /// <summary>The board goes to sleep: whoever watches need not wait until they find out by themselves.</summary>
    public void TellLeft() => _observers.Tell(o => o.Left(_board.Unit));

    private void Send()
    {
        ImmutableArray<string>? traced = _traces.Count == 0 ? null : [.. _traces];
        _traces.Clear();
        var bedsChanged = _beds.Revision != _bedsTold;
        if (!_rows.HasChanges && !bedsChanged) return;
        var (changed, removed) = _rows.TakeChanges();
        var now = _clock.GetUtcNow();
        Tell(new BoardDelta(_board.Unit, _board.Epoch, ++_version, now, changed, removed, bedsChanged
            ? _beds.View
            : null, traced)
        { AlertsCheckedAt = _deadlines.CheckedAt, Stays = NewStays(now) });
        _flushedAt = _clock.GetTimestamp();
        _bedsTold = _beds.Revision;
        JourneyMeter.BoardLag.Record(_clock.GetElapsedTime(_firstChange).TotalMilliseconds);
        _told();
    }

    /// <summary>Null when they were told already.</summary>
    private StaysToday? NewStays(DateTimeOffset now)
    {
        var today = _stays.Today(now);
        if (ReferenceEquals(today, _staysTold)) return null;
        return _staysTold = today;
    }

    private void Tell(BoardDelta delta) => _observers.Tell(o => o.Changed(delta));
}
