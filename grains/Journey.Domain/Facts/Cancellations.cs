using System.Collections.Immutable;
using Journey.Contracts.Visits;

namespace Journey.Domain.Facts;

/// <summary>A fact with where it came from.</summary>
/// <param name="From">The visit that it came along from; null when it was recorded here.</param>
public sealed record CourseEntry(Fact Fact, Guid Command, DateTimeOffset RecordedAt, Contracts.Actor By, bool Undone = false,
    Contracts.VisitId? From = null);

/// <summary>
/// Finds which facts were taken back. Worked out anew from all facts, so a cancel that arrives before what it cancels takes effect all the same.
/// </summary>
internal static class Cancellations
{
    /// <summary>How far a clock may run backwards between two messages: an hour that happens twice.</summary>
    private static readonly TimeSpan Backwards = TimeSpan.FromHours(1);

    public static bool[] Resolve(ImmutableArray<CourseEntry> entries)
    {
        var gone = new bool[entries.Length];
        for (var i = 0; i < entries.Length; i++) gone[i] = entries[i].Undone;
        for (var i = 0; i < entries.Length; i++)
        {
            if (gone[i]) continue;
            if (entries[i].Fact is Linked { Ends: true } unlinked) Unlink(entries, gone, i, unlinked);
            if (entries[i].Fact is BroughtBack) BringBack(entries, gone, i);
            if (entries[i].Fact is Deleted) StrikeOut(entries, gone, i);
            if (entries[i].Fact is not Cancelled cancel) continue;
            var target = Target(entries, gone, i, cancel);
            if (target < 0) continue;
            gone[target] = true;
            // What can only be once may have been said twice, in two messages, and at two times: both go. Said again after the cancel it is said
            // anew.
            var since = Boundary(entries, gone, target);
            for (var j = 0; j < entries.Length; j++)
                if (IsSaidAgain(entries[j].Fact, entries[target].Fact, since, cancel.CancelledAt is not null) && !IsSaidAfter(entries[j], entries[i]))
                    gone[j] = true;
        }

        return gone;
    }

    /// <summary>A fact of the same kind at the same time; an arrival, an admission, a discharge or a plan of the same stay.</summary>
    private static bool IsSaidAgain(Fact fact, Fact target, DateTimeOffset since, bool isNamed) =>
        fact.GetType() == target.GetType() && (fact.At == target.At
        || fact.At > since && (fact is Arrived or Admitted or Discharged || fact is Planned plan && !isNamed && plan.Kind == ((Planned)target).Kind)
        || fact is (Arrived or Admitted) and FeedFact { Said.AdmittedAt: { } began }
        && target is FeedFact { Said.AdmittedAt: { } other } && began == other);

    /// <summary>When the stay that an arrival or an end is of was last cut off from the one before: by an end, or by a begin.</summary>
    private static DateTimeOffset Boundary(ImmutableArray<CourseEntry> entries, bool[] gone, int target)
    {
        var since = DateTimeOffset.MinValue;
        for (var i = 0; i < entries.Length; i++)
        {
            var cuts = entries[target].Fact is Discharged
                ? entries[i].Fact is Arrived or Admitted
                : entries[i].Fact is Discharged or StepReached { Step: Steps.Departed };
            if (cuts && !gone[i] && entries[i].Fact.At <= entries[target].Fact.At && entries[i].Fact.At > since) since = entries[i].Fact.At;
        }

        return since;
    }

    private static bool IsSaidAfter(CourseEntry entry, CourseEntry cancel) => Chronology.SaidAt(entry) > Chronology.SaidAt(cancel);

    /// <summary>A link that never was takes its beginning along.</summary>
    private static void Unlink(ImmutableArray<CourseEntry> entries, bool[] gone, int at, Linked end)
    {
        for (var i = 0; i < entries.Length; i++)
            if (entries[i].Fact is Linked { Ends: false } begin && begin.Link.As == end.Link.As && begin.Link.Other == end.Link.Other
                && entries[i].RecordedAt <= entries[at].RecordedAt) gone[i] = true;
        gone[at] = true;
    }

