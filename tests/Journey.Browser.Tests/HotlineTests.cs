using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Journey.Browser.Tests;

/// <summary>One line for the whole house: each test has callers of its own.</summary>
public class HotlineTests(Stage stage) : BrowserTest(stage)
{
    [Fact]
    public async Task A_call_rings_everywhere_is_answered_by_one_and_called_back_when_promised()
    {
        var mine = await Open("hotline");
        var theirs = await Open("hotline");
        var (here, there) = await Ring(mine, theirs);
        await Expect(there).ToContainTextAsync(new Regex("[0-9]+ s"));
        await Expect(there).ToHaveAttributeAsync("data-stage", "ringing");

        await here.GetByTestId("call-next").ClickAsync();
        await Expect(there).ToHaveAttributeAsync("data-stage", "talking");
        await Expect(there).ToContainTextAsync("Staff at the desk answered");
        await here.GetByTestId("call-promise").ClickAsync();
        await here.GetByTestId("callback-about").FillAsync("Visiting hours");
        await here.GetByText("1 h 00, by").ClickAsync();
        await here.GetByTestId("callback-send").ClickAsync();
        await Expect(there).ToHaveAttributeAsync("data-stage", "callback");
        await Expect(there).ToContainTextAsync("About: Visiting hours");
        await Expect(there).ToContainTextAsync("to the call back");

        await there.GetByTestId("call-next").ClickAsync();
        await Expect(here).ToHaveAttributeAsync("data-stage", "ended");
        await Expect(here).ToContainTextAsync("Called back");
    }

    [Fact]
    public async Task A_call_about_a_patient_becomes_a_question_on_the_visit()
    {
        var guest = new Guest(FreshUnit(), "Anruf", "Antonia");
        var visit = await Hospital.Arrive(guest);
        var line = await Open("hotline");
        var (call, _) = await Ring(line, line);
        await call.GetByTestId("call-next").ClickAsync();
        await call.GetByTestId("call-question").ClickAsync();
        await call.GetByTestId("call-find").FillAsync(guest.Visit);
        await call.GetByRole(AriaRole.Button, new() { Name = "Anruf, Antonia" }).ClickAsync();
        Assert.DoesNotContain("Anruf", line.Url, StringComparison.OrdinalIgnoreCase);
        await call.GetByTestId("call-question-text").FillAsync("When may we visit?");
        await call.GetByTestId("call-question-send").ClickAsync();
        await Expect(call).ToContainTextAsync("Became a question");

        await call.GetByRole(AriaRole.Link, new() { Name = "A question on a visit" }).ClickAsync();
        await Expect(line).ToHaveURLAsync(new Regex($"/visits/{visit}$"));
        await Expect(line.Locator("#questions")).ToContainTextAsync("When may we visit?");
    }

    [Fact]
    public async Task A_caller_who_gives_up_counts_and_one_who_has_what_they_wanted_is_done()
    {
        var line = await Open("hotline");
        var (first, _) = await Ring(line, line);
        var (second, _) = await Ring(line, line);
        await first.GetByTestId("call-gave-up").ClickAsync();
        await Expect(first).ToHaveAttributeAsync("data-stage", "ended");
        await Expect(line.GetByTestId("gave-up")).Not.ToHaveTextAsync("0 %");
        await second.FocusAsync();
        await Meant(line, "n");
        await Expect(second).ToHaveAttributeAsync("data-stage", "talking");
        await Meant(line, "n");
        await Expect(second).ToHaveAttributeAsync("data-stage", "ended");
        await Expect(line.GetByTestId("in-time")).ToContainTextAsync("%");
    }

    [Fact]
    public async Task Whoever_answers_second_is_told_kindly_who_was_first()
    {
        MayComplain("409"); // The browser writes down every refusal.
        var line = await Open("hotline");
        var (call, _) = await Ring(line, line);
        await line.RouteAsync("**/answer", async route =>
        {
            await Hospital.Post($"api/v1/hotline/calls/{(await call.GetAttributeAsync("data-row"))!}/answer", new { });
            await route.ContinueAsync();
        });
        await call.GetByTestId("call-next").ClickAsync();
        await Expect(Toast(line, "refused")).ToContainTextAsync("Nora Nurse has answered it already.");
        await Expect(call).ToContainTextAsync("Nora Nurse answered");
    }

    private static async Task<(ILocator Here, ILocator There)> Ring(IPage mine, IPage theirs)
    {
        var caller = $"Caller {Guid.NewGuid():N}"[..14];
        if (!await mine.GetByTestId("call-ring").IsVisibleAsync()) await mine.GetByTestId("call-by-hand").ClickAsync();
        await mine.GetByTestId("call-caller").FillAsync(caller);
        await mine.GetByTestId("call-number").FillAsync("555-0100");
        await mine.GetByTestId("call-ring").ClickAsync();
        var (here, there) = (Call(mine), Call(theirs));
        await Expect(here).ToBeVisibleAsync();
        await Expect(there).ToBeVisibleAsync();
        return (here, there);

        ILocator Call(IPage page) => page.Locator("li.call").Filter(new() { HasText = caller });
    }
}
