using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Journey.Browser.Tests;

/// <summary>The family's telephone and the liaison's desk, side by side.</summary>
public class FamilyPageTests(Stage stage) : BrowserTest(stage)
{
    [Fact]
    public async Task A_question_goes_from_the_telephone_to_the_liaison_and_back_and_only_the_family_closes_it()
    {
        var (visit, kin) = await Here();
        var phone = await kin.Enter(await Phone());
        var liaison = await Liaison(visit);
        await phone.Locator("#ask-text").FillAsync("May she drink something?");
        await phone.Locator("#ask-form button").ClickAsync();
        await Expect(phone.Locator("#ask-done")).ToHaveTextAsync("Sent. You will see the answer here.");
        await Expect(phone.Locator("#questions li")).ToContainTextAsync("An answer is due by");

        var question = liaison.Locator("#questions .items > li").Filter(new() { HasText = "May she drink something?" });
        await Answer(liaison, question, "Small sips of water.");
        var asked = phone.Locator("#questions > li");
        await Expect(asked).ToContainTextAsync("Small sips of water.");
        await Expect(question.GetByTestId("answer")).ToHaveCountAsync(0);

        await asked.GetByRole(AriaRole.Button, new() { Name = "Not yet" }).ClickAsync();
        await asked.GetByLabel("What is still missing?").FillAsync("Also before the scan?");
        await asked.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(question.GetByTestId("answer")).ToBeVisibleAsync();
        await Expect(question).ToContainTextAsync("Opened again once");

        await Answer(liaison, question, "Yes, until ten.");
        await Expect(asked).ToContainTextAsync("Yes, until ten.");
        await asked.GetByRole(AriaRole.Button, new() { Name = "Yes, that answers it" }).ClickAsync();
        await Expect(asked).ToContainTextAsync("Answered. Thank you.");
        await Expect(asked.Locator("button")).ToHaveCountAsync(0);
        await Expect(liaison.Locator("#questions")).ToContainTextAsync("No open question.");
    }

    [Fact]
    public async Task One_tap_says_that_somebody_waits_and_being_told_ends_the_wait_on_the_telephone()
    {
        var (visit, kin) = await Here();
        var phone = await kin.Enter(await Phone());
        var liaison = await Open("families");
        await phone.Locator("#wait-now").ClickAsync();
        await Expect(phone.Locator("#waits")).ToContainTextAsync("Waiting since");
        await Expect(phone.Locator("#wait-now")).ToBeHiddenAsync();

        var waiting = liaison.Locator("section.urgency-waiting").GetByTestId($"row-{visit}");
        await Expect(waiting).ToContainTextAsync("Rosa Verlauf asked at");
        await waiting.GetByTestId("told-family").ClickAsync();
        await Expect(phone.Locator("#waits")).ToBeHiddenAsync();
        await Expect(phone.Locator("#wait-now")).ToBeVisibleAsync();
        await Expect(phone.Locator("#told")).ToContainTextAsync("Last spoken with the family");
    }

