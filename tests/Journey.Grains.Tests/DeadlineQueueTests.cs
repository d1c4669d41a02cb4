using Journey.Contracts;
using Journey.Grains.Boards;
using Microsoft.Extensions.Time.Testing;

namespace Journey.Grains.Tests;

public class DeadlineQueueTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly List<TimeSpan> _armed = [];
    private readonly List<(VisitId Visit, TaskCompletionSource Review)> _reviews = [];
    private readonly DeadlineQueue _queue;

    public DeadlineQueueTests() => _queue = new DeadlineQueue(_clock, visit =>
    {
        _reviews.Add((visit, new TaskCompletionSource()));
        return _reviews[^1].Review.Task;
    }, _armed.Add, atOnce: 2);

    [Fact]
    public void While_no_review_can_be_begun_the_timer_is_not_armed_however_much_becomes_due()
    {
        foreach (var visit in Visits(3)) _queue.Set(visit, _clock.GetUtcNow());
        _queue.Run();
        Assert.Equal(2, _reviews.Count);
        _armed.Clear();
        _queue.Set(Visits(1)[0], _clock.GetUtcNow());
        _queue.Run();
        Assert.Empty(_armed);
        Assert.Equal(2, _reviews.Count);
    }

    [Fact]
    public void A_visit_whose_deadline_was_moved_on_is_not_counted_as_overdue()
    {
        var visits = Visits(3);
        foreach (var visit in visits) _queue.Set(visit, _clock.GetUtcNow());
        _queue.Set(visits[0], _clock.GetUtcNow() + TimeSpan.FromMinutes(1));
        Assert.Equal(0, _queue.CountOverdue(_clock.GetUtcNow()));
        _clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(2, _queue.CountOverdue(_clock.GetUtcNow() - TimeSpan.FromSeconds(3)));
    }

    [Fact]
    public void Each_review_that_ends_begins_the_next_and_the_last_one_arms_the_timer_for_what_comes()
    {
        var visits = Visits(5);
        foreach (var visit in visits) _queue.Set(visit, _clock.GetUtcNow());
        _queue.Set(Visits(1)[0], _clock.GetUtcNow() + TimeSpan.FromMinutes(5));
        _queue.Run();
        _armed.Clear();
        for (var i = 0; i < visits.Length; i++) _reviews[i].Review.SetResult();
        Assert.Equal(visits.ToHashSet(), _reviews.Select(r => r.Visit).ToHashSet());
        Assert.Equal([TimeSpan.FromMinutes(5)], _armed);
    }

    [Fact]
    public void A_review_that_failed_is_tried_again_after_two_seconds()
    {
        _queue.Set(Visits(1)[0], _clock.GetUtcNow());
        _queue.Run();
        _reviews[0].Review.SetException(new TimeoutException());
        Assert.Equal(TimeSpan.FromSeconds(2), _armed[^1]);
        _clock.Advance(TimeSpan.FromSeconds(2));
        _queue.Run();
        Assert.Equal(2, _reviews.Count);
    }

    [Fact]
    public void Ten_thousand_that_are_due_and_reviewed_at_once_are_reviewed_once_each()
    {
        var seen = new List<VisitId>();
        var quick = new DeadlineQueue(_clock, visit =>
        {
            seen.Add(visit);
            return Task.CompletedTask;
        }, _armed.Add, atOnce: 64);
        var visits = Visits(10_000);
        foreach (var visit in visits) quick.Set(visit, _clock.GetUtcNow());
        quick.Run();
        Assert.Equal(10_000, seen.Distinct().Count());
        Assert.Equal(10_000, seen.Count);
    }

    private static VisitId[] Visits(int count) => [.. Enumerable.Range(0, count).Select(_ => new VisitId(Guid.NewGuid()))];
}
