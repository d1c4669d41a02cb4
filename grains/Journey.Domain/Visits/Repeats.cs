using System.Collections.Immutable;
using Journey.Contracts.Visits;

namespace Journey.Domain.Visits;

/// <summary>
/// What a message says only because it says all that its sender knows. A feed repeats in every message what it said before, and a cancel what it takes back:
/// neither is news.
/// </summary>
internal static class Repeats
{
    /// <summary>The fact as if the message had left out what is no news in it.</summary>
    /// <param name="at">When the fact counts.</param>
    public static Fact Without(Entry entry, DateTimeOffset at, ImmutableArray<Entry> entries)
    {
        if (entry.Fact is not (Updated or Confirmed)) return entry.Fact;
        var fact = (FeedFact)entry.Fact;
        if (fact.Said.Location is { } place && IsKnownPlace(entry, place, at, entries)) fact = fact with { Said = fact.Said with { Location = null } };
        if (fact.Said.DischargedAt is { } left)
        {
            if (IsTakenBack(left, entries)) fact = fact with { Said = HasNotLeft(fact.Said) with { DischargedAt = null } };
            else if (IsSeen(left, entries)) fact = fact with { Said = fact.Said with { DischargedAt = null } };
        }

        return fact;
    }

    /// <summary>
    /// The class that came with an admission goes with it, and so does who attended; what a discharge said of how somebody left is nothing when they have not.
    /// </summary>
    public static Cancelled Without(Cancelled cancel, ImmutableArray<Entry> entries, bool[] gone)
    {
        var said = cancel.Said;
        if (cancel.What == CancelledFact.Discharge) return cancel with { Said = HasNotLeft(said) };
        if (cancel.What is not (CancelledFact.Arrival or CancelledFact.PlannedAdmit)) return cancel;
        for (var i = 0; i < entries.Length; i++)
        {
            if (!gone[i] || entries[i].Fact is not FeedFact back || !Cancellations.IsCancelledBy(back, cancel.What)) continue;
            said = said with
            {
                Class = said.Class == back.Said.Class ? null : said.Class,
                Attending = said.Attending == back.Said.Attending ? null : said.Attending,
                Service = said.Service == back.Said.Service ? null : said.Service,
            };
        }

        return cancel with { Said = said };
    }

    /// <summary>Only a place that is said differently is news, and not when a move that happened before it was recorded after it.</summary>
    private static bool IsKnownPlace(Entry entry, Location place, DateTimeOffset at, ImmutableArray<Entry> entries)
    {
        var said = Chronology.SaidAt(entry);
        Entry? before = null;
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
            if (other.By.Id == entry.By.Id && otherSaid <= said && (before is null || otherSaid >= Chronology.SaidAt(before)) && (otherSaid < said || !isHeardLater)) before = other;
        }

        return before?.Fact is FeedFact { Said.Location: { } last } && last == place;
    }

    /// <summary>An end that was said before one was taken back.</summary>
    private static bool IsTakenBack(DateTimeOffset left, ImmutableArray<Entry> entries)
    {
        foreach (var cancel in entries)
            if (cancel.Fact is Cancelled { What: CancelledFact.Discharge } && entries.Any(e => Left(e.Fact) == left && Chronology.SaidAt(e) <= Chronology.SaidAt(cancel))) return true;
        return false;
    }

    /// <summary>Staff saw the patient leave, later than this says, and nobody came back in between.</summary>
    private static bool IsSeen(DateTimeOffset left, ImmutableArray<Entry> entries)
    {
        foreach (var seen in entries)
            if (seen is { Undone: false, Fact: StepReached { Step: Steps.Departed } } && seen.Fact.At >= left && !entries.Any(e => e.Fact is Arrived or Admitted && e.Fact.At > left && e.Fact.At <= seen.Fact.At)) return true;
        return false;
    }

    /// <summary>How somebody left says nothing of who has not; that it is cleared may be said.</summary>
    private static Said HasNotLeft(Said said) => said with { Disposition = said.Disposition is "" ? "" : null, DepartedAs = null };

    /// <summary>When a fact says that the patient left.</summary>
    private static DateTimeOffset? Left(Fact fact) => fact switch
    {
        Discharged end => end.Said.DischargedAt ?? end.At,
        Updated or Confirmed => ((FeedFact)fact).Said.DischargedAt,
        _ => null,
    };
}
