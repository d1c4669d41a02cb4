using Journey.Simulator.Feed;

namespace Journey.Simulator.Tests;

public class TimelineTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 6, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Now = Start.AddHours(8);

    [Fact]
    public void At_the_pace_of_life_the_two_times_are_one()
    {
        var timeline = Timeline.Begin(Start, Now, 1);
        Assert.Single(timeline.Pieces);
        Assert.Equal(Now.AddHours(3), timeline.Wall(Now.AddHours(3)));
        Assert.Equal(Start.AddDays(-3), timeline.Wall(Start.AddDays(-3)));
        Assert.Equal(timeline, timeline.Resume(Now.AddHours(1), Now.AddHours(9), 1));
    }

    [Fact]
    public void A_fast_hospital_keeps_its_past_and_divides_what_is_to_come()
    {
        var timeline = Timeline.Begin(Start, Now, 60);
        Assert.Equal(Start.AddHours(2), timeline.Wall(Start.AddHours(2)));
        Assert.Equal(Now.AddMinutes(2), timeline.Wall(Now.AddHours(2)));
    }

    [Fact]
    public void A_pause_moves_nothing_that_was_told_and_is_lived_through_at_the_pace_of_life()
    {
        var before = Timeline.Begin(Start, Now, 60);
        var alive = Now.AddMinutes(10);                                         // 10 hours of the hospital's time
        var after = before.Resume(alive, alive.AddHours(5), 30);
        for (var told = Start; told <= Now.AddHours(10); told += TimeSpan.FromMinutes(7)) Assert.Equal(before.Wall(told), after.Wall(told));
        Assert.Equal(alive.AddHours(5), after.Wall(Now.AddHours(15)));
        Assert.Equal(alive.AddHours(5).AddMinutes(2), after.Wall(Now.AddHours(16)));
    }

    [Fact]
    public void A_restart_within_the_time_vouched_for_goes_on_as_before()
    {
        var before = Timeline.Begin(Start, Now, 60);
        Assert.Equal(before, before.Resume(Now.AddMinutes(10), Now.AddMinutes(9), 60));
    }

    [Fact]
    public void The_time_of_day_of_the_people_goes_with_the_story()
    {
        var timeline = Timeline.Begin(Start, Now, 60);
        Assert.Equal(Start.AddHours(2), timeline.Hospital(Start.AddHours(2)));
        Assert.Equal(Now.AddHours(2), timeline.Hospital(timeline.Wall(Now.AddHours(2))));
    }
}
