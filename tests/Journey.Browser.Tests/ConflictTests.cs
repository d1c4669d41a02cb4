using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Journey.Browser.Tests;

public class ConflictTests(Stage stage) : BrowserTest(stage)
{
    [Fact]
    public async Task Whoever_comes_second_to_an_alert_is_told_so_kindly()
    {
        MayComplain("409"); // The browser writes down every refusal.
        var guest = new Guest(FreshUnit(), "Doppelt", "Dora") { Ago = TimeSpan.FromMinutes(13) };
        var visit = await Hospital.Arrive(guest);
        var person = await Person();
        var first = await Open(person, $"units/{guest.Unit}");
        var second = await Open(person, $"units/{guest.Unit}");
        foreach (var tab in (IPage[])[first, second])
        {
            await Row(tab, visit).GetByTestId("alert").Filter(new() { HasText = "Triage" }).Locator(".alert-what").ClickAsync();
            await Expect(Dialog(tab)).ToBeVisibleAsync();
        }

        await Dialog(first).GetByTestId("sheet-resolve").ClickAsync();
        await Expect(Toast(first, "done")).ToBeVisibleAsync();
        await Expect(Row(second, visit).GetByTestId("alert").Filter(new() { HasText = "Triage" })).ToHaveCountAsync(0);
        await Dialog(second).GetByTestId("sheet-resolve").ClickAsync();

        await Expect(Toast(second, "refused")).ToContainTextAsync("The alert is closed already.");
        await Expect(second.Locator("#blazor-error-ui")).ToBeHiddenAsync();
        await Row(second, visit).GetByTestId("told-family").ClickAsync();
        await Expect(Row(first, visit).Locator(".col-family")).ToContainTextAsync("told <1 min ago");
    }

    [Fact]
    public async Task A_colleague_may_take_over_an_alert_that_has_an_owner()
    {
        var guest = new Guest(FreshUnit(), "Zugleich", "Zita") { Ago = TimeSpan.FromMinutes(13) };
        var visit = await Hospital.Arrive(guest);
        var person = await Person();
        var first = await Open(person, $"units/{guest.Unit}");
        var second = await Open(person, $"units/{guest.Unit}");
        await Row(second, visit).GetByTestId("alert").Filter(new() { HasText = "Triage" }).Locator(".alert-what").ClickAsync();
        await Row(first, visit).GetByTestId("alert").Filter(new() { HasText = "Triage" }).GetByTestId("acknowledge").ClickAsync();
        await Expect(Toast(first, "done")).ToBeVisibleAsync();
        await Dialog(second).GetByTestId("sheet-acknowledge").ClickAsync();
        await Expect(Toast(second, "done")).ToBeVisibleAsync();
        await Expect(second.Locator("#blazor-error-ui")).ToBeHiddenAsync();
    }
}
