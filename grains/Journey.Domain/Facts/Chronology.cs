using System.Collections.Immutable;

namespace Journey.Domain.Facts;

/// <summary>
/// Puts facts in the order in which they count. Each has two times: when it occurred, and when its sender recorded it. They are sorted by the first;
/// where the first alone would say what cannot be, the second decides, because who recorded later knew more. Worked out anew from all facts, so that
/// the order in which they came does not matter.
/// </summary>
internal static class Chronology
{
    /// <summary>By how much the clocks of two servers may differ: of two statements as close as this the one heard later is the later.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Within this, a visit that was called off and is registered again under its number was called off by mistake: nobody came anew.
    /// </summary>
    internal static readonly TimeSpan Slip = TimeSpan.FromMinutes(30);

    /// <summary>
    /// The facts that count, those taken back left out, each at the time at which it counts and without what is only repeated in it.
    /// </summary>
    public static ImmutableArray<CourseEntry> Order(ImmutableArray<CourseEntry> entries)
    {
        // A visit that turned out to be another one has none of its own.
        foreach (var entry in entries)
            if (IsAnother(entry)) return [entry];
        var gone = Cancellations.Resolve(entries);
        var dated = new List<(CourseEntry Entry, DateTimeOffset At, bool Lifted)>(entries.Length);
        for (var i = 0; i < entries.Length; i++)
            if (!gone[i]) dated.Add((entries[i], entries[i].Fact.At, false));
        // A cancel that is all that was heard of a visit is believed in all it says.
        if (dated.Exists(d => d.Entry.Fact is FeedFact and not Cancelled))
            for (var i = 0; i < dated.Count; i++)
                if (dated[i].Entry is { Fact: Cancelled cancel } entry)
                    dated[i] = dated[i] with { Entry = entry with { Fact = Repeats.Without(cancel, entries, gone) } };

        for (var i = 0; i < dated.Count; i++)
        {
            if (dated[i].Entry.Fact is not (Arrived or Admitted) || Began(dated, i, entries, gone) is not { } began) continue;
            var opening = dated[i].Entry;
            dated[i] = (opening, began, false);
            // It was deleted by mistake, and has been there since.
            if (dated.RemoveAll(d => d.Entry.Fact is Deleted && d.At >= began && IsSaidAfter(opening, d.Entry)) > 0) i = -1;
        }

        for (var i = 0; i < dated.Count; i++)
            if (dated[i].Entry.Fact is Discharged && (Seen(dated, i) ?? Outlasted(dated, i)) is { } at) dated[i] = (dated[i].Entry, at, true);

        var order = Enumerable.Range(0, dated.Count).OrderBy(i => dated[i].At).ThenBy(i => dated[i].Lifted);
        return [.. order.Select(i => Counts(dated[i].Entry, dated[i].At, entries, gone))];
    }

    /// <summary>A fact that comes last in every order, as it counts; null when all have to be ordered anew.</summary>
    public static CourseEntry? Next(ImmutableArray<CourseEntry> entries, int at)
    {
        var entry = entries[at];
        if (at != entries.Length - 1 || entry.Fact is Cancelled or BroughtBack or Linked { Ends: true }) return null;
        // An opening is weighed against all that began or ended before. Of an end that was said last only another end is asked.
        var (said, begins, ends) = (SaidAt(entry), entry.Fact is Arrived or Admitted, entry.Fact is Discharged);
        foreach (var other in entries)
        {
            // What was taken back may take this along.
            if (other.Fact is Cancelled or BroughtBack || SaidAt(other) > said || IsAnother(other)) return null;
            if (entry.Fact is StepReached { Step: Contracts.Visits.Steps.Departed }
                && other.Fact is Discharged or FeedFact { Said.DischargedAt: not null }) return null;
            if (ReferenceEquals(other, entry)) continue;
            if (begins && other.Fact is Arrived or Admitted || (begins || ends) && other.Fact is Discharged) return null;
        }

        if (entry.Fact is not (Arrived or Admitted) || Begin(entry.Fact) is not { } began) return Counts(entry, entry.Fact.At, entries, []);
        return entries.Length > 1 ? null : Counts(entry, began, entries, []);
    }

    private static bool IsAnother(CourseEntry entry) => entry.Fact is Linked { Link.As: Contracts.LinkKind.SameAs };

    /// <summary>When the sender recorded it.</summary>
    public static DateTimeOffset SaidAt(CourseEntry entry) => entry.Fact is FeedFact { Said.RecordedAt: { } at } ? at : entry.Fact.At;

