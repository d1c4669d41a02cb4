using static Microsoft.Playwright.Assertions;

namespace Journey.Browser.Tests;

public class LiveBoardTests(Stage stage) : BrowserTest(stage)
{
    [Fact]
    public async Task An_arrival_sent_over_MLLP_appears_on_the_open_board_without_a_reload()
    {
        var board = await Open("units/ED");
        await board.EvaluateAsync("window.__loaded = 'once'");
        var guest = new Guest("ED", "Soletti", "Amira") { Bed = "2" };
        var visit = await Hospital.Arrive(guest);

        await Expect(Row(board, visit)).ToContainTextAsync("Soletti, Amira");
        await Expect(Row(board, visit).Locator(".col-bed")).ToContainTextAsync("2");
        await Expect(Row(board, visit).Locator(".col-step")).ToContainTextAsync("Roomed");
        Assert.Equal("once", await board.EvaluateAsync<string>("window.__loaded"));
    }

    [Fact]
    public async Task A_move_a_new_name_and_a_departure_change_the_open_board()
    {
        var guest = new Guest(FreshUnit(), "Vorher", "Ida") { Bed = "A" };
        var visit = await Hospital.Arrive(guest);
        var board = await Open($"units/{guest.Unit}");
        await Expect(Row(board, visit).Locator(".col-bed")).ToContainTextAsync("A");

        await Hospital.Send((guest with { Family = "Nachher", Bed = "B" }).Message("A02", TimeSpan.Zero));
        await Expect(Row(board, visit).Locator(".col-bed")).ToContainTextAsync("B");
        await Expect(Row(board, visit)).ToContainTextAsync("Nachher, Ida");

        await Hospital.Send((guest with { Family = "Nachher", Bed = "B" }).Message("A03", TimeSpan.Zero));
        await Expect(Row(board, visit)).ToHaveCountAsync(0);
        await Expect(board.GetByTestId("bed-B")).ToContainTextAsync("dirty");
        await board.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Recently departed" }).ClickAsync();
        await Expect(Row(board, visit)).ToContainTextAsync("Departed");
    }

    [Fact]
    public async Task An_empty_bed_says_for_whom_it_is_kept_and_the_wall_says_it_without_the_name()
    {
        var before = new Guest(FreshUnit(), "Voriger", "Veit") { Bed = "7" };
        await Hospital.Arrive(before);
        var coming = new Guest(before.Unit, "Kommtgleich", "Klara") { Bed = "7", Planned = TimeSpan.FromMinutes(40) };
        await Hospital.Send(before.Message("A03", TimeSpan.Zero), coming.Message("A05", TimeSpan.Zero));
        var visit = await Hospital.VisitOf(coming);
        var board = await Open($"units/{before.Unit}");
        var wall = await Open($"wall/{before.Unit}");
        await Expect(board.GetByTestId("bed-7").GetByTestId("kept")).ToContainTextAsync("Kept for Kommtgleich, Klara");
        await Expect(board.GetByTestId("bed-7").GetByTestId("kept")).ToContainTextAsync("since");
        await Expect(wall.GetByTestId("tile-7")).ToContainTextAsync("for Klara K.");
        Assert.DoesNotContain("Kommtgleich", await wall.ContentAsync(), StringComparison.Ordinal);

        await Hospital.Send(coming.Message("A04", TimeSpan.Zero));
        await Expect(Row(board, visit).Locator(".col-bed")).ToContainTextAsync("7");
        await Expect(board.GetByTestId("kept")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_list_of_units_counts_as_patients_come()
    {
        var units = await Open("");
        var guest = new Guest(FreshUnit(), "Erste", "Eva");
        await Hospital.Arrive(guest);
        await Expect(units.GetByTestId($"unit-{guest.Unit}")).ToContainTextAsync("1");
        await units.GetByTestId($"unit-{guest.Unit}").GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = guest.Unit, Exact = true })
            .ClickAsync();
        await Expect(units).ToHaveURLAsync(new System.Text.RegularExpressions.Regex($"/units/{guest.Unit}$"));
        await Expect(units.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Erste, Eva" })).ToBeVisibleAsync();
    }
}
