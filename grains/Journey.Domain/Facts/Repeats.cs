using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Visits;

namespace Journey.Domain.Facts;

/// <summary>
/// What a message says only because it says all that its sender knows. A feed repeats in every message what it said before, and a cancel what it
/// takes back: neither is news.
/// </summary>
internal static class Repeats
{
    /// <summary>The fact as if the message had left out what is no news in it.</summary>
    /// <param name="at">When the fact counts.</param>
    /// <param name="gone">Which of the entries were taken back; empty when none was.</param>
    public static Fact Without(CourseEntry entry, DateTimeOffset at, ImmutableArray<CourseEntry> entries, ReadOnlySpan<bool> gone)
    {
        if (entry.Fact is Cancelled { Said.Location: not null } back)
            return IsRedone(entry, entries, gone) ? back with { Said = back.Said with { Location = null } } : back;
        if (entry.Fact is not (Updated or Confirmed)) return entry.Fact;
        var fact = (FeedFact)entry.Fact;
        if (fact.Said.Location is { } place && IsKnownPlace(entry, place, at, entries))
            fact = fact with { Said = fact.Said with { Location = null } };
        if (fact.Said.DischargedAt is { } left)
        {
            if (IsTakenBack(left, entries, gone)) fact = fact with { Said = HasNotLeft(fact.Said) with { DischargedAt = null } };
            else if (IsSeen(left, entries, gone)) fact = fact with { Said = fact.Said with { DischargedAt = null } };
        }

        return fact;
    }

    /// <summary>
    /// A cancel says nothing of the class, which goes with the admission that it came with, and so does who attended; what a discharge said of how
    /// somebody left is nothing when they have not.
    /// </summary>
    public static Cancelled Without(Cancelled cancel, ImmutableArray<CourseEntry> entries, bool[] gone)
    {
        var said = cancel.Said with { Class = null };
        if (cancel.What == CancelledFact.Discharge) return cancel with { Said = HasNotLeft(said) };
        if (cancel.What is not (CancelledFact.Arrival or CancelledFact.PlannedAdmit)) return cancel with { Said = said };
        // Of somebody who was only ever expected it calls off that.
        if (cancel.What == CancelledFact.Arrival && !entries.Any(e => e.Fact is Arrived or Admitted)
            && entries.Any(e => e.Fact is Expected or Planned)) return cancel with { Said = said, What = CancelledFact.Expected };
        for (var i = 0; i < entries.Length; i++)
        {
            if (!gone[i] || entries[i].Fact is not FeedFact back || !Cancellations.IsCancelledBy(back, cancel.What)) continue;
            said = said with
            {
                Attending = said.Attending == back.Said.Attending ? null : said.Attending,
                Service = said.Service == back.Said.Service ? null : said.Service,
            };
        }

        return cancel with { Said = said };
    }

    /// <summary>Only a place that is said differently is news, and not when a move that happened before it was recorded after it.</summary>
    private static bool IsKnownPlace(CourseEntry entry, Location place, DateTimeOffset at, ImmutableArray<CourseEntry> entries)
    {
        var said = Chronology.SaidAt(entry);
        CourseEntry? before = null;
        var isHeardLater = false;
        foreach (var other in entries)
        {
            if (ReferenceEquals(other, entry))
            {
                isHeardLater = true;
                continue;
            }

            if (other.Undone || other.Fact is not FeedFact { Said.Location: not null }) continue;
            var otherSaid = Chronology.SaidAt(other);
            if (other.Fact is Moved or ClassChanged or Admitted && other.Fact.At <= at && otherSaid > said) return true;
            if (other.By.Id == entry.By.Id && otherSaid <= said && (before is null || otherSaid >= Chronology.SaidAt(before))
                && (otherSaid < said || !isHeardLater)) before = other;
        }

        return before?.Fact is FeedFact { Said.Location: { } last } && last == place;
    }

    /// <summary>
    /// A move that was entered again after it had been taken back, at its old time: where the cancel puts the patient is no longer true.
    /// </summary>
    private static bool IsRedone(CourseEntry cancel, ImmutableArray<CourseEntry> entries, ReadOnlySpan<bool> gone)
    {
        for (var i = 0; i < entries.Length; i++)
            if (entries[i].Fact is Moved && entries[i].Fact.At <= cancel.Fact.At && Chronology.SaidAt(entries[i]) > Chronology.SaidAt(cancel)
                && (gone.IsEmpty || !gone[i])) return true;
        return false;
    }

    /// <summary>An end that had been said when one was taken back.</summary>
    private static bool IsTakenBack(DateTimeOffset left, ImmutableArray<CourseEntry> entries, ReadOnlySpan<bool> gone)
    {
        foreach (var back in entries)
            if (back is { Undone: false, Fact: Cancelled { What: CancelledFact.Discharge } or BroughtBack }
                && IsSaid(left, Chronology.SaidAt(back), entries) && !CameBack(left, back.Fact.At, entries, gone)) return true;
        return false;
    }

    private static bool IsSaid(DateTimeOffset left, DateTimeOffset by, ImmutableArray<CourseEntry> entries)
    {
        foreach (var entry in entries)
            if (Chronology.SaidAt(entry) <= by && entry.Fact is Discharged or Updated or Confirmed
                && (((FeedFact)entry.Fact).Said.DischargedAt == left || entry.Fact is Discharged && entry.Fact.At == left)) return true;
        return false;
    }

    /// <summary>Staff saw the patient leave, later than this says.</summary>
    private static bool IsSeen(DateTimeOffset left, ImmutableArray<CourseEntry> entries, ReadOnlySpan<bool> gone)
    {
        foreach (var seen in entries)
            if (seen is { Undone: false, Fact: StepReached { Step: Steps.Departed } } && seen.Fact.At >= left
                && !CameBack(left, seen.Fact.At, entries, gone)) return true;
        return false;
    }

    /// <summary>The visit began anew in between: what was said after that is of another end.</summary>
    private static bool CameBack(DateTimeOffset left, DateTimeOffset until, ImmutableArray<CourseEntry> entries, ReadOnlySpan<bool> gone)
    {
        for (var i = 0; i < entries.Length; i++)
            if (entries[i].Fact is Arrived or Admitted && entries[i].Fact.At > left && entries[i].Fact.At <= until && (gone.IsEmpty || !gone[i]))
                return true;
        return false;
    }

    /// <summary>How somebody left says nothing of who has not; that it is cleared may be said.</summary>
    private static Said HasNotLeft(Said said) => said with { Disposition = said.Disposition is "" ? "" : null, DepartedAs = null };
}
