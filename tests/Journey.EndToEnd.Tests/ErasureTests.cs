using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Journey.Api;

namespace Journey.EndToEnd.Tests;

/// <summary>
/// Somebody whose every word nobody could mistake is in the house, with another in the next bed; she is erased with one command, and he stays as he
/// was.
/// </summary>
public sealed class ErasureTests
{
    private const string Family = "Zwetschgenbaum", Given = "Quirinalda", Number = "PX77310091", Visit = "VX77310092", Birth = "19031207",
        Account = "AX77310093";
    private const string Kin = "Birnenstiel", Contact = "Ottokar Birnenstiel", KinPhone = "555-0177-889901", Phone = "555-0177-889900",
        Email = "birnenstiel@demo.test", CodeWord = "Kirschkuchenblech";
    private const string Question = "Blaubeertorte", Answer = "Sahnehaube", Told = "Pflaumenkompott", Update = "Apfelstrudel",
        Caller = "Quittengelee", Complaint = "Rhabarberzeh", Lock = "Holundergrund", Promise = "Mirabellendecke",
        Snooze = "Stachelbeerpause", Handoff = "Johannisbeerlage", Asked = "Hagebuttenfrage", Page = "Preiselbeerfrage";

    private static readonly string[] Words =
        [Family, Given, Number, Visit, Birth, Account, Kin, KinPhone, Phone, Email, CodeWord, Question, Answer, Told, Update, Caller, Complaint, Lock,
            Promise, Snooze, Handoff, Asked, Page];

    /// <summary>What lies in clear, by which boards are read and patients found; a birth date is written as a date there.</summary>
    private static readonly string[] Clear = [Family, Given, Number, Visit, Kin, "1903-12-07"];

    /// <summary>A code word is hashed, and a birth date of a message is a date.</summary>
    private static readonly string[] Opened = [.. Words.Where(word => word != CodeWord)];

