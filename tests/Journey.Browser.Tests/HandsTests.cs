using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Journey.Browser.Tests;

/// <summary>
/// What a slip of the hand must not do: letters that record, a departure nobody can take back, an answer nobody gave, a shift that ends in silence.
/// </summary>
public class HandsTests(Stage stage) : BrowserTest(stage)
{
    [Theory]
    [InlineData(0f), InlineData(40f), InlineData(160f), InlineData(350f)]
    public async Task A_name_typed_on_a_row_records_nothing(float between)
    {
        var (page, visit, lines) = await OnARow();
        await page.Keyboard.TypeAsync("watson", new() { Delay = between });
        await page.Keyboard.PressAsync("Enter");
        await Nothing(page, visit, lines);
    }

    [Theory]
    [InlineData("w4711t\n"), InlineData("4711\n"), InlineData("n\n"), InlineData("TRIAGE n t w c a u\n")]
    public async Task A_scan_on_a_row_records_nothing_nor_does_its_enter(string scan)
    {
        var (page, visit, lines) = await OnARow();
        await page.Keyboard.TypeAsync(scan, new() { Delay = 15 });
        await Nothing(page, visit, lines);
    }

    [Fact]
    public async Task A_scan_presses_no_button_that_happens_to_have_the_focus_and_answers_no_question()
    {
        var (page, visit, lines) = await OnARow();
        await (await Drawer(page, visit)).GetByTestId("told-family").FocusAsync();
        await page.Keyboard.TypeAsync("X 4711\n", new() { Delay = 15 });
        await Nothing(page, visit, lines);
        await Row(page, visit).FocusAsync();
        await page.WaitForTimeoutAsync(1_100);
        await page.Keyboard.PressAsync("t");
        await Expect(Dialog(page)).ToContainTextAsync("Family update logged: ");
        await page.Keyboard.TypeAsync("4711\n", new() { Delay = 15 });
        await Nothing(page, visit, lines);
    }

