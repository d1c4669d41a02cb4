using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Journey.Api;
using Journey.Hl7.Mllp;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Data.Sqlite;

namespace Journey.EndToEnd.Tests;

/// <summary>
/// A patient whose name, number and words nobody could mistake goes through everything, failures too, while every output is kept: none of it holds a
/// mark. Each search is shown to find what is there.
/// </summary>
public sealed class MarkedNamesTests
{
    private const string Family = "Zwetschgenbaum", Given = "Quirinalda", Number = "PX77310091", Visit = "VX77310092", Birth = "19031207";
    private const string Contact = "Ottokar Birnenstiel", Phone = "555-0177-889900", Email = "birnenstiel@demo.test", CodeWord = "Kirschkuchenblech";
    private const string Question = "Darf die Blaubeertorte mit?", Answer = "Nur ohne Sahnehaube", Told = "Der Pflaumenkompott kommt",
        Update = "Alles Apfelstrudel", Caller = "Hieronymus Quittengelee";

    /// <summary>What names the patient, and what was written: in no output.</summary>
    private static readonly string[] Marks =
        [Family, Given, Number, Visit, Birth, "Birnenstiel", Phone, CodeWord, "Blaubeertorte", "Sahnehaube", "Pflaumenkompott", "Apfelstrudel",
            "Quittengelee"];

    /// <summary>Of these, what is sealed in the database.</summary>
    private static readonly string[] Sealed = [Phone, CodeWord, "Blaubeertorte", "Sahnehaube", "Pflaumenkompott", "Apfelstrudel", "Quittengelee"];

    private readonly ConcurrentBag<string> _headers = [];

    [Fact]
    public async Task No_output_names_a_patient()
    {
        await using var mail = new MailDrop();
        await using var sms = new SmsGateway();
        await using var collector = new Collector();
        await using var journey = PolicyPack.Prepare(
            [("message.recall: 10 min", "message.recall: 0 min")], ("Journey:Delivery:Mail:Host", "127.0.0.1"),
            ("Journey:Delivery:Mail:Port", $"{mail.Port}"), ("Journey:Delivery:Mail:From", "updates@hospital.test"),
            ("Journey:Delivery:Mail:RequireTls", "false"), ("Journey:Delivery:Sms:Url", sms.Url), ("Logging:LogLevel:Default", "Trace"),
            ("Logging:LogLevel:Microsoft.AspNetCore.Routing", "Trace"), ("Logging:LogLevel:Microsoft.AspNetCore.SignalR", "Trace"),
            ("Logging:LogLevel:Microsoft.AspNetCore.Server.Kestrel", "Trace"),
            ("Logging:LogLevel:Microsoft.AspNetCore.Authorization", "Trace"), ("Logging:LogLevel:Microsoft.AspNetCore.Authentication", "Trace"),
            ("Logging:LogLevel:Orleans.Storage", "Trace"),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Url), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_BSP_SCHEDULE_DELAY", "200"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "500"))
            .WithFile("Journey:Delivery:Sms:SecretFile", "sms-secret", SmsGateway.Secret + "\n");
        await journey.Start();

        await Feed(journey);
        var visit = (await journey.Numbered(Visit)).Single().VisitId;
        await Care(journey, visit);
        await FamilyPage(journey, visit);
        await Hub(journey);
        await WhileTheDatabaseRefuses(journey, visit);
        await Eventually.Holds(() => Task.FromResult((!mail.Taken.IsEmpty && !sms.Sent.IsEmpty, $"{mail.Taken.Count} mails, {sms.Sent.Count} SMS")),
            TimeSpan.FromSeconds(30), () => journey.Output);

        // What is for eyes that may see it holds the marks: the search finds what is there.
        var found = await Text(journey, $"{Paths.Patients}?query={Family.ToLowerInvariant()}");
        Assert.Equal([Family, Given], Found(found, [Family, Given]));
        var page = await Text(journey, $"{Paths.Visits}/{visit}");
        Assert.Equal(["Blaubeertorte", "Sahnehaube"], Found(page, ["Blaubeertorte", "Sahnehaube"]));
        Assert.Contains("Apfelstrudel", mail.Taken.First().Text, StringComparison.Ordinal); // A letter to whoever may hear it.

        Says("audit export", await Text(journey, Paths.Audit + "/export.csv"));
        Says("audit as FHIR", await Text(journey, $"{Paths.FhirAuditEvent}?_count=100"));
        Says("/metrics", await Text(journey, "/metrics"));
        Says("/health", await Text(journey, "/health/ready"));
        Says("message log", await Text(journey, Paths.Messages));
        Says("headers", string.Join('\n', _headers));
        Says("SMS", string.Join('\n', sms.Asked.Select(a => a.Text)));
        Says("a mail's head", string.Join('\n', mail.Taken.Select(t => t.Text.Split("\n\n")[0].Replace(Email, "", StringComparison.Ordinal))));

        await Eventually.Holds(() =>
                Task.FromResult((collector.Taken.Any(t => t.Path == "/v1/traces")
                    && collector.Taken.Any(t => t.Path == "/v1/metrics"), $"{collector.Taken.Count} exports")), TimeSpan.FromSeconds(30),
                    () => journey.Output);
        await journey.Terminate();
        await journey.UntilEnded(TimeSpan.FromSeconds(60));
        var exported = string.Join('\n', collector.Taken.Select(t => Encoding.Latin1.GetString(t.Body)));
        Assert.Contains("POST /api/v1/visits/{id}/questions", exported, StringComparison.Ordinal);
        Says("traces and metrics", exported);
        Assert.Contains("trce:", journey.Output, StringComparison.Ordinal);
        Assert.Contains("/api/v1/patients", journey.Output,
            StringComparison.Ordinal); // It does say what was asked for, and stops before the question mark.
        Says("the log", journey.Output);
        foreach (var file in Directory.EnumerateFiles(journey.DataDirectory, "*", SearchOption.AllDirectories)
            .Where(f => !Path.GetFileName(f).StartsWith("journey.db", StringComparison.Ordinal))) Says(file, Bytes(file));

        var database = string.Concat(Directory.EnumerateFiles(journey.DataDirectory, "journey.db*").Select(Bytes));
        Assert.Equal([Family], Found(database, [Family])); // Boards and search are made from names.
        Assert.Equal([], Found(database, Sealed));
    }

