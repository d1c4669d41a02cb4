using System.Text.Json;
using Journey.Api;
using Journey.Dashboard.Access;
using Journey.Dashboard.Audit;
using Journey.Dashboard.Intake;
using Journey.Dashboard.Units;

namespace Journey.Dashboard.Tests;

/// <summary>A page shows what its reader's role may see; what it may not see is not there, and no refusal stands above what is.</summary>
public class RoleTests
{
    private const string Denied = """{"code":"access-denied","title":"Your role does not allow this."}""";
    private static readonly Me Charge = Me("charge-nurse"), Engineer = Me("integration-engineer");
    private static readonly (string, string)[] Feeds =
        [("/feeds", JsonSerializer.Serialize(new Feed[] { new("ADT", "live", Rendered.Now, 1) }, JsonSerializerOptions.Web)), ("/messages", Denied)];

    [Fact]
    public async Task Feeds_are_shown_to_a_charge_nurse_without_the_log_and_without_a_refusal()
    {
        var page = await Rendered.HtmlFor<FeedsPage>(Charge, [], Feeds);
        Assert.Contains("ADT", Rendered.Text(page), StringComparison.Ordinal);
        Assert.DoesNotContain("does not allow", page, StringComparison.Ordinal);
        Assert.DoesNotContain("role=\"alert\"", page, StringComparison.Ordinal);
        Assert.EndsWith("What became of each message is shown to the integration engineer.", Rendered.Text(page), StringComparison.Ordinal);
        // Whoever may, and is refused all the same, is told in the log's own place.
        page = Rendered.Text(await Rendered.HtmlFor<FeedsPage>(Engineer, [], Feeds));
        Assert.True(page.IndexOf("does not allow", StringComparison.Ordinal) > page.IndexOf("ADT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_page_that_is_refused_shows_the_refusal_and_nothing_to_fill_in()
    {
        foreach (var page in (string[])
                 [
                     await Rendered.HtmlFor<WallsPage>(Me("nurse"), [], [("/walls", Denied)]),
                     await Rendered.HtmlFor<SessionsPage>(Me("nurse"), [], [("/sessions", Denied)]),
                     await Rendered.HtmlFor<TrailPage>(Me("nurse"), [], [("/audit", Denied)]),
                 ])
        {
            Assert.Contains("Your role does not allow this.", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<input", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<button", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Units_are_linked_for_whoever_may_open_their_boards_and_walls()
    {
        Unit[] units = [new("ED", "Emergency", 1, 0, 0, 3, 1, 0, 0, 0, null, 0, Rendered.Now)];
        foreach (var (role, board, wall) in ((string, bool, bool)[])
                 [("charge-nurse", true, true), ("family-liaison", true, false), ("operations-lead", true, true), ("privacy-officer", false, false),
                     ("administrator", false, false), ("integration-engineer", false, false)])
        {
            var page = await Rendered.HtmlOf<UnitsPage>(Me(role), units, Rows.Board(), []);
            Assert.Contains("Emergency", page, StringComparison.Ordinal);
            Assert.Equal(board, page.Contains("href=\"units/ED\"", StringComparison.Ordinal));
            Assert.Equal(wall, page.Contains("href=\"wall/ED\"", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_wall_that_left_its_wall_finds_the_way_back() =>
        Assert.Contains("href=\"wall/MED\"",
            await Rendered.HtmlFor<UnitsPage>(new Me(true, "wall", "Wall", ["wall-display"], ["ED", "MED"], 900), [], []), StringComparison.Ordinal);

    internal static Me Me(string role) => new(true, "carla", "Carla", [role], ["ED"], 900);
}
