using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace Journey.Browser.Tests;

public class VisitPageTests(Stage stage) : BrowserTest(stage)
{
    [Fact]
    public async Task A_visit_shows_its_clocks_and_its_timeline_and_strikes_through_what_was_undone()
    {
        var guest = new Guest(FreshUnit(), "Verlauf", "Vinzenz") { Ago = TimeSpan.FromMinutes(13), Contact = "Verlauf^Rosa|^Mother", Acuity = 3 };
        var visit = await Hospital.Arrive(guest);
        var page = await Open($"visits/{visit}");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Verlauf, Vinzenz");
        await Expect(page.Locator(".visit-facts")).ToContainTextAsync($"visit {guest.Visit}");
        var clocks = page.Locator(".clocks li");
        await Expect(clocks.Filter(new() { HasText = "Triage" })).ToContainTextAsync("over by 3 min");
        await Expect(clocks.Filter(new() { HasText = "Provider" })).ToContainTextAsync("left");
        // Who is next of kin in a record does not wait by that.
        await Expect(clocks.Filter(new() { HasText = "Update to the family" })).ToHaveCountAsync(0);
        await Expect(page.Locator(".family-panel")).ToContainTextAsync("Rosa Verlauf (Mother)");

        await page.GetByTestId("told-family").ClickAsync();
        var entry = page.GetByTestId("timeline").Locator("li:not(:has-text('Taken back'))")
            .Filter(new() { HasTextRegex = new Regex("told", RegexOptions.IgnoreCase) });
        await Expect(entry).ToHaveCountAsync(1);
        await entry.GetByTestId("undo-entry").ClickAsync();
        // Who has not said who they are may be anybody: it is asked whether they mean it.
        await Dialog(page).GetByTestId("asked-yes").ClickAsync();
        await Expect(entry).ToHaveClassAsync(new Regex("undone"));
        Assert.Contains("line-through", await entry.Locator("s").EvaluateAsync<string>("e => getComputedStyle(e).textDecorationLine"),
            StringComparison.Ordinal);
        await Expect(entry).ToContainTextAsync("undone");
        await Expect(entry.GetByTestId("undo-entry")).ToHaveCountAsync(0);
        await Expect(page.Locator(".family-panel")).ToContainTextAsync("none yet");
    }

    [Fact]
    public async Task What_a_colleague_records_and_where_the_patient_is_taken_appears_on_the_open_page()
    {
        var guest = new Guest(FreshUnit(), "Offenlage", "Olga") { Bed = "1" };
        var visit = await Hospital.Arrive(guest);
        var page = await Open($"visits/{visit}");
        await Hospital.Record(visit, "touchpoints", new { kind = "step", step = "triaged" });
        await Expect(page.Locator(".journey")).ToContainTextAsync("Triaged");
        await Expect(page.GetByTestId("timeline")).ToContainTextAsync("Nora Nurse");

        var elsewhere = guest with { Unit = FreshUnit(), Bed = "5" };
        await Hospital.Send(elsewhere.Message("A02", TimeSpan.Zero));
        await Expect(page.Locator(".stays")).ToContainTextAsync(elsewhere.Unit);
        await Expect(page.Locator(".crumbs")).ToContainTextAsync(elsewhere.Unit);
        await Expect(page.Locator(".visit-at")).ToContainTextAsync("5");
    }

    [Fact]
    public async Task A_visit_nobody_knows_is_explained()
    {
        MayComplain("404"); // The browser writes down every address that is not there.
        var page = await Open($"visits/{Guid.NewGuid()}");
        await Expect(page.GetByText("This visit cannot be shown")).ToBeVisibleAsync();
        await Expect(page.GetByText("No such visit is known.")).ToBeVisibleAsync();
    }
}
