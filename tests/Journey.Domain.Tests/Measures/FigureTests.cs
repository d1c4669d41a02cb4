using CsCheck;
using Journey.Domain.Measures;

namespace Journey.Domain.Tests.Measures;

/// <summary>The figures that every measure is made of, beside published examples and by their properties.</summary>
public sealed class FigureTests
{
    private static readonly Gen<List<int>> Waits = Gen.Int[0, 2000].List[1, 60];

    [Theory]
    [InlineData(50, 2), InlineData(90, 4), InlineData(100, 4), InlineData(1, 1), InlineData(25, 1), InlineData(26, 2)]
    public void Nearest_rank_is_a_value_that_occurred(int percent, int expected) =>
        Assert.Equal(expected, NearestRank.Of([1, 2, 3, 4], percent));

    [Fact]
    public void Ninety_of_a_hundred_of_ten_is_the_ninth() =>
        Assert.All(Enumerable.Range(1, 30), tens => Assert.Equal(tens * 9, NearestRank.Of([.. Enumerable.Range(1, tens * 10)], 90)));

    [Fact]
    public void At_least_so_many_lie_at_or_below_a_quantile_and_fewer_below_it() =>
        Gen.Select(Waits, Gen.Int[1, 100]).Sample((waits, percent) =>
        {
            waits.Sort();
            var value = NearestRank.Of(waits, percent)!.Value;
            return waits.Count(wait => wait <= value) * 100 >= percent * waits.Count
                && waits.Count(wait => wait < value) * 100 < percent * waits.Count;
        });

    /// <summary>Newcombe 1998 (Statistics in Medicine 17, 857), method 3, table I.</summary>
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662), InlineData(15, 148, 0.0624, 0.1605), InlineData(0, 20, 0.0000, 0.1611), InlineData(1, 29, 0.0061, 0.1718)]
    public void Wilsons_interval_is_the_published_one(int hits, int n, double low, double high)
    {
        var interval = Intervals.Share(hits, n)!.Value;
        Assert.Equal(low, interval.Low, 4);
        Assert.Equal(high, interval.High, 4);
    }

    /// <summary>Ranks of the table in Conover, Practical Nonparametric Statistics, for the sign test at 5 %.</summary>
    [Theory]
    [InlineData(5, null, null), InlineData(6, 1, 6), InlineData(9, 2, 8), InlineData(10, 2, 9), InlineData(20, 6, 15), InlineData(25, 8, 18),
     InlineData(40, 14, 27), InlineData(100, 40, 61)]
    public void The_medians_interval_has_the_tables_ranks(int n, int? low, int? high)
    {
        var interval = Intervals.Median([.. Enumerable.Range(1, n)]);
        Assert.Equal(low, interval?.Low);
        Assert.Equal(high, interval?.High);
    }

    [Fact]
    public void The_medians_interval_of_very_many_is_narrow_and_holds_it()
    {
        var interval = Intervals.Median([.. Enumerable.Range(1, 100_000)])!.Value;
        Assert.InRange(interval.Low, 49_600, 50_000);
        Assert.InRange(interval.High, 50_001, 50_400);
    }

    /// <summary>Freireich 1963, remission under 6-MP in weeks, the example of every textbook: half are over after 23.</summary>
    [Fact]
    public void Kaplan_and_Meiers_median_of_the_textbook_is_23()
    {
        int[] over = [6, 6, 6, 7, 10, 13, 16, 22, 23];
        int[] going = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35];
        Assert.Equal(23, Survival.Quantile(over, going, 50));
        Assert.Equal(13, Survival.Quantile(over, going, 25));
        Assert.Null(Survival.Quantile(over, going, 90));
    }

    [Fact]
    public void Without_anybody_waiting_it_is_the_nearest_rank() =>
        Gen.Select(Waits, Gen.Int[1, 99]).Sample((waits, percent) =>
            Survival.Quantile(waits, [], percent) == NearestRank.Of([.. waits.Order()], percent));

    [Fact]
    public void Who_waits_on_never_makes_the_wait_look_shorter() =>
        Gen.Select(Waits, Gen.Int[0, 2000].List[0, 60]).Sample((finished, open) =>
            (Survival.Quantile(finished, open, 50) ?? int.MaxValue) >= Survival.Quantile(finished, [], 50));

    [Fact]
    public void A_summary_counts_everybody_once()
    {
        TimeSpan[] finished = [TimeSpan.FromSeconds(59), TimeSpan.FromSeconds((61 * 60) - 1), TimeSpan.FromMinutes(61), TimeSpan.FromMinutes(-1)];
        var wait = WaitSummary.Of(finished, [TimeSpan.FromMinutes(90.9)], [60]);
        Assert.Equal((3, 1, 1), (wait.N, wait.Open, wait.Unusable));
        Assert.Equal((60, 61, 90), (wait.Median, wait.P90, wait.LongestOpen));
        // 60 min 59 s is not more than 60 minutes.
        Assert.Equal(1, wait.Longer[60]);
    }

    [Fact]
    public void Nobody_at_all_is_no_error()
    {
        var wait = WaitSummary.Of([], [], [60]);
        Assert.Equal((0, null, null, 0, 0), (wait.N, wait.Median, wait.P90, wait.Longer[60], wait.Open));
    }
}
