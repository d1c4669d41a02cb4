using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Journey.Browser.Tests;

public class AuditPageTests(Stage stage) : BrowserTest(stage)
{
    [Fact]
    public async Task Who_looked_at_a_patient_is_found_by_name_and_told_in_sentences()
    {
        var guest = new Guest(FreshUnit(), "Nachgesehen", "Nele") { Bed = "1" };
        var visit = await Hospital.Arrive(guest);
        var theirs = await Open(await Person("Ann Able"), $"visits/{visit}");
        await Expect(theirs.GetByTestId("timeline").Locator("li").First).ToBeVisibleAsync();
        var page = await Open(await Person("Pia Privacy"), "audit");
        await page.GetByTestId("audit-patient").FillAsync("nachgesehen");
        await page.GetByTestId("audit-found").GetByRole(AriaRole.Button).First.ClickAsync();
        var lines = page.GetByTestId("audit-line");
        await Expect(lines.Filter(new() { HasText = "Ann Able opened the visit page" }).First).ToBeVisibleAsync();
        await Expect(page.GetByTestId("audit-says")).ToContainTextAsync("Nachgesehen, Nele");
        Assert.DoesNotContain("achgesehen", page.Url, StringComparison.Ordinal);

        await page.GetByTestId("audit-action").SelectOptionAsync("read-timeline");
        await page.GetByTestId("audit-show").ClickAsync();
        await Expect(lines.Filter(new() { HasText = "opened the visit page" })).ToHaveCountAsync(0);
        await Expect(lines.Filter(new() { HasText = "Ann Able read the history" }).First).ToBeVisibleAsync();
        await lines.First.GetByRole(AriaRole.Button, new() { Name = "this person" }).ClickAsync();
        await Expect(page.GetByTestId("audit-person")).ToHaveValueAsync("staff/ann-able");
    }
}
