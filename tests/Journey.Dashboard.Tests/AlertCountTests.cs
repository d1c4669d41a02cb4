using Journey.Api;
using Journey.Dashboard.Alerts;
using Journey.Dashboard.Shell;

namespace Journey.Dashboard.Tests;

/// <summary>The badge of the navigation and the page behind it count the same alerts.</summary>
public class AlertCountTests
{
    private static readonly Unit[] Units = [UnitOf("ED", open: 5, critical: 2, waiting: 1), UnitOf("MED", open: 7, critical: 4, waiting: 3)];

    [Fact]
    public async Task The_badge_and_the_page_say_the_same_number_of_the_units_that_are_watched()
    {
        var page = Rendered.Text(await Rendered.HtmlOf<AlertsPage>(RoleTests.Me("nurse"), Units, Board(), [("/rules", """{"rules":[]}""")]));
        Assert.Contains("5 alerts are open, 2 critical; 1 not acknowledged. 3 are of patients who are not shown to you.", page,
            StringComparison.Ordinal);
        var liaison = await Rendered.HtmlOf<AlertsPage>(RoleTests.Me("family-liaison"), Units, Board(), [("/rules", """{"rules":[]}""")]);
        Assert.Contains("3 are for whoever is in charge of care.", Rendered.Text(liaison), StringComparison.Ordinal);
        Assert.Equal("2 critical",
            Rendered.Text(await Rendered.HtmlOf<TopCount>(RoleTests.Me("nurse"), Units, Board(), [], ("Of", (Unit unit) => unit.CriticalAlerts),
                ("Word", "critical"))));
    }

    [Fact]
    public async Task What_could_not_be_carried_out_is_said_on_the_alerts_page()
    {
        var board = Board() with { Feeds = [new("ADT", "live", Rendered.Now, 1) { Parked = 1 }, new("LAB", "live", Rendered.Now, 1)] };
        var page = await Rendered.HtmlOf<AlertsPage>(RoleTests.Me("nurse"), Units, board, [("/rules", """{"rules":[]}""")]);
        Assert.Contains("1 message of ADT could not be carried out.", Rendered.Text(page), StringComparison.Ordinal);
        Assert.DoesNotContain("LAB", page, StringComparison.Ordinal);
    }

    private static Board Board() => Rows.Board(Rows.Here("Kay One", "1") with { Alerts = [Alert("raised"), Alert("acknowledged")] });

    private static Alert Alert(string state) =>
        new(Guid.NewGuid(), "ed.los", "touchpoint", "Length of stay", "critical", state, Rendered.Now, Rendered.Now, null, null, null, null,
            null, null);

    private static Unit UnitOf(string code, int open, int critical, int waiting) =>
        new(code, code, 1, 0, 0, 3, 1, open, critical, waiting, null, 0, Rendered.Now);
}
