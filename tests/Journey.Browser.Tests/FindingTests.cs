using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Journey.Browser.Tests;

public class FindingTests(Stage stage) : BrowserTest(stage)
{
    [Fact]
    public async Task Sorting_and_filtering_work_together_and_the_address_holds_no_words_of_the_filter()
    {
        var unit = FreshUnit();
        var visits = new List<Guid>();
        foreach (var (family, acuity) in ((string, int)[])[("Zander", 2), ("Anders", 3), ("Sanders", 2), ("Berg", 2)])
            visits.Add(await Hospital.Arrive(new Guest(unit, family, "Kim") { Acuity = acuity }));
        var board = await Open($"units/{unit}");
        var names = board.Locator(".line .name");
        await Expect(names).ToHaveCountAsync(4);

        await board.GetByRole(AriaRole.Columnheader).GetByRole(AriaRole.Button, new() { Name = "Patient" }).ClickAsync();
        await Expect(names).ToHaveTextAsync(["Anders, Kim", "Berg, Kim", "Sanders, Kim", "Zander, Kim"]);
        await board.GetByTestId("only-acuity-2").ClickAsync();
        await Expect(names).ToHaveTextAsync(["Berg, Kim", "Sanders, Kim", "Zander, Kim"]);
        await board.GetByTestId("filter").FillAsync("ander");
        await Expect(names).ToHaveTextAsync(["Sanders, Kim", "Zander, Kim"]);
        await board.GetByRole(AriaRole.Columnheader).GetByRole(AriaRole.Button, new() { Name = "Patient" }).ClickAsync();
        await Expect(names).ToHaveTextAsync(["Zander, Kim", "Sanders, Kim"]);
        await Expect(board.GetByRole(AriaRole.Columnheader, new() { Name = "Patient" })).ToHaveAttributeAsync("aria-sort", "descending");

        await Expect(board).ToHaveURLAsync(new Regex(@"sort=-patient"));
        Assert.DoesNotContain("ander", board.Url, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("ander", await board.EvaluateAsync<string>("JSON.stringify([localStorage, sessionStorage, history.state])"),
            StringComparison.OrdinalIgnoreCase);

        // A new arrival takes its place in what is shown; one that the filter leaves out does not.
        await Hospital.Arrive(new Guest(unit, "Wander", "Kim") { Acuity = 2 });
        await Expect(names).ToHaveTextAsync(["Zander, Kim", "Wander, Kim", "Sanders, Kim"]);
        await Hospital.Arrive(new Guest(unit, "Lander", "Kim") { Acuity = 4 });
        await Expect(names).ToHaveCountAsync(3);

        await board.GetByTestId("filter").FillAsync("nobody is called so");
        await Expect(board.GetByText("Nobody matches this filter")).ToBeVisibleAsync();
        await board.GetByRole(AriaRole.Button, new() { Name = "Show all 6" }).ClickAsync();
        await Expect(names).ToHaveCountAsync(6);
    }

    [Fact]
    public async Task A_unit_without_patients_says_so_and_how_many_beds_are_ready()
    {
        var person = await Person();
        var board = await Open(person, "units/BEDS");
        await Expect(board.GetByText("No patients on this unit.")).ToBeVisibleAsync();
        await Expect(board.GetByTestId("bed-1")).ToBeVisibleAsync();
        await Go(board, "units/EMPTY");
        await Expect(board.GetByText("No patients on this unit, and no beds are known")).ToBeVisibleAsync();
        await Go(board, "wall/EMPTY");
        await Expect(board.GetByText("No patients on this unit, and no beds are known")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_patient_is_found_by_name_and_Enter_opens_the_visit()
    {
        var guest = new Guest(FreshUnit(), "Gesuchtwird", "Gesine");
        var visit = await Hospital.Arrive(guest);
        var page = await Open("");
        await page.GetByTestId("search").FillAsync("gesuchtw");
        await Expect(page.GetByTestId("found")).ToContainTextAsync("Gesuchtwird, Gesine");
        await page.GetByTestId("search").PressAsync("Enter");

        await Expect(page).ToHaveURLAsync(new Regex($"/visits/{visit}$"));
        await Expect(page.Locator("h1")).ToHaveTextAsync("Gesuchtwird, Gesine");
        await Expect(page.GetByTestId("found")).ToHaveCountAsync(0);
        await Expect(page).ToHaveTitleAsync("Visit – Journey");
    }
}
