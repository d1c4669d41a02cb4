using System.Collections.Concurrent;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Journey.Browser.Tests;

/// <summary>A wall hangs where strangers pass.</summary>
public class WallTests(Stage stage) : BrowserTest(stage)
{
    [Fact]
    public async Task A_wall_shows_and_is_sent_no_family_name_number_or_birth_date_and_has_no_controls()
    {
        var guest = new Guest(FreshUnit(), "Geheimniskraemer", "Theodora")
        {
            Contact = "Geheimniskraemer^Konrad|^Brother",
            Ago = TimeSpan.FromMinutes(13), Bed = "3"
        };
        var (wall, sent) = await Wall(guest.Unit, () => Hospital.Arrive(guest));
        var visit = await Hospital.VisitOf(guest);
        await Expect(Tile(wall, "Theodora G.")).ToBeVisibleAsync();
        await Hospital.Record(visit, "family/waiting", new { who = "Konrad Geheimniskraemer" });
        await Expect(wall.GetByTestId("need").Filter(new() { HasText = "Family is waiting" }).Or(wall.Locator(".tile-family")).First)
            .ToBeVisibleAsync();

        var page = await wall.ContentAsync();
        foreach (var secret in (string[])["Geheimniskraemer", "Konrad", guest.Number, guest.Visit, visit.ToString(), "1957", "Mar 1957"])
        {
            Assert.DoesNotContain(secret, page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(sent, frame => frame.Contains(secret, StringComparison.OrdinalIgnoreCase));
        }

        Assert.NotEmpty(sent);
        await Expect(wall.Locator("#app").Locator("a, button, input, select, textarea, summary, [tabindex='0'], [contenteditable]"))
            .ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_confidential_patients_name_is_nowhere()
    {
        var guest = new Guest(FreshUnit(), "Unauffindbar", "Ludmilla") { Confidential = true, Contact = "Unauffindbar^Boris|^Son", Bed = "9" };
        var (wall, sent) = await Wall(guest.Unit, () => Hospital.Arrive(guest));
        var visit = await Hospital.VisitOf(guest);
        var person = await Person();
        var desk = await Open(person, $"units/{guest.Unit}");
        var page = await Open(person, $"visits/{visit}");
        await Hospital.Record(visit, "family/waiting", new { });
        await Expect(Tile(wall, "Name withheld")).ToBeVisibleAsync();
        await Expect(Row(desk, visit)).ToContainTextAsync("Confidential");
        await Expect(page.Locator("h1")).ToContainTextAsync("Confidential");
        await Expect(Row(desk, visit).Locator(".family-waiting")).ToBeVisibleAsync();
        await desk.GetByTestId("search").FillAsync("Unauffindbar");
        await Expect(desk.GetByTestId("found")).ToContainTextAsync("Nobody found");
        await desk.GetByTestId("search").FillAsync("");

        foreach (var shown in (IPage[])[wall, desk, page])
        {
            var content = await shown.ContentAsync();
            foreach (var secret in (string[])["Unauffindbar", "Ludmilla", "Boris"])
                Assert.DoesNotContain(secret, content, StringComparison.OrdinalIgnoreCase);
        }

        Assert.DoesNotContain(sent, frame => frame.Contains("Unauffindbar", StringComparison.OrdinalIgnoreCase)
            || frame.Contains("Ludmilla", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The wall, open before <paramref name="happens"/>, and every frame its connection is sent.</summary>
    private async Task<(IPage Wall, ConcurrentQueue<string> Sent)> Wall(string unit, Func<Task> happens)
    {
        var sent = new ConcurrentQueue<string>();
        var wall = await (await Person(1920, 1080)).NewPageAsync();
        wall.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) =>
            sent.Enqueue(frame.Text ?? System.Text.Encoding.UTF8.GetString(frame.Binary ?? []));
        await Hospital.Send(new Guest(unit, "Andere", "Anna").Message("A04"));
        await Go(wall, $"wall/{unit}");
        await happens();
        return (wall, sent);
    }
}
