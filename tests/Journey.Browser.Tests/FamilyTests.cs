using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Journey.Browser.Tests;

public class FamilyTests(Stage stage) : BrowserTest(stage)
{
    private const string Says = "Family is waiting for an update";

    [Fact]
    public async Task A_waiting_family_raises_an_alert_on_desk_wall_and_worklist_and_telling_them_clears_it_everywhere()
    {
        var guest = new Guest(FreshUnit(), "Familie", "Frida");
        var visit = await Hospital.Arrive(guest);
        var person = await Person();
        var desk = await Open(person, $"units/{guest.Unit}");
        var families = await Open(person, "families");
        var wall = await Open(await Person(1920, 1080), $"wall/{guest.Unit}");
        var deskAlert = (await Drawer(desk, visit)).GetByTestId("alert").Filter(new() { HasText = Says });
        var wallNeed = wall.GetByTestId("need").Filter(new() { HasText = Says });
        var waiting = families.Locator("section.urgency-waiting").GetByTestId($"row-{visit}");
        await Expect(deskAlert).ToHaveCountAsync(0);

        await (await Drawer(desk, visit)).GetByTestId("family-waiting").ClickAsync();
        await Expect(deskAlert).ToBeVisibleAsync();
        await Expect(wallNeed).ToBeVisibleAsync();
        await Expect(wall.Locator(".wall-census")).ToContainTextAsync("1 family waits");
        await Expect(waiting).ToBeVisibleAsync();
        await Expect(families.Locator("nav a[href=families] .count")).ToBeVisibleAsync();

        await waiting.GetByTestId("told-family").ClickAsync();
        await Expect(waiting).ToHaveCountAsync(0);
        await Expect(deskAlert).ToHaveCountAsync(0);
        await Expect(wallNeed).ToHaveCountAsync(0);
        await Expect(wall.Locator(".wall-census")).Not.ToContainTextAsync("family waits");
        await Expect(Row(desk, visit).Locator(".col-family")).ToContainTextAsync("told <1 min ago");
    }

    [Fact]
    public async Task A_promise_made_in_the_sheet_is_shown_to_everybody()
    {
        var guest = new Guest(FreshUnit(), "Versprochen", "Vera") { Contact = "Versprochen^Udo|^Husband" };
        var visit = await Hospital.Arrive(guest);
        var mine = await Open($"units/{guest.Unit}");
        var theirs = await Open($"units/{guest.Unit}");
        await (await Drawer(mine, visit)).GetByTestId("told-more").ClickAsync();
        await Dialog(mine).GetByLabel("Who was told").FillAsync("Udo Versprochen");
        await Dialog(mine).GetByText("Promised by").First.ClickAsync();
        await Dialog(mine).GetByTestId("tell-record").ClickAsync();

        await Expect(Dialog(mine)).ToHaveCountAsync(0);
        await Expect(Row(theirs, visit).Locator(".col-family")).ToContainTextAsync("promised");
    }

    [Fact]
    public async Task Choosing_a_unit_without_families_keeps_the_choice_open_and_says_what_is_missing()
    {
        var guest = new Guest(FreshUnit(), "Wartende", "Wilma");
        var visit = await Hospital.Arrive(guest);
        await Hospital.Record(visit, "family/waiting", new { who = "her son" });
        var families = await Open("families");
        await Expect(Row(families, visit)).ToBeVisibleAsync();
        var empty = families.GetByRole(AriaRole.Button, new() { Name = "Empty ward" });
        await empty.ClickAsync();

        await Expect(Row(families, visit)).ToHaveCountAsync(0);
        await Expect(families.GetByText("No family is waiting, and no update is due on the units chosen")).ToBeVisibleAsync();
        await empty.ClickAsync();
        await Expect(Row(families, visit)).ToBeVisibleAsync();
    }
}
