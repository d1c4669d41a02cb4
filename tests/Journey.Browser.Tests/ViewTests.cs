using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Journey.Browser.Tests;

/// <summary>How people have boards: columns, views, sections, and the line's own note.</summary>
public class ViewTests(Stage stage) : BrowserTest(stage)
{
    [Fact]
    public async Task How_somebody_has_a_board_they_find_again_at_another_computer_and_a_view_goes_by_link_to_a_colleague()
    {
        var (unit, visit) = await Unit();
        var name = $"Vera {unit}";
        var page = await Open(await Person(name), $"units/{unit}");
        await Expect(page.Locator("thead .col-complaint")).ToBeVisibleAsync();

        // Columns, seen at once behind the sheet.
        await page.GetByTestId("view").ClickAsync();
        await page.GetByTestId("column-complaint").UncheckAsync();
        await page.GetByTestId("column-note").CheckAsync();
        await page.GetByTestId("left-step").ClickAsync();
        await Expect(page.Locator("thead .col-complaint")).ToHaveCountAsync(0);
        await Expect(page.Locator("thead th").Nth(2)).ToHaveClassAsync(new Regex("col-step"));
        Assert.Empty(await Axe.Look(Dialog(page), "the sheet of views"));
        await Dialog(page).GetByText("Close").ClickAsync();
        await page.GetByTestId("density").SelectOptionAsync("touch");
        await page.WaitForTimeoutAsync(1_500); // The last step is kept.
        var other = await Open(await Person(name), $"units/{unit}");
        await Expect(other.Locator("thead .col-note")).ToBeVisibleAsync();
        await Expect(other.Locator("thead .col-complaint")).ToHaveCountAsync(0);
        await Expect(other.GetByTestId("density")).ToHaveValueAsync("touch");

        // A view has the filter too; the board as it was left has not.
        await page.GetByTestId("only-unowned").ClickAsync();
        await page.GetByTestId("view").ClickAsync();
        await page.GetByTestId("view-name").FillAsync("Nobody's");
        await page.GetByTestId("save-view").ClickAsync();
        await Expect(page.GetByTestId("show-view")).ToHaveAttributeAsync("aria-pressed", "true");
        var id = (await Read(name)).GetProperty("views")[0].GetProperty("id").GetString();
        await Dialog(page).GetByText("Close").ClickAsync();
        await Expect(page.GetByTestId("view")).ToContainTextAsync("Nobody's");
        await Go(page, $"units/{unit}");
        await Expect(page.GetByTestId("only-unowned")).ToHaveAttributeAsync("aria-pressed", "true");

        var colleague = await Open(await Person("Karl Kollege"), $"units/{unit}?view={id}");
        await Expect(colleague.GetByTestId("linked-view")).ToContainTextAsync("View Nobody's, from a link");
        await Expect(colleague.Locator("thead .col-note")).ToBeVisibleAsync();
        await Expect(colleague.GetByTestId("only-unowned")).ToHaveAttributeAsync("aria-pressed", "true");
        await Go(colleague, $"units/{unit}");
        await Expect(colleague.Locator("thead .col-complaint")).ToBeVisibleAsync();

        // Deleted, its link says so and the unit's own board is shown.
        await page.GetByTestId("view").ClickAsync();
        await page.GetByTestId("delete-view").ClickAsync();
        await Expect(page.GetByTestId("show-view")).ToHaveCountAsync(0);
        MayComplain("404");
        await Go(colleague, $"units/{unit}?view={id}");
        await Expect(colleague.GetByTestId("linked-view")).ToContainTextAsync("not known");
        await Expect(Row(colleague, visit)).ToBeVisibleAsync();

        async Task<System.Text.Json.JsonElement> Read(string by)
        {
            using var http = new HttpClient { BaseAddress = Hospital.Address };
            http.DefaultRequestHeaders.Add("Journey-Acting-As", by);
            return System.Text.Json.JsonElement.Parse(await http.GetStringAsync("api/v1/views", Stop));
        }
    }

