using static Microsoft.Playwright.Assertions;

namespace Journey.Browser.Tests;

/// <summary>Breaking the glass: what whoever does it is asked and shown, and what the privacy officer sees and says.</summary>
public class PrivacyTests(Stage stage) : BrowserTest(stage)
{
    [Fact]
    public async Task Who_is_asked_to_break_the_glass_says_why_and_the_privacy_officer_sees_it_at_once_and_reviews_it()
    {
        var guest = new Guest(FreshUnit(), "Fremd", "Frieda") { Bed = "4" };
        await Hospital.Arrive(guest);
        var visit = await Hospital.VisitOf(guest);
        var officer = await Open(await Person("Prue Officer"), "privacy");

        // This host has no way to sign in, so its visit refuses nobody; the refusal alone is made here, all that follows is real.
        var nurse = await Person("Nora Outside");
        var isClosed = true;
        MayComplain("403");
        await nurse.RouteAsync($"**/api/v1/visits/{visit}", route => isClosed
            ? route.FulfillAsync(new()
            {
                Status = 403, ContentType = "application/problem+json",
                Body = """{"status":403,"code":"glass-required","detail":"You have no part in this visit."}"""
            })
            : route.ContinueAsync());
        var page = await Open(nurse, $"visits/{visit}");
        await page.GetByTestId("break-glass").ClickAsync();
        await Expect(Dialog(page).GetByTestId("sheet-send")).ToBeDisabledAsync();
        await Expect(Dialog(page).GetByTestId("glass-recorded")).ToContainTextAsync("60 minutes");
        Assert.Equal([], await Axe.Look(page, "break-the-glass sheet"));
        await Dialog(page).GetByText("Emergency", new() { Exact = false }).ClickAsync();
        await Dialog(page).GetByTestId("glass-note").FillAsync("found on the floor");
        isClosed = false;
        await Dialog(page).GetByTestId("sheet-send").ClickAsync();
        await Expect(page.Locator("h1")).ToContainTextAsync("Fremd, Frieda");
        await Expect(page.GetByTestId("glass-open")).ToContainTextAsync("until");
        await Expect(page.GetByTestId("timeline")).ToContainTextAsync("breaking the glass");

        var line = officer.Locator(".glass-line").Filter(new() { HasText = guest.Unit });
        await Expect(line).ToContainTextAsync("Nora Outside");
        await Expect(line).ToContainTextAsync("found on the floor");
        Assert.Equal([], await Axe.Look(officer, "privacy page"));
        await line.GetByTestId("glass-review").ClickAsync();
        await line.GetByText("To be followed up").ClickAsync();
        await line.GetByTestId("glass-remark").FillAsync("asked the charge nurse");
        await line.GetByTestId("glass-send").ClickAsync();
        await Expect(line.GetByTestId("glass-verdict")).ToContainTextAsync("To be followed up, Prue Officer");
    }

    [Fact]
    public async Task Whose_looking_is_worth_a_question_is_seen_at_once_and_answered_with_one_tap_that_can_be_undone()
    {
        var guest = new Guest(FreshUnit(), "Selbst", "Sabine") { Bed = "4" };
        await Hospital.Arrive(guest);
        var officer = await Open(await Person("Prue Officer"), "privacy");
        await Expect(officer.GetByTestId("finding-rules")).ToContainTextAsync("Same surname");

        await Open(await Person("Sabine Selbst"), $"visits/{await Hospital.VisitOf(guest)}");
        var line = officer.Locator(".finding-line").Filter(new() { HasText = guest.Unit });
        await Expect(line).ToContainTextAsync("Sabine Selbst");
        await Expect(line).ToContainTextAsync("Opened what seems to be their own record");
        Assert.Equal([], await Axe.Look(officer, "privacy page with findings"));

        var open = officer.GetByTestId("findings-open").Locator(".finding-line").Filter(new() { HasText = guest.Unit });
        await line.GetByTestId("judge-had-reason").ClickAsync();
        await Expect(line.GetByTestId("finding-verdict")).ToContainTextAsync("There was a reason, Prue Officer");
        await Expect(open).ToHaveCountAsync(0);
        await officer.GetByTestId("toast").GetByTestId("undo").ClickAsync();
        await Expect(open).ToHaveCountAsync(1);
        await line.GetByTestId("judge-follow-up").ClickAsync();
        await Expect(line.GetByTestId("finding-verdict")).ToContainTextAsync("To be followed up, Prue Officer");
        Assert.Equal([], await Axe.Look(officer, "privacy page with what was judged"));

        await line.GetByTestId("finding-trail").ClickAsync();
        await Expect(officer.GetByTestId("audit")).ToContainTextAsync("Sabine Selbst opened the visit page");
        Assert.EndsWith("/audit", officer.Url, StringComparison.Ordinal);
    }
}
