using Journey.Contracts;

namespace Journey.Grains.Boards;

/// <summary>The deadlines of one board's visits: one queue, one timer, a bounded number of visits poked at a time.</summary>
/// <remarks>
/// Nobody waits for the reviews, so that the board takes the visits' announcements meanwhile; all of it runs on the board's scheduler.
/// The timer is armed only while a review can be begun: with none free, whichever ends first takes the next visit.
/// </remarks>
/// <param name="arm">Has <see cref="Run"/> called after that time, instead of any time asked for before.</param>
internal sealed class DeadlineQueue(TimeProvider clock, Func<VisitId, Task> review, Action<TimeSpan> arm, int atOnce)
{
    /// <summary>A review that failed is tried again after this; the sweep over the cards is the second net.</summary>
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly PriorityQueue<VisitId, DateTimeOffset> _queue = new();
    private readonly Dictionary<VisitId, DateTimeOffset> _due = [];
    private DateTimeOffset? _armedFor;
    private int _underWay;

    public void Set(VisitId visit, DateTimeOffset? deadline)
    {
        if (deadline is not { } at)
        {
            _due.Remove(visit);
            return;
        }

        if (_due.TryGetValue(visit, out var before) && before == at) return;
        _due[visit] = at;
        // The visit's earlier entry stays in the queue and is skipped when its turn comes: cheaper than a search.
        _queue.Enqueue(visit, at);
        Arm();
    }

    /// <summary>Looks at the visit no later than <paramref name="at"/>.</summary>
    public void SetNoLaterThan(VisitId visit, DateTimeOffset at)
    {
        if (!_due.TryGetValue(visit, out var before) || at < before) Set(visit, at);
    }

    /// <summary>Whether a deadline from before <paramref name="since"/> has not been looked at.</summary>
    public bool IsOverdue(DateTimeOffset since)
    {
        while (_queue.TryPeek(out var visit, out var at))
        {
            if (_due.TryGetValue(visit, out var current) && current == at) return at < since;
            _queue.Dequeue();
        }

        return false;
    }

    /// <summary>How many visits have one; looks at each.</summary>
    public int CountOverdue(DateTimeOffset since) => _due.Values.Count(at => at < since);

    /// <summary>Begins as many reviews as are due and may run at once.</summary>
    public void Run()
    {
        _armedFor = null;
        while (_underWay < atOnce && TakeDue() is { } visit) _ = Begin(visit);
        Arm();
    }

    private void Arm()
    {
        if (_underWay >= atOnce || !_queue.TryPeek(out _, out var next) || _armedFor <= next) return;
        _armedFor = next;
        var wait = next - clock.GetUtcNow();
        arm(wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestWait ? LongestWait : wait);
    }

    private VisitId? TakeDue()
    {
        while (_queue.TryPeek(out var visit, out var at) && at <= clock.GetUtcNow())
        {
            _queue.Dequeue();
            if (!_due.TryGetValue(visit, out var current) || current != at) continue;
            _due.Remove(visit);
            return visit;
        }

        return null;
    }

    /// <summary>Reviews one visit after the other for as long as any is due.</summary>
    private async Task Begin(VisitId first)
    {
        _underWay++;
        for (VisitId? next = first; next is { } visit; next = TakeDue())
        {
            try
            {
                await review(visit);
            }
            catch (Exception)
            {
                if (!_due.ContainsKey(visit)) Set(visit, clock.GetUtcNow() + Retry);
            }
        }

        _underWay--;
        Arm();
    }
}
