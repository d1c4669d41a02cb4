using System.Collections.Immutable;

namespace Journey.Domain.Visits;

/// <summary>
/// What a visit may forget: a long stay must not grow without bound. Only what the later facts of its kind outweigh is dropped,
/// so that the course that follows from the facts stays the same.
/// </summary>
internal static class Memory
{
    /// <summary>Drops at most one entry, because of the one just inserted at <paramref name="at"/>.</summary>
    public static ImmutableArray<Entry> Forget(ImmutableArray<Entry> entries, int at) => entries[at].Fact switch
    {
        Confirmed => ForgetUpdate(entries, at),
        FeedFact => entries,
        var fact => ForgetStaffFact(entries, fact),
    };

    private static ImmutableArray<Entry> ForgetStaffFact(ImmutableArray<Entry> entries, Fact added)
    {
        var same = Enumerable.Range(0, entries.Length).Where(i => IsSameKind(entries[i].Fact, added)).ToArray();
        if (same.Length <= Visit.RememberedFacts) return entries;
        foreach (var i in same)
            if (entries[i].Undone) return entries.RemoveAt(i);
        return added switch
        {
            // A step is reached once, and always counts.
            StepReached => entries,
            // Who has waited longest waits on until somebody told them.
            FamilyWaited => entries.RemoveAt(entries.Skip(same[0]).Any(e => e is { Fact: FamilyTold, Undone: false }) ? same[0] : same[1]),
            _ => entries.RemoveAt(same[0]),
        };
    }

    private static bool IsSameKind(Fact a, Fact b) => a.GetType() == b.GetType() && (a as Assigned)?.Role == (b as Assigned)?.Role;

    /// <summary>Of updates in a row that said the same and nothing new, the first ones and the last one stay.</summary>
    private static ImmutableArray<Entry> ForgetUpdate(ImmutableArray<Entry> entries, int at)
    {
        var said = ((Confirmed)entries[at].Fact).Said;
        var first = at;
        while (first > 0 && entries[first - 1].Fact is Confirmed or not FeedFact) first--;
        var last = at;
        while (last < entries.Length - 1 && entries[last + 1].Fact is Confirmed or not FeedFact) last++;
        var same = Enumerable.Range(first, last - first + 1).Where(i => entries[i].Fact is Confirmed c && c.Said == said).ToArray();
        return same.Length > Visit.RememberedUpdates ? entries.RemoveAt(same[^2]) : entries;
    }
}
