using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Boards;
using Journey.Contracts.Visits;

namespace Journey.Grains.Boards;

/// <summary>The rows of one board, each as of its visit's latest known version, and what changed since the last delta. No I/O, no clock.</summary>
internal sealed class BoardRows
{
    private readonly Dictionary<VisitId, VisitRow> rows = [];

    /// <summary>Versions of visits that left: an announcement that comes late must not bring them back.</summary>
    private readonly Dictionary<VisitId, long> left = [];
    private readonly Dictionary<CommandId, VisitNotice> halves = [];
    private readonly HashSet<VisitId> changed = [];
    private readonly HashSet<VisitId> removed = [];

    public ImmutableArray<VisitRow> All => [.. rows.Values];

    public int Count => rows.Count;

    public bool HasChanges => changed.Count > 0 || removed.Count > 0;

    public VisitRow? Find(VisitId visit) => rows.GetValueOrDefault(visit);

    public IEnumerable<VisitRow> Rows => rows.Values;

    /// <summary>Takes a notice in. Two halves of a swap wait for each other, so that nobody sees two patients in one bed.</summary>
    public IEnumerable<VisitNotice> Arrange(VisitNotice notice)
    {
        if (notice.Together is not { } swap) return [notice];
        if (halves.Remove(swap, out var other)) return [other, notice];
        halves[swap] = notice;
        return [];
    }

    /// <summary>Halves whose other half did not come: the other bed is on another board, or its message was refused.</summary>
    public ImmutableArray<VisitNotice> Halves()
    {
        var waiting = halves.Values.ToImmutableArray();
        halves.Clear();
        return waiting;
    }

    /// <summary>True when the notice was news.</summary>
    public bool Apply(VisitNotice notice)
    {
        var known = Math.Max(rows.GetValueOrDefault(notice.Visit)?.Version ?? 0, left.GetValueOrDefault(notice.Visit));
        if (notice.Version < known) return false;
        if (notice.Row is { } row)
        {
            // A new activation of a visit tells the version that the one before it told.
            if (rows.TryGetValue(notice.Visit, out var before) && before.Version == notice.Version) return false;
            left.Remove(notice.Visit);
            rows[notice.Visit] = row;
            removed.Remove(notice.Visit);
            changed.Add(notice.Visit);
            return true;
        }

        left[notice.Visit] = notice.Version;
        if (!rows.Remove(notice.Visit)) return false;
        changed.Remove(notice.Visit);
        removed.Add(notice.Visit);
        return true;
    }

    /// <summary>The same version of a row with what the board alone knows against it.</summary>
    public void Amend(VisitRow row)
    {
        rows[row.Visit] = row;
        changed.Add(row.Visit);
    }

    /// <summary>What changed since the last call.</summary>
    public (ImmutableArray<VisitRow> Changed, ImmutableArray<VisitId> Removed) TakeChanges()
    {
        var result = (changed.Select(v => rows[v]).ToImmutableArray(), removed.ToImmutableArray());
        changed.Clear();
        removed.Clear();
        return result;
    }

    /// <summary>Forgets who left, once they are old news.</summary>
    public void ForgetLeft(int most)
    {
        if (left.Count > most) left.Clear();
    }
}
