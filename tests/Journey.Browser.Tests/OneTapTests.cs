using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Journey.Browser.Tests;

/// <summary>What one person taps, another person sees; and both see it taken back.</summary>
public class OneTapTests(Stage stage) : BrowserTest(stage)
{
    [Fact]
    public async Task Every_tap_shows_on_a_colleagues_board_and_is_undone_on_both()
    {
        var guest = new Guest(FreshUnit(), "Tippmann", "Gerda") { Ago = TimeSpan.FromMinutes(13) };
        var visit = await Hospital.Arrive(guest);
        await Hospital.Record(visit, "assignments", new { role = "nurse", name = "Nora Nurse" }); // So that the triage is the one alert.
        var mine = await Open($"units/{guest.Unit}");
        var theirs = await Open($"units/{guest.Unit}");

        await TapAndUndo("next-step", row => Expect(row.Locator(".col-step")).ToContainTextAsync("Triaged"),
            row => Expect(row.Locator(".col-step")).ToContainTextAsync("Arrived"));
        await TapAndUndo("told-family", row => Expect(Family(row)).ToContainTextAsync("told <1 min ago"),
            row => Expect(Family(row)).ToContainTextAsync("not told yet"));
        await TapAndUndo("family-waiting", row => Expect(row.Locator(".family-waiting")).ToBeVisibleAsync(),
            row => Expect(row.Locator(".family-waiting")).ToHaveCountAsync(0));
        await TapAndUndo("acknowledge", row => Expect(Triage(row)).ToHaveAttributeAsync("data-state", "acknowledged"),
            row => Expect(Triage(row)).ToHaveAttributeAsync("data-state", "raised"));

        static ILocator Family(ILocator row) => row.Locator(".col-family");
        static ILocator Triage(ILocator row) => row.GetByTestId("needs").Filter(new() { HasText = "Triage" });

        async Task TapAndUndo(string button, Func<ILocator, Task> isDone, Func<ILocator, Task> isNot)
        {
            await isNot(Row(mine, visit));
            await isNot(Row(theirs, visit));
            await (button == "next-step" ? Row(mine, visit) : await Drawer(mine, visit)).GetByTestId(button).ClickAsync();
            await mine.GetByTestId("undo").HoverAsync(); // While somebody points at it, it stays.
            await isDone(Row(theirs, visit));
            await isDone(Row(mine, visit));
            await Expect(theirs.GetByTestId("toast")).ToHaveCountAsync(0);
            await mine.GetByTestId("undo").ClickAsync();
            await isNot(Row(theirs, visit));
            await isNot(Row(mine, visit));
        }
    }

    [Fact]
    public async Task The_name_a_person_gave_stands_beside_what_they_own()
    {
        var guest = new Guest(FreshUnit(), "Tippmann", "Gerda") { Ago = TimeSpan.FromMinutes(13) };
        var visit = await Hospital.Arrive(guest);
        await Hospital.Record(visit, "assignments", new { role = "nurse", name = "Nora Nurse" }); // So that the triage is the one alert.
        var mine = await Open($"units/{guest.Unit}");
        var theirs = await Open($"units/{guest.Unit}");
        await mine.GetByTestId("you-are").ClickAsync();
        await mine.GetByTestId("who-name").FillAsync("Zoë Österlund");
        await mine.GetByTestId("who-save").ClickAsync();
        await Expect(mine.GetByTestId("you-are")).ToContainTextAsync("Zoë Österlund");

        await (await Drawer(mine, visit)).GetByTestId("acknowledge").ClickAsync();
        await Expect(await Drawer(theirs, visit)).ToContainTextAsync("Zoë Österlund has it");
    }
}
