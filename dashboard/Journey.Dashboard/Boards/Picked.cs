using System.Collections.Immutable;

namespace Journey.Dashboard.Boards;

/// <summary>The lines that somebody has chosen to do one thing for all of them.</summary>
/// <param name="Visits">Those that are chosen.</param>
/// <param name="Last">The one that was chosen last: with Shift all between it and the next are.</param>
public sealed record Picked(ImmutableHashSet<Guid> Visits, Guid? Last)
{
    public static readonly Picked None = new([], null);

    public bool Has(Guid visit) => Visits.Contains(visit);

    /// <summary>One line more, or less.</summary>
    /// <param name="shown">The lines in their order.</param>
    /// <param name="range">With all between it and the one before.</param>
    public Picked Turn(Guid visit, IReadOnlyList<Guid> shown, bool range)
    {
        var (from, to) = (Last is { } last ? IndexOf(shown, last) : -1, IndexOf(shown, visit));
        if (range && from >= 0 && to >= 0)
            return new(Visits.Union(shown.Skip(Math.Min(from, to)).Take(Math.Abs(to - from) + 1)), visit);
        return new(Has(visit) ? Visits.Remove(visit) : Visits.Add(visit), visit);
    }

    /// <summary>All that are shown; none when all of them are chosen.</summary>
    public Picked All(IReadOnlyList<Guid> shown) => new(shown.All(Has) ? [] : [.. shown], null);

    /// <summary>Without those that are on the board no more: nothing is done for whom nobody sees.</summary>
    public Picked Of(IReadOnlyList<Guid> shown) => shown.Count(Has) == Visits.Count ? this : this with { Visits = Visits.Intersect(shown) };

    private static int IndexOf(IReadOnlyList<Guid> shown, Guid visit)
    {
        for (var at = 0; at < shown.Count; at++)
            if (shown[at] == visit) return at;
        return -1;
    }
}