    [Fact]
    public async Task Sections_are_by_kind_of_place_and_one_that_is_folded_stays_so_and_says_that_somebody_in_it_is_wanted()
    {
        var unit = FreshUnit();
        Guest[] guests =
        [
            new(unit, "Bett", "Berta") { Bed = "1" }, new(unit, "Gang", "Gustav") { Bed = "HW1" }, new(unit, "Schnell", "Sofie") { Bed = "FT1" },
            new(unit, "Sitz", "Sigrid") { Bed = "WAIT1", Ago = TimeSpan.FromMinutes(40) },
        ];
        await Hospital.Send([.. guests.Select(g => g.Message("A04"))]);
        var sitting = await Hospital.VisitOf(guests[3]);
        var page = await Open(await Person($"Vera {unit}"), $"units/{unit}");
        foreach (var (section, name) in ((string, string)[])[("beds", "Bett"), ("hallway", "Gang"), ("fast-track", "Schnell"), ("waiting-room", "Sitz")])
            await Expect(page.Locator($".section-{section}")).ToContainTextAsync(name);
        await page.GetByTestId("fold-waiting-room").ClickAsync();
        await Expect(Row(page, sitting)).ToHaveCountAsync(0);
        await Expect(page.Locator(".section-waiting-room .section-head")).ToContainTextAsync("1 needs action");
        await page.WaitForTimeoutAsync(1_500);
        await Go(page, $"units/{unit}");
        await Expect(page.GetByTestId("fold-waiting-room")).ToHaveAttributeAsync("aria-expanded", "false");
        await page.GetByTestId("fold-waiting-room").PressAsync("Enter");
        await Expect(Row(page, sitting)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_note_is_written_in_the_drawer_seen_on_the_line_and_taken_back()
    {
        var (unit, visit) = await Unit();
        var page = await Open(await Person("Nora Nurse"), $"units/{unit}");
        var drawer = await Drawer(page, visit);
        await drawer.GetByTestId("write-note").ClickAsync();
        await page.GetByTestId("words").FillAsync("Glasses are with the clerk");
        await page.GetByTestId("sheet-send").ClickAsync();
        await Expect(drawer.GetByTestId("drawer-note")).ToContainTextAsync("Glasses are with the clerk Nora Nurse");
        await page.GetByTestId("undo").First.ClickAsync();
        await Expect(drawer.GetByTestId("drawer-note")).ToHaveCountAsync(0);
        await Hospital.Record(visit, "note", new { text = "Daughter calls at six" });
        await page.GetByTestId("drawer-close").ClickAsync();
        await page.GetByTestId("view").ClickAsync();
        await page.GetByTestId("column-note").CheckAsync();
        await Dialog(page).GetByText("Close").ClickAsync();
        await Expect(Row(page, visit).GetByTestId("note")).ToHaveTextAsync("Daughter calls at six");
        await Expect(Row(page, visit).GetByTestId("note")).ToHaveAttributeAsync("title", "Daughter calls at six");
    }

    [Fact]
    public async Task Stays_of_today_stand_in_the_strip_and_have_the_longest_first()
    {
        var unit = FreshUnit();
        Guest[] guests = [.. Enumerable.Range(1, 4).Select(n => new Guest(unit, $"Weg{n}", "Walter") { Bed = $"{n}", Ago = TimeSpan.FromMinutes(3 * n) })];
        await Hospital.Send([.. guests.Select(g => g.Message("A04")), .. guests[..3].Select(g => g.Message("A03", TimeSpan.Zero))]);
        var page = await Open($"units/{unit}");
        await Expect(page.GetByTestId("figure-stays")).ToContainTextAsync(new Regex(@"0:0[56]\s+P90 0:(08|09), 3 left"));
        await page.GetByTestId("figure-stays").ClickAsync();
        await Expect(page.Locator("thead .col-stay")).ToHaveAttributeAsync("aria-sort", "ascending");
    }

    [Fact]
    public async Task The_drawer_has_a_named_control_for_those_who_hear_the_page()
    {
        var (unit, visit) = await Unit();
        var page = await Open($"units/{unit}");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Open .*Ansicht, Anna") }).EvaluateAsync("button => button.click()");
        await Expect(page.Locator($"[data-testid=drawer][data-visit='{visit}']")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_palette_goes_anywhere_by_keyboard_and_what_it_records_is_asked_first()
    {
        var (unit, visit) = await Unit();
        var page = await Open(await Person("Nora Nurse"), $"units/{unit}");
        var keys = page.Keyboard;
        await keys.PressAsync("Control+k");
        await Expect(page.GetByTestId("palette-text")).ToBeFocusedAsync();
        Assert.Empty(await Axe.Look(Dialog(page), "the palette"));
        await keys.TypeAsync("ansicht");
        await Expect(page.Locator("#palette-list [role=option]")).ToHaveCountAsync(1);
        await keys.PressAsync("Enter");
        await Expect(page.Locator("#drawer-title")).ToBeFocusedAsync();
        await Expect(page.Locator("#drawer-title")).ToContainTextAsync("Ansicht, Anna");

        // For the line that stands open; a scanner's Enter records nothing.
        await keys.PressAsync("Control+k");
        await keys.TypeAsync("log update");
        await keys.PressAsync("Enter");
        await Expect(Dialog(page).GetByTestId("asked-yes")).ToBeFocusedAsync();
        await Expect(page.GetByTestId("toast")).ToHaveCountAsync(0);
        await page.WaitForTimeoutAsync(600);
        await keys.PressAsync("Enter");
        await Expect(Row(page, visit).Locator(".col-family")).ToContainTextAsync("told");

        await page.GetByTestId("filter").FocusAsync();
        await keys.PressAsync("Control+k");
        await keys.TypeAsync("aa");
        await Expect(page.Locator("#palette-list [role=option]")).ToContainTextAsync(["Ansicht, Anna"]);
        await page.GetByTestId("palette-text").FillAsync("shif");
        await keys.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("/shifts$"));
        await keys.PressAsync("Control+k");
        await keys.PressAsync("ArrowDown");
        await Expect(page.Locator("#palette-list [role=option]").Nth(1)).ToHaveAttributeAsync("aria-selected", "true");
        await keys.PressAsync("Escape");
        await Expect(Dialog(page)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task One_verb_goes_for_several_lines_and_is_taken_back_once()
    {
        var unit = FreshUnit();
        Guest[] guests = [.. Enumerable.Range(1, 4).Select(n => new Guest(unit, $"Mehrere{n}", "Mina") { Bed = $"{n}", Ago = TimeSpan.FromMinutes(3) })];
        await Hospital.Send([.. guests.Select(g => g.Message("A04"))]);
        var first = await Hospital.VisitOf(guests[0]);
        var page = await Open(await Person("Nora Nurse"), $"units/{unit}");
        await Expect(page.Locator("tr.line[data-row]")).ToHaveCountAsync(4);
        await page.GetByTestId("pick").ClickAsync();
        await page.GetByTestId("pick-line").Nth(0).ClickAsync();
        await page.GetByTestId("pick-line").Nth(2).ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await Expect(page.GetByTestId("picked")).ToContainTextAsync("3 lines chosen");
        await Row(page, first).FocusAsync();
        await page.Keyboard.PressAsync("Shift+ArrowDown");
        await Expect(page.GetByTestId("picked")).ToContainTextAsync("3 lines chosen");
        await page.GetByTestId("many-nurse").ClickAsync();
        await Expect(Dialog(page)).ToContainTextAsync("Nurse for 3 patients");
        await Dialog(page).GetByText("Me: Nora Nurse").ClickAsync();
        await Expect(page.GetByTestId("toast-each")).ToHaveCountAsync(3);
        await Expect(page.Locator(".col-team", new() { HasText = "N. Nurse" })).ToHaveCountAsync(3);
        await Expect(page.GetByTestId("only-unowned")).ToContainTextAsync("1");
        await page.GetByTestId("undo").First.ClickAsync();
        await Expect(page.GetByTestId("only-unowned")).ToContainTextAsync("4");
        await page.GetByTestId("many-end").ClickAsync();
        await Expect(page.GetByTestId("pick-line")).ToHaveCountAsync(0);
    }

    private async Task<(string Unit, Guid Visit)> Unit()
    {
        var guest = new Guest(FreshUnit(), "Ansicht", "Anna") { Bed = "1", Ago = TimeSpan.FromMinutes(4) };
        return (guest.Unit, await Hospital.Arrive(guest));
    }
}