    /// <summary>Every end of the visit that was known when somebody saw the patient, since it last began.</summary>
    private static void BringBack(ImmutableArray<CourseEntry> entries, bool[] gone, int at)
    {
        DateTimeOffset? began = null;
        for (var i = 0; i < at; i++)
            if (!gone[i] && entries[i].Fact is Arrived or Admitted) began = entries[i].Fact.At;
        for (var i = 0; i < entries.Length; i++)
            if (entries[i].Fact is Discharged or StepReached { Step: Steps.Departed } or LeftAs or EndedByRule
                && entries[i].RecordedAt <= entries[at].RecordedAt && !(entries[i].Fact.At < began)) gone[i] = true;
    }

    /// <summary>What was deleted and is registered anew begins with that, and ends with nothing that was said before.</summary>
    private static void StrikeOut(ImmutableArray<CourseEntry> entries, bool[] gone, int at)
    {
        if (!entries.Any(e => e.Fact is Arrived or Admitted && Chronology.IsSaidAfter(e, entries[at]))) return;
        for (var i = 0; i < entries.Length; i++)
            if (entries[i].Fact is Arrived or Admitted or Discharged && Chronology.IsSaidAfter(entries[at], entries[i])) gone[i] = true;
    }

    private static int Target(ImmutableArray<CourseEntry> entries, bool[] gone, int at, Cancelled cancel)
    {
        var latest = -1;
        var latestHeard = -1;
        var namedAnew = -1;
        for (var i = 0; i < entries.Length; i++)
        {
            if (i == at || gone[i] || !IsCancelledBy(entries[i].Fact, cancel.What)) continue;
            if (cancel.CancelledAt is { } named && IsAt(entries[i].Fact, named))
            {
                if (!IsSaidAfter(entries[i], entries[at])) return i;
                if (namedAnew < 0) namedAnew = i;
            }

            // What was said after the cancel was said anew.
            if (entries[i].Fact.At <= cancel.At && !IsSaidAfter(entries[i], entries[at])) latest = i;
            else if (entries[i].RecordedAt <= entries[at].RecordedAt && entries[i].Fact.At - cancel.At <= Backwards) latestHeard = i;
        }

        if (namedAnew >= 0) return namedAnew;
        // A sender whose clock ran backwards cancels what, by its times, has not happened yet: then what was heard before counts. What happened well
        // after the cancel is no part of it: what it cancels was lost on the way.
        return latest >= 0 ? latest : latestHeard;
    }

    /// <summary>A cancel may name what it cancels by the time of its event, or by when the visit began or ended.</summary>
    private static bool IsAt(Fact fact, DateTimeOffset named) => fact.At == named || fact switch
    {
        Arrived or Admitted => ((FeedFact)fact).Said.AdmittedAt == named,
        Discharged discharged => discharged.Said.DischargedAt == named,
        _ => false,
    };

    public static bool IsCancelledBy(Fact fact, CancelledFact what) => what switch
    {
        CancelledFact.Expected => fact is Expected,
        CancelledFact.Arrival => fact is Arrived or Admitted,
        CancelledFact.Transfer => fact is Moved,
        CancelledFact.Discharge => fact is Discharged,
        CancelledFact.PlannedAdmit => fact is Planned { Kind: PlanKind.Admit },
        CancelledFact.PlannedTransfer => fact is Planned { Kind: PlanKind.Transfer },
        CancelledFact.PlannedDischarge => fact is Planned { Kind: PlanKind.Discharge },
        CancelledFact.GoingOut => fact is WentOut,
        CancelledFact.Reaching => fact is Reached,
        CancelledFact.Leave => fact is WentOnLeave,
        CancelledFact.Return => fact is Returned,
        _ => throw new InvalidOperationException($"No rule for cancelling {what}."),
    };
}
