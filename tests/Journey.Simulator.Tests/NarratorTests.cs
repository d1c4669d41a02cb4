using System.Collections.Concurrent;
using Journey.Hl7;
using Journey.Simulator.Feed;
using Journey.Simulator.Model;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Journey.Simulator.Tests;

public class NarratorTests
{
    private static readonly DateTimeOffset Start = Stories.Start;
    private static readonly DateTimeOffset Now = Start.AddHours(2);

    [Theory, InlineData(1), InlineData(20)]
    public async Task Nothing_is_told_before_its_time_and_the_past_is_told_at_once(double speed)
    {
        var (clock, ends) = (new FakeTimeProvider(Now), Now.AddMinutes(10));
        var told = new Recorder(clock);
        var timeline = Timeline.Begin(Start, Now, speed);
        var narrator = Narrator(told, timeline, State(timeline), new NarratorOptions { Until = ends, MostPerSecond = 1_000_000 }, clock);
        var telling = narrator.Tell(TestContext.Current.CancellationToken);
        while (!telling.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(2));
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        await telling;
        var expected = new Hospital(7, Start).Events().TakeWhile(e => timeline.Exact(e.At) <= ends).ToList();
        Assert.Equal(expected.Select(e => e.Sequence), told.Events.Select(e => e.Sequence).Order());
        Assert.All(told.Events, e => Assert.True(e.Said <= e.Told, $"event {e.Sequence} says {e.Said:O} and came at {e.Told:O}"));
        Assert.All(told.Events.Where(e => e.Said < Now.AddSeconds(-1)), e => Assert.InRange(e.Told, Now, Now.AddMinutes(5)));
        Assert.True(told.Events.Count(e => e.Said > Now) > 20 * Math.Min(speed, 3));
    }

    [Fact]
    public async Task A_long_pause_is_caught_up_with_all_messages_but_without_old_entries()
    {
        var clock = new FakeTimeProvider(Now.AddDays(3));
        var told = new Recorder(clock);
        var timeline = Timeline.Begin(Start, Now, 1).Resume(Now, clock.GetUtcNow(), 1);
        var narrator = Narrator(told, timeline, State(timeline) with { Done = 200 },
            new NarratorOptions { Until = Now.AddDays(3), MostPerSecond = 1_000_000 }, clock);
        await narrator.Tell(TestContext.Current.CancellationToken);

        var story = new Hospital(7, Start).Events().TakeWhile(e => e.At <= Now.AddDays(3)).Where(e => e.Sequence > 200).ToList();
        Assert.Equal(story.Where(e => e is not StaffEntered).Select(e => e.Sequence),
            told.Events.Where(e => e.Entry is null).Select(e => e.Sequence).Order());
        var left = story.OfType<StaffEntered>().Select(e => e.Sequence).Except(told.Events.Select(e => e.Sequence)).ToHashSet();
        Assert.All(story.OfType<StaffEntered>().Where(e => left.Contains(e.Sequence)), e => Assert.True(e.At < Now.AddDays(2)));
        Assert.True(left.Count > 1000);
        Assert.Equal(story[^1].Sequence, told.Saved!.Done);
    }

    [Fact]
    public async Task A_stop_in_the_middle_saves_no_more_than_was_delivered()
    {
        var clock = new FakeTimeProvider(Now);
        using var stop = new CancellationTokenSource();
        var told = new Recorder(clock) { StopAt = (150, stop) };
        var timeline = Timeline.Begin(Start, Now, 1);
        await Narrator(told, timeline, State(timeline), new NarratorOptions { MostPerSecond = 1_000_000 }, clock).Tell(stop.Token);
        var delivered = told.Events.Select(e => e.Sequence).ToHashSet();
        Assert.InRange(told.Saved!.Done, 1, 160);
        Assert.All(Enumerable.Range(1, (int)told.Saved.Done), n => Assert.Contains(n, delivered));
    }

    [Fact]
    public async Task An_unexpected_failure_of_one_event_does_not_hold_up_the_others()
    {
        var clock = new FakeTimeProvider(Now);
        var told = new Recorder(clock) { FailAt = 100 };
        var timeline = Timeline.Begin(Start, Now, 1);
        await Narrator(told, timeline, State(timeline), new NarratorOptions { Until = Now, MostPerSecond = 1_000_000 }, clock)
            .Tell(TestContext.Current.CancellationToken);
        Assert.True(told.Saved!.Done > 300);
        Assert.DoesNotContain(told.Events, e => e.Sequence == 100);
    }

    private static RunState State(Timeline timeline) => new(RunState.CurrentFormat, 7, Start, 0, Now, timeline.Pieces);

    private static Narrator Narrator(Recorder told, Timeline timeline, RunState state, NarratorOptions options, TimeProvider clock) => new(
        new Run(new Hospital(7, Start)), timeline, state, told, told, options, saved => told.Saved = saved, clock, NullLogger.Instance);

    private sealed class Recorder(TimeProvider clock) : IFeedLines, IStaffDesk
    {
        public ConcurrentQueue<(long Sequence, DateTimeOffset Said, DateTimeOffset Told, StaffEntered? Entry)> Events { get; } = new();
        public RunState? Saved { get; set; }
        public long FailAt { get; init; }
        public (long Sequence, CancellationTokenSource Stop)? StopAt { get; init; }

        public async Task Send(byte[] message, string controlId, CancellationToken cancellation)
        {
            var sequence = long.Parse(controlId.Split('-')[1], System.Globalization.CultureInfo.InvariantCulture);
            await Task.Yield();
            cancellation.ThrowIfCancellationRequested();
            if (sequence == FailAt) throw new InvalidOperationException("on purpose");
            var parsed = Hl7Message.Parse(message);
            Assert.True(parsed["MSH", 7].TryGetTime(TimeZoneInfo.Utc, out var said));
            Events.Enqueue((sequence, said.Value, clock.GetUtcNow(), null));
            if (StopAt is { } stop && sequence >= stop.Sequence) await stop.Stop.CancelAsync();
        }

        public Task Enter(StaffEntered entry, Timeline timeline, CancellationToken cancellation)
        {
            cancellation.ThrowIfCancellationRequested();
            if (entry.Sequence == FailAt) throw new InvalidOperationException("on purpose");
            Events.Enqueue((entry.Sequence, timeline.Wall(entry.At), clock.GetUtcNow(), entry));
            return Task.CompletedTask;
        }
    }
}
