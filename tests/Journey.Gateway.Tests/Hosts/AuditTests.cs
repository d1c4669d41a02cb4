using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;

namespace Journey.Gateway.Tests.Hosts;

public class AuditTests(StandaloneHostFixture journey)
{
    [Fact]
    public async Task Who_looked_at_a_patient_is_told_in_sentences()
    {
        var guest = await journey.Arrived("Aufgerufen", "Ada");
        await As("Nora Nurse", HttpMethod.Get, $"/api/v1/visits/{guest.VisitId}");
        await As("Nora Nurse", HttpMethod.Get, $"/api/v1/visits/{guest.VisitId}/timeline");
        await As("Paul Provider", HttpMethod.Get, "/api/v1/patients?query=aufgerufen");
        var waiting = await As("Nora Nurse", HttpMethod.Post, $"/api/v1/visits/{guest.VisitId}/family/waiting", """{"who":"Sohn"}""");

        var page = await journey.Get($"/api/v1/audit?visit={guest.VisitId}");

        var entries = page.GetProperty("entries").EnumerateArray().ToList();
        Assert.Equal(
            ["change", "search", "read-timeline", "read-visit", "search"],
            entries.Select(e => Text(e, "action")));
        Assert.Equal($"Nora Nurse opened the visit page of visit {guest.VisitId.ToString("N")[..8]}, from 127.0.0.1.", Text(entries[3], "says"));
        Assert.Equal("Paul Provider searched and was shown one visit, from 127.0.0.1.", Text(entries[1], "says"));
        Assert.Equal(("sent", (await Json(waiting)).GetProperty("commandId").GetGuid()),
            (Text(entries[0], "outcome"), entries[0].GetProperty("commandId").GetGuid()));
        Assert.DoesNotContain("ufgerufen", page.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(2192, page.GetProperty("retentionDays").GetInt32());

        var mine = (await journey.Get($"/api/v1/audit?person=staff/nora-nurse&visit={guest.VisitId}&count=2")).GetProperty("entries");
        Assert.Equal(2, mine.GetArrayLength());
        var read = (await journey.Get($"/api/v1/audit?visit={guest.VisitId}&action=read-audit")).GetProperty("entries");
        Assert.NotEqual(0, read.GetArrayLength());
    }

    [Fact]
    public async Task A_patients_other_visits_are_found_with_one()
    {
        var guest = await journey.Arrived();
        var again = await journey.Arrived(unit: guest.Unit);
        var second = again with { Patient = guest.Patient };
        await journey.Send(second.Message("A04"));
        await As("Nora Nurse", HttpMethod.Get, $"/api/v1/visits/{guest.VisitId}");
        var by = await journey.Get($"/api/v1/audit?patientOf={guest.VisitId}&action=read-visit");
        Assert.Equal(guest.VisitId, by.GetProperty("entries")[0].GetProperty("visitId").GetGuid());
        Assert.Equal(0, (await journey.Get($"/api/v1/audit?patient={Guid.NewGuid()}")).GetProperty("entries").GetArrayLength());
    }

    [Fact]
    public async Task A_watch_is_one_entry_and_a_board_that_is_read_another()
    {
        var guest = await journey.Arrived();
        await using var hub = journey.Hub();
        await hub.StartAsync(TestContext.Current.CancellationToken);
        await hub.InvokeAsync<Api.Board>("WatchUnit", guest.Unit, TestContext.Current.CancellationToken);
        await journey.Arrived(unit: guest.Unit);
        await journey.Get($"/api/v1/units/{guest.Unit}/board");
        var entries = (await journey.Get("/api/v1/audit?count=500")).GetProperty("entries").EnumerateArray().Where(e => Text(e, "unit") == guest.Unit)
            .Select(e => Text(e, "action"));
        Assert.Equal(["read-board", "watch-board"], entries);
    }

    [Fact]
    public async Task Pages_follow_one_another_and_wrong_questions_are_refused()
    {
        var guest = await journey.Arrived();
        for (var i = 0; i < 5; i++) await journey.Get($"/api/v1/visits/{guest.VisitId}");
        var seen = new List<Guid>();
        string? before = null;
        do
        {
            var page = await journey.Get($"/api/v1/audit?visit={guest.VisitId}&action=read-visit&count=2&before={before}");
            seen.AddRange(page.GetProperty("entries").EnumerateArray().Select(e => e.GetProperty("id").GetGuid()));
            before = page.GetProperty("before").GetString();
        }
        while (before is not null);
        Assert.Equal((5, 5), (seen.Count, seen.Distinct().Count()));
        foreach (var wrong in new[] { "action=nonsense", "before=x", "count=0", "visit=x" })
            Assert.Equal(HttpStatusCode.BadRequest,
                (await journey.Http.GetAsync("/api/v1/audit?" + wrong, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task An_export_is_csv_that_no_spreadsheet_runs_and_is_itself_recorded()
    {
        var guest = await journey.Arrived();
        await As("-2 Nora, Nurse", HttpMethod.Get, $"/api/v1/visits/{guest.VisitId}");
        var csv = await journey.Http.GetStringAsync($"/api/v1/audit/export.csv?visit={guest.VisitId}", TestContext.Current.CancellationToken);
        Assert.StartsWith("at,who,name,", csv, StringComparison.Ordinal);
        Assert.Contains(",\"'-2 Nora, Nurse\",", csv, StringComparison.Ordinal);
        var export = (await journey.Get($"/api/v1/audit?visit={guest.VisitId}&action=export")).GetProperty("entries");
        Assert.Equal(1, export.GetArrayLength());
    }

    [Fact]
    public async Task An_audit_event_has_what_fhir_requires_and_its_words()
    {
        var guest = await journey.Arrived();
        await As("Nora Nurse", HttpMethod.Get, $"/api/v1/visits/{guest.VisitId}");
        await As("Nora Nurse", HttpMethod.Get, $"/api/v1/visits?number={guest.Visit}");
        await As("Nora Nurse", HttpMethod.Post, $"/api/v1/visits/{guest.VisitId}/family/told", """{"who":"Sohn"}""");
        await As("Nora Nurse", HttpMethod.Post, $"/api/v1/visits/{guest.VisitId}/touchpoints", """{"kind":"contact"}""");
        var today = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd", null);

        var response = await journey.Http
            .GetAsync($"/fhir/r4/AuditEvent?entity=Encounter/{guest.VisitId}&agent=staff/nora-nurse&date=ge{today}&_count=3",
                TestContext.Current.CancellationToken);

        Assert.Equal("application/fhir+json", response.Content.Headers.ContentType?.MediaType);
        var bundle = await Json(response);
        Assert.Equal(("Bundle", "searchset"), (Text(bundle, "resourceType"), Text(bundle, "type")));
        var next = bundle.GetProperty("link").EnumerateArray().Single(l => Text(l, "relation") == "next");
        var rest = await journey.Get(Text(next, "url")!);
        var events = bundle.GetProperty("entry").EnumerateArray().Concat(rest.GetProperty("entry").EnumerateArray())
            .Select(e => e.GetProperty("resource")).ToList();
        Assert.Equal(4, events.Count);
        foreach (var one in events)
        {
            // Required by R4: type, recorded, agent.requestor (1..*), source.observer; and the required value sets.
            Assert.Equal("AuditEvent", Text(one, "resourceType"));
            Assert.NotEmpty(Text(one.GetProperty("type"), "code")!);
            Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z$", Text(one, "recorded"));
            Assert.Contains(Text(one, "action"), new[] { "C", "R", "U", "D", "E" });
            Assert.Contains(Text(one, "outcome"), new[] { "0", "4", "8", "12" });
            var agents = one.GetProperty("agent").EnumerateArray().ToList();
            Assert.Single(agents, a => a.GetProperty("requestor").GetBoolean());
            Assert.All(agents, a => Assert.True(a.TryGetProperty("who", out _)));
            Assert.Contains(Text(agents[0].GetProperty("network"), "type"), new[] { "1", "2", "3", "4", "5" });
            Assert.True(one.GetProperty("source").TryGetProperty("observer", out _));
            Assert.All(one.GetProperty("entity").EnumerateArray(), e => Assert.True(e.TryGetProperty("what", out _)));
            Assert.Contains(one.GetProperty("entity").EnumerateArray(), e => e.GetProperty("what").TryGetProperty("reference", out var r)
                && r.GetString() == $"Encounter/{guest.VisitId}");
        }

        Assert.Equal(["U", "C", "E", "R"], events.Select(e => Text(e, "action")));
        Assert.Equal("read", Text(events[3].GetProperty("subtype")[0], "code"));
        Assert.Equal(HttpStatusCode.BadRequest,
            (await journey.Http.GetAsync("/fhir/r4/AuditEvent?date=zz", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest,
            (await journey.Http.GetAsync("/fhir/r4/AuditEvent?patient=Smith", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Theory]
    [InlineData("/api/v1/rules/ed.los", """{"to":"shadow","unit":"UNIT"}""", "ed.los to shadow")]
    [InlineData("/api/v1/shifts", """{"name":"Kim Lee","role":"nurse","unit":"UNIT"}""", "staff/kim-lee as nurse")]
    [InlineData("/api/v1/shifts/end", """{"name":"Kim Lee","role":"nurse","unit":"UNIT"}""", "staff/kim-lee as nurse")]
    public async Task A_change_of_a_unit_says_what_was_changed_and_where(string path, string body, string detail)
    {
        var guest = await journey.Arrived();
        if (path.EndsWith("end", StringComparison.Ordinal))
            await As("Kim Lee", HttpMethod.Post, "/api/v1/shifts", body.Replace("UNIT", guest.Unit, StringComparison.Ordinal));
        await As("Kim Lee", HttpMethod.Post, path, body.Replace("UNIT", guest.Unit, StringComparison.Ordinal));
        var entry = (await journey.Get("/api/v1/audit?count=50&action=change")).GetProperty("entries").EnumerateArray()
            .First(e => Text(e, "unit") == guest.Unit);
        Assert.Equal(detail, Text(entry, "detail"));
        Assert.Contains($": {detail}) on {guest.Unit}", Text(entry, "says"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_of_something_else_than_a_visit_says_of_what()
    {
        var guest = await journey.Arrived();
        var who = StandaloneHostFixture.Fresh("Caller");
        await As(who, HttpMethod.Post, "/api/v1/hotline/calls", """{"caller":"Aufgerufen"}""");
        var call = (await journey.Get("/api/v1/hotline")).GetProperty("calls").EnumerateArray().First(c => Text(c, "state") == "ringing")
            .GetProperty("id").GetGuid();
        await As(who, HttpMethod.Post, $"/api/v1/hotline/calls/{call}/answer", "{}");
        await As(who, HttpMethod.Post, $"/api/v1/hotline/calls/{call}/question",
            $$"""{"visitId":"{{guest.VisitId}}","kind":"clinical","text":"When?"}""");
        await As(who, HttpMethod.Post, "/api/v1/staff", $$"""{"name":"{{who}}","roles":["nurse"],"units":[]}""");
        var entries = (await journey.Get($"/api/v1/audit?person=staff/{who.ToLowerInvariant()}&action=change")).GetProperty("entries")
            .EnumerateArray().ToList();
        Assert.Equal([$"staff/{who.ToLowerInvariant()}", $"call {call}", $"call {call}", null],
            entries.Select(e => e.TryGetProperty("detail", out var said) ? said.GetString() : null));
        Assert.Equal(guest.VisitId, entries[1].GetProperty("visitId").GetGuid());
        Assert.DoesNotContain(entries, e => e.GetRawText().Contains("Aufgerufen", StringComparison.Ordinal));
    }

    private async Task<HttpResponseMessage> As(string name, HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add(Api.Paths.ActingAs, Uri.EscapeDataString(name));
        if (body is not null) request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        var response = await journey.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {response.StatusCode}");
        return response;
    }

    private static Task<JsonElement> Json(HttpResponseMessage response) =>
        response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
