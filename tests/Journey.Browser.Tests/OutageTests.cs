using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Journey.Browser.Tests;

public class OutageTests(Stage stage) : BrowserTest(stage)
{
    [Fact]
    public async Task A_board_whose_server_is_killed_says_since_when_it_is_not_live_and_is_right_again_after_the_restart()
    {
        var own = Own(new Hospital());
        await own.Start();
        var guest = new Guest("ED", "Vorausfall", "Viola") { Bed = "1" };
        var before = await own.Arrive(guest);
        var person = await Person();
        var desk = await Open(person, "units/ED", own);
        var wall = await Open(person, "wall/ED", own);
        await Expect(Row(desk, before)).ToBeVisibleAsync();
        await (await Drawer(desk, before)).GetByTestId("told-family").ClickAsync();
        await Expect(Toast(desk, "done")).ToBeVisibleAsync();

        MayComplain("WebSocket"); // A browser writes down each attempt that finds no server.
        MayComplain("ERR_CONNECTION");
        MayComplain("Failed to complete negotiation");
        await own.Kill();
        var quick = new LocatorAssertionsToBeVisibleOptions { Timeout = 15_000 };
        await Expect(desk.Locator("[data-testid=banner][data-state=lost]")).ToBeVisibleAsync(quick);
        await Expect(desk.GetByTestId("banner")).ToHaveTextAsync(new Regex(@"Not live since \d\d:\d\d:\d\d.*old"));
        await Expect(wall.GetByTestId("banner")).ToHaveTextAsync(new Regex(@"Not live since \d\d:\d\d:\d\d.*old"));
        await Expect(Row(desk, before)).ToBeVisibleAsync();
        await Row(desk, before).GetByTestId("next-step").ClickAsync();
        await Expect(Toast(desk, "unanswered")).ToContainTextAsync("Not sure whether it was recorded");

        await own.Start();
        var after = await own.Arrive(new Guest("ED", "Nachausfall", "Nils") { Bed = "2" });
        await Expect(Row(desk, after)).ToContainTextAsync("Nachausfall, Nils");
        await Expect(Row(desk, before)).ToContainTextAsync("Vorausfall, Viola");
        await Expect(Row(desk, before).Locator(".col-family")).ToContainTextAsync("told");
        await Expect(Tile(wall, "Nils N.")).ToBeVisibleAsync();
        await Expect(desk.GetByTestId("banner")).ToHaveCountAsync(0);
        await Expect(wall.GetByTestId("banner")).ToHaveCountAsync(0);
        await Expect(desk.Locator("body")).ToHaveAttributeAsync("data-live", "true");

        await Toast(desk, "unanswered").GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(Row(desk, before).Locator(".col-step b")).ToHaveTextAsync("Seen");
    }

    [Fact]
    public async Task A_page_that_missed_a_part_of_itself_says_so_and_loads_itself_again()
    {
        foreach (var complaint in new[] { "503", "digest", "integrity", "Failed to fetch", "mono_download_assets", "MONO_WASM" })
            MayComplain(complaint);
        var page = await (await Person()).NewPageAsync();
        var missing = true;
        await page.RouteAsync("**/_framework/Journey.Dashboard.*.wasm", route => missing
            ? route.FulfillAsync(new() { Status = 503 })
            : route.ContinueAsync());
        await page.GotoAsync(new Uri(Hospital.Address, "wall/ED").ToString());
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Journey did not load completely. Trying again until it does…");

        missing = false;
        await page.Locator("body[data-live=true] h1").WaitForAsync(new() { Timeout = 90_000 });
    }
}
