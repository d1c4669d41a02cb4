using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Journey.Browser.Tests;

/// <summary>What axe-core can find, it finds nowhere.</summary>
public class AccessibilityTests(Stage stage) : BrowserTest(stage)
{
    private readonly List<string> _violations = [];

    [Fact]
    public async Task No_page_has_a_violation_populated_empty_or_with_a_dialog_open()
    {
        var unit = FreshUnit();
        var visit = await Ward.Fill(Hospital, unit);
        var page = await (await Person()).NewPageAsync();
        await Go(page, "");
        await Check(page, "units");

        await Move(page, $"units/{unit}?fold=none");
        await Expect(page.GetByText("Gegangen, Gerd").First).ToBeVisibleAsync();
        await Check(page, "desk board");
        await Row(page, visit).GetByTestId("next-step").ClickAsync();
        await Expect(Toast(page, "done")).ToBeVisibleAsync();
        await page.GetByTestId("toast").First.HoverAsync();
        await Check(page, "desk board with a toast");
        var drawer = await Drawer(page, visit);
        await Check(page, "desk board with its drawer open");
        foreach (var (name, opener) in ((string, ILocator)[])
        [
            ("told", drawer.GetByTestId("told-more")), ("acuity", drawer.Locator(".acuity-button")), ("nurse", drawer.GetByTestId("assign-nurse")),
            ("who", page.GetByTestId("you-are")), ("help", page.Locator(".top .keys")),
        ])
        {
            await opener.ClickAsync();
            await Expect(Dialog(page)).ToBeVisibleAsync();
            await CheckSheet(page, name);
            await page.Keyboard.PressAsync("Escape");
            await Expect(Dialog(page)).ToHaveCountAsync(0);
        }

        await page.Locator("tr:has([data-testid=needs][data-state=raised]) .col-stay").First.ClickAsync();
        await page.GetByTestId("drawer").Locator(".alert-what").First.ClickAsync();
        await CheckSheet(page, "alert");
        await page.Keyboard.PressAsync("Escape");
        await Check(page, "desk board with the drawer of an alert");

        await page.GetByTestId("search").FillAsync("hans");
        await Expect(page.GetByTestId("found").Locator("li").First).ToBeVisibleAsync();
        await Check(page, "search results");
        await page.GetByTestId("search").FillAsync("");

        await Move(page, "families");
        await Expect(Row(page, visit)).ToBeVisibleAsync();
        await Check(page, "families");
        await page.GetByRole(AriaRole.Button, new() { Name = "Empty ward" }).ClickAsync();
        await Expect(Row(page, visit)).ToHaveCountAsync(0);
        await Check(page, "families, none");

        await Move(page, $"visits/{visit}");
        await Expect(page.GetByTestId("timeline").Locator("li").First).ToBeVisibleAsync();
        await Check(page, "visit");
        foreach (var sheet in (string[])["ask", "answer", "satisfied", "promise", "keep", "need", "finish", "caller", "add-contact", "link",
            "code-word", "lock-safety", "hold", "update", "round", "life-event", "pulse", "offer-again"])
        {
            await page.GetByTestId(sheet).First.ClickAsync();
            await Expect(Dialog(page)).ToBeVisibleAsync();
            await CheckSheet(page, sheet);
            await page.Keyboard.PressAsync("Escape");
            await Expect(Dialog(page)).ToHaveCountAsync(0);
        }

        await Move(page, "alerts");
        await page.Locator(".alert-line-what").First.ClickAsync();
        await Expect(page.GetByTestId("sheet-snooze")).ToBeVisibleAsync();
        await Check(page, "alerts");
        await Move(page, "rules");
        await Expect(page.GetByTestId("rules")).ToBeVisibleAsync();
        await Check(page, "rules");

        await Move(page, "mine");
        await Check(page, "nobody's list");
        await page.GetByTestId("whose").SelectOptionAsync($"role/charge-nurse@{unit}");
        await Expect(page.GetByTestId("list").Locator("li").First).ToBeVisibleAsync();
        await Check(page, "a role's list");

        await Move(page, $"shifts?unit={unit}");
        await Row(page, visit).GetByTestId("pick").CheckAsync();
        await page.GetByTestId("many-name").FillAsync("Rex Receiver");
        await Check(page, "shifts");
        await page.GetByTestId("hand-over-many").ClickAsync();
        await page.GetByTestId($"draft-{visit}").Locator("summary").ClickAsync();
        await Check(page, "handing over several");

        foreach (var empty in (string[])["units/EMPTY", "units/BEDS", "wall/EMPTY", "wall/BEDS"])
        {
            await Move(page, empty);
            await Expect(page.GetByText("No patients on this unit").Or(page.GetByText("All targets are met")).First).ToBeVisibleAsync();
            await Check(page, empty);
        }

        await Move(page, $"wall/{unit}");
        await Expect(page.Locator(".tile-present").First).ToBeVisibleAsync();
        await Check(page, "wall");
        Assert.Empty(_violations);
    }

    [Fact]
    public async Task On_a_phone_no_page_has_a_violation_either()
    {
        var unit = FreshUnit();
        var visit = await Ward.Fill(Hospital, unit);
        var page = await (await Person(390)).NewPageAsync();
        await Go(page, "");
        foreach (var address in (string[])["", $"units/{unit}", $"visits/{visit}", "families", $"families/{visit}", "alerts", "mine",
            $"shifts?unit={unit}", "hotline"])
        {
            await Move(page, address);
            await Check(page, address.Split('/')[0] + " on a phone");
        }

        Assert.Empty(_violations);
    }

    private async Task Check(IPage page, string name) => _violations.AddRange(await Axe.Look(page, name));

    private async Task CheckSheet(IPage page, string name) => _violations.AddRange(await Axe.Look(Dialog(page), name + " sheet"));
}