    private static async Task Feed(JourneyProcess journey)
    {
        await using var line = await MllpClient.ConnectAsync("127.0.0.1", journey.MllpPort);
        foreach (var (trigger, tail) in ((string, string)[])[("A04", ""), ("A08", ""), ("A31", ""), ("A99", ""), ("A08", "PV2|||^" + Given + "\r"),
            ("A02", "\rOBX|1|TX|" + Family + "\r"), ("A08", "PID|2|broken^^^^" + Family + "\r")])
            await line.SendAsync(Encoding.UTF8.GetBytes(Message(trigger) + tail));
        foreach (var broken in (string[])[Message("A04").Split("|F\r")[0], "MSH|^~\\&|SYS\rPID|1||" + Family, Family,
            Message("A04").Replace("PV1|1|E", "PV1|1|" + Family, StringComparison.Ordinal),
            Message("A04").Replace("|19031207|", "|" + Family + "|", StringComparison.Ordinal)])
            await line.SendAsync(Encoding.UTF8.GetBytes(broken));
    }

    private static string Message(string trigger)
    {
        var now = DateTimeOffset.UtcNow.ToString("yyyyMMddHHmmss", null) + "+0000";
        return $"MSH|^~\\&|SYS|NORTH|JOURNEY|NORTH|{now}||ADT^{trigger}|{Guid.NewGuid():N}|P|2.5\rEVN||{now}\rPID|1||{Number}^^^NORTH^MR||{Family}^{Given}||{Birth}|F\rNK1|1|Birnenstiel^Ottokar|BRO||{Phone}\rPV1|1|E|ED^3^1||||77^Stone^Ada^^^Dr||||||||||||{Visit}\r";
    }

    private async Task Care(JourneyProcess journey, Guid visit)
    {
        var at = $"{Paths.Visits}/{visit}";
        await Say(journey, $"{at}/family/contacts",
            new ContactRequest(Contact, "brother", Email: Email, Phone: Phone, Consent: "progress", Spokesperson: true));
        await Say(journey, $"{at}/family/code-word", new CodeWordRequest(CodeWord));
        // An SMS goes to whoever has a link only.
        await Say(journey, $"{at}/family/contacts/{await ContactOf(journey, visit)}/link", new Nothing());
        var asked = await Say(journey, $"{at}/questions", new QuestionRequest(new("family", Contact), "clinical", Question));
        var question = asked!.Value.GetProperty("commandId").GetGuid();
        await Say(journey, $"{at}/questions/{question}/answer", new AnswerRequest(Answer));
        await Say(journey, $"{at}/family/told", new FamilyToldRequest(Contact, Told));
        await Say(journey, $"{at}/family/updates", new UpdateRequest(Text: Update));
        await Say(journey, $"{at}/promises", new PromiseRequest(Told, DateTimeOffset.UtcNow.AddHours(1)));
        await Say(journey, $"{at}/family/locks", new LockRequest("no-such-lock", true, Told), refused: true);
        await Say(journey, $"{at}/handoffs", new HandoffRequest("Sam", new("stable", Told, [Answer], Question)));
        await Say(journey, $"{at}/touchpoints", new { kind = "step", step = Family }, refused: true);
        await Say(journey, $"{Paths.Hotline}/calls", new CallRequest(Caller, Phone));
        foreach (var body in (string[])[$"{{\"text\":\"{Family}", $"[\"{Family}\"]", $"{{\"kind\":\"{Family}\"}}"])
        {
            using var answer = await journey.Http.PostAsync($"{at}/questions", new StringContent(body, Encoding.UTF8, "application/json"));
            Assert.False(answer.IsSuccessStatusCode);
            Keep(answer);
        }

        foreach (var path in (string[])[$"{Paths.Patients}?query={Family}%20{Given}", $"{Paths.Visits}?number={Number}",
            $"{Paths.Visits}?number={Visit}", $"{at}/timeline", $"{at}/handoffs/draft", $"{Paths.Units}/ED/board", Paths.Alerts, Paths.Hotline])
            await Text(journey, path);
    }

