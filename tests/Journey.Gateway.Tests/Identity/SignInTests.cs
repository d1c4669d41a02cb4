using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Journey.Gateway.Tests.Identity;

/// <summary>The real flow, from the page that wants a sign-in to the session and out of it again.</summary>
public sealed class SignInTests(DevelopmentHost journey)
{
    private const string Nurse = "Jamie Applecross";

    [Fact]
    public async Task Nobody_is_served_before_they_sign_in_and_a_page_to_do_so_is()
    {
        foreach (var path in (string[])["/api/v1/me", "/api/v1/units", "/api/v1/feeds", "/hubs/board"])
        {
            using var answer = await journey.Http.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal((HttpStatusCode.Unauthorized, "sign-in-needed"), (answer.StatusCode, await Code(answer)));
        }

        using var health = await journey.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    [Fact]
    public async Task Somebody_picked_lands_where_they_wanted_to_go_is_who_they_are_and_may_what_their_role_may()
    {
        using var browser = journey.Browser();
        using var landed = await browser.SignIn(Nurse);
        Assert.Equal("/api/v1/me", landed.RequestMessage!.RequestUri!.AbsolutePath);
        var me = await landed.Content.ReadFromJsonAsync<Api.Me>(TestContext.Current.CancellationToken);
        Assert.Equal((true, Nurse, "nurse", "ED"), (me!.SignIn, me.Name, Assert.Single(me.Roles), Assert.Single(me.Units)));
        using var board = await browser.Get("/api/v1/units");
        Assert.Equal(HttpStatusCode.OK, board.StatusCode);
        using var messages = await browser.Get("/api/v1/messages");
        Assert.Equal((HttpStatusCode.Forbidden, "access-denied"), (messages.StatusCode, await Code(messages)));
        // No script of the page can read the session, and no token is in it or in an address.
        var cookie = Assert.Single(browser.Cookies.GetAllCookies());
        Assert.Equal(("journey-session", true, false), (cookie.Name, cookie.HttpOnly, cookie.Value.Contains("eyJ", StringComparison.Ordinal)));
        Assert.DoesNotContain("eyJ", landed.RequestMessage.RequestUri.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_signs_out_is_nobody()
    {
        using var browser = journey.Browser();
        using var landed = await browser.SignIn(Nurse);
        using var left = await browser.Post("/signout");
        using var after = await browser.Get("/api/v1/me");
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example")]
    [InlineData("/\t/elsewhere.example")]
    [InlineData("/\u0001/elsewhere.example")]
    [InlineData("/\u200B/elsewhere.example")]
    [InlineData("/units/Ä")]
    public async Task Signing_in_leads_to_no_other_site(string returnUrl)
    {
        using var browser = journey.Browser();
        using var landed = await browser.SignIn(Nurse, returnUrl);
        Assert.Equal(journey.Address + "/", landed.RequestMessage!.RequestUri!.ToString());
    }

    [Theory, InlineData("https://elsewhere.example"), InlineData("null"), InlineData(null)]
    public async Task A_change_that_another_site_sends_with_the_session_is_refused(string? origin)
    {
        using var browser = journey.Browser();
        using var landed = await browser.SignIn(Nurse);
        using var answer = await browser.Post($"/api/v1/visits/{Guid.NewGuid()}/touchpoints", new { kind = "contact" }, origin);
        Assert.Equal((HttpStatusCode.Forbidden, "cross-origin"), (answer.StatusCode, await Code(answer)));
    }

    [Fact]
    public async Task A_session_that_was_tampered_with_is_none()
    {
        using var browser = journey.Browser();
        using var landed = await browser.SignIn(Nurse);
        foreach (Cookie cookie in browser.Cookies.GetAllCookies()) cookie.Value = cookie.Value[..^6] + "AAAAAA";
        using var after = await browser.Get("/api/v1/me");
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
    }

    [Fact]
    public async Task A_person_is_never_somebody_else_by_a_header_and_a_script_may_say_for_whom_it_acts()
    {
        var guest = await journey.Comes();
        using var script = await journey.ByScript(HttpMethod.Post, $"/api/v1/visits/{guest}/touchpoints");
        script.Headers.Add(Api.Paths.ActingAs, "Invented Colleague");
        script.Content = JsonContent.Create(new { kind = "contact" });
        using var done = await journey.Http.SendAsync(script, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        using var browser = journey.Browser();
        using var landed = await browser.SignIn("Morgan Castlebay");
        using var told = await browser.Post($"/api/v1/visits/{guest}/family/told", new { });
        Assert.Equal(HttpStatusCode.OK, told.StatusCode);
        using var timeline = await browser.Get($"/api/v1/visits/{guest}/timeline");
        var by = (await timeline.Content.ReadFromJsonAsync<Api.TimelineEntry[]>(TestContext.Current.CancellationToken))!
            .Select(entry => entry.By).ToArray();
        Assert.Contains("Invented Colleague", by);
        Assert.Contains("Morgan Castlebay", by);
    }

    [Fact]
    public async Task A_script_with_another_secret_gets_no_token_and_a_token_of_nobodys_opens_nothing()
    {
        using var refused = await journey.Token("journey-dev", "guess");
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        using var request = await journey.ByScript(HttpMethod.Get, "/api/v1/units");
        var token = request.Headers.Authorization!.Parameter!;
        request.Headers.Authorization = new("Bearer", token[..^8] + "AAAAAAAA");
        using var answer = await journey.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Coming_going_reading_and_being_refused_are_in_the_trail_and_only_the_privacy_officer_reads_it()
    {
        var guest = await journey.Comes();
        using var nurse = journey.Browser();
        using (await nurse.SignIn("Nurse OPD")) { }
        using (var refused = await nurse.Get($"/api/v1/visits/{guest}")) Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using (var closed = await nurse.Get("/api/v1/audit")) Assert.Equal(HttpStatusCode.Forbidden, closed.StatusCode);
        using (await nurse.Post("/signout")) { }
        using var own = journey.Browser();
        using (await own.SignIn(Nurse)) { }
        using (var read = await own.Get($"/api/v1/visits/{guest}")) Assert.Equal(HttpStatusCode.OK, read.StatusCode);

        using var officer = journey.Browser();
        using (await officer.SignIn("Petra Privacy")) { }
        var who = await Entries(officer, $"visit={guest}");
        Assert.Contains(who, e => e is { Action: "read-visit", Outcome: "refused", Name: "Nurse OPD", Authority: "nurse@OPD" });
        Assert.Contains(who, e => e is { Action: "read-visit", Outcome: "done", Name: Nurse, Authority: "nurse@ED" });
        Assert.Equal(2, who.Count(e => e.Action == "read-visit"));
        var did = await Entries(officer, "person=dev-nurse-opd");
        foreach (var action in (string[])["sign-in", "read-visit", "read-audit", "sign-out"]) Assert.Contains(did, e => e.Action == action);
    }

    [Fact]
    public async Task Whoever_asks_without_end_is_slowed_and_a_colleague_is_not()
    {
        using var greedy = journey.Browser();
        using (await greedy.SignIn("Provider OPD")) { }
        var slowed = 0;
        for (var i = 0; i < 1_500 && slowed == 0; i += 50)
            foreach (var answer in await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => greedy.Get("/api/v1/me"))))
            {
                if (answer.StatusCode == HttpStatusCode.TooManyRequests) slowed++;
                answer.Dispose();
            }

        Assert.NotEqual(0, slowed);
        using var refused = await greedy.Get("/api/v1/me");
        if (refused.StatusCode == HttpStatusCode.TooManyRequests) Assert.Equal("too-many-requests", await Code(refused));
        using var colleague = journey.Browser();
        using var landed = await colleague.SignIn("Charge OPD");
        Assert.Equal(HttpStatusCode.OK, landed.StatusCode);
    }

    private static async Task<IReadOnlyList<Api.AuditEntry>> Entries(Browser officer, string filter)
    {
        using var answer = await officer.Get("/api/v1/audit?" + filter);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<Api.AuditPage>(TestContext.Current.CancellationToken))!.Entries;
    }

    private static async Task<string?> Code(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("code").GetString();
}
