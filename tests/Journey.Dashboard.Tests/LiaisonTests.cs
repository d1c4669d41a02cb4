using System.Text.Json;
using Journey.Api;
using Journey.Dashboard.Boards;
using Journey.Dashboard.Shifts;
using Journey.Dashboard.Visits;

namespace Journey.Dashboard.Tests;

/// <summary>Whoever looks after families is offered what is theirs, and no place is held for what they are not told.</summary>
public class LiaisonTests
{
    private static readonly BoardRow Row = Rows.Here("Here, Hanna", "1") with
    {
        Nurse = "Nora Nurse",
        PointOfContact = "Carla",
        Handoff = Handoff("offered"),
        Family = new(Rendered.Now.AddMinutes(-30), "Lee", null, null, null, null, false, []),
        StepsAhead = ["seen"],
    };

    [Fact]
    public async Task A_visits_page_shows_families_matters_and_nothing_to_do_that_is_clinical()
    {
        var visit = JsonSerializer.Serialize(
            new Visit("ED", Row, [], [], [],
                [])
            {
                Care = new()
                {
                    Handoffs = [Handoff("offered"), Handoff("accepted")],
                    Promises = [new(Guid.NewGuid(), "A blanket", "Lee", "Carla", "Carla", Rendered.Now, Rendered.Now, "open", null, null, false)]
                }
            },
            JsonSerializerOptions.Web);
        var page = await Page("family-liaison");
        var text = Rendered.Text(page);
        foreach (var there in (string[])["Nora Nurse", "Carla", "A blanket", "Handoff pending", "Point of contact"])
            Assert.Contains(there, text, StringComparison.Ordinal);
        foreach (var gone in (string[])["Acuity", "What is handed over", "Read back", "Hand over", "Checked on the patient", "No round"])
            Assert.DoesNotContain(gone, text, StringComparison.Ordinal);
        foreach (var gone in (string[])["next-step", "data-testid=\"round\"", "hand-over", "handoff-withdraw"])
            Assert.DoesNotContain(gone, page, StringComparison.Ordinal);
        Assert.Contains("Acuity", Rendered.Text(await Page("nurse")), StringComparison.Ordinal);

        Task<string> Page(string role) =>
            Rendered.HtmlFor<VisitPage>(RoleTests.Me(role), [], [(Row.VisitId.ToString(), visit), ("/timeline", "[]")], ("Id", Row.VisitId));
    }

    [Fact]
    public async Task Neither_a_line_nor_its_drawer_holds_a_button_for_an_acuity_that_is_not_told()
    {
        var board = Rows.Board(Row);
        var html = await Shown("family-liaison");
        Assert.Contains("Here, Hanna", html, StringComparison.Ordinal);
        Assert.DoesNotContain("acuity-button", html, StringComparison.Ordinal);
        Assert.DoesNotContain("only-acuity", html, StringComparison.Ordinal);
        foreach (var clinical in (string[])["checked", "next-step"])
            Assert.DoesNotContain($"data-testid=\"{clinical}\"", html, StringComparison.Ordinal);
        foreach (var column in (string[])["Acuity", "target", "Target"]) Assert.DoesNotContain(column, Rendered.Text(html), StringComparison.Ordinal);
        Assert.Contains("told-family", html, StringComparison.Ordinal);
        Assert.Contains("acuity-button", await Shown("nurse"), StringComparison.Ordinal);

        async Task<string> Shown(string role) =>
            await Rendered.HtmlOf<BoardPage>(RoleTests.Me(role), [], board, [], ("Code", "ED"))
            + await Rendered.HtmlOf<BoardDrawer>(RoleTests.Me(role), [], board, [], ("Row", Row));
    }

    [Fact]
    public async Task Shifts_are_shown_and_nothing_to_assign_or_hand_over()
    {
        var units = new[] { new Unit("ED", "ED", 1, 0, 0, 3, 1, 0, 0, 0, null, 0, Rendered.Now) };
        (string, string)[] duty =
            [("/shifts", JsonSerializer.Serialize(new Shift[] { new("Nora Nurse", "nurse", "ED", Rendered.Now, Rendered.Now.AddHours(8)) },
                JsonSerializerOptions.Web))];
        string[] care = ["data-testid=\"pick\"", "hand-over-many", "assign-many", "print-handoff"], keeping = ["end-shift-of", "begin-shift"];
        var liaison = await Page("family-liaison");
        Assert.Contains("Here, Hanna", liaison, StringComparison.Ordinal);
        Assert.All((string[])[.. care, .. keeping], gone => Assert.DoesNotContain(gone, liaison, StringComparison.Ordinal));
        var nurse = await Page("nurse");
        Assert.All(care, there => Assert.Contains(there, nurse, StringComparison.Ordinal));
        Assert.All(keeping, gone => Assert.DoesNotContain(gone, nurse, StringComparison.Ordinal));
        var charge = await Page("charge-nurse");
        Assert.All((string[])[.. care, .. keeping], there => Assert.Contains(there, charge, StringComparison.Ordinal));

        Task<string> Page(string role) => Rendered.HtmlOf<ShiftPage>(RoleTests.Me(role), units, Rows.Board(Row), duty);
    }

    private static Handoff Handoff(string state) =>
        new(Guid.NewGuid(), state, "nurse", "Nora Nurse", "Rex Receiver", Rendered.Now.AddMinutes(-5), Rendered.Now.AddMinutes(-5), null, null);
}
