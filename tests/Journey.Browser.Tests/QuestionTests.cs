using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Journey.Browser.Tests;

/// <summary>Two people at one question: each sees what the other does, and only the asker closes it.</summary>
public class QuestionTests(Stage stage) : BrowserTest(stage)
{
    [Fact]
    public async Task A_question_is_asked_taken_answered_reopened_and_closed_by_its_asker_alone()
    {
        var guest = new Guest(FreshUnit(), "Fragner", "Flora") { Bed = "1" };
        var visit = await Hospital.Arrive(guest);
        var mine = await Open(await Person("Ann Able"), $"visits/{visit}");
        var theirs = await Open(await Person("Bea Best"), $"visits/{visit}");
        await mine.GetByTestId("ask").ClickAsync();
        await Dialog(mine).GetByTestId("ask-text").FillAsync("When may I go home?");
        await Dialog(mine).GetByTestId("sheet-send").ClickAsync();

        var (here, there) = (Question(mine), Question(theirs));
        await Expect(there).ToContainTextAsync("When may I go home?");
        await here.GetByTestId("take").ClickAsync();
        await Expect(there).ToContainTextAsync("Ann Able answers.");
        await Answer(here, mine, "When the result is here.");
        await Expect(there).ToHaveAttributeAsync("data-state", "answered");
        await Expect(there).ToContainTextAsync("When the result is here.");
        await Expect(there).ToContainTextAsync("Answered, not closed");

        await there.GetByTestId("satisfied").ClickAsync();
        await Dialog(theirs).GetByTestId("remark").FillAsync("And when is that?");
        await Dialog(theirs).GetByTestId("satisfied-no").ClickAsync();
        await Expect(here).ToHaveAttributeAsync("data-state", "open");
        await Expect(here).ToContainTextAsync("the answer did not satisfy");
        await Answer(here, mine, "At four o'clock.");
        await Expect(there).ToHaveAttributeAsync("data-state", "answered");
        await there.GetByTestId("satisfied").ClickAsync();
        await Dialog(theirs).GetByTestId("satisfied-yes").ClickAsync();
        await Expect(mine.Locator("#questions > ul > li")).ToHaveCountAsync(0);
        await mine.Locator("#questions summary").ClickAsync();
        await Expect(mine.Locator("#questions details")).ToContainTextAsync("The asker is satisfied");

        static ILocator Question(IPage page) => page.Locator("#questions > ul > li").First;
    }

    [Fact]
    public async Task Whoever_answers_second_is_told_that_a_colleague_just_did()
    {
        MayComplain("409");
        var visit = await Hospital.Arrive(new Guest(FreshUnit(), "Doppelfrage", "Doris"));
        var question = await Hospital.Record(visit, "questions", new { asker = new { kind = "patient" }, kind = "clinical", text = "May I eat?" });
        var mine = await Open(await Person("Ann Able"), $"visits/{visit}");
        var theirs = await Open(await Person("Bea Best"), $"visits/{visit}");
        foreach (var page in (IPage[])[mine, theirs])
        {
            await page.GetByTestId($"question-{question}").GetByTestId("answer").ClickAsync();
            await Dialog(page).GetByTestId("words").FillAsync("Not before the scan.");
        }

        await Dialog(mine).GetByTestId("sheet-send").ClickAsync();
        await Expect(Toast(mine, "done")).ToBeVisibleAsync();
        await Dialog(theirs).GetByTestId("sheet-send").ClickAsync();
        await Expect(Toast(theirs, "refused")).ToContainTextAsync("Ann Able has just answered it");
        await Expect(theirs.GetByTestId($"question-{question}")).ToHaveAttributeAsync("data-state", "answered");
    }

    private static async Task Answer(ILocator question, IPage page, string words)
    {
        await question.GetByTestId("answer").ClickAsync();
        await Dialog(page).GetByTestId("words").FillAsync(words);
        await Dialog(page).GetByTestId("sheet-send").ClickAsync();
    }
}
