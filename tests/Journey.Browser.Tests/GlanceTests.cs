using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Journey.Browser.Tests;

/// <summary>A whole unit on one screen, one line a patient.</summary>
public class GlanceTests(Stage stage) : BrowserTest(stage)
{
    private const int Patients = 23;

    [Fact]
    public async Task Of_twenty_three_patients_all_are_seen_on_a_desktop_and_nineteen_on_a_laptop()
    {
        var unit = FreshUnit();
        var guests = Enumerable.Range(1, Patients).Select(n => new Guest(unit, $"Übersicht-Langname{n}", "Maximiliane")
        {
            Bed = n <= 16 ? $"R{n:00}" : null, Ago = TimeSpan.FromMinutes(n * 7), Acuity = n % 5 + 1,
        }).ToList();
        var gone = Enumerable.Range(17, 5).Select(n => new Guest(unit, $"Gegangen{n}", "Gerd") { Bed = $"R{n}" }).ToList();
        await Hospital.Send([.. gone.Concat(guests).Select(g => g.Message("A04")), .. gone.Select(g => g.Message("A03", TimeSpan.Zero))]);
        await Hospital.VisitOf(guests[^1]);
        var page = await Open(await Person(1920, 1080), $"units/{unit}");
        await Expect(page.Locator("tr.line[data-row]")).ToHaveCountAsync(Patients);
        await Expect(page.Locator(".line-empty")).ToHaveCountAsync(gone.Count);

        Assert.Equal(Patients, await Seen(page));
        await page.SetViewportSizeAsync(1366, 768);
        Assert.InRange(await Seen(page), 19, Patients);
        Assert.True(await page.Locator("tr.line button:not([data-testid=open])").CountAsync() <= Patients, "A line has at most one button to see: its next step.");
        Assert.InRange(await Height(page), 23, 25);

        foreach (var (density, height) in ((string, double)[])[("normal", 28), ("touch", 44), ("dense", 24)])
        {
            await page.GetByTestId("density").SelectOptionAsync(density);
            Assert.InRange(await Height(page), height - 1, height + 1);
        }

        await Go(page, $"units/{unit}");
        await Expect(page.GetByTestId("density")).ToHaveValueAsync("dense"); // Who chose it finds it again.
        foreach (var width in (int[])[320, 683]) // A laptop at twice its size, and the least a page must do with.
        {
            await page.SetViewportSizeAsync(width, 640);
            Assert.Equal(width, await page.EvaluateAsync<int>("Math.max(innerWidth, document.documentElement.scrollWidth)"));
        }

        await page.GetByTestId("figure-beds").ClickAsync();
        await Expect(page.Locator(".line-empty")).ToHaveCountAsync(0);
    }

    private static Task<int> Seen(IPage page) => page.EvaluateAsync<int>("""
        () => [...document.querySelectorAll('tr.line[data-row]')].map(line => line.getBoundingClientRect())
          .filter(box => box.height > 0 && box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight && box.right <= innerWidth).length
        """);

    private static Task<double> Height(IPage page) =>
        page.EvaluateAsync<double>("""
            () => Math.max(...[...document.querySelectorAll('tr.line[data-row]')].map(line => line.getBoundingClientRect().height))
            """);
}
