using System.Collections.Immutable;
using Journey.Contracts.Care;
using Journey.Contracts.Families;

namespace Journey.Domain.Facts;

/// <summary>
/// What a visit may forget: a long stay must not grow without bound. Only what the later facts of its kind outweigh is dropped,
/// so that the course that follows from the facts stays the same.
/// </summary>
internal static class Memory
{
    /// <summary>Drops entries that the one just inserted at <paramref name="at"/> makes one too many of its kind.</summary>
    /// <param name="shapesOn">True when the course that follows from the rest may be another one, and has to be worked out anew.</param>
    public static ImmutableArray<CourseEntry> Forget(ImmutableArray<CourseEntry> entries, int at, out bool shapesOn)
    {
        var kept = entries[at].Fact switch
        {
            Confirmed => ForgetUpdate(entries, at),
            Mentioned => ForgetMention(entries),
            FeedFact or ItemFact => entries,
            var fact => ForgetStaffFact(entries, fact),
        };
        // A word to the family settles promises; a contact may have been the spokesperson. The others only outweigh one another.
        shapesOn = kept.Length < entries.Length
            && entries[at].Fact is not (Confirmed or Mentioned or Contacted or AcuitySet or NoteSet or Assigned or NurseWentOff or StepReached
                or FamilyWaited);
        return kept;
    }

    /// <summary>
    /// Items of the care that may be forgotten with all their facts: the oldest settled ones, once there are many of a kind. Null: none.
    /// </summary>
    public static HashSet<Guid>? Settled(CareState care)
    {
        // Nearly no visit has so many, and this is asked with each fact.
        if (Math.Max(Math.Max(care.Questions.Length, care.Promises.Length), Math.Max(care.Requests.Length, care.Handoffs.Length))
            <= CareState.RememberedSettled && care.Updates.Length <= CareState.RememberedSettled) return null;
        return ManySettled(care);
    }

    private static HashSet<Guid>? ManySettled(CareState care)
    {
        HashSet<Guid>? settled = null;
        Add(care.Questions, q => !CareState.IsOpen(q), q => q.Id);
        Add(care.Promises, p => !CareState.IsOpen(p) && !p.NextWord, p => p.Id);
        Add(care.Requests, r => !CareState.IsOpen(r), r => r.Id);
        // The last that left, and the last that told the family something, say since when they know nothing new.
        var told = care.Updates.LastOrDefault(u => u.ToldAt is not null);
        Add(care.Updates, u => u.IsSettled && care.Updates[^1] != u && u != told, u => u.Id);
        // A handoff that something still open went through says who owns it.
        Add(care.Handoffs, h => h.Id != Guid.Empty && !CareState.IsOpen(h) && IsOutlived(care, h), h => h.Id);
        return settled;

        void Add<T>(ImmutableArray<T> all, Func<T, bool> isSettled, Func<T, Guid> id)
        {
            if (all.Length <= CareState.RememberedSettled) return;
            var done = all.Where(isSettled).Select(id).ToArray();
            // Half of them at once: to work out the course anew is not for every command.
            if (done.Length > CareState.RememberedSettled) (settled ??= []).UnionWith(done.Take(CareState.RememberedSettled / 2));
        }
    }

    public static ImmutableArray<CourseEntry> Forget(ImmutableArray<CourseEntry> entries, HashSet<Guid> items) =>
        entries.RemoveAll(e => e.Fact is ItemFact fact && items.Contains(fact.Item));

    private static bool IsOutlived(CareState care, HandoffView handoff) =>
        care.Handoffs.Any(h => h.Role == handoff.Role && h.State == HandoffState.Accepted && h.Since > handoff.Since)
        && care.Questions.All(q => !CareState.IsOpen(q) || q.AskedAt > handoff.Since)
        && care.Requests.All(r => !CareState.IsOpen(r) || r.MadeAt > handoff.Since)
        && care.Promises.All(p => !CareState.IsOpen(p) || p.MadeAt > handoff.Since);

