using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Journey.Browser.Tests;

/// <summary>A patient is somebody's again when the receiver has read back, and not before.</summary>
public class HandoffTests(Stage stage) : BrowserTest(stage)
{
    [Fact]
    public async Task A_handoff_is_drafted_offered_returned_offered_again_and_read_back()
    {
        var guest = new Guest(FreshUnit(), "Uebergabe", "Ulla") { Bed = "1" };
        var visit = await Hospital.Arrive(guest);
        await Hospital.Record(visit, "assignments", new { role = "nurse", name = "Nora Nurse" });
        await Hospital.Record(visit, "requests", new { kind = "comfort", what = "A second blanket" });
        var nora = await Open(await Person("Nora Nurse"), $"visits/{visit}");
        var rita = await Open(await Person("Rita Readback"), "mine");
        var wall = await Open(await Person(1920, 1080), $"wall/{guest.Unit}");
        await Expect(rita.GetByText("No open tasks")).ToBeVisibleAsync();

        await nora.GetByTestId("hand-over").ClickAsync();
        await Expect(Dialog(nora).Locator("textarea").Nth(1)).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("A second blanket"));
        await Dialog(nora).GetByTestId("handoff-to").FillAsync("Rita Readback");
        await Dialog(nora).GetByText("Watcher", new() { Exact = true }).ClickAsync();
        await Dialog(nora).GetByTestId("sheet-send").ClickAsync();
        await Expect(nora.GetByTestId("handoff")).ToContainTextAsync("Handoff pending");
        await Expect(nora.GetByTestId("read-back-open")).ToHaveCountAsync(0); // Only the receiver can.
        await Expect(wall.GetByTestId("tile-between")).ToBeVisibleAsync();

        await Handoff(rita).GetByTestId("owed-next").ClickAsync();
        await Expect(Dialog(rita)).ToContainTextAsync("A second blanket");
        await Dialog(rita).GetByTestId("return-question").FillAsync("Is the family told?");
        await Dialog(rita).GetByTestId("return").ClickAsync();
        await Expect(nora.GetByTestId("handoff")).ToContainTextAsync("Is the family told?");
        await nora.GetByTestId("offer-again").ClickAsync();
        await Dialog(nora).GetByTestId("handoff-to").FillAsync("Rita Readback");
        await Dialog(nora).GetByText("Watcher", new() { Exact = true }).ClickAsync();
        await Dialog(nora).GetByTestId("sheet-send").ClickAsync();

        await Handoff(rita).GetByTestId("owed-next").ClickAsync();
        await Expect(Dialog(rita).GetByTestId("accept")).ToBeDisabledAsync();
        await Dialog(rita).GetByTestId("read-back").FillAsync("Ulla waits for a blanket; I take her.");
        await Dialog(rita).GetByTestId("accept").ClickAsync();
        await Expect(Handoff(rita)).ToHaveCountAsync(0);
        await Expect(nora.Locator("#handoff")).ToContainTextAsync("Rita Readback has the patient.");
        await Expect(wall.GetByTestId("tile-between")).ToHaveCountAsync(0);
        await Expect(rita.GetByTestId("list")).ToContainTextAsync("Comfort"); // What is owed goes with the patient.

