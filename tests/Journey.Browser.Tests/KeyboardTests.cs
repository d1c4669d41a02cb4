using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Journey.Browser.Tests;

public class KeyboardTests(Stage stage) : BrowserTest(stage)
{
    [Fact]
    public async Task A_board_is_worked_without_a_mouse()
    {
        var unit = FreshUnit();
        var first = await Hospital.Arrive(new Guest(unit, "Eins", "Anna") { Ago = TimeSpan.FromMinutes(14) });
        var second = await Hospital.Arrive(new Guest(unit, "Zwei", "Bert") { Ago = TimeSpan.FromMinutes(13) });
        await Hospital.Record(second, "assignments", new { role = "nurse", name = "Nora Nurse" }); // So that the triage is the one alert.
        var board = await Open($"units/{unit}");
        var keys = board.Keyboard;

        await keys.PressAsync("/");
        await Expect(board.GetByTestId("filter")).ToBeFocusedAsync();
        await FocusIsVisible(board);
        await keys.PressAsync("ArrowDown");
        await Expect(Row(board, first)).ToBeFocusedAsync();
        await FocusIsVisible(board);
        await keys.PressAsync("j");
        await Expect(Row(board, second)).ToBeFocusedAsync();
        await keys.PressAsync("k");
        await Expect(Row(board, first)).ToBeFocusedAsync();
        await keys.PressAsync("ArrowDown");
        await Expect(Row(board, second)).ToBeFocusedAsync();

        await Meant(board, "a");
        await Expect(Row(board, second).GetByTestId("needs")).ToHaveAttributeAsync("data-state", "acknowledged");
        await Meant(board, "w");
        await Expect(Row(board, second).Locator(".family-waiting")).ToBeVisibleAsync();
        await Meant(board, "t");
        await Expect(Row(board, second).Locator(".family-waiting")).ToHaveCountAsync(0);
        await Meant(board, "n");
        await Expect(Row(board, second).Locator(".col-step")).ToContainTextAsync("Triaged");
        await Meant(board, "u");
        await Expect(Row(board, second).Locator(".col-step")).ToContainTextAsync("Arrived");
        await Expect(Row(board, second)).ToBeFocusedAsync();
        await Expect(Row(board, first).Locator(".col-step")).ToContainTextAsync("Arrived");

        await keys.PressAsync("?");
        await Expect(Dialog(board)).ToContainTextAsync("Keys and signs");
        await Letter(board, "n"); // Within a dialog a letter is a letter.
        await keys.PressAsync("Escape");
        await Expect(Dialog(board)).ToHaveCountAsync(0);
        await Expect(Row(board, second)).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await Expect(board.Locator("#drawer-title")).ToBeFocusedAsync();
        await Expect(board.Locator("#drawer-title")).ToContainTextAsync("Zwei, Bert");
        await FocusIsVisible(board);
        await keys.PressAsync("Escape");
        await Expect(board.GetByTestId("drawer")).ToHaveCountAsync(0);
        await Expect(Row(board, second)).ToBeFocusedAsync();
        await board.WaitForTimeoutAsync(1_050);
        await keys.PressAsync("Enter");
        // The drawer goes with the line, and closes from there too.
        await Expect(board.Locator("#drawer-title")).ToBeFocusedAsync();
        await Row(board, second).FocusAsync();
        await keys.PressAsync("ArrowUp");
        await Expect(board.Locator("#drawer-title")).ToContainTextAsync("Eins, Anna");
        await keys.PressAsync("ArrowDown");
        await Expect(board.Locator("#drawer-title")).ToContainTextAsync("Zwei, Bert");
        await board.GetByTestId("drawer-visit").FocusAsync();
        await keys.PressAsync("Enter");
        await Expect(board).ToHaveURLAsync(new Regex($"/visits/{second}$"));
        await Expect(board.Locator("h1")).ToBeFocusedAsync();
        await Expect(board.GetByTestId("timeline")).Not.ToContainTextAsync("Seen");
    }