    /// <summary>Of results, orders and documents the first and the latest say all that they say here.</summary>
    private static ImmutableArray<CourseEntry> ForgetMention(ImmutableArray<CourseEntry> entries)
    {
        var (mentions, last, beforeLast) = (0, -1, -1);
        for (var i = 0; i < entries.Length; i++)
            if (entries[i].Fact is Mentioned) (mentions, last, beforeLast) = (mentions + 1, i, last);
        return mentions > Visit.RememberedUpdates ? entries.RemoveAt(beforeLast) : entries;
    }

    /// <summary>Some at once, for each time the course may have to be worked out anew.</summary>
    private static ImmutableArray<CourseEntry> ForgetStaffFact(ImmutableArray<CourseEntry> entries, Fact added)
    {
        var same = 0;
        foreach (var entry in entries)
            if (IsSameKind(entry.Fact, added)) same++;
        if (same <= Visit.RememberedFacts + Visit.ForgottenAtOnce) return entries;
        for (; same > Visit.RememberedFacts && Outlived(entries, added) is { } at; same--) entries = entries.RemoveAt(at);
        return entries;
    }

    /// <summary>The one of that kind that says least; null when each counts.</summary>
    private static int? Outlived(ImmutableArray<CourseEntry> entries, Fact kind)
    {
        int? first = null, second = null;
        for (var i = 0; i < entries.Length; i++)
        {
            if (!IsSameKind(entries[i].Fact, kind)) continue;
            if (entries[i].Undone) return i;
            if (first is null) first = i;
            else second ??= i;
        }

        return kind switch
        {
            // A step is reached once, and always counts.
            StepReached => null,
            // Who has waited longest waits on until somebody told them.
            FamilyWaited => entries.Skip(first!.Value).Any(e => !e.Undone && Tells(entries, e.Fact)) ? first : second,
            _ => first,
        };
    }

    /// <summary>Whether the family was told something by it.</summary>
    private static bool Tells(ImmutableArray<CourseEntry> entries, Fact fact) => fact switch
    {
        FamilyTold or UpdateReleased => true,
        DeliveryEnded { State: DeliveryState.Delivered } delivered =>
            ReferenceEquals(delivered, entries.Select(e => e.Fact).OfType<DeliveryEnded>()
                .First(f => f.Item == delivered.Item && f.State == DeliveryState.Delivered)),
        _ => false,
    };

    /// <summary>Whether the later of two would outweigh the earlier: of the same kind, and about the same.</summary>
    private static bool IsSameKind(Fact a, Fact b) => (a, b) switch
    {
        (Assigned x, Assigned y) => x.Role == y.Role,
        (LockSet x, LockSet y) => x.Lock == y.Lock,
        (ContactSet x, ContactSet y) => x.Contact.Id == y.Contact.Id,
        (ContactRemoved x, ContactRemoved y) => x.Contact == y.Contact,
        (LinkIssued x, LinkIssued y) => x.Contact == y.Contact,
        (LinksRevoked x, LinksRevoked y) => x.Contact == y.Contact,
        _ => a.GetType() == b.GetType(),
    };

    /// <summary>Of updates in a row that said the same and nothing new, the first ones and the last one stay.</summary>
    private static ImmutableArray<CourseEntry> ForgetUpdate(ImmutableArray<CourseEntry> entries, int at)
    {
        var said = ((Confirmed)entries[at].Fact).Said with { RecordedAt = null };
        var first = at;
        while (first > 0 && entries[first - 1].Fact is Confirmed or not FeedFact) first--;
        var last = at;
        while (last < entries.Length - 1 && entries[last + 1].Fact is Confirmed or not FeedFact) last++;
        var same = Enumerable.Range(first, last - first + 1)
            .Where(i => entries[i].Fact is Confirmed c && c.Said with { RecordedAt = null } == said).ToArray();
        return same.Length > Visit.RememberedUpdates ? entries.RemoveAt(same[^2]) : entries;
    }
}
