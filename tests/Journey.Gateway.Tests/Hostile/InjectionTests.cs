using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Journey.Gateway.Tests.Hosts;

namespace Journey.Gateway.Tests.Hostile;

/// <summary>What is smuggled in an address, a header or a field stays what it is: a wrong address, a header, a text.</summary>
public sealed class InjectionTests(BesiegedHost journey)
{
    private string Host => $"Host: 127.0.0.1:{journey.HttpPort}\r\nConnection: close\r\n";

    [Fact]
    public Task No_address_leads_elsewhere() => journey.StaysWell(async () =>
    {
        foreach (var path in (string[])["/..%2f..%2fetc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/family/..%5c..%5cappsettings.json",
            "/appsettings.json", "/.journey/journey.db", "/api/v1/visits/..%2f..%2funits", "/api/v1/visits/%00",
            "/api/v1/units/%0d%0aSet-Cookie:%20a=b/board", "//api/v1/units", "/api/v1//units", "/API/V1/UNITS", "/api/v1/units;a=b",
            "/hubs/board/../../api/v1/units"])
        {
            var answer = await journey.Raw($"GET {path} HTTP/1.1\r\n{Host}\r\n");
            Assert.False(answer.Contains("root:", StringComparison.Ordinal) || answer.Contains("ConnectionString", StringComparison.OrdinalIgnoreCase)
                || answer.Contains("SQLite format", StringComparison.Ordinal), $"{path}: {answer}");
            Assert.False(answer.Contains("\"code\":\"ED\"", StringComparison.Ordinal), $"{path}: {answer}");
            Assert.DoesNotContain("\r\nSet-Cookie: a=b", answer, StringComparison.OrdinalIgnoreCase);
        }

        foreach (var back in (string[])["//elsewhere.example", "https://elsewhere.example", "/%0d%0aSet-Cookie:%20a=b", "/\\elsewhere.example",
            "/\t/elsewhere.example", "javascript:alert(1)"])
        {
            var answer = await journey.Raw($"GET /signin?returnUrl={Uri.EscapeDataString(back)} HTTP/1.1\r\n{Host}\r\n");
            var location = answer.Split("\r\n").FirstOrDefault(l => l.StartsWith("Location:", StringComparison.OrdinalIgnoreCase)) ?? "";
            Assert.DoesNotContain("elsewhere", location, StringComparison.Ordinal);
            Assert.DoesNotContain("\r\nSet-Cookie: a=b", answer, StringComparison.OrdinalIgnoreCase);
        }
    });

    [Fact]
    public Task No_request_hides_in_another() => journey.StaysWell(async () =>
    {
        string[] smuggled =
        [
            $"POST /api/v1/family/open HTTP/1.1\r\n{Host}Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /api/v1/units "
                + $"HTTP/1.1\r\n\r\n", $"GET /api/v1/units HTTP/1.1\r\n{Host}X-A: b\r\n folded: c\r\n\r\n",
            $"GET /api/v1/units HTTP/1.1\n{Host.Replace("\r", "", StringComparison.Ordinal)}\n",
            $"GET /api/v1/units HTTP/1.1\r\n{Host}Host: elsewhere.example\r\n\r\n",
            $"GET /api/v1/units HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n",
            $"GET /api/v1/units HTTP/1.1\r\n{Host}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
            $"POST /api/v1/family/open HTTP/1.1\r\n{Host}Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n",
            $"GET /api/v1/units HTTP/1.1\r\n{Host}X\0: b\r\n\r\n",
            $"GET /api/v1/units HTTP/1.1\r\n{Host}{string.Concat(Enumerable.Range(0, 200).Select(i => $"X-{i}: b\r\n"))}\r\n",
            $"GET /{new string('a', 20_000)} HTTP/1.1\r\n{Host}\r\n", $"GET /api/v1/units HTTP/9.9\r\n{Host}\r\n",
        ];
        foreach (var request in smuggled)
        {
            var answer = await journey.Raw(request);
            Assert.False(answer.Contains("HTTP/1.1 200", StringComparison.Ordinal), $"{request[..Math.Min(200, request.Length)]}: {answer}");
            Assert.True(answer.Split("HTTP/1.1 ").Length <= 2, $"Two answers to one: {answer}");
        }
    });

    [Fact]
    public Task Whoever_says_where_they_come_from_is_not_believed() => journey.StaysWell(async () =>
    {
        using var officer = new Identity.Browser(new Uri(journey.Address));
        using (await officer.SignIn("Petra Privacy")) { }
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/audit?count=1");
        foreach (var header in (string[])["X-Forwarded-For", "X-Real-IP", "Forwarded", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Original-URL",
            "X-Rewrite-URL", "X-HTTP-Method-Override"]) request.Headers.TryAddWithoutValidation(header, "203.0.113.9");
        // Where people are picked nothing that a proxy has handed on is served at all; ProxyTests have the rest.
        using (var refused = await officer.Send(request)) Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using var answer = await officer.Get("/api/v1/audit?action=read-audit&count=50");
        var entries = (await answer.Content.ReadFromJsonAsync<Api.AuditPage>(TestContext.Current.CancellationToken))!.Entries;
        Assert.All(entries, e => Assert.Equal("127.0.0.1", e.Address));
    });

