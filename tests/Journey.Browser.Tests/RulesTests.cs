using static Microsoft.Playwright.Assertions;

namespace Journey.Browser.Tests;

/// <summary>Whoever leads a unit sees which rules call there, and turns one off and on.</summary>
public sealed class RulesTests(Stage stage) : BrowserTest(stage)
{
    [Fact]
    public async Task A_rule_goes_into_shadow_and_its_alert_with_it_and_both_come_back_when_it_is_turned_on()
    {
        var guest = new Guest(FreshUnit(), "Schatten", "Sina") { Bed = "1" };
        var visit = await Hospital.Arrive(guest);
        await Hospital.Record(visit, "family/waiting", new { });
        var alerts = await Open("alerts");
        var line = alerts.Locator(".alert-line").Filter(new() { HasText = "Schatten, Sina" });
        await Expect(line).ToHaveCountAsync(1);
        var rules = await Open("rules");
        await rules.GetByTestId($"unit-{guest.Unit}").ClickAsync();
        var row = rules.GetByTestId("rule-family.asked");
        await Expect(row).ToHaveAttributeAsync("data-standing", "on");

        // Two steps, so that no slip of the hand silences anything.
        await rules.GetByTestId("change-family.asked").ClickAsync();
        await rules.GetByTestId("switch-shadow").ClickAsync();
        await Expect(row).ToHaveAttributeAsync("data-standing", "shadow");
        await Expect(rules.GetByTestId("change-family.asked")).ToBeFocusedAsync();
        await Expect(line).ToHaveCountAsync(0);
        await rules.Keyboard.PressAsync("Enter");
        await Expect(rules.GetByTestId("switch-on")).ToBeVisibleAsync();
        await rules.Keyboard.PressAsync("Escape");
        await Expect(rules.GetByTestId("switch-on")).ToHaveCountAsync(0);
        await Expect(rules.GetByTestId("change-family.asked")).ToBeFocusedAsync();

        await rules.GetByTestId("change-family.asked").ClickAsync();
        await rules.GetByTestId("switch-on").ClickAsync();
        await Expect(row).ToHaveAttributeAsync("data-standing", "on");
        await Expect(line).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_safety_rule_is_silenced_only_after_a_warning_and_for_a_reason_and_its_clock_goes_from_the_board()
    {
        var guest = new Guest(FreshUnit(), "Stumm", "Stella") { Ago = TimeSpan.FromMinutes(30) };
        var visit = await Hospital.Arrive(guest);
        var person = await Person("Nora Nurse");
        var board = await Open(person, $"units/{guest.Unit}");
        await Expect(Row(board, visit).Locator(".col-target")).ToContainTextAsync("Triage");
        var rules = await Open(person, "rules");
        await rules.GetByTestId($"unit-{guest.Unit}").ClickAsync();
        var row = rules.GetByTestId("rule-ed.triage");
        await rules.GetByTestId("change-ed.triage").ClickAsync();
        await rules.GetByTestId("switch-shadow").ClickAsync();
        await Expect(Dialog(rules)).ToContainTextAsync("is a safety rule");
        await Expect(Dialog(rules)).ToContainTextAsync(guest.Unit);
        await Expect(Dialog(rules)).ToContainTextAsync("your name, Nora Nurse");
        await Expect(Dialog(rules).GetByTestId("sheet-send")).ToBeDisabledAsync();
        await Expect(row).ToHaveAttributeAsync("data-standing", "on");
        await Dialog(rules).GetByTestId("words").FillAsync("Triage is at the other door");
        await Dialog(rules).GetByTestId("sheet-send").ClickAsync();
        await Expect(row).ToHaveAttributeAsync("data-standing", "shadow");
        await Expect(row).ToContainTextAsync("Triage is at the other door");
        await Expect(Row(board, visit).Locator(".col-target")).Not.ToContainTextAsync("Triage");
        await Expect(rules.GetByTestId("change-ed.triage")).ToBeFocusedAsync();
    }
}