    [Fact]
    public async Task A_letter_asks_and_enter_records_and_escape_does_not()
    {
        var (page, visit, _) = await OnARow();
        await page.Keyboard.PressAsync("t");
        await Expect(Dialog(page)).ToContainTextAsync("Family update logged: Tippfehler, Theo");
        Assert.Empty(await Axe.Look(page, "a letter asks"));
        await page.Keyboard.PressAsync("Escape");
        await Expect(Dialog(page)).ToHaveCountAsync(0);
        await Expect(page.GetByTestId("toast")).ToHaveCountAsync(0);
        await Expect(Row(page, visit)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("t");
        await Expect(Dialog(page)).ToBeVisibleAsync();
        await page.WaitForTimeoutAsync(150);
        await page.Keyboard.PressAsync("Enter");
        await Expect(Toast(page, "done")).ToContainTextAsync("Family update logged: Tippfehler, Theo");
        await Expect(Row(page, visit)).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Shortcuts_can_be_turned_off_and_stay_off_for_who_did_so()
    {
        var guest = new Guest(FreshUnit(), "Tippfehler", "Theo") { Bed = "1" };
        var visit = await Hospital.Arrive(guest);
        var ann = await Person("Ann Able");
        var page = await Open(ann, $"units/{guest.Unit}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Help and keyboard shortcuts" }).ClickAsync();
        await Expect(Dialog(page).GetByTestId("shortcuts")).ToBeCheckedAsync();
        await Dialog(page).GetByTestId("shortcuts").UncheckAsync();
        Assert.Empty(await Axe.Look(page, "help"));
        await page.Keyboard.PressAsync("Escape");
        await Silent(page);
        await Go(page, $"units/{guest.Unit}");
        await Silent(page);
        await page.GetByTestId("filter").FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown"); // What is no letter goes on.
        await Expect(Row(page, visit)).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Help and keyboard shortcuts" }).ClickAsync();
        await Dialog(page).GetByTestId("shortcuts").CheckAsync();
        await page.Keyboard.PressAsync("Escape");
        await Row(page, visit).FocusAsync();
        await page.Keyboard.PressAsync("t");
        await Expect(Dialog(page)).ToContainTextAsync("Family update logged: ");

        async Task Silent(IPage page)
        {
            await Row(page, visit).FocusAsync();
            foreach (var key in (string[])["j", "t", "?", "n", "/"])
            {
                await page.Keyboard.PressAsync(key);
                await page.WaitForTimeoutAsync(1_100);
            }

            await Expect(Dialog(page)).ToHaveCountAsync(0);
            await Expect(Row(page, visit)).ToBeFocusedAsync();
        }
    }

    [Fact]
    public async Task Who_left_is_asked_how_and_can_be_brought_back_from_the_board_and_from_the_visit()
    {
        var guest = new Guest(FreshUnit(), "Wiederda", "Wanda") { Bed = "1" };
        var visit = await Hospital.Arrive(guest);
        var page = await Open(await Person("Nora Nurse"), $"visits/{visit}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Left…" }).ClickAsync();
        foreach (var how in (string[])["Home", "Admitted", "Transferred", "Left before being seen", "Against advice", "Died"])
            await Expect(Dialog(page).GetByText(how, new() { Exact = true })).ToBeVisibleAsync();
        await Expect(Dialog(page).GetByTestId("sheet-send")).ToBeDisabledAsync();
        await Expect(Dialog(page).Locator("input[name=How]:checked")).ToHaveCountAsync(0);
        await Left();
        await page.GetByTestId("bring-back").ClickAsync();
        await Expect(Dialog(page)).ToContainTextAsync("Bring back Wiederda, Wanda");
        Assert.Empty(await Axe.Look(page, "bring back"));
        await Dialog(page).GetByTestId("asked-yes").ClickAsync();
        await Expect(page.GetByTestId("bring-back")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Left…" }).ClickAsync();
        await Left();

        await Move(page, $"units/{guest.Unit}?fold=none");
        await Row(page, visit).GetByTestId("bring-back").ClickAsync();
        await Dialog(page).GetByTestId("asked-yes").ClickAsync();
        await Expect(Row(page, visit).GetByTestId("bring-back")).ToHaveCountAsync(0);
        await Expect(Row(page, visit).Locator(".col-step")).Not.ToContainTextAsync("Departed");

        async Task Left()
        {
            await Dialog(page).GetByText("Home", new() { Exact = true }).ClickAsync();
            await Dialog(page).GetByTestId("sheet-send").ClickAsync();
            await Expect(page.GetByTestId("bring-back")).ToBeVisibleAsync();
        }
    }

    [Fact]
    public async Task Undo_stands_where_it_works_and_nowhere_else()
    {
        var guest = new Guest(FreshUnit(), "Rueckgaengig", "Rolf") { Bed = "1", Ago = TimeSpan.FromMinutes(40) };
        var visit = await Hospital.Arrive(guest);
        await Hospital.Record(visit, "touchpoints", new { kind = "contact" });
        await Hospital.Record(visit, "undo", new { commandId = await Hospital.Record(visit, "touchpoints", new { kind = "acuity", acuity = 2 }) });
        var page = await Open(await Person("Nora Nurse"), $"visits/{visit}");
        await Expect(page.GetByTestId("timeline").Locator("li").First).ToBeVisibleAsync();
        Assert.True(await page.GetByTestId("timeline").Locator("li").CountAsync() > 4);
        await Expect(page.GetByTestId("undo-entry")).ToHaveCountAsync(1);
        await page.GetByTestId("undo-entry").ClickAsync();
        await Expect(Toast(page, "done")).ToContainTextAsync("Taken back");
        await Expect(page.GetByTestId("undo-entry")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_somebody_else_recorded_is_taken_back_only_after_a_question_that_names_it()
    {
        var guest = new Guest(FreshUnit(), "Fremdewerk", "Frida") { Bed = "1", Ago = TimeSpan.FromMinutes(40) };
        var visit = await Hospital.Arrive(guest);
        await Hospital.Record(visit, "touchpoints", new { kind = "acuity", acuity = 2 }, by: "Otto Other");
        var page = await Open(await Person("Nora Nurse"), $"visits/{visit}");
        await page.GetByTestId("undo-entry").ClickAsync();
        await Expect(Dialog(page))
            .ToContainTextAsync(new Regex("Take back “Acuity 2”\\?.*Fremdewerk, Frida \\(bed 1\\)\\. Recorded by Otto Other at \\d\\d:\\d\\d",
                RegexOptions.Singleline));
        await Expect(page.GetByTestId("toast")).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByTestId("undo-entry")).ToBeFocusedAsync();
        await page.GetByTestId("undo-entry").ClickAsync();
        await Dialog(page).GetByTestId("asked-yes").ClickAsync();
        await Expect(Toast(page, "done")).ToContainTextAsync("Taken back: Acuity 2: Fremdewerk, Frida (bed 1)");
        await Expect(page.GetByTestId("timeline")).ToContainTextAsync("Taken back: Acuity 2, by Otto Other");
    }

    [Fact]
    public async Task After_bringing_somebody_back_undo_stands_at_that_alone_and_does_it()
    {
        var guest = new Guest(FreshUnit(), "Zurueckholt", "Zita") { Bed = "1", Ago = TimeSpan.FromMinutes(40) };
        var visit = await Hospital.Arrive(guest);
        await Hospital.Record(visit, "family/waiting", new { });
        var left = await Hospital.Record(visit, "touchpoints", new { kind = "step", step = "departed", how = "home" });
        await Hospital.Record(visit, "verify", new { what = "here" });
        var page = await Open(await Person("Nora Nurse"), $"visits/{visit}");
        var timeline = page.GetByTestId("timeline");
        await Expect(timeline.Locator("li.undone").Filter(new() { HasText = "Step: departed" })).ToHaveCountAsync(1);
        await Expect(timeline.Locator("li:has([data-testid=undo-entry])").Filter(new() { HasTextRegex = new Regex("Alert") })).ToHaveCountAsync(0);
        await timeline.Locator("li").Filter(new() { HasText = "back on the board" }).GetByTestId("undo-entry").ClickAsync();
        await Expect(page.GetByTestId("bring-back")).ToBeVisibleAsync();
        await Expect(timeline.Locator("li.undone").Filter(new() { HasText = "Step: departed" })).ToHaveCountAsync(0);
        var lines = await Hospital.Read($"api/v1/visits/{visit}/timeline");
        Assert.Contains(lines.EnumerateArray(), l => l.GetProperty("commandId").GetGuid() == left && l.GetProperty("canUndo").GetBoolean());
    }

    [Fact]
    public async Task No_answer_is_chosen_beforehand()
    {
        var guest = new Guest(FreshUnit(), "Ungefragt", "Uwe") { Bed = "1" };
        var visit = await Hospital.Arrive(guest);
        var page = await Open(await Person("Nora Nurse"), $"visits/{visit}");
        await page.GetByTestId("hand-over").ClickAsync();
        await Dialog(page).GetByTestId("handoff-to").FillAsync("Rita Readback");
        await Expect(Dialog(page).Locator("textarea").First).Not.ToHaveValueAsync("");
        await Expect(Dialog(page).Locator("input[name='Illness severity']:checked")).ToHaveCountAsync(0);
        await Expect(Dialog(page).GetByTestId("sheet-send")).ToBeDisabledAsync();
        await Dialog(page).GetByText("Watcher", new() { Exact = true }).ClickAsync();
        await Expect(Dialog(page).GetByTestId("sheet-send")).ToBeEnabledAsync();
        await page.Keyboard.PressAsync("Escape");

        await page.GetByTestId("pulse").ClickAsync();
        await Expect(Dialog(page).Locator("input[type=radio]:checked")).ToHaveCountAsync(0);
        await Expect(Dialog(page).GetByTestId("sheet-send")).ToBeDisabledAsync();
        await page.Keyboard.PressAsync("Escape");

        await page.GetByTestId("add-contact").ClickAsync();
        await Dialog(page).GetByTestId("contact-name").FillAsync("Lee Moss");
        await Expect(Dialog(page).Locator("input[type=radio]:checked")).ToHaveCountAsync(0);
        await Expect(Dialog(page).GetByTestId("sheet-send")).ToBeDisabledAsync();
        await Dialog(page).GetByText("How it goes", new() { Exact = true }).ClickAsync();
        await Dialog(page).GetByTestId("sheet-send").ClickAsync();
        await Expect(Toast(page, "done")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_end_of_a_shift_asks_for_the_handoff_and_else_leaves_the_patients_without_a_nurse()
    {
        MayComplain("409");
        var unit = FreshUnit();
        var visit = await Hospital.Arrive(new Guest(unit, "Schichtende", "Senta") { Bed = "1" });
        var name = "Nora " + unit;
        await Hospital.Post("api/v1/shifts", new { name, role = "nurse", unit });
        await Hospital.Record(visit, "assignments", new { role = "nurse", name });
        var page = await Open(await Person(name), $"shifts?unit={unit}");
        await Expect(Row(page, visit).GetByTestId("assign-nurse")).ToContainTextAsync(name);
        await page.GetByTestId("end-shift-of").ClickAsync();
        await Expect(Dialog(page).GetByTestId("end-shift-patients")).ToContainTextAsync("Schichtende, Senta");
        Assert.Empty(await Axe.Look(page, "end of a shift"));
        await Dialog(page).GetByTestId("end-shift-hand-over").ClickAsync();
        await Expect(page.GetByTestId("many-name")).ToBeFocusedAsync();
        await Expect(Row(page, visit).GetByTestId("pick")).ToBeCheckedAsync();
        Assert.Equal(1, (await Hospital.Read($"api/v1/shifts?unit={unit}")).GetArrayLength());

        await page.GetByTestId("end-shift-of").ClickAsync();
        await Dialog(page).GetByTestId("end-shift-leave").ClickAsync();
        await Expect(Toast(page, "done")).ToContainTextAsync("is off duty");
        await Expect(Row(page, visit).GetByTestId("assign-nurse")).ToContainTextAsync("No nurse");
        await Move(page, $"visits/{visit}");
        await Expect(page.GetByTestId("timeline")).ToContainTextAsync($"{name} went off duty: no nurse");
    }

    [Fact]
    public async Task Patients_on_another_unit_are_asked_about_too()
    {
        MayComplain("409");
        var (unit, other) = (FreshUnit(), FreshUnit());
        await Hospital.Arrive(new Guest(unit, "Hier", "Hilde") { Bed = "1" });
        var visit = await Hospital.Arrive(new Guest(other, "Anderswo", "Anton") { Bed = "1" });
        var name = "Nora " + unit;
        await Hospital.Post("api/v1/shifts", new { name, role = "nurse", unit });
        await Hospital.Record(visit, "assignments", new { role = "nurse", name });
        var page = await Open(await Person(name), $"shifts?unit={unit}");
        await page.GetByTestId("end-shift-of").ClickAsync();
        await Dialog(page).GetByTestId("end-shift-end").ClickAsync();
        await Expect(Dialog(page)).ToContainTextAsync($"{name} is the nurse of 1 patient.");
        await page.Keyboard.PressAsync("Escape");
        Assert.Equal(1, (await Hospital.Read($"api/v1/shifts?unit={unit}")).GetArrayLength());
    }

    private async Task<(IPage Page, Guid Visit, int Lines)> OnARow()
    {
        var guest = new Guest(FreshUnit(), "Tippfehler", "Theo") { Ago = TimeSpan.FromMinutes(13) };
        var visit = await Hospital.Arrive(guest);
        var page = await Open(await Person("Nora Nurse"), $"units/{guest.Unit}");
        await Expect(Row(page, visit).GetByTestId("needs")).ToBeVisibleAsync();
        await Row(page, visit).FocusAsync();
        return (page, visit, await Lines(visit));
    }

    /// <summary>By the record, and by the screen: no toast, and no question that a key would answer.</summary>
    private async Task Nothing(IPage page, Guid visit, int lines)
    {
        await page.WaitForTimeoutAsync(700);
        await Expect(page.GetByTestId("toast")).ToHaveCountAsync(0);
        await Expect(Dialog(page)).ToHaveCountAsync(0);
        Assert.Equal(lines, await Lines(visit));
    }

    private async Task<int> Lines(Guid visit) =>
        (await Hospital.Read($"api/v1/visits/{visit}/timeline")).EnumerateArray()
        .Count(line => !line.GetProperty("kind").GetString()!.StartsWith("Alert", StringComparison.Ordinal));
}
