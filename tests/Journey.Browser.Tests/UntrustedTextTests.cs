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
        var guest = new Guest(FreshUnit(), Image, Script) { Ago = TimeSpan.FromMinutes(13), Bed = Svg, Contact = $"{Image}^{Script}|^{Svg}", Attending = $"7^{Image}^{Svg}", Service = Script };
        var visit = await Hospital.Arrive(guest);
        await Hospital.Record(visit, "family/told", new { who = Image, about = Script });
        await Hospital.Record(visit, "family/waiting", new { who = Image });
        await Hospital.Record(visit, "assignments", new { role = "nurse", name = Svg });

        var person = await Person();
        var desk = await Open(person, $"units/{guest.Unit}");
        await Expect(Row(desk, visit).Locator(".name")).ToHaveTextAsync($"{Image}, {Script}");
        await Row(desk, visit).GetByTestId("told-more").ClickAsync();
        await Expect(Dialog(desk)).ToContainTextAsync(Svg);
        await IsHarmless(desk);
        await desk.Keyboard.PressAsync("Escape");
        await desk.GetByTestId("search").FillAsync(guest.Visit);
        await Expect(desk.GetByTestId("found")).ToContainTextAsync(Image);
        await IsHarmless(desk);

        var wall = await Open(person, $"wall/{guest.Unit}");
        await Expect(wall.GetByTestId($"tile-{visit}")).ToContainTextAsync("<script>");
        await IsHarmless(wall);

        var families = await Open(person, "families");
        await Expect(Row(families, visit)).ToContainTextAsync(Image);
        await IsHarmless(families);

        var page = await Open(person, $"visits/{visit}");
        await Expect(page.Locator("h1")).ToContainTextAsync(Script);
        await Expect(page.GetByTestId("timeline")).ToContainTextAsync("told");
        await IsHarmless(page);
    }

    private static async Task IsHarmless(IPage page)
    {
        Assert.True(await page.EvaluateAsync<bool>("typeof window.__pwned === 'undefined'"), "A script from a message was run.");
        await Expect(page.Locator("img, #app script, [onload], [onerror]")).ToHaveCountAsync(0);
    }
}
