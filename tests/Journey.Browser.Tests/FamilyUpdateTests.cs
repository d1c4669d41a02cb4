using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace Journey.Browser.Tests;

/// <summary>What leaves the house to a family, and what never does.</summary>
public class FamilyUpdateTests(Stage stage) : BrowserTest(stage)
{
    [Fact]
    public async Task An_update_shows_how_long_it_can_be_recalled_and_is_recalled_by_a_colleague()
    {
        var (visit, page) = await WithContact(linked: true);
        var theirs = await Open(await Person("Bea Best"), $"visits/{visit}");
        await page.GetByTestId("update").ClickAsync();
        await Dialog(page).GetByTestId("update-text").FillAsync("She rests and asks for her glasses.");
        await Dialog(page).GetByTestId("sheet-send").ClickAsync();
        await Expect(theirs.GetByTestId("leaves-in")).ToHaveTextAsync(new Regex(@"^\d:\d\d$"));
        await theirs.GetByTestId("recall").ClickAsync();
        await Expect(page.Locator("#updates")).ToContainTextAsync("Recalled before it left");
    }

    [Fact]
    public async Task A_lock_and_a_hold_stop_an_update_and_say_why()
    {
        MayComplain("409");
        var (visit, page) = await WithContact(linked: true);
        await page.GetByTestId("hold").ClickAsync();
        await Dialog(page).GetByTestId("sheet-send").ClickAsync();
        await Expect(page.GetByTestId("row-marks")).ToContainTextAsync("Bad news pending");
        await page.GetByTestId("update").ClickAsync();
        await Dialog(page).GetByTestId("update-text").FillAsync("All is well.");
        await Dialog(page).GetByTestId("sheet-send").ClickAsync();
        await Expect(Toast(page, "refused")).ToContainTextAsync("a clinician speaks with the family first");

        await Hospital.Record(visit, "family/locks", new { @lock = "no-information", on = true });
        await Expect(page.GetByTestId("row-marks")).ToContainTextAsync("No information");
    }

    [Fact]
    public async Task Whom_an_update_does_not_reach_is_said_before_it_is_written()
    {
        var (_, page) = await WithContact();
        await Expect(page.GetByTestId("unreachable")).ToContainTextAsync("No update reaches them: no link or e-mail");
        await page.GetByTestId("update").ClickAsync();
        await Expect(Dialog(page).GetByTestId("not-reached")).ToContainTextAsync("It does not reach Kurt Angehoerig: no link or e-mail.");
        await Dialog(page).GetByTestId("update-text").FillAsync("All is well.");
        await Expect(Dialog(page).GetByTestId("reaches-nobody")).ToContainTextAsync("It would reach nobody");
        await Expect(Dialog(page).GetByTestId("sheet-send")).ToBeDisabledAsync();
    }

    [Fact]
    public async Task A_caller_hears_what_the_code_word_and_the_consent_allow_and_a_link_is_shown_once()
    {
        var (_, page) = await WithContact();
        await page.GetByTestId("caller").ClickAsync();
        await Check("lanterns", "That is not the code word.");
        await Check("lighthouse", "They may hear: How it goes");
        await page.Keyboard.PressAsync("Escape");

        await page.GetByTestId("link").ClickAsync();
        await Dialog(page).GetByTestId("make-link").ClickAsync();
        await Expect(Dialog(page).GetByTestId("family-link")).ToHaveValueAsync(new Regex("^http.*#."));
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".contacts")).ToContainTextAsync("Has a link");
        await Expect(page.GetByTestId("family-link")).ToHaveCountAsync(0);
        Assert.DoesNotContain('#', page.Url);

        async Task Check(string word, string says)
        {
            await Dialog(page).GetByTestId("caller-word").FillAsync(word);
            await Dialog(page).GetByTestId("caller-check").ClickAsync();
            await Expect(Dialog(page).GetByTestId("verdict")).ToContainTextAsync(says);
        }
    }

    private async Task<(Guid Visit, Microsoft.Playwright.IPage Page)> WithContact(bool linked = false)
    {
        var contact = Guid.NewGuid();
        var visit = await Hospital.Arrive(new Guest(FreshUnit(), "Angehoerig", "Anke") { Bed = "1" });
        await Hospital.Record(visit, "family/contacts", new { id = contact, name = "Kurt Angehoerig", relation = "Husband", consent = "progress" });
        await Hospital.Record(visit, "family/code-word", new { word = "lighthouse" });
        if (linked) await Hospital.Post($"api/v1/visits/{visit}/family/contacts/{contact}/link", new { });
        return (visit, await Open(await Person("Ann Able"), $"visits/{visit}"));
    }
}
