using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Journey.Browser.Tests;

/// <summary>The board that knows it may be wrong.</summary>
public class DoubtTests(Stage stage) : BrowserTest(stage)
{
    private readonly ConcurrentQueue<(string Path, JsonElement Body)> _said = new();

    [Fact]
    public async Task Who_has_probably_left_stands_below_the_board_in_no_count_and_two_taps_settle_it()
    {
        var unit = FreshUnit();
        var gone = await Hospital.Arrive(new Guest(unit, "Verschwunden", "Vera") { Bed = "1", Ago = TimeSpan.FromMinutes(50) });
        await Hospital.Arrive(new Guest(unit, "Bleibtda", "Bert") { Bed = "2", Ago = TimeSpan.FromMinutes(40) }); // Long enough for an alert.
        await Hospital.Record(gone, "family/waiting", new { });
        var page = await Doubted(row => { if (SaidOnTheLine.Is(row, gone)) SaidOnTheLine.Silent(row); }, $"units/{unit}");

        await Expect(page.Locator(".section-verify .section-head")).ToContainTextAsync("To verify 1");
        await Expect(page.Locator(".section-verify").GetByTestId($"row-{gone}"))
            .ToContainTextAsync("Nothing heard or done for 13 h, longer than 12 h");
        await Expect(page.GetByTestId("figure-here").Locator("b")).ToHaveTextAsync("1");
        await Expect(page.GetByTestId("figure-here")).ToContainTextAsync("1 to verify");
        await Expect(page.GetByTestId("only-family")).ToContainTextAsync("0");
        await Expect(page.GetByTestId("bed-1")).ToHaveCountAsync(0); // Neither taken nor free.
        Assert.Empty(await Axe.Look(page, "board with somebody to verify"));

        await Row(page, gone).GetByTestId("still-here").ClickAsync();
        await Expect(Toast(page, "done")).ToContainTextAsync("Still here: Verschwunden, Vera (bed 1)");
        Assert.Equal(("verify", "here"), Last("what"));

        await Row(page, gone).GetByTestId("left").ClickAsync();
        Assert.Empty(await Axe.Look(Dialog(page), "how somebody left"));
        await Expect(Dialog(page).GetByTestId("sheet-send")).ToBeDisabledAsync();
        await Expect(Dialog(page).Locator("input[name=When]").First).ToBeCheckedAsync();
        await Dialog(page).GetByText("Left before being seen").ClickAsync();
        await Dialog(page).GetByTestId("sheet-send").ClickAsync();
        await Expect(Toast(page, "done").First).ToContainTextAsync("Departed: Verschwunden, Vera (bed 1)");
        Assert.Equal(("touchpoints", "left-before-evaluation"), Last("how"));
        Assert.NotEqual(JsonValueKind.Null, _said.Last().Body.GetProperty("occurredAt").ValueKind);

        await Move(page, "families");
        await Expect(Row(page, gone)).ToHaveCountAsync(0);
        await Move(page, "alerts");
        await Expect(page.GetByText("Bleibtda, Bert").First).ToBeVisibleAsync();
        await Expect(page.GetByText("Verschwunden, Vera")).ToHaveCountAsync(0);
        await Move(page, $"visits/{gone}");
        await Expect(page.GetByTestId("probably-gone").GetByTestId("still-here")).ToBeVisibleAsync();
        Assert.Empty(await Axe.Look(page, "visit to verify"));
    }

    [Fact]
    public async Task No_letter_records_anything_of_somebody_who_has_probably_left()
    {
        var guest = new Guest(FreshUnit(), "Verschwunden", "Vera") { Bed = "1" };
        var gone = await Hospital.Arrive(guest);
        var page = await Doubted(row => SaidOnTheLine.Silent(row), $"units/{guest.Unit}");
        await page.Keyboard.PressAsync("j");
        await Expect(Row(page, gone)).ToBeFocusedAsync();
        foreach (var key in (string[])["n", "t", "w", "c", "a"]) await Letter(page, key);
        await Expect(Dialog(page)).ToHaveCountAsync(0);
        await Expect(page.GetByTestId("toast")).ToHaveCountAsync(0);
        Assert.Empty(_said);
    }

