using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Journey.Browser.Tests;

/// <summary>Where people sign in: a screen becomes a wall, somebody is sent away, and whoever does nothing is warned and logged off.</summary>
public class SessionTests(Stage stage) : BrowserTest(stage)
{
    [Fact]
    public async Task A_screen_becomes_a_wall_by_its_code_and_goes_dark_when_it_is_removed_and_somebody_is_sent_away()
    {
        MayComplain("401"); // Whoever was sent away asks who they are: nobody.
        MayComplain("HTTP Authentication failed"); // So a browser tells of a WebSocket that is refused.
        MayComplain("409"); // A code that no screen shows.
        var own = Own(new Hospital { PeopleSignIn = true });
        await own.Start();
        await own.Send(new Guest("ED", "Wandbild", "Wilma") { Bed = "1" }.Message("A04"));
        var screen = await (await Person()).NewPageAsync();
        await screen.GotoAsync(new Uri(own.Address, "enrol/index.html").ToString());
        await Expect(screen.Locator("#code")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^[2-9A-Z]{4}-[2-9A-Z]{4}$"));
        Assert.Empty(await Axe.Look(screen, "enrol"));
        var code = await screen.Locator("#code").TextContentAsync();

        var administrator = await SignedIn(own, "Ada Admin", "walls");
        await Expect(administrator.GetByText("No wall yet")).ToBeVisibleAsync();
        await administrator.GetByTestId("wall-code").FillAsync("aaaa aaaa");
        await administrator.GetByTestId("wall-name").FillAsync("Corridor");
        await administrator.GetByTestId("wall-unit").SelectOptionAsync("ED");
        await administrator.GetByTestId("wall-admit").ClickAsync();
        await Expect(administrator.GetByTestId("toast")).ToContainTextAsync("No screen shows this code");
        await administrator.GetByTestId("wall-code").FillAsync(code!.ToLowerInvariant());
        await administrator.GetByTestId("wall-admit").ClickAsync();
        await Expect(administrator.GetByTestId("wall-line")).ToContainTextAsync("Corridor");
        Assert.Empty(await Axe.Look(administrator, "walls"));

        await screen.WaitForURLAsync("**/wall/ED");
        await Expect(screen.GetByText("W. W.", new() { Exact = false }).Or(screen.GetByText("Wi", new() { Exact = false })).First).ToBeVisibleAsync();
        await Expect(screen.GetByText("Wandbild")).ToHaveCountAsync(0);
        await administrator.GetByTestId("wall-remove").ClickAsync();
        await screen.WaitForURLAsync("**/enrol/index.html");
        await Expect(screen.Locator("#code")).ToBeVisibleAsync();
        await screen.CloseAsync();

        var nurse = await SignedIn(own, "Jamie Applecross", "units/ED");
        await Expect(nurse.GetByText("Wandbild, Wilma").First).ToBeVisibleAsync();
        await administrator.GetByRole(AriaRole.Link, new() { Name = "Signed in" }).ClickAsync();
        await administrator.GetByTestId("session-line").Filter(new() { HasText = "Jamie Applecross" }).GetByTestId("end-session").ClickAsync();
        await Dialog(administrator).Locator("input").FillAsync("Left the house");
        await Dialog(administrator).GetByTestId("sheet-send").ClickAsync();
        await Expect(nurse.GetByRole(AriaRole.Heading, new() { Name = "Who are you?" })).ToBeVisibleAsync();
        await Expect(administrator.GetByTestId("session-line").Filter(new() { HasText = "Jamie Applecross" })).ToHaveCountAsync(0);
        Assert.Empty(await Axe.Look(administrator, "sessions"));
    }

    [Fact]
    public async Task Who_does_nothing_is_warned_stays_with_one_key_and_is_logged_off_otherwise()
    {
        MayComplain("401");
        MayComplain("HTTP Authentication failed"); // So a browser tells of a WebSocket that is refused.
        var own = Own(new Hospital { PeopleSignIn = true });
        await own.Start();
        await own.Send(new Guest("ED", "Leise", "Lena") { Bed = "1" }.Message("A04"));
        var page = await (await Person()).NewPageAsync();
        await page.Clock.InstallAsync();
        await SignIn(page, own, "Jamie Applecross", "units/ED");
        await Expect(page.GetByText("Leise, Lena").First).ToBeVisibleAsync();
        await Expect(page.GetByTestId("log-off")).ToHaveCountAsync(0);

        await page.Clock.FastForwardAsync("14:20");
        await Expect(page.GetByTestId("log-off")).ToContainTextAsync("You will be logged off");
        Assert.Empty(await Axe.Look(page.GetByTestId("log-off"), "log-off"));
        await page.Keyboard.PressAsync("Shift");
        await Expect(page.GetByTestId("log-off")).ToHaveCountAsync(0);

        var ended = page.WaitForRequestAsync(request => request.Method == "POST" && request.Url.EndsWith("/signout", StringComparison.Ordinal));
        await page.Clock.FastForwardAsync("15:05");
        await ended;
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Who are you?" })).ToBeVisibleAsync();
        await Expect(page.GetByText("Leise, Lena")).ToHaveCountAsync(0);
    }

    private async Task<IPage> SignedIn(Hospital own, string who, string path)
    {
        var page = await (await Person()).NewPageAsync();
        await SignIn(page, own, who, path);
        return page;
    }

    private static async Task SignIn(IPage page, Hospital own, string who, string path)
    {
        await page.GotoAsync(new Uri(own.Address, path).ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = who }).ClickAsync();
        await page.Locator("body[data-live=true] h1").WaitForAsync();
    }
}
