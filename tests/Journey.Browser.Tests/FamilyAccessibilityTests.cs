using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Journey.Browser.Tests;

/// <summary>What axe-core can find, it finds nowhere: the pages families see, and those that are worked for them.</summary>
public class FamilyAccessibilityTests(Stage stage) : BrowserTest(stage)
{
    private readonly List<string> _violations = [];

    [Fact]
    public async Task The_family_page_has_no_violation_at_its_door_open_covering_little_or_ended()
    {
        MayComplain("404");
        var visit = await Hospital.Arrive(new Guest(FreshUnit(), "Zugang", "Zora"));
        var kin = await Kin.OnRecord(Hospital, visit);
        var phone = await kin.Knock(await Person(390, 844));
        await Kin.Say(phone, "not it");
        await Expect(phone.Locator("#door-problem")).ToBeVisibleAsync();
        await Look(phone, "door, wrong word");
        await Kin.Say(phone, Kin.CodeWord);
        await phone.Locator("#ask-text").FillAsync("When?");
        await phone.Locator("#ask-form button").ClickAsync();
        await Expect(phone.Locator("#questions > li")).ToBeVisibleAsync();
        var question = (await Hospital.Read($"api/v1/visits/{visit}")).GetProperty("care").GetProperty("questions")[0].GetProperty("id").GetGuid();
        await Hospital.Record(visit, $"questions/{question}/answer", new { answer = "At ten." });
        await phone.GetByRole(AriaRole.Button, new() { Name = "Not yet" }).ClickAsync();
        await phone.Locator("#wait-now").ClickAsync();
        await Expect(phone.Locator("#waits")).ToBeVisibleAsync();
        await phone.GetByRole(AriaRole.Button, new() { Name = "So-so" }).ClickAsync();
        await Expect(phone.Locator("#pulse-done")).Not.ToBeEmptyAsync();
        await Look(phone, "open");
        await kin.MayHear("condition");
        await Expect(phone.Locator("#facts")).ToBeHiddenAsync();
        await Look(phone, "covering little");
        await kin.MayHear("nothing");
        await Expect(phone.Locator("#ended")).ToBeVisibleAsync();
        await Look(phone, "ended");
        Assert.Empty(_violations);
    }

    [Fact]
    public async Task An_open_family_the_hotline_and_the_waiting_room_have_no_violation()
    {
        var unit = FreshUnit();
        var visit = await Ward.Fill(Hospital, unit);
        await Hospital.Record(visit, "family/hold", new { on = true });
        var person = await Person();
        var page = await Open(person, $"families/{visit}");
        await Expect(page.Locator("#updates li.item").First).ToBeVisibleAsync();
        await Expect(page.GetByTestId("detail-lock")).ToBeVisibleAsync();
        await Look(page, "a locked family");
        await Hospital.Record(visit, "family/locks", new { @lock = "no-information", on = false });
        await Expect(page.GetByTestId("detail-lock")).ToHaveCountAsync(0);
        await Look(page, "an open family");

        await Hospital.Post("api/v1/hotline/calls", new { caller = "Axel Anrufer", number = "555-0100" });
        var talking = (await Hospital.Post("api/v1/hotline/calls", new { caller = "Berta Bleibt" })).GetProperty("commandId").GetGuid();
        await Hospital.Post($"api/v1/hotline/calls/{talking}/answer", new { });
        await Move(page, "hotline");
        var call = page.GetByTestId($"call-{talking}");
        await call.GetByTestId("call-promise").ClickAsync();
        await Look(page, "hotline, promising a call back");
        await call.GetByTestId("call-question").ClickAsync();
        await call.GetByTestId("call-find").FillAsync("hans");
        await Expect(call.Locator(".call-found li").First).ToBeVisibleAsync();
        await Look(page, "hotline, finding a patient");

        var room = await person.NewPageAsync();
        await room.GotoAsync(new Uri(Hospital.Address, $"waiting-room/index.html?unit={unit}").ToString());
        await Expect(room.Locator("#lines li").First).ToBeVisibleAsync();
        await Look(room, "waiting room");
        Assert.Empty(_violations);
    }

    private async Task Look(IPage page, string name) => _violations.AddRange(await Axe.Look(page, name));
}
