using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Journey.Browser.Tests;

/// <summary>What a role owes, where whoever has the role looks first.</summary>
public class ListTests(Stage stage) : BrowserTest(stage)
{
    [Fact]
    public async Task A_charge_nurses_list_begins_with_whom_to_verify_and_leads_to_them_on_the_board()
    {
        MayComplain("401"); // The page asks who is signed in: nobody.
        var own = Own(new Hospital { PeopleSignIn = true });
        await own.Start();
        await own.Send([.. Enumerable.Range(1, 30)
            .Select(n => new Guest("ED", $"Wartend{n:00}", "Wanda") { Ago = TimeSpan.FromMinutes(n) }.Message("A04"))]);
        await own.Send([.. Enumerable.Range(1, 3)
            .Select(n => new Guest("ED", $"Verschwunden{n}", "Vera") { Bed = $"{n}", Ago = TimeSpan.FromHours(14), Said = TimeSpan.FromHours(14) }
                .Message("A04"))]);
        var page = await (await Person()).NewPageAsync();
        await page.GotoAsync(new Uri(own.Address, "mine").ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "Morgan Castlebay" }).ClickAsync();
        await page.Locator("body[data-live=true] h1").WaitForAsync();

        var first = page.GetByTestId("list").First.Locator("li").First;
        await Expect(first).ToHaveAttributeAsync("data-kind", "verify");
        Assert.Empty(await Axe.Look(page, "a charge nurse's list"));
        await first.GetByTestId("to-board").ClickAsync();
        await IsThere();
        // Once more, on a board that is known already.
        await page.GoBackAsync();
        await page.GetByTestId("to-board").ClickAsync();
        await IsThere();
        // And as a link that somebody was sent.
        await page.ReloadAsync();
        await IsThere();

        async Task IsThere()
        {
            await Expect(page).ToHaveURLAsync(new Regex("/units/ED#section-verify$"));
            await Expect(page.Locator("a.name", new() { HasText = "Verschwunden1, Vera" })).ToBeInViewportAsync();
            await Expect(page.Locator("a.name", new() { HasText = "Verschwunden3, Vera" })).ToBeInViewportAsync();
            await Task.Delay(500, Stop); // What takes the page elsewhere comes a moment later.
            await Expect(page.Locator("#section-verify")).ToBeFocusedAsync();
            await Expect(page.Locator("#section-verify")).ToBeInViewportAsync();
            await Expect(page.Locator("a.name", new() { HasText = "Verschwunden1, Vera" })).ToBeInViewportAsync();
        }
    }
    [Fact]
    public async Task A_shift_change_opens_on_the_readers_own_unit_and_offers_no_other()
    {
        MayComplain("401"); // The page asks who is signed in: nobody.
        var own = Own(new Hospital { PeopleSignIn = true });
        await own.Start();
        await own.Send(new Guest("AAA", "Erste", "Eva").Message("A04"), new Guest("ED", "Schicht", "Sina") { Bed = "1" }.Message("A04"));
        var page = await (await Person()).NewPageAsync();
        await page.GotoAsync(new Uri(own.Address, "shifts").ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "Morgan Castlebay" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Shifts: Emergency department");
        await Expect(page.GetByText("Schicht, Sina").First).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Group, new() { Name = "Unit" })).ToHaveCountAsync(0);
    }
}
