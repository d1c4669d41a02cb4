using Journey.Contracts;
using Journey.Contracts.Boards;

namespace Journey.Gateway.Live.Boards;

/// <summary>From one state of a board to the next, and which visits to look at for what changed.</summary>
/// <param name="Visits">Every visit whose row or likeness differs; others may be among them.</param>
internal sealed record BoardStep(BoardState Before, BoardState After, IReadOnlySet<VisitId> Visits)
{
    /// <summary>Looks at what the delta names and nothing else: a busy board takes 25 of them a second, whatever the number of its rows.</summary>
    public static BoardStep By(BoardState before, BoardDelta delta)
    {
        var visits = new HashSet<VisitId>();
        foreach (var row in delta.Changed.IsDefault ? [] : delta.Changed) visits.Add(row.Visit);
        visits.UnionWith(delta.Removed.IsDefault ? [] : delta.Removed);
        return Between(before, before.Apply(delta), visits);
    }

    /// <summary>To a snapshot: compares all rows.</summary>
    public static BoardStep To(BoardState before, BoardState after)
    {
        var visits = new HashSet<VisitId>();
        foreach (var (visit, row) in after.Rows)
            if (!before.Rows.TryGetValue(visit, out var earlier) || !ReferenceEquals(earlier, row)) visits.Add(visit);
        visits.UnionWith(before.Rows.Keys.Where(visit => !after.Rows.ContainsKey(visit)));
        return Between(before, after, visits);
    }

    private static BoardStep Between(BoardState before, BoardState after, HashSet<VisitId> visits)
    {
        if (before.Similar != after.Similar)
            visits.UnionWith(before.Similar.Where(visit => !after.Similar.Contains(visit))
                .Concat(after.Similar.Where(visit => !before.Similar.Contains(visit))));
        return new(before, after, visits);
    }
}
