using Journey.Contracts;

namespace Journey.Grains.Boards;

/// <summary>The deadlines of one board's visits: one queue, one timer, a bounded number of visits poked at a time.</summary>
/// <remarks>
/// The timer interleaves with the board's calls: reviews are awaited, and the visits' announcements must be taken meanwhile.
/// Nothing here is changed across an await but the count of reviews under way.
/// </remarks>
internal sealed class DeadlineQueue(IGrainBase grain, TimeProvider clock, Func<VisitId, Task> review, int atOnce)
{
    /// <summary>A review that failed is tried again after this; the sweep over the cards is the second net.</summary>
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(2);

    private readonly PriorityQueue<VisitId, DateTimeOffset> queue = new();
    private readonly Dictionary<VisitId, DateTimeOffset> due = [];
    private IGrainTimer? timer;
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
        // The entry it had before stays in the queue and is passed over when it comes up: cheaper than searching for it.
        queue.Enqueue(visit, at);
        Arm();
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

    private void Arm()
    {
        if (!queue.TryPeek(out _, out var next) || armedFor <= next) return;
        armedFor = next;
        var wait = next - clock.GetUtcNow();
        if (wait < TimeSpan.Zero) wait = TimeSpan.Zero;
        if (wait > TimeSpan.FromDays(1)) wait = TimeSpan.FromDays(1);
        timer?.Dispose();
        timer = grain.RegisterGrainTimer(Work, new GrainTimerCreationOptions { DueTime = wait, Period = Timeout.InfiniteTimeSpan, Interleave = true });
    }

    private async Task Work()
    {
        armedFor = null;
        var reviews = new List<Task>();
        while (queue.TryPeek(out var visit, out var at) && at <= clock.GetUtcNow())
        {
            if (underWay >= atOnce)
            {
                await Task.WhenAny(reviews.Where(r => !r.IsCompleted).DefaultIfEmpty(Task.CompletedTask));
                reviews.RemoveAll(r => r.IsCompleted);
                if (underWay >= atOnce && reviews.Count == 0) break;
                continue;
            }

            queue.Dequeue();
            if (!due.TryGetValue(visit, out var current) || current != at) continue;
            due.Remove(visit);
            reviews.Add(Poke(visit));
        }

        Arm();
    }

    private async Task Poke(VisitId visit)
    {
        underWay++;
        try
        {
            await review(visit);
        }
        catch (Exception)
        {
            if (!due.ContainsKey(visit)) Set(visit, clock.GetUtcNow() + Retry);
        }
        finally
        {
            underWay--;
        }
    }
}