    private static readonly DateTimeOffset Start =
        DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().AddHours(-9).ToUnixTimeSeconds());

    [Theory, InlineData(false), InlineData(true)]
    public async Task Of_an_erased_person_no_byte_is_left_and_others_are_as_they_were(bool postgres)
    {
        await using var server = postgres ? await PostgresServer.Create() : null;
        var connection = server is null ? null : await server.CreateDatabase();
        await using var sms = new SmsGateway();
        await using var journey = PolicyPack.Prepare([("message.recall: 10 min", "message.recall: 0 min"), PolicyPack.NoFeedIsBehind],
            [("Journey:Delivery:Sms:Url", sms.Url), .. connection is null
                ? ((string, string)[])[]
                : [("Journey:Storage:Provider", "PostgreSql"), ("Journey:Storage:ConnectionString", connection)]])
            .WithFile("Journey:Delivery:Sms:SecretFile", "sms-secret", SmsGateway.Secret + "\n");
        await journey.Start();
        byte[][] feed = [Hers("A04", "ED^3^1", 0), Hers("A08", "ED^3^2", 1), Hers("A31", "ED^3^2", 2)];
        await new FeedLine(journey.MllpPort, [His("A04", 0), .. feed, His("A08", 1)]).Run();
        var (hers, his) = ((await journey.Numbered(Visit)).Single().VisitId, (await journey.Numbered("V-other")).Single().VisitId);
        await Care(journey, hers);
        await Eventually.Holds(() => Task.FromResult((!sms.Sent.IsEmpty, "no SMS")), TimeSpan.FromSeconds(30), () => journey.Output);
        var before = await Stands(journey, his);
        Assert.Contains("stop",
            (await Run(journey, connection, $"NORTH/{Number}\n", "erase", "--identifier", "--by=kim", "--reason=request", "--yes")).Said,
            StringComparison.Ordinal);
        await journey.Terminate();
        await journey.UntilEnded(TimeSpan.FromSeconds(60));

        var all = string.Join('\n', Opened) + "\n";
        var (found, places) = await Run(journey, connection, all, "erase", "--prove");
        Assert.Equal(1, found);
        Assert.True(places.Contains($"{Opened.Length} words looked for, {Opened.Length} found.", StringComparison.Ordinal), places);
        Assert.Equal(Clear, In(await Bytes(journey, connection), Clear));
        var (looked, there) = await Run(journey, connection, $"NORTH/{Number}\n", "erase", "--identifier", "--by=kim", "--reason=request");
        Assert.True(looked == 0 && there.Contains("visits: 1", StringComparison.Ordinal), there);
        Assert.Equal(1, (await Run(journey, connection, all, "erase", "--prove")).Code);

        var (code, said) = await Run(journey, connection, $"NORTH/{Number}\n", "erase", "--identifier", "--by=kim", "--reason=request", "--yes");

        Assert.True(code == 0, said);
        Assert.Empty(In(said, Words));
        var (left, proof) = await Run(journey, connection, all, "erase", "--prove");
        Assert.True(left == 0, proof);
        Assert.Empty(In(await Bytes(journey, connection), [.. Words, .. Clear]));
        var (verified, trail) = await Run(journey, connection, "", "audit", "verify");
        Assert.True(verified == 0, trail);

        await journey.Start();
        Assert.Equal(before, await Stands(journey, his));
        await IsGone(journey, hers);
        var recorded = await Text(journey, $"{Paths.Audit}?visit={hers}&count=50");
        Assert.Contains("asked to erase what was known of a person (request)", recorded, StringComparison.Ordinal);
        Assert.Contains("1 visits", recorded, StringComparison.Ordinal);

        // What was sent before is no news when it comes again; what is said of her anew begins a new person, with a visit of her own.
        await new FeedLine(journey.MllpPort, feed[..2]).Run();
        await IsGone(journey, hers);
        await new FeedLine(journey.MllpPort, [Hers("A04", "ED^4^1", 7)]).Run();
        var anew = (await journey.Numbered(Visit)).Single();
        Assert.NotEqual(hers, anew.VisitId);
        Assert.Single(await journey.Timeline(anew.VisitId), entry => entry.Kind.Contains("arrived", StringComparison.OrdinalIgnoreCase));
        journey.SaysNothingOf(Words);
    }

    private static async Task IsGone(JourneyProcess journey, Guid visit)
    {
        Assert.Empty(In(string.Join('\n', (await journey.AllBoards()).SelectMany(board => board.Rows).Select(row => row.ToString())), Words));
        Assert.Empty(await journey.Numbered(Visit));
        Assert.Equal("[]", await Text(journey, $"{Paths.Patients}?query={Family}"));
        Assert.Empty(In(await Text(journey, Paths.Hotline) + await Text(journey, Paths.Alerts), Words));
        foreach (var path in (string[])["", "/timeline", "/handoffs/draft"])
        {
            using var answer = await journey.Http.GetAsync($"{Paths.Visits}/{visit}{path}");
            Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
            Assert.Contains("visit-erased", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    private static async Task<string> Stands(JourneyProcess journey, Guid visit) =>
        JsonDocument.Parse(await Text(journey, $"{Paths.Visits}/{visit}")).RootElement.GetProperty("row").GetProperty("patient")
        .ToString() + string.Join('\n',
            (await journey.Timeline(visit)).Where(entry => !entry.Kind.Contains("alert", StringComparison.OrdinalIgnoreCase))
                .Select(entry => entry.Text));

    private static async Task Care(JourneyProcess journey, Guid visit)
    {
        var at = $"{Paths.Visits}/{visit}";
        await Say($"{at}/family/contacts",
            new ContactRequest(Contact, "brother", Email: Email, Phone: Phone, Consent: "progress", Spokesperson: true));
        var contact = JsonDocument.Parse(await Text(journey, at)).RootElement.GetProperty("care").GetProperty("contacts")[0]
            .GetProperty("id").GetGuid();
        await Say($"{at}/family/code-word", new CodeWordRequest(CodeWord));
        var link = (await Say($"{at}/family/contacts/{contact}/link", new Nothing())).GetProperty("path").GetString()!.Split('#')[1];
        var question = (await Say($"{at}/questions", new QuestionRequest(new("family", Contact), "clinical", Question)))
            .GetProperty("commandId").GetGuid();
        await Say($"{at}/questions/{question}/answer", new AnswerRequest(Answer));
        await Say($"{at}/family/told", new FamilyToldRequest(Contact, Told));
        await Say($"{at}/family/updates", new UpdateRequest(Text: Update));
        await Say($"{at}/promises", new PromiseRequest(Promise, DateTimeOffset.UtcNow.AddHours(1)));
        await Say($"{at}/handoffs", new HandoffRequest("Sam", new("stable", Handoff, [], "")));
        var alert = Guid.Empty;
        await Eventually.Holds(async () =>
        {
            alert = JsonDocument.Parse(await Text(journey, at)).RootElement.GetProperty("row").GetProperty("alerts").EnumerateArray()
                .FirstOrDefault() is { ValueKind: JsonValueKind.Object } first ? first.GetProperty("id").GetGuid() : alert;
            return (alert != Guid.Empty, "no alert");
        }, TimeSpan.FromSeconds(30), () => journey.Output);
        await Say($"{at}/alerts/{alert}/snooze", new SnoozeRequest(DateTimeOffset.UtcNow.AddMinutes(50), Snooze));
        var call = (await Say($"{Paths.Hotline}/calls", new CallRequest(Caller, KinPhone))).GetProperty("commandId").GetGuid();
        await Say($"{Paths.Hotline}/calls/{call}/answer", new Nothing());
        await Say($"{Paths.Hotline}/calls/{call}/question", new CallQuestionRequest(visit, Asked));
        // A call that nobody has put to her visit, and that names her.
        var other = (await Say($"{Paths.Hotline}/calls", new CallRequest(Contact, "555-0199"))).GetProperty("commandId").GetGuid();
        await Say($"{Paths.Hotline}/calls/{other}/answer", new Nothing());
        await Say($"{Paths.Hotline}/calls/{other}/callback", new CallbackRequest(About: $"{Given} {Family}"));
        var open = JsonDocument.Parse(await Send($"{Paths.Family}/open", new OpenRequest(CodeWord), (Paths.FamilyLink, link))).RootElement
            .GetProperty("session").GetString()!;
        await Send($"{Paths.Family}/questions", new FamilyQuestionRequest(Page), (Paths.FamilyLink, link), (Paths.FamilySession, open));
        await Say($"{at}/family/locks", new LockRequest("no-information", true, Lock));

        async Task<JsonElement> Say(string path, object body) => JsonDocument.Parse(await Send(path, body)).RootElement;

        async Task<string> Send(string path, object body, params (string Name, string Value)[] headers)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body, body.GetType()) };
            foreach (var (name, value) in headers) request.Headers.Add(name, value);
            using var answer = await journey.Http.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode} {text}");
            return text;
        }
    }

    private static byte[] Hers(string trigger, string place, int minute) =>
        Message(trigger, place, minute, $"H-{minute}", $"{Number}^^^NORTH^MR||{Family}^{Given}||{Birth}|F|||||||||||{Account}^^^NORTH", Visit,
            $"NK1|1|{Kin}^Ottokar|BRO||{KinPhone}\r", $"PV2|||^{Complaint}\r");

    /// <summary>The bed that she left is his.</summary>
    private static byte[] His(string trigger, int minute) =>
        Message(trigger, minute == 0 ? "ED^5^1" : "ED^3^1", minute + 5, $"O-{minute}", "M-other^^^NORTH^MR||Other^Olaf||19500101|M",
            "V-other", "", "");

    private static byte[] Message(string trigger, string place, int minute, string control, string pid, string visit, string kin, string pv2)
    {
        var time = Start.AddMinutes(minute).UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture) + "+0000";
        return Encoding.UTF8.GetBytes(
            $"MSH|^~\\&|SYS|NORTH|JOURNEY|NORTH|{time}||ADT^{trigger}|{control}|P|2.5\rEVN||{time}\rPID|1||{pid}\r{kin}PV1|1|E|{place}||||77^Stone^Ada^^^Dr||||||||||||{visit}\r{pv2}");
    }

    private static async Task<string> Text(JourneyProcess journey, string path)
    {
        using var answer = await journey.Http.GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode} {text}");
        return text;
    }

    private static List<string> In(string text, string[] words) => [.. words.Where(word => text.Contains(word, StringComparison.OrdinalIgnoreCase))];

    /// <summary>What a thief has: the files, or a dump; and what lies beside them.</summary>
    private static async Task<string> Bytes(JourneyProcess journey, string? connection)
    {
        var all = new StringBuilder();
        foreach (var file in Directory.EnumerateFiles(journey.DataDirectory, "*", SearchOption.AllDirectories))
            all.Append(Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)));
        if (connection is not null) all.Append(await Dump(connection));
        return all.ToString();
    }

    private static async Task<string> Dump(string connection)
    {
        var settings = new Npgsql.NpgsqlConnectionStringBuilder(connection);
        var program = Directory.GetDirectories("/usr/lib/postgresql").Select(folder => Path.Combine(folder, "bin", "pg_dump")).Last(File.Exists);
        using var process =
            Process.Start(new ProcessStartInfo(program,
                ["-h", settings.Host!, "-p", settings.Port.ToString(CultureInfo.InvariantCulture), "-U", settings.Username!,
                    settings.Database!])
            { RedirectStandardOutput = true })!;
        var dump = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return dump;
    }

    private static async Task<(int Code, string Said)> Run(JourneyProcess journey, string? connection, string input, params string[] command)
    {
        string[] settings = ["--Journey:DataDirectory=" + journey.DataDirectory,
            "--Journey:Storage:KeyRing=" + Path.Combine(journey.DataDirectory, "storage-keys"), .. connection is null
                ? (string[])[]
                : ["--Journey:Storage:Provider=PostgreSql", "--Journey:Storage:ConnectionString=" + connection]];
        using var process =
            Process.Start(new ProcessStartInfo("dotnet", [Published.Standalone, .. command, .. settings])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = Path.GetTempPath()
            })!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await errors);
    }
}
