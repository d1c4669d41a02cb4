using static Microsoft.Playwright.Assertions;

namespace Journey.Browser.Tests;

public class OwedOnBoardTests(Stage stage) : BrowserTest(stage)
{
    [Fact]
    public async Task A_board_shows_who_is_between_owners_what_is_owed_next_and_what_to_mind_and_a_wall_only_the_first()
    {
        var guest = new Guest(FreshUnit(), "Schuldig", "Silke") { Bed = "1" };
        var visit = await Hospital.Arrive(guest);
        var desk = await Open(await Person("Nora Nurse"), $"units/{guest.Unit}");
        var wall = await Open(await Person(1920, 1080), $"wall/{guest.Unit}");
        var (row, tile) = (Row(desk, visit), Tile(wall, "Silke S."));
        var drawer = await Drawer(desk, visit);
        await Expect(row).ToContainTextAsync("No nurse");
        await Expect(tile.GetByTestId("tile-unowned")).ToBeVisibleAsync();

        await Hospital.Record(visit, "assignments", new { role = "nurse", name = "Nora Nurse" });
        await Hospital.Record(visit, "assignments", new { role = "point-of-contact", name = "Lia Liaison" });
        await Hospital.Record(visit, "promises", new { what = "The physician comes by", dueAt = DateTimeOffset.UtcNow.AddMinutes(25) });
        await Hospital.Record(visit, "requests", new { kind = "interpreter", what = "es" });
        await Hospital.Record(visit, "family/hold", new { on = true });
        await Expect(drawer.GetByTestId("assign-point-of-contact")).ToContainTextAsync("Lia Liaison");
        await Expect(drawer.GetByTestId("owed")).ToContainTextAsync("Promise");
        await Expect(drawer.GetByTestId("owed")).ToContainTextAsync("left, Nora Nurse · 1 more");
        await Expect(row.GetByTestId("row-marks")).ToContainTextAsync("Bad news pending");
        await Expect(row.GetByTestId("row-marks")).ToContainTextAsync("Interpreter: es");

        await drawer.GetByTestId("owed-next").ClickAsync();
        await Expect(drawer.GetByTestId("owed")).ToContainTextAsync("Interpreter");
        await desk.GetByTestId("undo").ClickAsync();
        await Expect(drawer.GetByTestId("owed")).ToContainTextAsync("Promise");

        await Hospital.Record(visit, "handoffs",
            new { to = "Rex Receiver", content = new { illness = "stable", summary = "Rests", actions = Array.Empty<string>(), awareness = "" } });
        await Expect(row.GetByTestId("between")).ToContainTextAsync("Handoff pending");
        await Expect(row.GetByTestId("between")).ToContainTextAsync("Rex Receiver, not read back yet");
        await Expect(desk.GetByTestId("only-unowned")).ToContainTextAsync("1 handoff pending");
        await Expect(tile.GetByTestId("tile-between")).ToContainTextAsync("Handoff pending");
        foreach (var hidden in (string[])["Bad news", "Interpreter", "Promise"])
            await Expect(wall.Locator(".wall-body")).Not.ToContainTextAsync(hidden);
    }
}
