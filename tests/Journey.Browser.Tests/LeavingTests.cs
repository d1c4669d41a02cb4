using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Journey.Browser.Tests;

/// <summary>How somebody left is asked, and where somebody is shown as far as it is known.</summary>
public class LeavingTests(Stage stage) : BrowserTest(stage)
{
    [Fact]
    public async Task Leaving_is_never_one_tap_and_never_one_letter()
    {
        var guest = new Guest(FreshUnit(), "Gehtbald", "Gerda") { Bed = "1", Class = "I" };
        var visit = await Hospital.Arrive(guest);
        await Hospital.Record(visit, "assignments", new { role = "nurse", name = "Nora Nurse" });
        var page = await Open($"units/{guest.Unit}");
        await Reached(page, visit);
        await Row(page, visit).GetByTestId("next-step").ClickAsync();
        await Expect(Dialog(page)).ToContainTextAsync("Who left: Gehtbald, Gerda (bed 1)");
        await Expect(Dialog(page).GetByTestId("sheet-send")).ToBeDisabledAsync();
        await Expect(Dialog(page).Locator("input[name=How]:checked")).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("Escape");
        await Letter(page, "j");
        await Letter(page, "n");
        await Expect(Dialog(page)).ToContainTextAsync("Who left: Gehtbald, Gerda (bed 1)");
        await Expect(page.GetByTestId("toast")).ToHaveCountAsync(0);
        await Dialog(page).GetByText("Home", new() { Exact = true }).ClickAsync();
        await Dialog(page).GetByTestId("sheet-send").ClickAsync();
        await Expect(Toast(page, "done")).ToContainTextAsync("Departed: Gehtbald, Gerda (bed 1)");
        await Expect(Row(page, visit)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_room_without_a_bed_is_a_place()
    {
        var guest = new Guest(FreshUnit(), "Schnell", "Stefan");
        await Hospital.Send(guest.Message("A04").Replace($"PV1|1|E|{guest.Unit}|", $"PV1|1|E|{guest.Unit}^FT|", StringComparison.Ordinal));
        var visit = await Hospital.VisitOf(guest);
        var page = await Open($"units/{guest.Unit}");
        await Expect(Row(page, visit).Locator(".bed-name")).ToHaveTextAsync("FT");
        await Expect(page.GetByTestId("figure-here")).Not.ToContainTextAsync("without a bed");
        await page.GetByTestId("search").FillAsync(guest.Number);
        await Expect(page.GetByTestId("found")).ToContainTextAsync($"{guest.Unit} FT");
        await Go(page, $"wall/{guest.Unit}");
        await Expect(Tile(page, "Stefan S.").Locator(".tile-bed")).ToHaveTextAsync("FT");
    }

    [Fact]
    public async Task The_feeds_have_a_page_that_shows_what_became_of_each_message_and_nothing_of_a_patient()
    {
        var guest = new Guest(FreshUnit(), "Geheimrat", "Gisela");
        await Hospital.Arrive(guest);
        var page = await Open("feeds");
        await Expect(page.GetByTestId("feed-table").Locator("tbody tr").First).ToBeVisibleAsync();
        await Expect(page.GetByTestId("messages").Locator("tbody tr").First).ToContainTextAsync("ADT");
        Assert.DoesNotContain("Geheimrat", await page.ContentAsync(), StringComparison.Ordinal);
        Assert.Empty(await Axe.Look(page, "feeds"));
        await page.GetByTestId("older").ClickAsync();
        await Expect(page.GetByTestId("newest")).ToBeVisibleAsync();
    }

    /// <summary>Until leaving is what comes next.</summary>
    private async Task Reached(IPage page, Guid visit)
    {
        while ((await Hospital.Read($"api/v1/visits/{visit}")).GetProperty("row").GetProperty("stepsAhead").EnumerateArray()
            .Select(step => step.GetString()).ToList() is [{ } next, ..] && next != "departed")
            await Hospital.Record(visit, "touchpoints", new { kind = "step", step = next });
        await Expect(Row(page, visit).GetByTestId("next-step")).ToContainTextAsync("Left…");
    }
}
