using Journey.Contracts;
using Journey.Contracts.Visits;
using Journey.Domain.Alerts;
using Journey.Domain.Policies;
using Journey.Grains.Runtime;
using Journey.Grains.Staff;
using Journey.Grains.Telemetry;

namespace Journey.Grains.Boards;

/// <summary>When the visits of one board are to be reviewed, and whether that is done in time.</summary>
internal sealed class BoardDeadlines
{
    /// <summary>A deadline this late has not been looked at as it should have been.</summary>
    private static readonly TimeSpan Lateness = TimeSpan.FromSeconds(3);

    /// <summary>A visit's silo may learn of a shift a moment later than the board's.</summary>
    private static readonly TimeSpan ShiftDelay = TimeSpan.FromMilliseconds(500);

    private const int MaxReviewsAtOnce = 64;

    private readonly BoardRows rows;
    private readonly IGrainFactory grains;
    private readonly DutyBook duty;
    private readonly BoardPulse pulse;
    private readonly Policy policy;
    private readonly TimeProvider clock;
    private readonly DeadlineQueue queue;
    private readonly DateTimeOffset awakeSince;

    /// <summary>Visits of which it is not known what is due by the rules as they are: an earlier version wrote the card, or a rule was turned on or off since.</summary>
    private readonly HashSet<VisitId> outdated = [];

    public BoardDeadlines(IGrainBase grain, BoardRows rows, IGrainFactory grains, DutyBook duty, BoardPulse pulse, Policy policy, TimeProvider clock)
    {
        (this.rows, this.grains, this.duty, this.pulse, this.policy, this.clock, awakeSince) = (rows, grains, duty, pulse, policy, clock, clock.GetUtcNow());
        Alarm review = null!;
        queue = new DeadlineQueue(clock, Review, wait => review.Set(wait), MaxReviewsAtOnce);
        review = new Alarm(grain, queue.Run);
    }

    /// <summary>When the board was last sure that no deadline is overdue; null before the first time.</summary>
    public DateTimeOffset? CheckedAt { get; private set; }

    public void Set(VisitId visit, DateTimeOffset? deadline) => queue.Set(visit, deadline);

    /// <summary>What is due of the visit is worked out anew when it is next reviewed.</summary>
    public void Outdate(VisitId visit) => outdated.Add(visit);

    /// <summary>Reviews every open visit now: the rules are others than they were.</summary>
    public void Reconsider()
    {
        var now = clock.GetUtcNow();
        foreach (var row in rows.Rows.Where(row => row.Status is VisitStatus.Expected or VisitStatus.Present or VisitStatus.OnLeave).ToArray())
        {
            outdated.Add(row.Visit);
            queue.Set(row.Visit, now);
        }
    }

    /// <summary>The end of a shift is a deadline of the patients of whoever had it. A shift may be entered late, or ended before its time.</summary>
    public void ReviewWhoGoesOffDuty()
    {
        var now = clock.GetUtcNow();
        foreach (var row in rows.Rows)
            if (OffDuty.DueAt(row, duty.Duty, policy, now) is { } at) queue.SetNoLaterThan(row.Visit, at > now ? at : now + ShiftDelay);
    }

    /// <summary>Whether nothing is overdue. Told to <see cref="BoardPulse"/> either way.</summary>
    public bool Check()
    {
        var now = clock.GetUtcNow();
        var isSure = !queue.IsOverdue(now - Lateness);
        if (isSure) CheckedAt = now;
        pulse.Beat(this, CheckedAt ?? awakeSince, isSure ? 0 : queue.CountOverdue(now - Lateness));
        return isSure;
    }

    /// <summary>The board goes to sleep: from here on it is not silent, but not there.</summary>
    public void Stop() => pulse.Forget(this);

    private async Task Review(VisitId visit)
    {
        var grain = grains.GetGrain<IVisitGrain>(visit.Value);
        if (!outdated.Contains(visit))
        {
            await grain.Review();
            return;
        }

        await grain.Renew();
        outdated.Remove(visit);
    }
}
