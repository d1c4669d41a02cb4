using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Journey.Browser.Tests;

/// <summary>A unit opens from every link to it, whatever the hospital calls it.</summary>
public class UnitTests(Stage stage) : BrowserTest(stage)
{
    [Theory]
    [InlineData("..", "Punkt"), InlineData("A/B", "Schraeg"), InlineData("%2F", "Prozent"), InlineData("#", "Raute"), InlineData("4.OST?", "Frage")]
    public async Task A_unit_of_an_odd_code_opens_from_the_list_of_units_the_visit_and_its_own_address(string code, string name)
    {
        var visit = await Hospital.Arrive(new Guest(code, name, "Olga") { Bed = "1" });
        var page = await Open("");
        await page.GetByRole(AriaRole.Link, new() { Name = code, Exact = true }).First.ClickAsync();
        await Expect(Row(page, visit)).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(Row(page, visit)).ToBeVisibleAsync();
        var wall = await page.Context.RunAndWaitForPageAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Wall view" }).ClickAsync());
        await Expect(Tile(wall, "Olga")).ToBeVisibleAsync();
        await Move(page, $"visits/{visit}");
        await page.Locator(".crumbs a").ClickAsync();
        await Expect(Row(page, visit)).ToBeVisibleAsync();
        await page.GotoAsync(new Uri(Hospital.Address, $"waiting-room/index.html?unit={Uri.EscapeDataString(code)}").ToString());
        await Expect(page.Locator("#lines li")).ToHaveCountAsync(1);
    }
}