    [Fact]
    public async Task A_shared_bed_is_marked_on_both_rows_and_settled_by_who_is_there()
    {
        var unit = FreshUnit();
        var one = await Hospital.Arrive(new Guest(unit, "Erste", "Eva") { Bed = "1" });
        var two = await Hospital.Arrive(new Guest(unit, "Zweite", "Zoe") { Bed = "1" });
        var page = await Doubted(row =>
            SaidOnTheLine.Doubt(row, "bed-shared", "Another patient is shown in bed 1.", SaidOnTheLine.Is(row, one) ? two : one), $"units/{unit}");
        foreach (var visit in (Guid[])[one, two]) await Expect((await Drawer(page, visit)).GetByTestId("doubt")).ToContainTextAsync("Bed shared");
        await Expect(page.GetByTestId("figure-here").Locator("b")).ToHaveTextAsync("2");
        Assert.Empty(await Axe.Look(page, "board with a shared bed"));
        await (await Drawer(page, two)).GetByTestId("doubt").ClickAsync();
        await Expect(Dialog(page)).ToContainTextAsync("Another patient is shown in bed 1.");
        Assert.Empty(await Axe.Look(Dialog(page), "doubts"));
        await Dialog(page).GetByTestId("verify-place").ClickAsync();
        await Expect(Toast(page, "done")).ToBeVisibleAsync();
        Assert.Equal(("verify", "place"), Last("what"));
    }

    [Fact]
    public async Task A_wall_counts_who_is_to_be_verified_and_shows_nobody_in_their_bed()
    {
        var before = new Guest(FreshUnit(), "Voriger", "Veit") { Bed = "1" }; // A bed that somebody left is known.
        await Hospital.Send(before.Message("A04"), before.Message("A03", TimeSpan.Zero));
        await Hospital.Arrive(new Guest(before.Unit, "Verschwunden", "Vera") { Bed = "1", Ago = TimeSpan.Zero });
        // A wall knows no visit; nobody else is on it.
        var page = await Doubted(row => SaidOnTheLine.Silent(row), $"wall/{before.Unit}");
        await Expect(page.GetByTestId("to-verify")).ToHaveTextAsync("to verify: 1");
        await Expect(page.Locator(".wall-census")).ToContainTextAsync("0 here");
        await Expect(Tile(page, "Vera V.")).ToHaveCountAsync(0);
        await Expect(page.GetByTestId("tile-1")).ToContainTextAsync("To verify");
        await Expect(page.Locator("body")).Not.ToContainTextAsync("Nothing heard");
        Assert.Empty(await Axe.Look(page, "wall with somebody to verify"));
    }

    [Fact]
    public async Task Totals_say_how_many_are_to_be_verified()
    {
        var guest = new Guest(FreshUnit(), "Verschwunden", "Vera");
        await Hospital.Arrive(guest);
        var page = await (await Person()).NewPageAsync();
        await SaidOnTheLine.Change(page, unit: unit => unit["toVerify"] = unit["code"]!.GetValue<string>() == guest.Unit ? 3 : 0);
        await Go(page, "");
        await Expect(page.GetByTestId("to-verify")).ToHaveCountAsync(1);
        await Expect(page.GetByTestId($"unit-{guest.Unit}")).ToContainTextAsync("+ 3 to verify");
    }

