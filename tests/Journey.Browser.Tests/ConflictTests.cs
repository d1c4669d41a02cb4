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
            await (await Drawer(tab, visit)).GetByTestId("alert").Filter(new() { HasText = "Triage" }).Locator(".alert-what").ClickAsync();
            await Expect(Dialog(tab)).ToBeVisibleAsync();
        }

        await Dialog(first).GetByTestId("sheet-resolve").ClickAsync();
        await Expect(Toast(first, "done")).ToBeVisibleAsync();
        await Expect((await Drawer(second, visit)).GetByTestId("alert").Filter(new() { HasText = "Triage" })).ToHaveCountAsync(0);
        await Dialog(second).GetByTestId("sheet-resolve").ClickAsync();

        await Expect(Toast(second, "refused")).ToContainTextAsync("The alert is closed already.");
        await Expect(second.Locator("#blazor-error-ui")).ToBeHiddenAsync();
        await (await Drawer(second, visit)).GetByTestId("told-family").ClickAsync();
        await Expect(Row(first, visit).Locator(".col-family")).ToContainTextAsync("told <1 min ago");
    }

    [Fact]
    public async Task Whoever_takes_an_alert_second_is_told_who_has_it_and_may_take_it_over_knowingly()
    {
        MayComplain("409");
        var guest = new Guest(FreshUnit(), "Zugleich", "Zita") { Ago = TimeSpan.FromMinutes(13) };
        var visit = await Hospital.Arrive(guest);
        var first = await Open(await Person("Ann Able"), $"units/{guest.Unit}");
        var second = await Open(await Person("Bea Best"), $"units/{guest.Unit}");
        foreach (var page in (IPage[])[first, second]) await Drawer(page, visit);
        await Triage(second).Locator(".alert-what").ClickAsync();
        await Expect(Dialog(second)).ToBeVisibleAsync();
        await Triage(first).GetByTestId("acknowledge").ClickAsync();
        await Expect(Toast(first, "done")).ToBeVisibleAsync();
        await Dialog(second).GetByTestId("sheet-acknowledge").ClickAsync();
        await Expect(Toast(second, "refused")).ToContainTextAsync("Ann Able has taken it already.");

        await Triage(second).Locator(".alert-what").ClickAsync();
        await Dialog(second).GetByTestId("sheet-acknowledge").ClickAsync();
        await Expect(Triage(first)).ToContainTextAsync("Bea Best has it");
        await Expect(second.Locator("#blazor-error-ui")).ToBeHiddenAsync();

        static ILocator Triage(IPage page) => page.GetByTestId("drawer").GetByTestId("alert").Filter(new() { HasText = "Triage" });
    }
}
