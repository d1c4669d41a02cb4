using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Journey.Gateway.Tests.Hosts;

public class HttpTests(StandaloneHostFixture journey)
{
    private static readonly string[] BoardNames = ["unit", "epoch", "version", "asOf", "feeds", "rows"];
    private static readonly string[] RowNames =
        ["visitId", "visitNumber", "bed", "patient", "class", "status", "step", "stepSince", "arrivedAt", "acuity", "nurse", "provider",
            "alerts", "family"];
    private static readonly string[] FamilyNames = ["waitingSince", "lastToldAt", "nextDueAt"];

    [Fact]
    public async Task A_board_has_the_names_the_contract_promises()
    {
        var guest = await journey.Arrived();
        var board = await Board(guest);
        Assert.All(BoardNames, name => Assert.True(board.TryGetProperty(name, out _), name));
        var row = board.GetProperty("rows")[0];
        Assert.All(RowNames, name => Assert.True(row.TryGetProperty(name, out _), name));
        Assert.All(FamilyNames, name => Assert.True(row.GetProperty("family").TryGetProperty(name, out _), name));
        Assert.Equal(guest.Unit, board.GetProperty("unit").GetString());
        Assert.Equal(("emergency", "present", "arrived"), (Text(row, "class"), Text(row, "status"), Text(row, "step")));
        Assert.Equal(("Musterfrau, Erika", guest.Visit, "Dr Ada Stone"),
            (Text(row.GetProperty("patient"), "name"), Text(row, "visitNumber"), Text(row, "provider")));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d$", Text(board, "asOf"));
    }

    [Fact]
    public async Task A_wall_shows_no_more_of_a_patient_than_a_first_name_and_an_initial()
    {
        var guest = await journey.Arrived("Geheimrat", "Theodora");
        await Board(guest);
        var wall = (await journey.Get($"/api/v1/units/{guest.Unit}/wall")).GetRawText();
        Assert.Contains("Theodora G.", wall, StringComparison.Ordinal);
        Assert.DoesNotContain("Geheimrat", wall, StringComparison.Ordinal);
        Assert.DoesNotContain(guest.Visit, wall, StringComparison.Ordinal);
        Assert.DoesNotContain(guest.Patient, wall, StringComparison.Ordinal);
        Assert.DoesNotContain("1970-05-04", wall, StringComparison.Ordinal);
    }

    [Theory, InlineData("/Metrics"), InlineData("/OPENAPI/v1.json"), InlineData("/Api/v1/units"), InlineData("/Health/ready"),
        InlineData("/mETRICS/"), InlineData("/Fhir/r4/AuditEvent"), InlineData("/Orleans/")]
    public async Task What_is_kept_from_outsiders_by_its_address_answers_in_no_other_letters(string path)
    {
        using var answer = await journey.Http.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory, InlineData("/fhir/r4/AuditEvent"), InlineData("/api/v1/units"), InlineData("/api/v1/audit/export.csv?separator=semicolon"),
        InlineData("/fhir/r4/nothing")]
    public async Task No_cache_keeps_what_was_answered(string path)
    {
        using var answer = await journey.Http.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.True(answer.Headers.CacheControl?.NoStore, path);
    }

    [Fact]
    public async Task A_locked_name_is_shown_to_nobody_and_not_found()
    {
        var guest = await journey.Arrived("Incognita", "Lola", extra: "PD1||||||||||||Y\r");
        var desk = (await Board(guest)).GetRawText();
        Assert.Contains("Confidential", desk, StringComparison.Ordinal);
        Assert.DoesNotContain("Incognita", desk, StringComparison.Ordinal);
        Assert.DoesNotContain("onfidential", (await journey.Get($"/api/v1/units/{guest.Unit}/wall")).GetRawText(), StringComparison.Ordinal);
        Assert.Equal(0, (await journey.Get("/api/v1/patients?query=incognita")).GetArrayLength());
    }

