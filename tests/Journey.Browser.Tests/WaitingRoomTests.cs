using System.Collections.Concurrent;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Journey.Browser.Tests;

/// <summary>The screen in a waiting room hangs where everybody passes.</summary>
public class WaitingRoomTests(Stage stage) : BrowserTest(stage)
{
    [Fact]
    public async Task A_family_finds_its_code_and_sees_that_its_question_for_word_was_seen()
    {
        var guest = new Guest(FreshUnit(), "Warteraum", "Wendelin");
        var visit = await Hospital.Arrive(guest);
        var phone = await (await Kin.OnRecord(Hospital, visit)).Enter(await Person(390, 844));
        var code = await phone.Locator("#code").TextContentAsync();
        var room = await Room(guest.Unit);
        var line = room.Locator("#lines li").Filter(new() { HasText = code });
        await Expect(line).ToContainTextAsync("Waiting for the first check");
        await Hospital.Record(visit, "touchpoints", new { kind = "step", step = "triaged" });
        await Expect(line).ToContainTextAsync("Waiting for a room");

        await phone.Locator("#wait-now").ClickAsync();
        await Expect(line).ToContainTextAsync("Asked for an update: seen");
        await Hospital.Record(visit, "family/told", new { });
        await Expect(line).Not.ToContainTextAsync("Asked for an update");
    }

    [Fact]
    public async Task It_is_sent_nothing_that_says_who_and_a_locked_patient_is_not_on_it()
    {
        var unit = FreshUnit();
        var shown = new Guest(unit, "Geheimniskraemer", "Theodora") { Contact = "Geheimniskraemer^Konrad|^Brother", Bed = "3" };
        var locked = new Guest(unit, "Verborgen", "Valentin") { Bed = "4" };
        var visit = await Hospital.Arrive(shown);
        var hidden = await Hospital.Arrive(locked);
        var sent = new ConcurrentQueue<string>();
        var person = await Person(1920, 1080);
        await person.RouteAsync("**/waiting-room/live", async route =>
        {
            sent.Enqueue(route.Request.Url);
            await route.ContinueAsync();
        });
        var room = await Room(unit, person);
        await Expect(room.Locator("#lines li")).ToHaveCountAsync(2);
        await Hospital.Record(visit, "family/waiting", new { who = "Konrad" });
        await Hospital.Record(hidden, "family/locks", new { @lock = "safety", on = true });
        await Expect(room.Locator("#lines li")).ToHaveCountAsync(1);
        await Expect(room.Locator("#lines")).ToContainTextAsync("Asked for an update: seen");

        var told = await room.EvaluateAsync<string>("unit => fetch(`/api/v1/units/${unit}/waiting-room`).then(answer => answer.text())", unit);
        foreach (var secret in (string[])["Geheimniskraemer", "Theodora", "Konrad", "Verborgen", shown.Number, shown.Visit, visit.ToString(),
            hidden.ToString(), "1957"])
        {
            Assert.DoesNotContain(secret, told, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(secret, await room.ContentAsync(), StringComparison.OrdinalIgnoreCase);
        }

        Assert.All(sent, url => Assert.EndsWith($"/api/v1/units/{unit}/waiting-room/live", url, StringComparison.Ordinal));
    }

    [Fact]
    public async Task More_codes_than_the_screen_holds_are_shown_in_parts_that_take_turns()
    {
        var unit = FreshUnit();
        foreach (var n in Enumerable.Range(1, 18)) await Hospital.Send(new Guest(unit, $"Viele{n}", "Viola").Message("A04"));
        var room = await Room(unit);
        await Expect(room.Locator("#part")).ToHaveTextAsync("Part 1 of 2");
        var first = await room.Locator("#lines li .code").AllTextContentsAsync();
        await Expect(room.Locator("#part")).ToHaveTextAsync("Part 2 of 2");
        var second = await room.Locator("#lines li .code").AllTextContentsAsync();
        Assert.Equal(18, first.Concat(second).Distinct().Count());
        Assert.True(await room.EvaluateAsync<bool>("document.documentElement.scrollHeight <= innerHeight"), "The screen scrolls.");
        await Expect(room.Locator("a, button, input")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_screen_that_hears_nothing_says_so_and_one_of_no_waiting_room_too()
    {
        MayComplain("ERR_FAILED"); // The network is taken away on purpose.
        MayComplain("404");
        var person = await Person(1920, 1080);
        var room = await person.NewPageAsync();
        await room.RouteAsync("**/waiting-room/live", route => route.AbortAsync());
        await room.GotoAsync(new Uri(Hospital.Address, "waiting-room/index.html?unit=ED").ToString());
        await Expect(room.Locator("#old")).ToContainTextAsync("Not live since");
        await room.UnrouteAsync("**/waiting-room/live");
        await Expect(room.Locator("#old")).ToBeHiddenAsync();
        await Expect(room.Locator("#unit")).ToHaveTextAsync("Emergency department");

        await room.GotoAsync(new Uri(Hospital.Address, "waiting-room/index.html?unit=NOWHERE").ToString());
        await Expect(room.Locator("#nobody")).ToContainTextAsync("No such waiting room.");
    }

    private async Task<IPage> Room(string unit, IBrowserContext? person = null)
    {
        var room = await (person ?? await Person(1920, 1080)).NewPageAsync();
        await room.GotoAsync(new Uri(Hospital.Address, $"waiting-room/index.html?unit={unit}").ToString());
        await Expect(room.Locator("body[data-live=true] #lines li").First).ToBeVisibleAsync();
        return room;
    }
}
