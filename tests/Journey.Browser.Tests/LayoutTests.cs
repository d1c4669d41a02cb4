using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Journey.Browser.Tests;

public class LayoutTests(Stage stage) : BrowserTest(stage)
{
    [Fact]
    public async Task On_a_phone_families_and_the_visit_do_not_scroll_sideways()
    {
        var unit = FreshUnit();
        var visit = await Ward.Fill(Hospital, unit);
        var named = await Hospital.Arrive(
            new Guest(unit, "Wolfeschlegelsteinhausenbergerdorff",
                "Hubert-Blaine-Maximilian")
            { Contact = "Wolfeschlegelsteinhausenbergerdorff^Anna|^Grandmother" });
        var phone = await Person(390, 844);
        foreach (var path in (string[])["families", $"visits/{visit}", $"visits/{named}", ""])
        {
            var page = await Open(phone, path);
            if (path == "families") await Expect(page.GetByText("Wolfeschlegelsteinhausenbergerdorff, Hubert").First).ToBeVisibleAsync();
            await FitsAcross(page);
            await page.CloseAsync();
        }
    }

    [Fact]
    public async Task No_page_scrolls_sideways_at_any_usual_width()
    {
        var unit = FreshUnit();
        var visit = await Ward.Fill(Hospital, unit);
        // Four long names in one row, and an alert that nobody has: the widest line a board has.
        var wide = await Hospital.Arrive(
            new Guest(unit, "Wolfeschlegelsteinhausenbergerdorff", "Hubert-Blaine-Maximilian")
            {
                Bed = "Flurplatz 12", Ago = TimeSpan.FromMinutes(50),
                Acuity = 3, Attending = "9^Zimmermann-Ruckensteiner^Anneliese^^^Dr"
            });
        await Hospital.Record(wide, "assignments", new { role = "point-of-contact", name = "Maximiliane Obermayer-Unterhuber" });
        await Hospital.Record(wide, "family/waiting", new { });
        var page = await Open(await Person("Maximiliane Obermayer-Unterhuber"), "");
        List<string> found = [];
        foreach (var path in (string[])["", $"units/{unit}", "alerts", "rules", "mine", $"shifts?unit={unit}", "families", "hotline",
            $"visits/{visit}", "feeds", "walls", "sessions", "privacy", "audit"])
        {
            await Move(page, path);
            foreach (var width in (int[])[320, 390, 620, 800, 1024, 1181, 1241, 1280, 1366, 1400, 1920])
            {
                await page.SetViewportSizeAsync(width, 844);
                found.AddRange((await Wider(page)).Take(3).Select(what => $"/{path} at {width} px: {what}"));
            }
        }

        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Fact]
    public async Task A_wall_of_thirty_beds_fits_its_screen_without_scrolling()
    {
        var messages = Enumerable.Range(1, 30).Select(n =>
            new Guest("BIG", $"Grossewand{n}", "Maximiliane")
            {
                Bed = $"W{n}", Ago = TimeSpan.FromMinutes(n), Acuity = n % 5 + 1,
                Contact = "Grosse^Anton|^Son"
            }.Message("A04"));
        await Hospital.Send([.. messages]);
        var wall = await Open(await Person(1920, 1080), "wall/BIG");
        await Expect(wall.Locator(".tile")).ToHaveCountAsync(30);
        await Expect(wall.GetByText("Maximiliane G.").Nth(29)).ToBeVisibleAsync();

        await FitsAcross(wall);
        Assert.True(await wall.EvaluateAsync<bool>("document.documentElement.scrollHeight <= innerHeight"), "The wall scrolls.");
        var cut = await wall.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('.tile, .need, .legend, .wall-head')].filter(element => {
              const box = element.getBoundingClientRect();
              return box.left < 0 || box.top < 0 || box.right > innerWidth || box.bottom > innerHeight || element.scrollHeight > element.clientHeight + 1;
            }).map(element => `${element.className}: ${element.innerText.replaceAll('\n', ' ')} ${element.scrollHeight}/${element.clientHeight}`)
            """);
        Assert.Empty(cut);
    }

    private static async Task FitsAcross(IPage page)
    {
        var wide = await Wider(page);
        Assert.True(wide.Length == 0, $"{page.Url} is wider than its screen: {string.Join('\n', wide)}");
    }

    private static Task<string[]> Wider(IPage page) => page.EvaluateAsync<string[]>("""
            () => document.documentElement.scrollWidth <= innerWidth ? [] : [`${document.documentElement.scrollWidth} px`,
              ...[...document.querySelectorAll('#app *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1).slice(0, 8).map(e => e.outerHTML.slice(0, 160))]
            """);
}