    [Fact]
    public async Task Two_patients_whose_names_are_easily_mistaken_are_marked()
    {
        var guest = await journey.Arrived("Hansen");
        await journey.Arrived("Hanson", "Ole", guest.Unit);
        var board = await StandaloneHostFixture.Eventually(() => Board(guest), board => board.GetProperty("rows").GetArrayLength() == 2, "two rows");
        Assert.All(board.GetProperty("rows").EnumerateArray(), row => Assert.True(row.GetProperty("similarName").GetBoolean()));
    }

    [Fact]
    public async Task A_visit_says_what_its_board_knows_against_it()
    {
        var one = await journey.Arrived("Hansen", "Ida");
        var other = await journey.Arrived("Hanson", "Ole", one.Unit);
        await journey.Send(one.Message("A02", bed: "1"), other.Message("A02", bed: "1"));
        var board = await StandaloneHostFixture.Eventually(() => Board(one),
            b => b.GetProperty("rows").EnumerateArray().Count(r => r.GetProperty("doubts").GetArrayLength() > 0) == 2,
                "both rows are doubted");
        foreach (var row in board.GetProperty("rows").EnumerateArray())
        {
            var visit = await StandaloneHostFixture.Eventually(
                async () => (await journey.Get($"/api/v1/visits/{row.GetProperty("visitId").GetGuid()}")).GetProperty("row"),
                r => r.GetProperty("doubts").GetArrayLength() > 0, "the visit is doubted too", seconds: 5);
            Assert.Equal(("bed-shared", true), (Text(visit.GetProperty("doubts")[0], "kind"), visit.GetProperty("similarName").GetBoolean()));
            Assert.Equal(row.GetProperty("doubts").GetRawText(), visit.GetProperty("doubts").GetRawText());
        }
    }

    [Fact]
    public async Task A_visit_its_history_and_the_units_can_be_read()
    {
        var guest = await journey.Arrived("Suchfeld", "Ina");
        var visit = await journey.Get($"/api/v1/visits/{guest.VisitId}");
        Assert.Equal(guest.Unit, Text(visit, "unit"));
        Assert.NotEqual(0, (await journey.Get($"/api/v1/visits/{guest.VisitId}/timeline")).GetArrayLength());
        Assert.Equal(guest.Visit, Text((await journey.Get("/api/v1/patients?query=suchfeld"))[0], "visitNumber"));
        await StandaloneHostFixture.Eventually(() => journey.Get("/api/v1/units"),
            units => units.EnumerateArray().Any(unit => Text(unit, "code") == guest.Unit), "the unit is listed");
        var message = (await journey.Get("/api/v1/messages?count=200")).EnumerateArray().First(line => Text(line, "type") == "ADT^A04");
        Assert.Equal(("ADT", "SYS|NORTH", "applied"), (Text(message, "feed"), Text(message, "source"), Text(message, "result")));
        Assert.Equal("ADT", Text((await journey.Get("/api/v1/feeds"))[0], "name"));
    }

    [Theory]
    [InlineData("/api/v1/units/NOWHERE/board", HttpStatusCode.NotFound, "unit-unknown")]
    [InlineData("/api/v1/visits/3fa85f64-5717-4562-b3fc-2c963f66afa6", HttpStatusCode.NotFound, "visit-unknown")]
    [InlineData("/api/v1/visits/not-an-id/timeline", HttpStatusCode.NotFound, "visit-unknown")]
    [InlineData("/api/v1/patients?query=x", HttpStatusCode.BadRequest, "invalid-request")]
    [InlineData("/api/v1/messages?count=0", HttpStatusCode.BadRequest, "invalid-request")]
    [InlineData("/api/v1/messages?count=many", HttpStatusCode.BadRequest, "invalid-request")]
    [InlineData("/api/v1/nothing", HttpStatusCode.NotFound, "not-found")]
    public async Task What_cannot_be_answered_is_a_problem_with_a_stable_code(string path, HttpStatusCode status, string code)
    {
        var response = await journey.Http.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(code, Text(await Json(response), "code"));
        Assert.True((await Json(response)).TryGetProperty("traceId", out _));
    }

