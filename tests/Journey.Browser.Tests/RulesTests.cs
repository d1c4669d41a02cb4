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
        await Expect(line).ToHaveCountAsync(0);

        await rules.GetByTestId("change-family.asked").ClickAsync();
        await rules.GetByTestId("switch-on").ClickAsync();
        await Expect(row).ToHaveAttributeAsync("data-standing", "on");
        await Expect(line).ToHaveCountAsync(1);
    }
}
