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

    private readonly PriorityQueue<VisitId, DateTimeOffset> queue = new();
    private readonly Dictionary<VisitId, DateTimeOffset> due = [];
    private DateTimeOffset? armedFor;
    private int underWay;

    public void Set(VisitId visit, DateTimeOffset? deadline)
    {
        if (deadline is not { } at)
        {
            due.Remove(visit);
            return;
        }

        if (due.TryGetValue(visit, out var before) && before == at) return;
        due[visit] = at;
        // The visit's earlier entry stays in the queue and is skipped when its turn comes: cheaper than a search.
        queue.Enqueue(visit, at);
        Arm();
    }

    /// <summary>Looks at the visit no later than <paramref name="at"/>.</summary>
    public void SetNoLaterThan(VisitId visit, DateTimeOffset at)
    {
        if (!due.TryGetValue(visit, out var before) || at < before) Set(visit, at);
    }

    /// <summary>Whether a deadline from before <paramref name="since"/> has not been looked at.</summary>
    public bool IsOverdue(DateTimeOffset since)
    {
        while (queue.TryPeek(out var visit, out var at))
        {
            if (due.TryGetValue(visit, out var current) && current == at) return at < since;
            queue.Dequeue();
        }

        return false;
    }

    /// <summary>How many visits have one; looks at each.</summary>
    public int CountOverdue(DateTimeOffset since) => due.Values.Count(at => at < since);

    /// <summary>Begins as many reviews as are due and may run at once.</summary>
    public void Run()
    {
        armedFor = null;
        while (underWay < atOnce && TakeDue() is { } visit) _ = Begin(visit);
        Arm();
    }

    private void Arm()
    {
        if (underWay >= atOnce || !queue.TryPeek(out _, out var next) || armedFor <= next) return;
        armedFor = next;
        var wait = next - clock.GetUtcNow();
        arm(wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestWait ? LongestWait : wait);
    }

    private VisitId? TakeDue()
    {
        while (queue.TryPeek(out var visit, out var at) && at <= clock.GetUtcNow())
        {
            queue.Dequeue();
            if (!due.TryGetValue(visit, out var current) || current != at) continue;
            due.Remove(visit);
            return visit;
        }

        return null;
    }

    /// <summary>Reviews one visit after the other for as long as any is due.</summary>
    private async Task Begin(VisitId first)
    {
        underWay++;
        for (VisitId? next = first; next is { } visit; next = TakeDue())
        {
            try
            {
                await review(visit);
            }
            catch (Exception)
            {
                if (!due.ContainsKey(visit)) Set(visit, clock.GetUtcNow() + Retry);
            }
        }

        underWay--;
        Arm();
    }
}