    [Fact]
    public async Task A_command_is_carried_out_once_for_a_key_and_the_name_stands_in_the_history()
    {
        var guest = await journey.Arrived();
        var first = await Post(guest, "family/waiting", """{"who":"Sohn"}""", "key-1", actor: "Schwester Jutta");
        var again = await Post(guest, "family/waiting", """{"who":"Sohn"}""", "key-1", actor: "Schwester Jutta");
        Assert.Equal("accepted", Text(await Json(first), "outcome"));
        Assert.Equal("repeated", Text(await Json(again), "outcome"));
        Assert.Equal((await Json(first)).GetProperty("commandId").GetGuid(), (await Json(again)).GetProperty("commandId").GetGuid());

        var row = (await journey.Get($"/api/v1/visits/{guest.VisitId}")).GetProperty("row");
        Assert.Equal("Sohn", Text(row.GetProperty("family"), "waitingWho"));
        var line = (await journey.Get($"/api/v1/visits/{guest.VisitId}/timeline")).EnumerateArray()
            .Single(line => Text(line, "by") == "Schwester Jutta");
        Assert.True(line.GetProperty("canUndo").GetBoolean());

        var undone = await Post(guest, "undo", $$"""{"commandId":"{{line.GetProperty("commandId").GetGuid()}}"}""", "key-2");
        Assert.Equal("accepted", Text(await Json(undone), "outcome"));
        row = (await journey.Get($"/api/v1/visits/{guest.VisitId}")).GetProperty("row");
        Assert.Equal(JsonValueKind.Null, row.GetProperty("family").GetProperty("waitingSince").ValueKind);
    }

