using Journey.Contracts;
using Journey.Contracts.Boards;
using Journey.Contracts.Visits;
using Journey.Grains.Boards;

namespace Journey.Grains.Tests;

/// <summary>How long those stayed who left today.</summary>
public sealed class StayBookTests
{
    private static readonly TimeZoneInfo Vienna = TimeZoneInfo.FindSystemTimeZoneById("Europe/Vienna");

    /// <summary>Ten in the morning there.</summary>
    private static readonly DateTimeOffset Now = new(2031, 3, 14, 9, 0, 0, TimeSpan.Zero);

    private readonly StayBook _stays = new(Vienna);
    private readonly Dictionary<VisitId, VisitRow> _rows = [];

    [Fact]
    public void Median_and_p90_are_of_nearest_rank_in_whole_minutes()
    {
        Assert.Equal(new StaysToday(0, null, null), _stays.Today(Now));
        foreach (var n in Enumerable.Range(1, 10)) Tell(n, Left(Now.AddMinutes(-n), TimeSpan.FromMinutes(n * 10) + TimeSpan.FromSeconds(59)));
        Assert.Equal(new StaysToday(10, 50, 90), _stays.Today(Now));
        Tell(11, Left(Now, TimeSpan.FromMinutes(500)));
        Assert.Equal(new StaysToday(11, 60, 100), _stays.Today(Now));
        Assert.Same(_stays.Today(Now), _stays.Today(Now.AddHours(1)));
    }

    [Fact]
    public void A_day_begins_when_it_does_at_the_hospital()
    {
        var midnight = new DateTimeOffset(2031, 3, 13, 23, 0, 0, TimeSpan.Zero);
        Tell(1, Left(midnight.AddSeconds(-1), TimeSpan.FromHours(1)));
        Tell(2, Left(midnight, TimeSpan.FromHours(2)));
        Assert.Equal(new StaysToday(1, 120, 120), _stays.Today(Now));
        Assert.Equal(0, _stays.Today(midnight.AddHours(24)).Ended);
    }

    [Fact]
    public void Whoever_comes_back_is_not_counted_and_what_is_told_twice_counts_once()
    {
        Tell(1, Left(Now, TimeSpan.FromHours(1)));
        Tell(1, Left(Now, TimeSpan.FromHours(1)));
        Assert.Equal(1, _stays.Today(Now).Ended);
        Tell(1, Left(Now, TimeSpan.FromHours(3)));
        Assert.Equal(180, _stays.Today(Now).MedianMinutes);
        Tell(1, new VisitRow { Status = VisitStatus.Present });
        Assert.Equal(0, _stays.Today(Now).Ended);
        Tell(1, Left(Now, TimeSpan.FromHours(1)));
        Tell(1, null);
        Assert.Equal(0, _stays.Today(Now).Ended);
    }

    [Fact]
    public void An_end_by_rule_is_no_end_and_an_admission_that_goes_on_is_one()
    {
        Tell(1, Left(Now, TimeSpan.FromHours(70)) with { IsEndInferred = true });
        Assert.Equal(0, _stays.Today(Now).Ended);
        Tell(2, Left(Now, TimeSpan.FromHours(7)) with { IsEndInferred = true, DepartedAs = DepartureKind.Admitted });
        Assert.Equal(new StaysToday(1, 420, 420), _stays.Today(Now));
    }

    private void Tell(int visit, VisitRow? row)
    {
        var id = new VisitId(new Guid(visit, 0, 0, new byte[8]));
        _stays.Count(id, _rows.GetValueOrDefault(id), row);
        if (row is null) _rows.Remove(id);
        else _rows[id] = row;
    }

    private static VisitRow Left(DateTimeOffset at, TimeSpan after) =>
        new() { Status = VisitStatus.Departed, DepartedAt = at, ArrivedAt = at.AddMinutes(30) - after, DoorAt = at - after };
}