    [Fact]
    public Task A_field_or_header_writes_no_line_of_its_own_into_the_log_and_runs_in_no_spreadsheet() => journey.StaysWell(async () =>
    {
        const string Forged = "FORGED: warn: somebody signed in";
        var guest = new Guest(StandaloneHostFixture.Fresh("P"), StandaloneHostFixture.Fresh("V"), "ED", "Muster\\X0D0A\\" + Forged,
            "=cmd|' /C calc'!A0");
        await journey.Deliver(guest.Message("A04", id: StandaloneHostFixture.Fresh("M") + "\\.br\\" + Forged));
        using var broken = await BesiegedHost.Connect(journey.MllpPort, "127.0.0.3");
        await broken.SendAsync(Encoding.UTF8.GetBytes($"\vMSH|^~\\&|\n{Forged}|NORTH|||x||ADT^A04\n{Forged}|\n{Forged}|P|2.5\rPID|1\r\x1c\r"));
        await BesiegedHost.Read(broken, text => text.Contains('\x1c', StringComparison.Ordinal));
        using var script = new HttpRequestMessage(HttpMethod.Get, "/api/v1/units");
        script.Headers.TryAddWithoutValidation("Journey-Acting-As", "a%0d%0a" + Uri.EscapeDataString(Forged));
        script.Headers.TryAddWithoutValidation("User-Agent", "x\t" + Forged);
        using (await journey.Http.SendAsync(script, TestContext.Current.CancellationToken)) { }
        await journey.Raw($"GET /{Uri.EscapeDataString("\r\n" + Forged)} HTTP/1.1\r\n{Host}\r\n");
        Assert.DoesNotContain(journey.Said.SelectMany(entry => entry.Split('\n', '\r')), line => line.StartsWith("FORGED", StringComparison.Ordinal));

        using var officer = new Identity.Browser(new Uri(journey.Address));
        using (await officer.SignIn("Petra Privacy")) { }
        using var export = await officer.Get("/api/v1/audit/export.csv");
        Assert.DoesNotContain((await export.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n', ',')
            .Select(cell => cell.Trim('"')), cell => cell.Length > 0 && cell[0] is '=' or '+' or '@');
    });

    [Fact]
    public Task What_belongs_to_another_visit_is_unknown_on_ones_own() => journey.StaysWell(async () =>
    {
        using var nurse = new Identity.Browser(new Uri(journey.Address));
        using (await nurse.SignIn("Morgan Castlebay")) { }
        var (mine, theirs) = (await Arrived("ED"), await Arrived("OPD"));
        using var other = new Identity.Browser(new Uri(journey.Address));
        using (await other.SignIn("Charge OPD")) { }
        using var asked = await other.Post($"/api/v1/visits/{theirs}/questions",
            new { kind = "clinical", text = "When?", asker = new { kind = "patient" } });
        var question = (await asked.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("commandId").GetGuid();
        foreach (var (path, body) in ((string, object)[])[($"questions/{question}/answer", new { answer = "Never" }),
            ($"questions/{question}/withdraw", new { reason = "x" }), ($"alerts/{question}/acknowledge", new { }),
            ($"handoffs/{question}/accept", new { synthesis = "x" }), ($"family/updates/{question}/recall", new { }),
            ("undo", new { commandId = question })])
        {
            using var answer = await nurse.Post($"/api/v1/visits/{mine}/{path}", body);
            Assert.True(answer.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.NotFound,
                $"{path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
        }

        using (var shut = await nurse.Post($"/api/v1/visits/{theirs}/questions/{question}/answer", new { answer = "Never" }))
            Assert.Equal(HttpStatusCode.Forbidden, shut.StatusCode);
        using var visit = await other.Get($"/api/v1/visits/{theirs}");
        Assert.Equal("open", (await visit.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("care")
            .GetProperty("questions")[0].GetProperty("state").GetString());

        async Task<Guid> Arrived(string unit)
        {
            var guest = new Guest(StandaloneHostFixture.Fresh("P"), StandaloneHostFixture.Fresh("V"), unit, "Musterfrau", "Erika");
            await journey.Deliver(guest.Message("A04"));
            using var who = new Identity.Browser(new Uri(journey.Address));
            using (await who.SignIn(unit == "ED" ? "Morgan Castlebay" : "Charge OPD")) { }
            using var found = await who.Get($"/api/v1/visits?number={guest.Visit}");
            return Assert.Single((await found.Content.ReadFromJsonAsync<Api.FoundVisit[]>(TestContext.Current.CancellationToken))!).VisitId;
        }
    });
}