    [Fact]
    public async Task A_key_used_for_something_else_is_refused()
    {
        var guest = await journey.Arrived();
        await Post(guest, "family/waiting", """{"who":"Sohn"}""", "key-1");
        var other = await Post(guest, "family/waiting", """{"who":"Tochter"}""", "key-1");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "idempotency-key-reused"), (other.StatusCode, Text(await Json(other), "code")));
    }

    [Theory]
    [InlineData("touchpoints", """{"kind":"dance"}""", "kind")]
    [InlineData("touchpoints", """{"kind":"step"}""", "step")]
    [InlineData("touchpoints", """{"kind":"acuity","acuity":6}""", "acuity")]
    [InlineData("touchpoints", """{"kind":"contact","occurredAt":"2999-01-01T00:00:00Z"}""", "occurredAt")]
    [InlineData("touchpoints", """{"kind":"contact","occurredAt":"yesterday"}""", "occurredAt")]
    [InlineData("touchpoints", """{"kind":""", "kind")]
    [InlineData("touchpoints", "", "$")]
    [InlineData("touchpoints", "null", "$")]
    [InlineData("assignments", """{"role":"surgeon","name":"x"}""", "role")]
    [InlineData("family/told", """{"nextBy":"9999-12-31T00:00:00Z"}""", "nextBy")]
    [InlineData("alerts/3fa85f64-5717-4562-b3fc-2c963f66afa6/snooze", """{"until":"2026-01-01T00:00:00Z"}""", "reason")]
    [InlineData("undo", "{}", "commandId")]
    public async Task A_wrong_request_names_the_field_and_changes_nothing(string path, string body, string field)
    {
        var guest = await journey.Arrived();
        var response = await Post(guest, path, body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.True((await Json(response)).GetProperty("errors").TryGetProperty(field, out _), (await Json(response)).GetRawText());
        Assert.Single((await journey.Get($"/api/v1/visits/{guest.VisitId}/timeline")).EnumerateArray()
            .Select(line => line.GetProperty("version").GetInt64()).Distinct());
    }

    [Fact]
    public async Task Text_beyond_its_length_is_refused()
    {
        var guest = await journey.Arrived();
        var response = await Post(guest, "family/told", JsonSerializer.Serialize(new { about = new string('x', 281), who = new string('y', 81) }));
        var errors = (await Json(response)).GetProperty("errors");
        Assert.True(errors.TryGetProperty("about", out _) && errors.TryGetProperty("who", out _));
    }

    [Fact]
    public async Task What_staff_record_stands_on_the_row()
    {
        var guest = await journey.Arrived();
        Assert.Equal(HttpStatusCode.OK, (await Post(guest, "touchpoints", """{"kind":"step","step":"triaged"}""")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Post(guest, "touchpoints", """{"kind":"acuity","acuity":2}""")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Post(guest, "touchpoints", """{"kind":"contact"}""")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Post(guest, "assignments", """{"role":"nurse","name":" Jutta "}""")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Post(guest, "family/told", """{"who":"Sohn","about":"in treatment","nextBy":null}""")).StatusCode);
        var row = (await journey.Get($"/api/v1/visits/{guest.VisitId}")).GetProperty("row");
        Assert.Equal(("triaged", 2, "Jutta"), (Text(row, "step"), row.GetProperty("acuity").GetInt32(), Text(row, "nurse")));
        Assert.Equal("Sohn", Text(row.GetProperty("family"), "lastToldWho"));
        Assert.Equal(HttpStatusCode.OK, (await Post(guest, "assignments", """{"role":"nurse","name":null}""")).StatusCode);
        Assert.Null(Text((await journey.Get($"/api/v1/visits/{guest.VisitId}")).GetProperty("row"), "nurse"));
    }

    [Fact]
    public async Task An_alert_is_taken_put_off_and_resolved_by_somebody_with_a_name()
    {
        var guest = new Guest(StandaloneHostFixture.Fresh("P"), StandaloneHostFixture.Fresh("V"), StandaloneHostFixture.Fresh("U"), "Warte", "Lang");
        var arrived = DateTimeOffset.UtcNow.AddMinutes(-25).ToString("yyyyMMddHHmmss", null);
        await journey.Send(guest.Message("A04").Replace("EVN||", $"EVN||{arrived}||||{arrived}|", StringComparison.Ordinal));
        var visit = (await journey.Get($"/api/v1/visits?number={guest.Visit}"))[0].GetProperty("visitId").GetGuid();
        guest = guest with { VisitId = visit };
        var alert = await StandaloneHostFixture.Eventually(() => Alert(guest, "ed.triage"), alert => alert is { State: "raised" },
            "triage is overdue");

        var until = DateTimeOffset.UtcNow.AddMinutes(5);
        await Post(guest, $"alerts/{alert!.Id}/acknowledge", "", actor: "Jutta");
        Assert.Equal(("acknowledged", "Jutta"), await Shown());
        var late = await Post(guest, $"alerts/{alert.Id}/snooze", $$"""{"until":"{{until.AddDays(2):O}}","reason":"x"}""");
        Assert.Equal((HttpStatusCode.Conflict, "snooze-out-of-range"), (late.StatusCode, Text(await Json(late), "code")));
        await Post(guest, $"alerts/{alert.Id}/snooze", $$"""{"until":"{{until:O}}","reason":"in X-ray"}""", actor: "Jutta");
        Assert.Equal("snoozed", (await Shown()).State);
        await Post(guest, $"alerts/{alert.Id}/resolve", """{"action":"triaged in the corridor"}""", actor: "Jutta");
        Assert.Null(await Alert(guest, "ed.triage"));
        var past = (await journey.Get($"/api/v1/visits/{visit}")).GetProperty("pastAlerts").EnumerateArray();
        Assert.Contains(past, old => old.GetProperty("id").GetGuid() == alert.Id && Text(old, "state") == "resolved");

        async Task<(string? State, string? Owner)> Shown() => await Alert(guest, "ed.triage") is { } now ? (now.State, now.Owner) : default;
    }

    [Fact]
    public async Task What_the_visit_refuses_is_a_conflict_with_its_code()
    {
        var guest = await journey.Arrived();
        var alert = await Post(guest, $"alerts/{Guid.CreateVersion7()}/acknowledge", "");
        Assert.Equal((HttpStatusCode.Conflict, "alert-unknown"), (alert.StatusCode, Text(await Json(alert), "code")));
        var visit = await Post(guest with { VisitId = Guid.CreateVersion7() }, "touchpoints", """{"kind":"contact"}""");
        Assert.Equal((HttpStatusCode.NotFound, "visit-unknown"), (visit.StatusCode, Text(await Json(visit), "code")));
    }

    [Fact]
    public async Task Another_origin_or_host_name_and_anything_but_JSON_are_refused()
    {
        var guest = await journey.Arrived();
        using var origin = new HttpRequestMessage(HttpMethod.Post,
            $"/api/v1/visits/{guest.VisitId}/touchpoints")
        { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
        origin.Headers.Add("Origin", "http://evil.example");
        Assert.Equal(HttpStatusCode.Forbidden, (await journey.Http.SendAsync(origin, TestContext.Current.CancellationToken)).StatusCode);
        using var host = new HttpRequestMessage(HttpMethod.Get, "/api/v1/units") { Headers = { Host = "evil.example" } };
        Assert.Equal(HttpStatusCode.Forbidden, (await journey.Http.SendAsync(host, TestContext.Current.CancellationToken)).StatusCode);
        var plain = await journey.Http
            .PostAsync($"/api/v1/visits/{guest.VisitId}/touchpoints", new StringContent("{}"), TestContext.Current.CancellationToken);
        Assert.True(plain.StatusCode == HttpStatusCode.UnsupportedMediaType, (await Json(plain)).GetRawText());
    }

    [Fact]
    public async Task What_is_said_of_patients_is_not_to_be_kept_on_the_way()
    {
        using var response = await journey.Http.GetAsync("/api/v1/patients?query=nobody", TestContext.Current.CancellationToken);
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.DoesNotContain("unsafe-inline", policy, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_description_and_metrics_are_served()
    {
        Assert.Equal(HttpStatusCode.OK, (await journey.Http.GetAsync("/health/live", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await journey.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken)).StatusCode);
        var paths = (await journey.Get("/openapi/v1.json")).GetProperty("paths");
        Assert.True(paths.TryGetProperty("/api/v1/visits/{id}/alerts/{alert}/snooze", out _), paths.GetRawText());
        await journey.Arrived();
        var metrics = await journey.Http.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        Assert.Contains("journey_gateway_messages", metrics, StringComparison.Ordinal);
    }

    private Task<JsonElement> Board(Guest guest) => StandaloneHostFixture.Eventually(
        async () => await (await journey.Http.GetAsync($"/api/v1/units/{guest.Unit}/board")).Content.ReadFromJsonAsync<JsonElement>(),
        board => board.TryGetProperty("rows", out var rows)
            && rows.EnumerateArray().Any(row => row.GetProperty("visitId").GetGuid() == guest.VisitId), "the visit is on its board");

    private async Task<HttpResponseMessage> Post(Guest guest, string path, string body, string? key = null, string? actor = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/visits/{guest.VisitId}/{path}");
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (key is not null) request.Headers.Add(Api.Paths.IdempotencyKey, key);
        if (actor is not null) request.Headers.Add(Api.Paths.ActingAs, actor);
        return await journey.Http.SendAsync(request);
    }

    private async Task<Api.Alert?> Alert(Guest guest, string rule) =>
        (await journey.Http.GetFromJsonAsync<Api.Visit>($"/api/v1/visits/{guest.VisitId}"))!.Row.Alerts.FirstOrDefault(alert => alert.Rule == rule);

    private static async Task<JsonElement> Json(HttpResponseMessage response) => JsonElement.Parse(await response.Content.ReadAsStringAsync());

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
