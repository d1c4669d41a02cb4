using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Boards;
using Journey.Contracts.Visits;

namespace Journey.Grains.Boards;

/// <summary>The rows of one board, each as of its visit's latest known version, and what changed since the last delta. No I/O, no clock.</summary>
internal sealed class BoardRows
{
    private readonly Dictionary<VisitId, VisitRow> _rows = [];

    /// <summary>Versions of visits that left: an announcement that comes late must not bring them back.</summary>
    private readonly Dictionary<VisitId, long> _left = [];
    private readonly Dictionary<CommandId, VisitNotice> _halves = [];
    private readonly HashSet<VisitId> _changed = [];
    private readonly HashSet<VisitId> _removed = [];

    public ImmutableArray<VisitRow> All => [.. _rows.Values];

    public int Count => _rows.Count;

    public bool HasChanges => _changed.Count > 0 || _removed.Count > 0;

    public VisitRow? Find(VisitId visit) => _rows.GetValueOrDefault(visit);

    public IEnumerable<VisitRow> Rows => _rows.Values;

    /// <summary>Takes a notice in. Two halves of a swap wait for each other, so that nobody sees two patients in one bed.</summary>
    public IEnumerable<VisitNotice> Arrange(VisitNotice notice)
    {
        if (notice.Together is not { } swap) return [notice];
        if (_halves.Remove(swap, out var other)) return [other, notice];
        _halves[swap] = notice;
        return [];
    }

    /// <summary>Halves whose other half did not come: the other bed is on another board, or its message was refused.</summary>
    public ImmutableArray<VisitNotice> Halves()
    {
        var waiting = _halves.Values.ToImmutableArray();
        _halves.Clear();
        return waiting;
    }

    /// <summary>True when the notice was news.</summary>
    public bool Apply(VisitNotice notice)
    {
        var known = Math.Max(_rows.GetValueOrDefault(notice.Visit)?.Version ?? 0, _left.GetValueOrDefault(notice.Visit));
        if (notice.Version < known) return false;
        if (notice.Row is { } row)
        {
            // A new activation of a visit tells the version that the one before it told.
            if (_rows.TryGetValue(notice.Visit, out var before) && before.Version == notice.Version) return false;
            _left.Remove(notice.Visit);
            _rows[notice.Visit] = row;
            _removed.Remove(notice.Visit);
            _changed.Add(notice.Visit);
            return true;
        }

        _left[notice.Visit] = notice.Version;
        if (!_rows.Remove(notice.Visit)) return false;
        _changed.Remove(notice.Visit);
        _removed.Add(notice.Visit);
        return true;
    }

    /// <summary>The same version of a row with what the board alone knows against it.</summary>
    public void Amend(VisitRow row)
    {
        _rows[row.Visit] = row;
        _changed.Add(row.Visit);
    }

    /// <summary>What changed since the last call.</summary>
    public (ImmutableArray<VisitRow> Changed, ImmutableArray<VisitId> Removed) TakeChanges()
    {
        var result = (_changed.Select(v => _rows[v]).ToImmutableArray(), _removed.ToImmutableArray());
        _changed.Clear();
        _removed.Clear();
        return result;
    }

    /// <summary>Forgets who left, once they are old news.</summary>
    public void ForgetLeft(int most)
    {
        if (_left.Count > most) _left.Clear();
    }
}
