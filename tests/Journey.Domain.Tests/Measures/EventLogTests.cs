using Journey.Domain.Measures;

namespace Journey.Domain.Tests.Measures;

public sealed class EventLogTests
{
    private static readonly DateTimeOffset Day = new(2031, 5, 4, 0, 0, 0, TimeSpan.Zero);

    private static LogLine At(int minute, string who, string what, LogPhase phase = LogPhase.Whole) => new(who, what, Day.AddMinutes(minute), phase);

    [Fact]
    public void A_wait_runs_from_the_first_to_the_first_after_it()
    {
        var wait = EventLog.Wait(
            [At(90, "a", "lab"), At(40, "a", "lab"), At(5, "a", "door"), At(20, "a", "door"), At(2, "a", "lab")], "door", "lab", []);
        Assert.Equal((1, 35), (wait.N, wait.Median));
    }

    [Fact]
    public void Where_begin_and_end_are_told_it_runs_from_the_begin_to_the_end()
    {
        var wait = EventLog.Wait(
        [
            At(10, "a", "door", LogPhase.Complete), At(0, "a", "door", LogPhase.Start), At(30, "a", "scan", LogPhase.Start),
            At(55, "a", "scan", LogPhase.Complete), At(20, "a", "scan", LogPhase.Between),
        ], "door", "scan", []);
        Assert.Equal(55, wait.Median);
    }

    [Fact]
    public void From_an_activity_to_itself_is_how_long_it_took_or_until_it_came_again()
    {
        Assert.Equal(25, EventLog.Wait([At(30, "a", "scan", LogPhase.Start), At(55, "a", "scan", LogPhase.Complete)], "scan", "scan", []).Median);
        Assert.Equal(15, EventLog.Wait([At(30, "a", "scan"), At(45, "a", "scan"), At(99, "a", "scan")], "scan", "scan", []).Median);
        var once = EventLog.Wait([At(30, "a", "scan"), At(50, "b", "door")], "scan", "scan", []);
        Assert.Equal((0, 1, 20), (once.N, once.Open, once.LongestOpen));
    }

    [Fact]
    public void Who_has_not_come_so_far_goes_on_until_the_last_line()
    {
        var wait = EventLog.Wait([At(0, "a", "door"), At(60, "a", "bed"), At(10, "b", "door"), At(100, "c", "bed")], "door", "bed", [59, 60]);
        Assert.Equal((1, 1, 90), (wait.N, wait.Open, wait.LongestOpen));
        Assert.Equal([1, 0], wait.Longer.Values);
    }

    [Fact]
    public void An_end_before_the_begin_is_unusable_and_counts_nowhere_else()
    {
        var wait = EventLog.Wait([At(30, "a", "door"), At(10, "a", "bed")], "door", "bed", []);
        Assert.Equal((0, 0, 1), (wait.N, wait.Open, wait.Unusable));
    }

    [Fact]
    public void Two_things_at_one_moment_are_no_minutes_apart() =>
        Assert.Equal(0, EventLog.Wait([At(30, "a", "door"), At(30, "a", "bed")], "door", "bed", []).Median);
}