    [Fact]
    public async Task What_is_pressed_by_keyboard_keeps_the_focus_or_leaves_it_to_its_line_and_never_to_another_button()
    {
        var guest = new Guest(FreshUnit(), "Tastenweg", "Tilda") { Bed = "1", Ago = TimeSpan.FromMinutes(30) };
        var visit = await Hospital.Arrive(guest);
        await Hospital.Record(visit, "family/waiting", new { });
        var page = await Open(await Person("Nora Nurse"), $"units/{guest.Unit}");
        var drawer = await Drawer(page, visit);
        // Greyed out while it is sent.
        await Press(drawer.GetByTestId("checked"));
        await Expect(Toast(page, "done").First).ToBeVisibleAsync();
        await Expect(drawer.GetByTestId("checked")).ToBeFocusedAsync();
        // Gone once it is done.
        await Press(drawer.GetByTestId("told-family"));
        await Expect(drawer.GetByTestId("family-waiting")).ToBeVisibleAsync();
        await Expect(drawer.GetByTestId("told-family")).ToBeFocusedAsync();
        var acknowledge = drawer.GetByTestId("acknowledge");
        while (await acknowledge.CountAsync() is > 0 and var many)
        {
            await Press(acknowledge.First);
            await Expect(acknowledge).ToHaveCountAsync(many - 1);
        }

        await Expect(page.Locator("body")).Not.ToBeFocusedAsync();
        Assert.True(await drawer
            .EvaluateAsync<bool>("drawer => drawer.contains(document.activeElement) && !document.activeElement.matches('button')"));
        // A click on nothing lets go, and nothing takes the focus back.
        await page.Locator("h1").ClickAsync();
        await Hospital.Record(visit, "touchpoints", new { kind = "step", step = "seen" });
        await Expect(Row(page, visit).Locator(".col-step b")).ToHaveTextAsync("Seen");
        Assert.False(await drawer.EvaluateAsync<bool>("drawer => drawer.contains(document.activeElement)"));

        async Task Press(ILocator button)
        {
            await button.FocusAsync();
            await page.Keyboard.PressAsync("Enter");
        }
    }

    [Fact]
    public async Task U_undoes_the_last_key_also_while_its_answer_is_on_the_way()
    {
        var guest = new Guest(FreshUnit(), "Eins", "Anna") { Ago = TimeSpan.FromMinutes(4) };
        var visit = await Hospital.Arrive(guest);
        var board = await Open($"units/{guest.Unit}");
        await Letter(board, "j");
        await Meant(board, "t");
        await Expect(board.GetByTestId("undo")).ToHaveCountAsync(1);
        var answer = new TaskCompletionSource();
        await board.RouteAsync($"**/visits/{visit}/touchpoints", async route =>
        {
            var response = await route.FetchAsync();
            await answer.Task;
            await route.FulfillAsync(new() { Response = response });
        });

        await Meant(board, "n");
        await Expect(Row(board, visit).Locator(".col-step")).ToContainTextAsync("Triaged");
        await Meant(board, "u");
        answer.SetResult();
        await Expect(Row(board, visit).Locator(".col-step")).ToContainTextAsync("Arrived");
        await Expect(Row(board, visit).Locator(".col-family")).ToContainTextAsync("told");
        await Expect(Row(board, visit).Locator(".col-family")).Not.ToContainTextAsync("not told yet");
    }

    [Fact]
    public async Task Letters_typed_into_a_field_record_nothing()
    {
        var guest = new Guest(FreshUnit(), "Tanner", "Wanda") { Bed = "1" };
        var visit = await Hospital.Arrive(guest);
        var board = await Open($"units/{guest.Unit}");
        await board.Keyboard.PressAsync("j");
        await Expect(Row(board, visit)).ToBeFocusedAsync();
        await board.Keyboard.PressAsync("/");
        await Expect(board.GetByTestId("filter")).ToBeFocusedAsync();
        await board.Keyboard.TypeAsync("tanw");
        await Expect(board.GetByText("Nobody matches this filter")).ToBeVisibleAsync();
        await Expect(board.GetByTestId("toast")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task On_a_page_without_a_board_the_slash_goes_to_the_search()
    {
        var page = await Open("");
        await page.Keyboard.PressAsync("/");
        await Expect(page.GetByTestId("search")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Every_stop_of_the_tab_key_on_a_board_can_be_seen()
    {
        var guest = new Guest(FreshUnit(), "Tabulator", "Tilda") { Ago = TimeSpan.FromMinutes(13) };
        await Hospital.Arrive(guest);
        var board = await Open($"units/{guest.Unit}");
        var stops = 0;
        for (; stops < 60; stops++)
        {
            await board.Keyboard.PressAsync("Tab");
            if (await board.EvaluateAsync<bool>("document.activeElement === document.body")) break;
            await FocusIsVisible(board);
        }

        Assert.True(stops > 20, $"Only {stops} stops.");
    }

    private static async Task FocusIsVisible(IPage page)
    {
        var seen = await page.EvaluateAsync<string>("""
            () => {
              const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect();
              const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 || style.boxShadow !== 'none';
              const inside = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
              return outlined && inside ? '' : `${element.outerHTML.slice(0, 200)} outline ${style.outline}, box ${JSON.stringify(box)}`;
            }
            """);
        Assert.True(seen.Length == 0, $"The focus cannot be seen: {seen}");
    }
}
