using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Journey.Browser.Tests;

/// <summary>What another system or a person writes is text, whatever it looks like.</summary>
public class UntrustedTextTests(Stage stage) : BrowserTest(stage)
{
    private const string Image = "<img src=x onerror=window.__pwned=1>";
    private const string Script = "<script>window.__pwned=1</script>";
    private const string Svg = "<svg onload=window.__pwned=1>";

    [Fact]
    public async Task Markup_in_names_and_words_is_shown_as_text_and_never_runs()
    {
        var guest = new Guest(FreshUnit(), Image, Script)
        {
            Ago = TimeSpan.FromMinutes(13), Bed = Svg, Contact = $"{Image}^{Script}|^{Svg}",
            Attending = $"7^{Image}^{Svg}", Service = Script
        };
        var visit = await Hospital.Arrive(guest);
        await Hospital.Record(visit, "family/told", new { who = Image, about = Script });
        await Hospital.Record(visit, "family/waiting", new { who = Image });
        await Hospital.Record(visit, "assignments", new { role = "nurse", name = Svg });

        var person = await Person();
        var desk = await Open(person, $"units/{guest.Unit}");
        await Expect(Row(desk, visit).Locator(".name")).ToHaveTextAsync($"{Image}, {Script}");
        await (await Drawer(desk, visit)).GetByTestId("told-more").ClickAsync();
        await Expect(Dialog(desk)).ToContainTextAsync(Svg);
        await IsHarmless(desk);
        await desk.Keyboard.PressAsync("Escape");
        await desk.GetByTestId("search").FillAsync(guest.Visit);
        await Expect(desk.GetByTestId("found")).ToContainTextAsync(Image);
        await IsHarmless(desk);

        var wall = await Open(person, $"wall/{guest.Unit}");
        await Expect(Tile(wall, "<script>")).ToBeVisibleAsync();
        await IsHarmless(wall);

        var families = await Open(person, "families");
        await Expect(Row(families, visit)).ToContainTextAsync(Image);
        await IsHarmless(families);

        var page = await Open(person, $"visits/{visit}");
        await Expect(page.Locator("h1")).ToContainTextAsync(Script);
        await Expect(page.GetByTestId("timeline")).ToContainTextAsync("told");
        await IsHarmless(page);
    }

    [Fact]
    public async Task On_every_other_page_too()
    {
        var guest = new Guest(FreshUnit(), Image, Script) { Ago = TimeSpan.FromMinutes(26), Bed = "1" };
        var visit = await Hospital.Arrive(guest);
        await Hospital.Record(visit, "questions",
            new { asker = new { kind = "family", name = Svg }, kind = "clinical", text = Script, owner = Image });
        await Hospital.Record(visit, "promises", new { what = Svg, dueAt = DateTimeOffset.UtcNow.AddMinutes(40), toWhom = Image });
        await Hospital.Record(visit, "handoffs",
            new { to = Svg, content = new { illness = "watcher", summary = Script, actions = new[] { Image }, awareness = Svg } });
        await Hospital.Record(visit, "glass", new { reason = "emergency", note = Script });
        await Hospital.Post("api/v1/hotline/calls", new { caller = Image, number = Script });
        await Hospital.Post("api/v1/shifts", new { name = Svg, role = "nurse", unit = guest.Unit });
        var kin = await Kin.OnRecord(Hospital, visit, name: Image);
        await Hospital.Record(visit, "family/updates", new { text = Script });

        var person = await Person(Image);
        foreach (var (path, shows) in ((string, string)[])[("alerts", Image), ("mine", Image), ($"shifts?unit={guest.Unit}", Image),
            ("hotline", Image), ("privacy", Script), ("audit", Image), ($"visits/{visit}", Script)])
        {
            var page = await Open(person, path);
            await Expect(page.Locator("#content")).ToContainTextAsync(shows);
            await IsHarmless(page);
            await page.CloseAsync();
        }

        var phone = await kin.Enter(await Person());
        await Expect(phone.Locator("#page")).ToBeVisibleAsync();
        await IsHarmless(phone);
        var room = await (await Person()).NewPageAsync();
        await room.GotoAsync(new Uri(Hospital.Address, $"waiting-room/index.html?unit={guest.Unit}").ToString());
        await Expect(room.Locator("body[data-live=true]")).ToBeVisibleAsync();
        await Expect(room.Locator("body")).Not.ToContainTextAsync("<img");
        await IsHarmless(room);
    }

    private static async Task IsHarmless(IPage page)
    {
        Assert.True(await page.EvaluateAsync<bool>("typeof window.__pwned === 'undefined'"), "A script from a message was run.");
        await Expect(page.Locator("img, #app script, [onload], [onerror]")).ToHaveCountAsync(0);
    }
}