    [Fact]
    public async Task A_wrong_code_word_is_said_kindly_and_too_many_of_them_close_the_door_for_a_while()
    {
        var (_, kin) = await Here();
        var phone = await kin.Knock(await Phone());
        for (var miss = 1; miss < 5; miss++)
        {
            await Kin.Say(phone, $"guess {miss}");
            await Expect(phone.Locator("#door-problem")).ToContainTextAsync("That is not the code word.");
            await Expect(phone.Locator("#code-word")).ToHaveValueAsync("");
        }

        await Kin.Say(phone, "guess 5");
        await Expect(phone.Locator("#door-problem")).ToContainTextAsync("the page waits until");
        await Kin.Say(phone, Kin.CodeWord);
        await Expect(phone.Locator("#door-problem")).ToContainTextAsync("the page waits until");
        await Expect(phone.Locator("#page")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_lock_set_while_the_page_is_open_closes_it_and_nothing_of_it_remains()
    {
        MayComplain("404"); // The browser writes down that the link is not known any more.
        var (visit, kin) = await Here();
        await Hospital.Record(visit, "family/told", new { who = "Rosa", nextBy = DateTimeOffset.UtcNow.AddMinutes(30) });
        var phone = await kin.Enter(await Phone());
        await Expect(phone.Locator("#name")).ToHaveTextAsync("Amalia");
        await Expect(phone.Locator("#word")).ToContainTextAsync("promised to you");
        await Hospital.Record(visit, "family/locks", new { @lock = "no-information", on = true });

        await Expect(phone.Locator("#ended")).ToBeVisibleAsync();
        await Expect(phone.Locator("#ended")).ToContainTextAsync("It is not known here, or not any more.");
        Assert.DoesNotContain("Amalia", await phone.ContentAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("promised to you", await phone.ContentAsync(), StringComparison.Ordinal);
        await phone.GotoAsync("about:blank");
        await phone.GotoAsync(new Uri(Hospital.Address, kin.Link).ToString());
        await Expect(phone.Locator("#ended")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Consent_that_covers_less_shows_less_at_once()
    {
        var (visit, kin) = await Here("condition");
        var phone = await kin.Enter(await Phone());
        await Expect(phone.Locator("#status")).ToHaveTextAsync("The care team will speak with you in person.");
        foreach (var part in (string[])["#facts", "#messages-card", "#code-card"]) await Expect(phone.Locator(part)).ToBeHiddenAsync();
        await Expect(phone.Locator("#wait-now")).ToBeVisibleAsync();

        await kin.MayHear("progress");
        await Expect(phone.Locator("#status")).ToContainTextAsync("waiting for the first check");
        await Expect(phone.Locator("#code")).ToHaveTextAsync(new Regex("^[A-Z0-9]{5}$"));
        await Hospital.Record(visit, "touchpoints", new { kind = "step", step = "triaged" });
        await Expect(phone.Locator("#status")).ToContainTextAsync("waiting for a treatment room");

        await Hospital.Record(visit, "family/hold", new { on = true });
        await Expect(phone.Locator("#status")).ToHaveTextAsync("The care team will speak with you in person.");
        await Expect(phone.Locator("#code-card")).ToBeHiddenAsync();
        await kin.MayHear("nothing");
        await Expect(phone.Locator("#ended")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_links_secret_leaves_the_address_bar_and_is_kept_for_this_tab_only()
    {
        var (_, kin) = await Here();
        var person = await Phone();
        var phone = await kin.Enter(person);
        var secret = kin.Link.Split('#')[1];
        Assert.DoesNotContain(secret, phone.Url, StringComparison.Ordinal);
        Assert.DoesNotContain("#", phone.Url, StringComparison.Ordinal);
        Assert.Equal(0, await phone.EvaluateAsync<int>("localStorage.length + document.cookie.length"));
        await Expect(phone.Locator("script:not([src]), [style], [onclick]")).ToHaveCountAsync(0);

        await phone.ReloadAsync();
        await Expect(phone.Locator("body[data-live=true] #page")).ToBeVisibleAsync();
        await phone.Locator("#leave").ClickAsync();
        await Expect(phone.Locator("#door")).ToBeVisibleAsync();
        Assert.DoesNotContain("Amalia", await phone.ContentAsync(), StringComparison.Ordinal);

        var other = await person.NewPageAsync();
        await other.GotoAsync(phone.Url);
        await Expect(other.Locator("#ended")).ToContainTextAsync("Please open the link you were given");
    }

    [Fact]
    public async Task The_contacts_language_comes_first_and_can_be_changed()
    {
        var (visit, kin) = await Here("progress", "es-MX");
        var phone = await kin.Enter(await Phone());
        await Expect(phone.Locator("html")).ToHaveAttributeAsync("lang", "es");
        await Expect(phone.Locator("#status")).ToContainTextAsync("espera la primera valoración");
        await phone.Locator("#ask-text").FillAsync("¿Cuándo?");
        await phone.GetByRole(AriaRole.Button, new() { Name = "Deutsch" }).ClickAsync();
        await Expect(phone.Locator("#status")).ToContainTextAsync("wartet auf die erste Einschätzung");
        await Expect(phone.Locator("#ask-text")).ToHaveValueAsync("¿Cuándo?");
        await Hospital.Record(visit, "touchpoints", new { kind = "step", step = "triaged" });
        await Expect(phone.Locator("#status")).ToContainTextAsync("wartet auf einen Behandlungsraum");
        await Expect(phone.Locator("#ask-text")).ToHaveValueAsync("¿Cuándo?");
    }

    [Fact]
    public async Task A_pulse_is_one_tap_and_stands_on_the_visit()
    {
        var (visit, kin) = await Here();
        var phone = await kin.Enter(await Phone());
        await phone.GetByRole(AriaRole.Button, new() { Name = "Very good" }).ClickAsync();
        await Expect(phone.Locator("#pulse-done")).ToHaveTextAsync("Thank you. We read every one.");
        await Expect(phone.GetByRole(AriaRole.Button, new() { Name = "Very good" })).ToHaveAttributeAsync("aria-pressed", "true");
        var page = await Open($"visits/{visit}");
        await Expect(page.GetByTestId("timeline")).ToContainTextAsync("Pulse 5 of 5");
    }

    [Fact]
    public async Task An_update_shows_how_long_it_can_be_recalled_and_never_reaches_the_telephone_once_it_is()
    {
        var (visit, kin) = await Here();
        var phone = await kin.Enter(await Phone());
        var liaison = await Liaison(visit);
        await liaison.GetByTestId("update").ClickAsync();
        await Dialog(liaison).GetByText("In my own words").ClickAsync();
        await Dialog(liaison).GetByTestId("update-text").FillAsync("The scan is at three.");
        await Dialog(liaison).GetByTestId("sheet-send").ClickAsync();
        var update = liaison.Locator("#updates li.item").Filter(new() { HasText = "The scan is at three." });
        await Expect(update.GetByTestId("leaves-in")).ToHaveTextAsync(new Regex("^[0-9]+:[0-9]{2}$"));
        await update.GetByTestId("recall").ClickAsync();
        await Expect(update).ToHaveAttributeAsync("data-state", "recalled");
        await Expect(phone.Locator("#no-messages")).ToBeVisibleAsync();
        Assert.DoesNotContain("scan", await phone.ContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_update_that_nobody_recalls_leaves_by_itself_and_arrives_on_the_open_telephone()
    {
        MayComplain("ERR_INCOMPLETE_CHUNKED_ENCODING"); // This hospital ends before the browser does.
        var own = Own(new Hospital(("message.recall: 10 min", "message.recall: 4 s")));
        await own.Start();
        var visit = await own.Arrive(new Guest("ED", "Verlauf", "Amalia"));
        var phone = await (await Kin.OnRecord(own, visit)).Enter(await Phone());
        await own.Record(visit, "family/updates", new { text = "The scan is at three." });
        await Expect(phone.Locator("#no-messages")).ToBeVisibleAsync();
        await Expect(phone.Locator("#messages li")).ToContainTextAsync("The scan is at three.");
        await Expect(phone.Locator("#told")).Not.ToBeEmptyAsync();
    }

    [Fact]
    public async Task A_page_that_hears_nothing_says_since_when_and_comes_back_by_itself()
    {
        MayComplain("ERR_FAILED"); // The network is taken away on purpose.
        var (visit, kin) = await Here();
        var person = await Phone();
        var phone = await kin.Knock(person);
        await phone.RouteAsync("**/family/live", route => route.AbortAsync());
        await Kin.Say(phone, Kin.CodeWord);
        await Expect(phone.Locator("#old")).ToContainTextAsync("Not live since");
        await Hospital.Record(visit, "touchpoints", new { kind = "step", step = "triaged" });
        await phone.UnrouteAsync("**/family/live");
        await Expect(phone.Locator("#status")).ToContainTextAsync("waiting for a treatment room");
        await Expect(phone.Locator("#old")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Markup_in_names_questions_and_answers_stays_text_on_both_sides()
    {
        const string Image = "<img src=x onerror=window.__pwned=1>";
        var visit = await Hospital.Arrive(new Guest(FreshUnit(), "Verlauf", Image));
        var kin = await Kin.OnRecord(Hospital, visit, name: Image);
        var phone = await kin.Enter(await Phone());
        await Expect(phone.Locator("#name")).ToHaveTextAsync(Image);
        await phone.Locator("#ask-text").FillAsync(Image);
        await phone.Locator("#ask-form button").ClickAsync();
        await Expect(phone.Locator(".question-text")).ToHaveTextAsync(Image);

        var liaison = await Liaison(visit);
        var question = liaison.Locator("#questions .items > li").First;
        await Expect(question).ToContainTextAsync(Image);
        await Answer(liaison, question, "<svg onload=window.__pwned=1>");
        await Expect(phone.Locator(".answer")).ToContainTextAsync("<svg onload=window.__pwned=1>");
        foreach (var page in (IPage[])[phone, liaison])
        {
            Assert.True(await page.EvaluateAsync<bool>("typeof window.__pwned === 'undefined'"), "A script from a message was run.");
            await Expect(page.Locator("img, [onload], [onerror]")).ToHaveCountAsync(0);
        }
    }

    private async Task<(Guid Visit, Kin Kin)> Here(string consent = "progress", string? language = null)
    {
        var visit = await Hospital.Arrive(new Guest(FreshUnit(), "Verlauf", "Amalia"));
        return (visit, await Kin.OnRecord(Hospital, visit, consent, language));
    }

    private Task<IBrowserContext> Phone() => Person(390, 844);

    private async Task<IPage> Liaison(Guid visit)
    {
        var liaison = await Open($"families/{visit}");
        await Expect(liaison.GetByTestId($"family-{visit}").Locator("#updates")).ToBeVisibleAsync();
        return liaison;
    }

    private static async Task Answer(IPage liaison, ILocator question, string answer)
    {
        await question.GetByTestId("answer").ClickAsync();
        await Dialog(liaison).GetByTestId("words").FillAsync(answer);
        await Dialog(liaison).GetByTestId("sheet-send").ClickAsync();
        await Expect(question).ToHaveAttributeAsync("data-state", "answered");
    }
}