    private async Task<Guid> ContactOf(JourneyProcess journey, Guid visit) =>
        JsonDocument.Parse(await Text(journey, $"{Paths.Visits}/{visit}")).RootElement.GetProperty("care").GetProperty("contacts")[0]
        .GetProperty("id").GetGuid();

    private async Task FamilyPage(JourneyProcess journey, Guid visit)
    {
        var contact = await ContactOf(journey, visit);
        var link = (await Say(journey, $"{Paths.Visits}/{visit}/family/contacts/{contact}/link", new Nothing()))!.Value.GetProperty("path")
            .GetString()!.Split('#')[1];
        string? session = null;
        foreach (var word in (string[])["Sauerkirsche", CodeWord])
        {
            using var open = Through("open", new OpenRequest(word));
            using var answer = await journey.Http.SendAsync(open);
            Keep(answer);
            session = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("session").GetString();
        }

        using var ask = Through("questions", new FamilyQuestionRequest(Question));
        ask.Headers.Add(Paths.FamilySession, session);
        using var asked = await journey.Http.SendAsync(ask);
        Assert.True(asked.IsSuccessStatusCode, await asked.Content.ReadAsStringAsync());
        Keep(asked);

        HttpRequestMessage Through(string path, object body)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, $"{Paths.Family}/{path}") { Content = JsonContent.Create(body, body.GetType()) };
            request.Headers.Add(Paths.FamilyLink, link);
            return request;
        }
    }

    private static async Task Hub(JourneyProcess journey)
    {
        await using var hub = new HubConnectionBuilder()
            .WithUrl(new Uri(journey.Http.BaseAddress!, Paths.BoardHub), o => o.AccessTokenProvider = () => journey.Token()).Build();
        await hub.StartAsync();
        await hub.InvokeAsync<Board>(nameof(IBoardHub.WatchUnit), "ED");
        await Assert.ThrowsAsync<HubException>(() => hub.InvokeAsync<object>(nameof(IBoardHub.WatchUnit), new { Family }));
        await Assert.ThrowsAsync<HubException>(() => hub.InvokeAsync<object>(Family, Given));
    }

    /// <summary>Errors of the store are logged with all they say.</summary>
    private async Task WhileTheDatabaseRefuses(JourneyProcess journey, Guid visit)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(journey.DataDirectory, "journey.db")};Pooling=false");
        await connection.OpenAsync();
        await Run("create trigger refuses before insert on journal begin select raise(abort, 'no'); end");
        await using (var line = await MllpClient.ConnectAsync("127.0.0.1", journey.MllpPort))
            Assert.Contains("MSA|AE", Encoding.UTF8
                .GetString((await line.SendAsync(Encoding.UTF8.GetBytes(Message("A08").Replace("ED^3^1", "ED^4^1", StringComparison.Ordinal)))).Span),
                StringComparison.Ordinal);
        await Say(journey, $"{Paths.Visits}/{visit}/questions", new QuestionRequest(new("family", Contact), "clinical", Question), refused: true);
        await Run("drop trigger refuses");

        async Task Run(string sql)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync();
        }
    }

    private async Task<JsonElement?> Say(JourneyProcess journey, string path, object body, bool refused = false)
    {
        using var answer = await journey.Http.PostAsync(path, JsonContent.Create(body, body.GetType()));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode != refused, $"{path}: {answer.StatusCode} {text}");
        Keep(answer);
        if (refused) Says(path + " refused", text);
        return refused ? null : JsonSerializer.Deserialize<JsonElement>(text);
    }

    private async Task<string> Text(JourneyProcess journey, string path)
    {
        using var answer = await journey.Http.GetAsync(path);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode}");
        Keep(answer);
        return await answer.Content.ReadAsStringAsync();
    }

    private void Keep(HttpResponseMessage answer) => _headers.Add(answer.Headers.ToString() + answer.Content.Headers);

    private static void Says(string output, string text)
    {
        Assert.NotEqual("", text);
        var found = Found(text, Marks);
        if (found.Count == 0) return;
        var at = text.IndexOf(found[0], StringComparison.OrdinalIgnoreCase);
        Assert.Fail($"{output} holds {string.Join(", ", found)}: …{text[Math.Max(0, at - 400)..Math.Min(text.Length, at + 200)]}…");
    }

    private static List<string> Found(string text, string[] marks) =>
        [.. marks.Where(mark => text.Contains(mark, StringComparison.OrdinalIgnoreCase))];

    private static string Bytes(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return Encoding.Latin1.GetString(bytes.ToArray());
    }
}
