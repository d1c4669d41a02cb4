using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Journey.Browser.Tests;

/// <summary>In at the provider, out again, and nothing left on the screen.</summary>
public class SignInTests(Stage stage) : BrowserTest(stage)
{
    [Fact]
    public async Task Somebody_picked_lands_on_the_page_they_wanted_and_leaves_nothing_behind_when_they_sign_out()
    {
        MayComplain("401"); // The page asks who is signed in: nobody.
        var own = Own(new Hospital { PeopleSignIn = true });
        await own.Start();
        await own.Send(new Guest("ED", "Anmeldung", "Alma") { Bed = "1" }.Message("A04"));
        var page = await (await Person()).NewPageAsync();
        await page.GotoAsync(new Uri(own.Address, "units/ED").ToString());
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Who are you?" })).ToBeVisibleAsync();
        Assert.Empty(await Axe.Look(page, "sign-in"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Morgan Castlebay" }).ClickAsync();

        await page.Locator("body[data-live=true] h1").WaitForAsync();
        Assert.EndsWith("/units/ED", page.Url, StringComparison.Ordinal);
        await Expect(page.GetByText("Anmeldung, Alma").First).ToBeVisibleAsync();
        await Expect(page.GetByTestId("you-are")).ToContainTextAsync("Morgan Castlebay");
        Assert.Equal("[]",
            await page.EvaluateAsync<string>(
                "JSON.stringify([...Object.entries(localStorage), ...Object.entries(sessionStorage)].filter(e => /eyJ|token/i.test(e.join())))"));

        await page.GetByTestId("you-are").ClickAsync();
        await Expect(Dialog(page)).ToContainTextAsync("charge nurse");
        Assert.Empty(await Axe.Look(Dialog(page), "who"));
        await Dialog(page).GetByTestId("sign-out").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Who are you?" })).ToBeVisibleAsync();
        await page.GoBackAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Who are you?" })).ToBeVisibleAsync();
        await Expect(page.GetByText("Anmeldung, Alma")).ToHaveCountAsync(0);
    }
}