    /// <summary>Whether <paramref name="a"/> was said after <paramref name="b"/>.</summary>
    public static bool IsSaidAfter(CourseEntry a, CourseEntry b)
    {
        var (x, y) = (SaidAt(a), SaidAt(b));
        if ((x - y).Duration() <= Skew && a.RecordedAt != b.RecordedAt) return a.RecordedAt > b.RecordedAt;
        return x > y;
    }

    /// <summary>
    /// PV1-44 says when a visit began, and only the fact that begins it happened then: an admission of somebody who is here has a time of its own.
    /// </summary>
    private static DateTimeOffset? Began(List<(CourseEntry Entry, DateTimeOffset At, bool Lifted)> dated, int at, ImmutableArray<CourseEntry> entries,
        bool[] gone)
    {
        var opening = dated[at].Entry;
        if ((Begin(opening.Fact) ?? CalledOff(opening, entries, gone)) is not { } began) return null;
        foreach (var (other, _, _) in dated)
        {
            if (ReferenceEquals(other, opening)) continue;
            // After an end PV1-44 may still be the first begin.
            if (other.Fact is Discharged && IsSaidAfter(opening, other)) return null;
            if (other.Fact is Arrived or Admitted && (IsSaidAfter(opening, other) || !IsSaidAfter(other, opening) && other.Fact.At < opening.Fact.At))
                return null;
        }

        return began;
    }

    /// <summary>
    /// The begin that was called off just before this was said, which gives no time but that of the registration; null when there is none.
    /// </summary>
    private static DateTimeOffset? CalledOff(CourseEntry opening, ImmutableArray<CourseEntry> entries, bool[] gone)
    {
        DateTimeOffset? began = null;
        if (SaidAt(opening) != opening.Fact.At) return null;
        foreach (var back in entries)
        {
            if (back.Fact is not (Cancelled { What: Contracts.Visits.CancelledFact.Arrival } or Deleted) || SaidAt(opening) - SaidAt(back) > Slip
                || !IsSaidAfter(opening, back)) continue;
            for (var i = 0; i < entries.Length; i++)
                if (gone[i] && entries[i].Fact is Arrived or Admitted && IsSaidAfter(back, entries[i])
                    && (Begin(entries[i].Fact) ?? entries[i].Fact.At) is var at && at < opening.Fact.At && !(began <= at)) began = at;
        }

        return began;
    }

    private static DateTimeOffset? Begin(Fact fact) => fact is FeedFact { Said.AdmittedAt: { } began } && began < fact.At ? began : null;

    /// <summary>
    /// Somebody who left before their arrival was entered, or by a clock that is behind: an end that was said after an arrival ends it, at the
    /// arrival at the earliest. Nothing that ended begins again by being sorted.
    /// </summary>
    private static DateTimeOffset? Outlasted(List<(CourseEntry Entry, DateTimeOffset At, bool Lifted)> dated, int at)
    {
        var end = dated[at].Entry;
        DateTimeOffset? latest = null;
        foreach (var (other, otherAt, _) in dated)
            if (other.Fact is Arrived or Admitted && otherAt > end.Fact.At && !(latest >= otherAt) && IsSaidAfter(end, other)) latest = otherAt;
        return latest;
    }

    /// <summary>Paperwork of a departure that staff saw later, and nobody came back in between: the patient left when they were seen to.</summary>
    private static DateTimeOffset? Seen(List<(CourseEntry Entry, DateTimeOffset At, bool Lifted)> dated, int at)
    {
        var end = dated[at].Entry;
        DateTimeOffset? seen = null;
        foreach (var (other, otherAt, _) in dated)
            if (other.Fact is StepReached { Step: Contracts.Visits.Steps.Departed } && otherAt > end.Fact.At && !(seen <= otherAt)) seen = otherAt;
        foreach (var (other, otherAt, _) in dated)
            if (other.Fact is Arrived or Admitted && otherAt > end.Fact.At && otherAt <= seen && IsSaidAfter(other, end)) return null;
        return seen;
    }

    /// <summary>The fact at the time at which it counts, without what it only repeats.</summary>
    private static CourseEntry Counts(CourseEntry entry, DateTimeOffset at, ImmutableArray<CourseEntry> entries, ReadOnlySpan<bool> gone)
    {
        entry = entry with { Fact = Repeats.Without(entry, at, entries, gone) };
        if (at == entry.Fact.At) return entry;
        // It counts at another time, and was said when it was said: whoever was just told of is not silent since long ago.
        return entry with
        {
            Fact = entry.Fact is FeedFact told
            ? told with { At = at, Said = told.Said with { RecordedAt = told.Said.RecordedAt ?? told.At } }
            : entry.Fact with { At = at }
        };
    }
}
