using CsCheck;
using Journey.Api;
using Journey.Dashboard.Charts;
using Journey.Dashboard.Visits;

namespace Journey.Dashboard.Tests;

/// <summary>Charts draw what is true, say it in words, and have its numbers as a table.</summary>
public class ChartTests
{
    [Theory]
    [InlineData(0, 1, 1), InlineData(3, 3, 1), InlineData(7, 8, 2), InlineData(23, 25, 5), InlineData(50, 50, 10), InlineData(51, 60, 20),
     InlineData(0.4, 0.4, 0.1), InlineData(double.NaN, 1, 1), InlineData(double.PositiveInfinity, 1, 1)]
    public void An_axis_ends_at_a_round_number(double greatest, double top, double step)
    {
        Assert.Equal(top, Axis.For(greatest).Top, 9);
        Assert.Equal(step, Axis.For(greatest).Step, 9);
    }

    [Fact]
    public void An_axis_holds_every_value_and_has_few_marks() => Gen.Double[1e-6, 1e9].Sample(greatest =>
    {
        var axis = Axis.For(greatest);
        return axis.Top >= greatest * (1 - 1e-9) && axis.Marks.Count() is >= 2 and <= 6 && axis.Down(greatest, 100) is >= 0 and <= 100;
    });

    [Fact]
    public void Every_value_is_in_one_bin() => Gen.Select(Gen.Double[0, 1000].List[0, 50], Gen.Int[1, 12]).Sample((values, most) =>
        Bins.Count(values, 60, most) is var bins && bins.Count <= most && (int)bins.Sum(bin => bin.Value) == values.Count);

    [Fact]
    public void The_last_bin_takes_all_that_lies_above() =>
        Assert.Equal([new ChartBar("0 to 60", 1), new("60 to 120", 0), new("120 and more", 2)], Bins.Count([59.9, 120, 900], 60, 3));

    [Fact]
    public async Task A_line_is_broken_where_nothing_is_known_and_says_why_a_point_is_marked()
    {
        ChartPoint[] points = [new("Mon", 10), new("Tue", 12), new("Wed", null), new("Thu", 50, "above the limit"), new("Fri", 11)];
        var html = await Rendered.Html<LineChart>(("Title", "Waits"), ("Says", "One day is out."), ("Points", points),
            ("Limits", new ChartLimits(15, 5, 30)), ("Notes", new ChartNote[] { new(1, "new <unit>") }));
        Assert.Equal(3, html.Split("<polyline").Length);
        Assert.Contains("aria-label=\"Waits. One day is out.\"", html, StringComparison.Ordinal);
        var text = Rendered.Text(html);
        Assert.Contains("When Value Marked Mon 10 Tue 12 new <unit> Wed not known Thu 50 above the limit Fri 11", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<unit>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_to_draw_is_drawn_without_an_error()
    {
        Assert.DoesNotContain("NaN", await Rendered.Html<LineChart>(("Title", "x"), ("Points", Array.Empty<ChartPoint>())), StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", await Rendered.Html<LineChart>(("Title", "x"), ("Points", new ChartPoint[] { new("a", 1) })),
            StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", await Rendered.Html<BarChart>(("Title", "x"), ("Bars", Array.Empty<ChartBar>())), StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", await Rendered.Html<HeatMap>(("Title", "x"), ("RowNames", new[] { "Mon" }), ("Columns", new[] { "00" }),
            ("Values", new[] { new double[] { 0 } })), StringComparison.Ordinal);
        Assert.DoesNotContain("<svg", await Rendered.Html<Sparkline>(("Title", "x"), ("Values", new double[] { 1 })), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_map_has_the_number_in_each_field_and_its_shade_by_quarters_of_the_most()
    {
        var html = await Rendered.Html<HeatMap>(("Title", "Crowd"), ("RowNames", new[] { "Mon", "Tue" }), ("Columns", new[] { "00", "12" }),
            ("Values", new[] { new double[] { 0, 1 }, [4, 8] }));
        Assert.Contains("Day 00 12 Mon 0 1 Tue 4 8", Rendered.Text(html), StringComparison.Ordinal);
        Assert.All([0, 1, 2, 4], shade => Assert.Contains($"chart-heat-{shade}", html, StringComparison.Ordinal));
    }

    [Fact]
    public void The_time_of_a_visit_goes_to_the_steps_it_was_spent_in()
    {
        Milestone[] stops =
            [new("arrived", Rendered.Now.AddMinutes(-100)), new("triaged", Rendered.Now.AddMinutes(-90)), new("roomed", Rendered.Now.AddMinutes(-60))];
        var parts = TimeSpent.By(stops, Rendered.Now);
        Assert.Equal([("Arrived", 10L, false), ("Triaged", 30, false), ("Roomed", 60, true)],
            parts.Select(part => (part.Label, part.Minutes, part.GoesOn)));
        Assert.Equal("1 h 40 so far, longest after “Roomed”", TimeSpent.Says(parts));
        var ended = TimeSpent.By([.. stops, new("departed", Rendered.Now.AddMinutes(-5))], Rendered.Now);
        Assert.Equal(("1 h 35 in all, longest after “Roomed”", 95L), (TimeSpent.Says(ended), ended.Sum(part => part.Minutes)));
    }
}