    [Fact]
    public async Task A_visit_that_continues_an_emergency_visit_shows_its_door_and_counts_from_it()
    {
        var ed = await Hospital.Arrive(new Guest(FreshUnit(), "Weiter", "Willi"));
        var guest = new Guest(FreshUnit(), "Weiter", "Willi") { Bed = "1", Class = "I" };
        var visit = await Hospital.Arrive(guest);
        var door = DateTimeOffset.UtcNow.AddHours(-5);
        var page = await Doubted(
            row =>
            {
                row["links"] =
                    new JsonArray(new JsonObject
                    {
                        ["as"] = "admitted-from", ["visitId"] = ed, ["visitNumber"] = "V1", ["unit"] = "ED",
                        ["door"] = door
                    });
                (row["doorAt"], row["placeKind"]) = (door, "hallway");
                row["placeSaid"] = new JsonObject { ["at"] = door, ["by"] = "ADT" };
            }, $"units/{guest.Unit}");
        await Expect((await Drawer(page, visit)).GetByTestId("came-from")).ToHaveTextAsync($"from ED, door {Text(door)}");
        await Expect(Row(page, visit).Locator(".col-stay")).ToContainTextAsync("5 h 0");
        await Expect(Row(page, visit).GetByTestId("place-kind")).ToHaveTextAsync("Hallway");
        await Expect((await Drawer(page, visit)).GetByTestId("came-from")).ToHaveAttributeAsync("href", $"visits/{ed}");
        await Move(page, $"visits/{visit}");
        await Expect(page.GetByTestId("other-visits")).ToContainTextAsync("From ED, door");
        await Expect(page.Locator("[data-testid=said-by][data-what=place]")).ToHaveTextAsync($"Place: {Text(door)}, ADT");
        Assert.Empty(await Axe.Look(page, "visit with a door elsewhere"));

        static string Text(DateTimeOffset at) =>
            at.UtcDateTime.Date == DateTime.UtcNow.Date ? $"{at.UtcDateTime:HH:mm}" : FormattableString.Invariant($"{at.UtcDateTime:ddd HH:mm}");
    }

    [Fact]
    public async Task A_feed_that_is_behind_is_said_on_the_board_and_the_wall()
    {
        var guest = new Guest(FreshUnit(), "Spaet", "Sina") { Bed = "1" };
        await Hospital.Arrive(guest);
        var page = await (await Person()).NewPageAsync();
        await SaidOnTheLine.Change(page, feed: feed => (feed["name"], feed["state"], feed["behindSeconds"]) = ("ADT", "behind", 32_900));
        await Go(page, $"units/{guest.Unit}");
        await Expect(page.GetByTestId("feed-behind").First).ToHaveTextAsync("ADT is 9 h behind, catching up — calls about its visits wait.");
        await Expect(page.GetByTestId("feeds").Locator("[data-state=behind]").First).ToContainTextAsync("ADT is 9 h behind");
        Assert.Empty(await Axe.Look(page, "board of a feed that is behind"));
        await Go(page, $"wall/{guest.Unit}");
        await Expect(page.GetByTestId("feed-banner")).ToContainTextAsync("ADT is 9 h behind, catching up. Calls about its visits wait.");
    }

    /// <summary>A page whose rows are changed on the way; what is recorded there is answered as done and kept.</summary>
    private async Task<IPage> Doubted(Action<JsonObject> row, string path)
    {
        var page = await (await Person()).NewPageAsync();
        await SaidOnTheLine.Change(page, row);
        await page.RouteAsync(url => url.EndsWith("/verify", StringComparison.Ordinal)
            || url.EndsWith("/touchpoints", StringComparison.Ordinal), route =>
        {
            _said.Enqueue((route.Request.Url.Split('/')[^1], JsonElement.Parse(route.Request.PostData!)));
            return route
                .FulfillAsync(new()
                {
                    ContentType = "application/json",
                    Body = $$"""{"outcome":"accepted","version":1,"commandId":"{{Guid.NewGuid()}}"}"""
                });
        });
        await Go(page, path);
        return page;
    }

    private (string Path, string? Value) Last(string field) => (_said.Last().Path, _said.Last().Body.GetProperty(field).GetString());
}
