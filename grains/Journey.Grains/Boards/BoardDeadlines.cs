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

    private readonly BoardRows _rows;
    private readonly IGrainFactory _grains;
    private readonly DutyBook _duty;
    private readonly BoardPulse _pulse;
    private readonly Policy _policy;
    private readonly TimeProvider _clock;
    private readonly DeadlineQueue _queue;
    private readonly DateTimeOffset _awakeSince;

    /// <summary>
    /// Visits of which it is not known what is due by the rules as they are: an earlier version wrote the card, or a rule was turned on or off since.
    /// </summary>
    private readonly HashSet<VisitId> _outdated = [];

    public BoardDeadlines(IGrainBase grain, BoardRows rows, IGrainFactory grains, DutyBook duty, BoardPulse pulse, Policy policy, TimeProvider clock)
    {
        (_rows, _grains, _duty, _pulse, _policy, _clock, _awakeSince) =
            (rows, grains, duty, pulse, policy, clock, clock.GetUtcNow());
        Alarm review = null!;
        _queue = new DeadlineQueue(clock, Review, wait => review.Set(wait), MaxReviewsAtOnce);
        review = new Alarm(grain, _queue.Run);
    }

    /// <summary>When the board was last sure that no deadline is overdue; null before the first time.</summary>
    public DateTimeOffset? CheckedAt { get; private set; }

    public void Set(VisitId visit, DateTimeOffset? deadline) => _queue.Set(visit, deadline);

    /// <summary>What is due of the visit is worked out anew when it is next reviewed.</summary>
    public void Outdate(VisitId visit) => _outdated.Add(visit);

    /// <summary>Reviews every open visit now: the rules are others than they were.</summary>
    public void Reconsider()
    {
        var now = _clock.GetUtcNow();
        foreach (var row in _rows.Rows.Where(row => row.Status is VisitStatus.Expected or VisitStatus.Present or VisitStatus.OnLeave).ToArray())
        {
            _outdated.Add(row.Visit);
            _queue.Set(row.Visit, now);
        }
    }

    /// <summary>The end of a shift is a deadline of the patients of whoever had it. A shift may be entered late, or ended before its time.</summary>
    public void ReviewWhoGoesOffDuty()
    {
        var now = _clock.GetUtcNow();
        foreach (var row in _rows.Rows)
            if (OffDuty.DueAt(row, _duty.Duty, _policy, now) is { } at) _queue.SetNoLaterThan(row.Visit, at > now ? at : now + ShiftDelay);
    }

    /// <summary>Whether nothing is overdue. Told to <see cref="BoardPulse"/> either way.</summary>
    public bool Check()
    {
        var now = _clock.GetUtcNow();
        var isSure = !_queue.IsOverdue(now - Lateness);
        if (isSure) CheckedAt = now;
        _pulse.Beat(this, CheckedAt ?? _awakeSince, isSure ? 0 : _queue.CountOverdue(now - Lateness));
        return isSure;
    }

    /// <summary>The board goes to sleep: from here on it is not silent, but not there.</summary>
    public void Stop() => _pulse.Forget(this);

    private async Task Review(VisitId visit)
    {
        var grain = _grains.GetGrain<IVisitGrain>(visit.Value);
        if (!_outdated.Contains(visit))
        {
            await grain.Review();
            return;
        }

        await grain.Renew();
        _outdated.Remove(visit);
    }
}