        static ILocator Handoff(IPage page) => page.Locator("[data-testid=list] [data-kind=handoff][data-state=offered]");
    }

    [Fact]
    public async Task Whoever_reads_back_twice_is_told_that_it_was_accepted_already()
    {
        MayComplain("409");
        var visit = await Hospital.Arrive(new Guest(FreshUnit(), "Zweimal", "Zora") { Bed = "1" });
        await Hospital.Record(visit, "handoffs",
            new { to = "Rex Receiver", content = new { illness = "stable", summary = "Rests", actions = Array.Empty<string>(), awareness = "" } });
        var rex = await Person("Rex Receiver");
        var (first, second) = (await Open(rex, $"visits/{visit}"), await Open(rex, $"visits/{visit}"));
        foreach (var page in (IPage[])[first, second])
        {
            await page.GetByTestId("read-back-open").ClickAsync();
            await Dialog(page).GetByTestId("read-back").FillAsync("She rests.");
        }

        await Dialog(first).GetByTestId("accept").ClickAsync();
        await Expect(Toast(first, "done")).ToBeVisibleAsync();
        await Dialog(second).GetByTestId("accept").ClickAsync();
        await Expect(Toast(second, "refused")).ToContainTextAsync("Rex Receiver has accepted it already.");
        await Expect(second.Locator("#handoff")).ToContainTextAsync("Rex Receiver has the patient.");
    }

    [Fact]
    public async Task Handing_over_several_opens_in_sight_with_the_focus_and_closes_by_escape_and_loses_nothing()
    {
        var unit = FreshUnit();
        await Hospital.Send([.. Enumerable.Range(1, 24).Select(n => new Guest(unit, $"Reihe{n}", "Rita") { Bed = $"{n:00}" }.Message("A04"))]);
        var visit = await Hospital.Arrive(new Guest(unit, "Zuunterst", "Zora") { Bed = "99" });
        var page = await Open(await Person("Nora Nurse"), $"shifts?unit={unit}");
        await Row(page, visit).GetByTestId("pick").CheckAsync();
        await page.GetByTestId("many-name").FillAsync("Rex Receiver");
        await page.EvaluateAsync("scrollTo(0, document.documentElement.scrollHeight)");
        await page.GetByTestId("hand-over-many").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#many-title")).ToBeFocusedAsync();
        await Expect(page.Locator("#many-title")).ToBeInViewportAsync();
        var draft = page.GetByTestId($"draft-{visit}");
        await draft.GetByText("Watcher", new() { Exact = true }).ClickAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(draft).ToHaveCountAsync(0);
        await Expect(page.GetByTestId("hand-over-many")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(draft.Locator("input:checked")).ToHaveCountAsync(1);
        await page.GetByTestId("cancel-many").ClickAsync();
        await Expect(page.GetByTestId("hand-over-many")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Several_patients_are_assigned_and_handed_over_at_once_read_back_one_by_one_and_printed()
    {
        var unit = FreshUnit();
        var first = await Hospital.Arrive(new Guest(unit, "Schichter", "Sara") { Bed = "1" });
        var second = await Hospital.Arrive(new Guest(unit, "Wechsler", "Willi") { Bed = "2" });
        var nora = await Open(await Person("Nora Nurse"), $"shifts?unit={unit}");
        var rex = await Open(await Person("Rex Receiver"), $"shifts?unit={unit}");
        await nora.GetByRole(AriaRole.Button, new() { Name = "Assign all… of those without a nurse" }).ClickAsync();
        await Expect(nora.GetByTestId("many-name")).ToBeFocusedAsync();
        await nora.GetByTestId("many-name").FillAsync("Nora Nurse");
        await nora.GetByTestId("assign-many").ClickAsync();
        foreach (var visit in (Guid[])[first, second]) await Expect(Row(rex, visit).GetByTestId("assign-nurse")).ToContainTextAsync("Nora Nurse");

        await nora.GetByRole(AriaRole.Button, new() { Name = "Hand over all… of Nora Nurse" }).ClickAsync();
        await nora.GetByTestId("many-name").FillAsync("Rex Receiver");
        await nora.GetByTestId("hand-over-many").ClickAsync();
        await Expect(nora.GetByTestId($"draft-{second}")).ToBeVisibleAsync();
        await Expect(nora.GetByTestId("offer-all")).ToBeDisabledAsync(); // How ill each is has to be said.
        foreach (var visit in (Guid[])[first, second])
            await nora.GetByTestId($"draft-{visit}").GetByText("Stable", new() { Exact = true }).ClickAsync();
        await nora.GetByTestId("offer-all").ClickAsync();

        await Expect(rex.GetByTestId("offered").Locator("li")).ToHaveCountAsync(2);
        for (var left = 1; left >= 0; left--)
        {
            await rex.GetByTestId("offered").GetByTestId("owed-next").First.ClickAsync();
            await Dialog(rex).GetByTestId("read-back").FillAsync("Mine now.");
            await Dialog(rex).GetByTestId("accept").ClickAsync();
            await Expect(rex.GetByTestId("offered").Locator("li")).ToHaveCountAsync(left);
        }

        foreach (var visit in (Guid[])[first, second]) await Expect(Row(nora, visit).GetByTestId("assign-nurse")).ToContainTextAsync("Rex Receiver");

        await nora.EvaluateAsync("window.print = () => { window.printed = true; }");
        await nora.GetByTestId("print-handoff").ClickAsync();
        await nora.WaitForFunctionAsync("window.printed");
        await nora.EmulateMediaAsync(new() { Media = Media.Print });
        await Expect(nora.GetByTestId("handoff-paper")).ToBeVisibleAsync();
        await Expect(nora.GetByTestId("handoff-paper")).ToContainTextAsync("Wechsler, Willi");
        await Expect(nora.Locator(".shift-table")).ToBeHiddenAsync();
    }
}
