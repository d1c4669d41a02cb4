using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR.Client;

namespace Journey.Gateway.Tests.Hosts;

/// <summary>The care loop through the public contract: staff at the desk, and a family with a link.</summary>
public partial class CareHttpTests(StandaloneHostFixture journey)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_handoff_is_drafted_offered_read_back_and_moves_what_is_owed()
    {
        var guest = await journey.Arrived();
        await Post(guest, "assignments", new { role = "nurse", name = "Jutta" });
        await Post(guest, "promises", new { what = "A blanket", dueAt = DateTimeOffset.UtcNow.AddMinutes(20), owner = "Jutta" });
        var draft = await journey.Get($"/api/v1/visits/{guest.VisitId}/handoffs/draft");
        Assert.Contains("A blanket", draft.GetProperty("actions").GetRawText(), StringComparison.Ordinal);
        // No draft says how ill somebody is, and nobody hands over without having said it.
        Assert.Equal(JsonValueKind.Null, draft.GetProperty("illness").ValueKind);
        Assert.Equal((HttpStatusCode.BadRequest, "invalid-request"),
            await Refused(guest, "handoffs", new { to = "Hanna", content = draft }, "Jutta"));
        var content = new
        {
            illness = "watcher, may get worse", summary = Text(draft, "summary"), actions = draft.GetProperty("actions"),
            awareness = Text(draft, "awareness")
        };
        await Post(guest, "handoffs", new { to = "Hanna", content }, "Jutta");
        var handoff = (await journey.Get($"/api/v1/visits/{guest.VisitId}")).GetProperty("row").GetProperty("handoff").GetProperty("id").GetGuid();
        Assert.Equal((HttpStatusCode.Conflict, "handoff-not-yours"),
            await Refused(guest, $"handoffs/{handoff}/accept", new { synthesis = "Stable" }, "Jutta"));
        await Post(guest, $"handoffs/{handoff}/accept", new { synthesis = "Stable, one promise" }, "Hanna");
        var list = await StandaloneHostFixture.Eventually(
            () => journey.Get("/api/v1/lists?addressee=Hanna"),
            l => l.GetProperty("items").EnumerateArray().Any(i => i.GetProperty("visitId").GetGuid() == guest.VisitId), "the promise is Hanna's");
        Assert.Equal("promise", Text(list.GetProperty("items").EnumerateArray().First(i => i.GetProperty("visitId").GetGuid() == guest.VisitId)
            .GetProperty("owed"), "kind"));
    }

    [Fact]
    public async Task A_list_is_pushed_to_who_watches_it()
    {
        var guest = await journey.Arrived();
        var name = StandaloneHostFixture.Fresh("Nurse ");
        var lists = Channel.CreateUnbounded<Api.OwedList>();
        await using var hub = journey.Hub();
        hub.On<Api.OwedList>("ListChanged", list => lists.Writer.TryWrite(list));
        await hub.StartAsync(Stop);
        Assert.Empty((await hub.InvokeAsync<Api.OwedList>("WatchList", name, Stop)).Items);
        await Post(guest, "requests", new { kind = "interpreter", what = "es", owner = name });
        var pushed = await lists.Reader.ReadAsync(Stop).AsTask().WaitAsync(TimeSpan.FromSeconds(15), Stop);
        Assert.Equal((name, "interpreter"), (pushed.Addressee, Assert.Single(pushed.Items).Owed.Detail));
    }

    [Fact]
    public async Task Alerts_of_all_units_are_one_page_and_how_the_rules_do_another()
    {
        var guest = await journey.Arrived();
        await Post(guest, "family/waiting", new { who = "Sohn" });
        var alerts = await StandaloneHostFixture.Eventually(
            () => journey.Get("/api/v1/alerts"),
            a => a.GetProperty("open").EnumerateArray().Any(o => o.GetProperty("visitId").GetGuid() == guest.VisitId), "the family's alert is open");
        var rules = (await journey.Get($"/api/v1/rules?unit={guest.Unit}")).GetProperty("rules").EnumerateArray().ToList();
        Assert.All(rules, r => Assert.Equal((guest.Unit, "on"), (Text(r, "unit"), Text(r, "standing"))));
        Assert.Equal(1, rules.Single(r => Text(r, "key") == "family.asked").GetProperty("quality").GetProperty("raised").GetInt32());
        var alert = alerts.GetProperty("open").EnumerateArray().First(o => o.GetProperty("visitId").GetGuid() == guest.VisitId).GetProperty("alert")
            .GetProperty("id").GetGuid();
        await Post(guest, $"alerts/{alert}/see", new { }, "Hanna");
        await Post(guest, $"alerts/{alert}/acknowledge", new { }, "Jutta");
        Assert.Equal((HttpStatusCode.Conflict, "alert-owned"), await Refused(guest, $"alerts/{alert}/acknowledge", new { }, "Hanna"));
        await Post(guest, $"alerts/{alert}/acknowledge", new { takeOver = true }, "Hanna");
        var row = (await journey.Get($"/api/v1/visits/{guest.VisitId}")).GetProperty("row").GetProperty("alerts")[0];
        Assert.Equal(("Hanna", "Hanna"), (Text(row, "owner"), Text(row, "seenBy")));
    }

    [Fact]
    public async Task A_rule_is_turned_into_shadow_and_on_again_and_nonsense_is_refused()
    {
        var guest = await journey.Arrived();
        await Switch("ed.triage", new { to = "shadow", unit = guest.Unit }, HttpStatusCode.Conflict);
        await Switch("ed.triage", new { to = "shadow", unit = guest.Unit, reason = " " }, HttpStatusCode.Conflict);
        await Switch("ed.triage", new { to = "shadow", unit = guest.Unit, reason = "Triage is at the other door" }, HttpStatusCode.OK);
        await StandaloneHostFixture.Eventually(() => Standing("ed.triage"), s => s == "shadow", "the rule is in shadow");
        Assert.Equal("Triage is at the other door", Text((await Rule("ed.triage")).GetProperty("decided"), "reason"));
        await Switch("ed.triage", new { to = "on", unit = guest.Unit }, HttpStatusCode.OK);
        await StandaloneHostFixture.Eventually(() => Standing("ed.triage"), s => s == "on", "the rule calls");
        await Switch("ed.triage", new { to = "off", unit = guest.Unit }, HttpStatusCode.BadRequest);
        await Switch("no.such", new { to = "on", unit = guest.Unit }, HttpStatusCode.NotFound);
        await Switch("family.asked", new { to = "not-reported", unit = guest.Unit }, HttpStatusCode.Conflict);
        await Switch("ed.triage", new { to = "shadow", unit = " " }, HttpStatusCode.BadRequest);
        using var first = await journey.Http.GetAsync("/api/v1/rules?until=0001-01-01T00:00:00Z", Stop);
        Assert.Equal(HttpStatusCode.BadRequest, first.StatusCode);
        using var years = await journey.Http.GetAsync("/api/v1/rules?from=2001-01-01T00:00:00Z", Stop);
        Assert.Equal(HttpStatusCode.BadRequest, years.StatusCode);

        async Task<JsonElement> Rule(string key) =>
            (await journey.Get($"/api/v1/rules?unit={guest.Unit}")).GetProperty("rules").EnumerateArray().Single(r => Text(r, "key") == key);

        async Task<string?> Standing(string key) => Text(await Rule(key), "standing");

        async Task Switch(string key, object body, HttpStatusCode expected)
        {
            using var answer = await journey.Http.PostAsJsonAsync($"/api/v1/rules/{key}", body, Stop);
            Assert.Equal(expected, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_key_that_cannot_be_used_is_refused_and_nothing_is_done()
    {
        using var request =
            new HttpRequestMessage(HttpMethod.Post, "/api/v1/hotline/calls") { Content = JsonContent.Create(new { caller = "Kim Keyless" }) };
        request.Headers.Add(Api.Paths.IdempotencyKey, new string('k', 201));
        var answer = await journey.Http.SendAsync(request, Stop);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True((await Json(answer)).GetProperty("errors").TryGetProperty(Api.Paths.IdempotencyKey, out _));
        Assert.DoesNotContain("Kim Keyless", (await journey.Get("/api/v1/hotline")).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_on_the_hotline_becomes_a_question_on_the_visit()
    {
        var guest = await journey.Arrived();
        var call = (await Json(await journey.Http.PostAsJsonAsync("/api/v1/hotline/calls", new { caller = "Lee Moss", number = "555-0100" }, Stop)))
            .GetProperty("commandId").GetGuid();
        await Ok(await journey.Http.PostAsync($"/api/v1/hotline/calls/{call}/answer", null, Stop));
        await Ok(await journey.Http.PostAsJsonAsync($"/api/v1/hotline/calls/{call}/question",
            new { visitId = guest.VisitId, text = "What does it cost?", kind = "billing" }, Stop));
        var question = (await journey.Get($"/api/v1/visits/{guest.VisitId}")).GetProperty("care").GetProperty("questions")[0];
        Assert.Equal(("billing", "Lee Moss"), (Text(question, "kind"), Text(question.GetProperty("asker"), "name")));
        Assert.Equal(HttpStatusCode.Conflict, (await journey.Http.PostAsync($"/api/v1/hotline/calls/{call}/abandon", null, Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await journey.Http.PostAsync("/api/v1/hotline/calls/nonsense/answer", null, Stop)).StatusCode);
    }

    [Fact]
    public async Task Undo_is_offered_where_it_works()
    {
        var guest = await journey.Arrived();
        await Post(guest, "touchpoints", new { kind = "contact" });
        await Post(guest, "family/contacts", new { name = "Lee Moss", consent = "progress" });
        var lines = await journey.Get($"/api/v1/visits/{guest.VisitId}/timeline");
        var offered = lines.EnumerateArray().Where(l => l.GetProperty("canUndo").GetBoolean()).ToList();
        Assert.Equal(2, offered.Count);
        Assert.All(offered, l => Assert.True(l.GetProperty("undoUntil").GetDateTimeOffset() > DateTimeOffset.UtcNow));
        foreach (var line in lines.EnumerateArray().Where(l => !l.GetProperty("canUndo").GetBoolean()))
            Assert.Equal(HttpStatusCode.Conflict,
                (await Send(guest, "undo", new { commandId = line.GetProperty("commandId").GetGuid() })).StatusCode);
        foreach (var line in offered) await Post(guest, "undo", new { commandId = line.GetProperty("commandId").GetGuid() });
    }

    [Fact]
    public async Task A_departure_that_was_brought_back_is_not_taken_back_again()
    {
        var guest = await journey.Arrived();
        await Post(guest, "family/waiting", new { });
        await Post(guest, "touchpoints", new { kind = "step", step = "departed", how = "home" });
        await Post(guest, "verify", new { what = "here" });
        var lines = (await journey.Get($"/api/v1/visits/{guest.VisitId}/timeline")).EnumerateArray().ToList();
        var left = lines.Where(l => Text(l, "kind") == "StepReached").Select(l => l.GetProperty("commandId").GetGuid()).Single();
        Assert.All(lines.Where(l => l.GetProperty("commandId").GetGuid() == left),
            l => Assert.False(l.GetProperty("canUndo").GetBoolean(), Text(l, "text")));
        Assert.Equal(HttpStatusCode.Conflict, (await Send(guest, "undo", new { commandId = left })).StatusCode);
    }

    [Theory]
    [InlineData("questions", """{"kind":"clinical","text":"x"}""", "asker")]
    [InlineData("questions", """{"asker":{"kind":"family"},"kind":"odd","text":"x"}""", "kind")]
    [InlineData("promises", """{"what":"x"}""", "dueAt")]
    [InlineData("handoffs", """{"to":"Hanna"}""", "content")]
    [InlineData("handoffs", """{"content":{"illness":"stable","summary":"x","actions":[],"awareness":""}}""", "to")]
    [InlineData("handoffs", """{"to":"Hanna","content":{"summary":"x","actions":[],"awareness":""}}""", "content.illness")]
    [InlineData("handoffs", """{"to":"Hanna","content":{"illness":"well","summary":"x","actions":[],"awareness":""}}""", "content.illness")]
    [InlineData("pulses", "{}", "score")]
    [InlineData("questions/3fa85f64-5717-4562-b3fc-2c963f66afa6/confirm", "{}", "satisfied")]
    [InlineData("family/contacts", """{"name":"Lee"}""", "consent")]
    [InlineData("family/locks", """{"lock":"safety"}""", "on")]
    [InlineData("family/hold", "{}", "on")]
    [InlineData("requests", """{"kind":"tea"}""", "kind")]
    [InlineData("family/contacts", """{"name":"Lee","consent":"all"}""", "consent")]
    [InlineData("family/contacts", """{"name":"Lee","email":"nowhere"}""", "email")]
    [InlineData("family/contacts", """{"name":"Lee","phone":"call me"}""", "phone")]
    [InlineData("family/updates", "{}", "text")]
    [InlineData("family/updates", """{"template":"delay","text":"both"}""", "text")]
    [InlineData("family/locks", """{"lock":"door","on":true}""", "lock")]
    public async Task A_wrong_request_names_the_field(string path, string body, string field)
    {
        var guest = await journey.Arrived();
        var response = await journey.Http
            .PostAsync($"/api/v1/visits/{guest.VisitId}/{path}", new StringContent(body, Encoding.UTF8, "application/json"), Stop);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.True((await Json(response)).GetProperty("errors").TryGetProperty(field, out _), (await Json(response)).GetRawText());
    }

    [Theory]
    [InlineData("questions/3fa85f64-5717-4562-b3fc-2c963f66afa6/answer", """{"answer":"x"}""", HttpStatusCode.Conflict, "question-unknown")]
    [InlineData("questions/not-an-id/answer", """{"answer":"x"}""", HttpStatusCode.NotFound, "item-unknown")]
    [InlineData("family/updates", """{"template":"nothing"}""", HttpStatusCode.Conflict, "template-unknown")]
    [InlineData("family/code-word", """{"word":"abc"}""", HttpStatusCode.Conflict, "code-word-too-short")]
    public async Task What_cannot_be_done_is_a_problem_with_its_code(string path, string body, HttpStatusCode status, string code)
    {
        var guest = await journey.Arrived();
        var response = await journey.Http
            .PostAsync($"/api/v1/visits/{guest.VisitId}/{path}", new StringContent(body, Encoding.UTF8, "application/json"), Stop);
        Assert.Equal((status, code), (response.StatusCode, Text(await Json(response), "code")));
    }

    private async Task Post(Guest guest, string path, object body, string actor = "Jutta") => await Ok(await Send(guest, path, body, actor));

    private async Task<(HttpStatusCode, string?)> Refused(Guest guest, string path, object body, string actor = "Jutta")
    {
        var response = await Send(guest, path, body, actor);
        return (response.StatusCode, Text(await Json(response), "code"));
    }

    private async Task<HttpResponseMessage> Send(Guest guest, string path, object body, string actor = "Jutta")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/visits/{guest.VisitId}/{path}") { Content = JsonContent.Create(body) };
        request.Headers.Add(Api.Paths.ActingAs, actor);
        return await journey.Http.SendAsync(request, Stop);
    }

    private static async Task Ok(HttpResponseMessage response) =>
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Stop));

    private static async Task<JsonElement> Json(HttpResponseMessage response) =>
        JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(Stop));

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
