using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Journey.Browser.Tests;

public partial class AlertTests(Stage stage) : BrowserTest(stage)
{
    [Fact]
    public async Task An_alert_that_nobody_answers_for_is_called_out_to_the_charge_nurse_before_everybodys_eyes()
    {
        var guest = new Guest(FreshUnit(), "Leiter", "Lena") { Bed = "1" };
        var visit = await Hospital.Arrive(guest);
        var board = await Open($"units/{guest.Unit}");
        var alerts = await Open("alerts");
        await Expect((await Drawer(board, visit)).GetByTestId("escalated")).ToHaveCountAsync(0);
        await Hospital.Record(visit, "family/waiting", new { });
        await Expect((await Drawer(board, visit)).GetByTestId("escalated")).ToContainTextAsync("escalated to charge nurse");
        var line = alerts.Locator(".alert-line").Filter(new() { HasText = "Leiter, Lena" });
        await Expect(line.GetByTestId("escalated")).ToContainTextAsync("escalated to charge nurse");
    }

    [Fact]
    public async Task An_alert_counts_as_seen_when_somebody_looks_at_it_and_not_before()
    {
        var guest = new Guest(FreshUnit(), "Hinseher", "Hugo") { Bed = "1" };
        var visit = await Hospital.Arrive(guest);
        await Hospital.Record(visit, "family/waiting", new { });
        var mine = await Open(await Person("Ann Able"), "alerts");
        var theirs = await Open(await Person("Bea Best"), "alerts");
        var (here, there) = (Line(mine), Line(theirs));
        await Expect(there).ToContainTextAsync("not seen");
        await here.Locator(".alert-line-what").FocusAsync();
        await Expect(there).Not.ToContainTextAsync("not seen");
        await Expect(there).ToHaveAttributeAsync("data-state", "raised"); // Seen is not taken.
        await there.Locator(".alert-line-what").ClickAsync();
        await Expect(there).ToContainTextAsync("Seen by Ann Able");

        static ILocator Line(IPage page) => page.Locator(".alert-line").Filter(new() { HasText = "Hinseher, Hugo" });
    }

    [Fact]
    public async Task Alerts_are_worked_without_a_mouse_taken_with_a_time_snoozed_and_filtered()
    {
        var guest = new Guest(FreshUnit(), "Tastatur", "Tina") { Ago = TimeSpan.FromMinutes(13) };
        var visit = await Hospital.Arrive(guest);
        await Hospital.Record(visit, "family/waiting", new { });
        var page = await Open(await Person("Ann Able"), "alerts");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex($"^{guest.Unit}") }).ClickAsync();
        var lines = page.Locator(".alert-line");
        var waiting = lines.Filter(new() { HasText = "Family is waiting" });
        await Expect(waiting).ToHaveCountAsync(1);
        await Letter(page, "j");
        while (!await waiting.Locator(".alert-line-what").EvaluateAsync<bool>("e => e === document.activeElement")) await Letter(page, "j");
        await Meant(page, "a");
        await Expect(waiting).ToContainTextAsync("Ann Able has it");
        await page.GetByTestId("only-mine").ClickAsync();
        await Expect(lines).ToHaveCountAsync(1);
        await page.GetByTestId("only-mine").ClickAsync();
        await page.GetByTestId("only-safety").ClickAsync();
        await Expect(waiting).ToHaveCountAsync(0);

        var triage = lines.Filter(new() { HasText = "Triage" });
        await triage.Locator(".alert-line-what").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#snooze-why").FillAsync("In a procedure");
        await page.Keyboard.PressAsync("Enter");
        await Expect(triage).ToHaveAttributeAsync("data-state", "snoozed");
    }

    [Fact]
    public async Task Silence_of_the_alert_engine_is_said()
    {
        var guest = new Guest(FreshUnit(), "Still", "Stella") { Bed = "1" };
        await Hospital.Arrive(guest);
        var person = await Person();
        await person.RouteWebSocketAsync(new Regex("/hubs/board"), socket =>
        {
            var server = socket.ConnectToServer();
            server.OnMessage(frame => socket.Send(CheckedAt().Replace(frame.Text ?? "", "\"alertsCheckedAt\":\"2026-01-02T03:04:05+00:00\"")));
        });
        var board = await Open(person, $"units/{guest.Unit}");
        await Expect(board.GetByTestId("alerts-doubt")).ToContainTextAsync("Alerts may be missing.");
        await Expect(board.GetByTestId("alerts-doubt")).ToContainTextAsync("03:04:05");
        var alerts = await Open(await Person(), "alerts");
        await Expect(alerts.GetByTestId("alerts-summary")).ToBeVisibleAsync();
        await Expect(alerts.GetByTestId("alerts-doubt")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_tone_sounds_for_a_critical_safety_alert_once_a_minute_at_most_and_for_nothing_else()
    {
        var unit = FreshUnit();
        await Hospital.Arrive(new Guest(unit, "Leise", "Lisa") { Bed = "1" });
        var person = await Person();
        await person.AddInitScriptAsync(
            "window.notes = 0; const make = AudioContext.prototype.createOscillator; AudioContext.prototype.createOscillator = function () { "
                + "window.notes++; return make.call(this); };");
        var board = await Open(person, $"units/{unit}");
        await Raise("Stumm", 25);
        Assert.Equal(0, await Notes()); // Nobody has allowed it yet.
        await board.GetByTestId("sound").ClickAsync();
        await Expect(board.GetByTestId("sound")).ToContainTextAsync("Sound on");
        await board.WaitForFunctionAsync("window.notes === 2"); // So it will sound.

        await Raise("Warnung", 13);
        Assert.Equal(2, await Notes());
        await Raise("Erster", 25);
        await board.WaitForFunctionAsync("window.notes === 4");
        await Raise("Zweiter", 26);
        Assert.Equal(4, await Notes());
        await board.GetByTestId("sound").ClickAsync();
        await Expect(board.GetByTestId("sound")).ToContainTextAsync("Sound off");

        Task<int> Notes() => board.EvaluateAsync<int>("window.notes");
        async Task Raise(string name, int minutesAgo)
        {
            var visit = await Hospital.Arrive(new Guest(unit, name, "Thea") { Ago = TimeSpan.FromMinutes(minutesAgo) });
            await Expect((await Drawer(board, visit)).GetByTestId("alert").Filter(new() { HasText = "Triage" }))
                .ToHaveAttributeAsync("data-severity", minutesAgo > 20 ? "critical" : "warning");
        }
    }

    [GeneratedRegex("\"alertsCheckedAt\":(\"[^\"]*\"|null)")]
    private static partial Regex CheckedAt();
}
