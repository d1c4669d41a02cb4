using System.Collections.Immutable;
using System.Diagnostics;
using Journey.Contracts.Boards;
using Journey.Grains.Runtime;
using Journey.Grains.Telemetry;

namespace Journey.Grains.Boards;

/// <summary>Tells whoever watches a board what changed on it: changes of a moment travel together, as deltas with one version after the other.</summary>
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

    private readonly (string Unit, string Name, Guid Epoch) board;
    private readonly BoardRows rows;
    private readonly BedBook beds;
    private readonly BoardDeadlines deadlines;
    private readonly TimeProvider clock;
    private readonly Action told;
    private readonly Watchers<IBoardObserver> observers;
    private readonly Alarm flush;
    private readonly List<string> traces = [];
    private long version;
    private long firstChange;
    private long flushedAt;

    /// <summary>The beds as of the last delta.</summary>
    private long bedsTold;

    /// <param name="told">Called after each delta.</param>
    public BoardFeed(IGrainBase grain, string unit, string name, Guid epoch, BoardRows rows, BedBook beds, BoardDeadlines deadlines, TimeProvider clock, Action told)
    {
        (board, this.rows, this.beds, this.deadlines, this.clock, this.told) = ((unit, name, epoch), rows, beds, deadlines, clock, told);
        observers = new(clock);
        flush = new(grain, Send);
    }

    public int Watchers => observers.Count;

    /// <summary>Whether changes wait to be told.</summary>
    public bool IsDue => flush.IsSet;

    public BoardSnapshot Watch(IBoardObserver observer)
    {
        // What is not sent yet goes to those who watch already; the newcomer's snapshot holds it.
        Flush();
        observers.Add(observer);
        return Snapshot();
    }

    public BoardRenewal Renew(IBoardObserver observer)
    {
        observers.Add(observer);
        return new BoardRenewal(board.Unit, board.Epoch, version, clock.GetUtcNow());
    }

    public void Unwatch(IBoardObserver observer) => observers.Remove(observer);

    public BoardSnapshot Snapshot() => new(board.Unit, board.Name, board.Epoch, version, clock.GetUtcNow(), rows.All, beds.View) { AlertsCheckedAt = deadlines.CheckedAt };

    /// <summary>Something that the board shows has changed: it is told soon.</summary>
    public void Changed()
    {
        if (traces.Count < MaxTraces && Activity.Current is { Recorded: true, Id: { } trace }) traces.Add(trace);
        if (flush.IsSet) return;
        firstChange = clock.GetTimestamp();
        var wait = Between - clock.GetElapsedTime(flushedAt, firstChange);
        flush.Set(wait > Coalesce ? wait : Coalesce);
    }

    /// <summary>Tells at once what waits to be told.</summary>
    public void Flush()
    {
        if (!flush.IsSet) return;
        flush.Stop();
        Send();
    }

    /// <summary>Tells that nothing is overdue, with nothing else.</summary>
    public void TellChecked() => Tell(new BoardDelta(board.Unit, board.Epoch, ++version, clock.GetUtcNow(), [], [], null) { AlertsCheckedAt = deadlines.CheckedAt });

    /// <summary>The board goes to sleep: whoever watches need not wait until they find out by themselves.</summary>
    public void TellLeft() => observers.Tell(o => o.Left(board.Unit));

    private void Send()
    {
        ImmutableArray<string>? traced = traces.Count == 0 ? null : [.. traces];
        traces.Clear();
        var bedsChanged = beds.Revision != bedsTold;
        if (!rows.HasChanges && !bedsChanged) return;
        var (changed, removed) = rows.TakeChanges();
        Tell(new BoardDelta(board.Unit, board.Epoch, ++version, clock.GetUtcNow(), changed, removed, bedsChanged ? beds.View : null, traced) { AlertsCheckedAt = deadlines.CheckedAt });
        flushedAt = clock.GetTimestamp();
        bedsTold = beds.Revision;
        JourneyMeter.BoardLag.Record(clock.GetElapsedTime(firstChange).TotalMilliseconds);
        told();
    }

    private void Tell(BoardDelta delta) => observers.Tell(o => o.Changed(delta));
}
