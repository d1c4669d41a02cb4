using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Journey.Api;

namespace Journey.EndToEnd.Tests;

/// <summary>Updates to families over a real mail server and a real webhook, both of the tests' own.</summary>
public sealed class DeliveryTests
{
    private const int Families = 18;
    private const int Kills = 3;
    private static readonly (string, string)[] Quick =
        [("message.recall: 10 min", "message.recall: 0 min"), ("delivery.retry: 30 s", "delivery.retry: 1 s"),
            ("delivery.timeout: 2 min", "delivery.timeout: 5 s")];

    [Fact]
    public async Task What_a_channel_answers_becomes_the_state_that_is_shown()
    {
        await using var mail = new MailDrop();
        await using var sms = new SmsGateway();
        await using var journey = Prepare(mail, sms);
        await journey.Start();
        (string? Email, string? Phone, string State, int Attempts)[] expected =
        [
            ("fine@demo.test", null, "delivered", 1),
            ("later@demo.test", null, "delivered", 2),
            ("never@demo.test", null, "failed", 1),
            ("gone@demo.test", null, "unconfirmed", 1),
            (null, SmsGateway.Fine, "delivered", 1),
            (null, SmsGateway.Busy, "delivered", 2),
            (null, SmsGateway.Refused, "failed", 1),
            (null, SmsGateway.Failing, "delivered", 2),
        ];
        var visits = await Arrive(journey, expected.Length);
        for (var i = 0; i < expected.Length; i++) await Write(journey, visits[i], expected[i].Email, expected[i].Phone, $"word {i}");

        var deliveries = await Ended(journey, visits);
        Assert.Equal(expected.Select(e => (e.State, e.Attempts)), deliveries.Select(d => (d.Single().State, d.Single().Attempts)));
        Assert.Equal(["fine@demo.test", "gone@demo.test", "later@demo.test"], mail.Taken.Select(t => t.To).Order());
        Assert.Equal(0, sms.Forged);
        Assert.All(sms.Asked, asked => Assert.DoesNotContain("word", asked.Text, StringComparison.Ordinal));
        Assert.Equal(3, sms.Sent.Count);
        Assert.Equal(2, sms.Asked.Count(a => a.To == SmsGateway.Busy));
        for (var i = 0; i < expected.Length; i++) await IsTold(journey, visits[i], expected[i].State == "delivered");
    }

    /// <summary>
    /// Mail and SMS that fail in every way: nobody was told, the family waits as it did, and whoever is responsible is called until they are told.
    /// </summary>
    [Theory, InlineData("refused"), InlineData("broken"), InlineData("silent"), InlineData("garbage"), InlineData("no"), InlineData("busy")]
    public async Task A_family_that_no_channel_reached_was_not_told_and_its_clock_is_its_own_again(string how)
    {
        await using var mail = new MailDrop();
        await using var sms = new SmsGateway();
        await using var nowhere = new DeadEnd(how);
        var answers = how is "no" or "busy";
        await using var journey = Prepare(answers ? mail.Port : nowhere.Port, answers ? sms.Url : $"http://127.0.0.1:{nowhere.Port}/sms/", Impatient);
        await journey.Start();
        var visits = await Arrive(journey, 2);
        foreach (var visit in visits) await Post(journey, $"{Paths.Visits}/{visit}/family/waiting", new FamilyWaitingRequest("Ida Ivory"));
        var since = (await Row(journey, visits[0])).Family.WaitingSince;
        await Write(journey, visits[0], how == "no" ? "never@demo.test" : "busy@demo.test", null, "All goes as planned.");
        await Write(journey, visits[1], null, how == "no" ? SmsGateway.Refused : SmsGateway.Broken, "All goes as planned.");

        foreach (var deliveries in await Ended(journey, visits))
            Assert.True(deliveries.Single().State is "failed" or "unconfirmed", $"{how}: {deliveries.Single()}");
        foreach (var visit in visits)
        {
            await IsTold(journey, visit, false);
            var row = await Row(journey, visit);
            Assert.Equal((true, "sister (spokesperson)"),
                (row.Family is { WaitingSince: not null, OnItsWaySince: null }, row.Alerts.Single(a => a.Rule == Unreached).Whom));
            Assert.Contains(row.Alerts, a => a.Rule == "family.asked");
            await Post(journey, $"{Paths.Visits}/{visit}/family/told", new FamilyToldRequest("Ida Ivory"));
            row = await Row(journey, visit);
            Assert.True(row.Family is { WaitingSince: null, LastToldAt: not null } && row.Alerts.All(a => a.Kind != "family"), how);
        }

        Assert.Empty(mail.Taken);
        Assert.Empty(sms.Sent);
        Assert.NotNull(since);
        journey.SaysNothingOf(["Ivory", SmsGateway.Broken, "busy@demo.test", "sister"]);
    }

    [Fact]
    public async Task What_is_accepted_late_is_sent_once_and_told_once_and_a_number_of_two_contacts_is_one_message()
    {
        await using var mail = new MailDrop { Thinks = TimeSpan.FromSeconds(4) };
        await using var sms = new SmsGateway();
        await using var journey = Prepare(mail.Port, sms.Url, Impatient);
        await journey.Start();
        var visits = await Arrive(journey, 3);
        using var refused = await journey.Http
            .PostAsync($"{Paths.Visits}/{visits[0]}/family/updates", JsonContent.Create(new UpdateRequest(Text: "To nobody.")));
        Assert.Equal(System.Net.HttpStatusCode.Conflict, refused.StatusCode);
        await Post(journey, $"{Paths.Visits}/{visits[0]}/family/contacts",
            new ContactRequest("Jo Ivory", "mother", Order: 2, Phone: "(555) 0202", Consent: "progress"));
        await Write(journey, visits[0], null, SmsGateway.Late, "All goes as planned.");
        await Write(journey, visits[1], "fine@demo.test", null, "All goes as planned.");

        var deliveries = await Ended(journey, visits[..2]);
        Assert.Equal(["delivered", "delivered"], deliveries[0].Select(d => d.State));
        Assert.Single(sms.Sent);
        await IsTold(journey, visits[0], true);
        // A mail server that cannot tell a repeat is not asked again: somebody has to.
        Assert.Equal("unconfirmed", deliveries[1].Single().State);
        Assert.Single(mail.Taken);
        await IsTold(journey, visits[1], false);
        var nobody = visits[2];
        await Post(journey, $"{Paths.Visits}/{nobody}/family/contacts", new ContactRequest("Ida Ivory", "sister", Consent: "progress"));
        using var answer = await journey.Http
            .PostAsync($"{Paths.Visits}/{nobody}/family/updates", JsonContent.Create(new UpdateRequest(Text: "To nobody.")));
        Assert.Equal((System.Net.HttpStatusCode.Conflict, true),
            (answer.StatusCode, (await answer.Content.ReadAsStringAsync()).Contains("update-unreachable", StringComparison.Ordinal)));
        Assert.Equal("no link or e-mail", (await journey.Http.GetFromJsonAsync<Visit>($"{Paths.Visits}/{nobody}"))!.Care.Unreachable.Single().Why);
    }

    [Fact]
    public async Task Killed_while_it_delivers_it_sends_no_mail_twice_asks_the_gateway_for_each_and_says_what_it_does_not_know()
    {
        await using var mail = new MailDrop { Thinks = TimeSpan.FromMilliseconds(150) };
        await using var sms = new SmsGateway { Thinks = TimeSpan.FromMilliseconds(150) };
        await using var journey = Prepare(mail, sms);
        await journey.Start();
        var visits = await Arrive(journey, Families + 1);
        foreach (var (number, part) in visits[..Families].Chunk(Families / Kills).Index())
        {
            // At first all are on their way out when the power goes, then only the last.
            var (before, awaited) = (mail.Taken.Count, number == 0 ? 1 : part.Length);
            if (number == 0) await Task.WhenAll(part.Select(Tell));
            else foreach (var visit in part) await Tell(visit);
            await Eventually.Holds(() => Task.FromResult((mail.Taken.Count >= before + awaited, $"{mail.Taken.Count} mails")),
                TimeSpan.FromSeconds(60), () => journey.Output, TimeSpan.FromMilliseconds(1));
            await journey.Kill();
            await journey.Start();
        }

        // And one that nothing disturbs: it is known to have arrived, and is said to.
        await Tell(visits[^1]);
        var deliveries = (await Ended(journey, visits)).SelectMany(d => d).ToList();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{string.Join(", ", deliveries.CountBy(d => (d.Channel, d.State)))}; {mail.Taken.Count} mails, {sms.Asked.Count} requests "
                + $"for {sms.Sent.Count} messages");
        Assert.Equal(mail.Taken.Count, mail.Taken.Select(t => MessageId.Match(t.Text).Value).Distinct().Count());
        Assert.Equal(mail.Taken.Count, mail.Taken.Select(t => t.To).Distinct().Count());
        Assert.All(deliveries, d => Assert.True(d.State is "delivered" or "unconfirmed", $"{d.Channel} ended as {d.State}: {d.Why}"));
        Assert.Contains(deliveries, d => d is { Channel: "email", State: "delivered" });
        var arrived = mail.Taken.Select(t => t.To).ToHashSet();
        foreach (var visit in visits)
            foreach (var email in (await Deliveries(journey, visit)).Where(d => d is { Channel: "email", State: "delivered" }))
                Assert.Contains($"family{visit:N}@demo.test", arrived);
        Assert.All(deliveries.Where(d => d.Channel == "sms"), d => Assert.Equal("delivered", d.State));
        // Told once, when the first of them arrived, and before the power went or after it.
        foreach (var visit in visits) await IsTold(journey, visit, true);
        Assert.Equal(Families + 1, sms.Sent.Count);
        Assert.Equal(0, sms.Forged);
        journey.SaysNothingOf(["Ivory", SmsGateway.Fine]);

        Task Tell(Guid visit) => Write(journey, visit, $"family{visit:N}@demo.test", SmsGateway.Fine, "All goes as planned.");
    }

    private static readonly Regex MessageId = new("^Message-Id: .*$", RegexOptions.Multiline | RegexOptions.IgnoreCase);

    private const string Unreached = "family.unreached";

    /// <summary>Two attempts, and a channel has a second to answer.</summary>
    private static readonly (string, string)[] Impatient =
        [Quick[0], Quick[1], ("delivery.timeout: 2 min", "delivery.timeout: 2 s"), ("delivery.attempts: 5", "delivery.attempts: 2"),
            ("alert.dwell: 30 s", "alert.dwell: 0 s")];

    private static JourneyProcess Prepare(MailDrop mail, SmsGateway sms) => Prepare(mail.Port, sms.Url, Quick);

    private static JourneyProcess Prepare(int mailPort, string smsUrl, (string, string)[] policy) => PolicyPack.Prepare(
        policy, ("Journey:Delivery:Mail:Host", "127.0.0.1"), ("Journey:Delivery:Mail:Port", $"{mailPort}"),
        ("Journey:Delivery:Mail:From", "updates@hospital.test"),
        ("Journey:Delivery:Mail:RequireTls", "false"), ("Journey:Delivery:Sms:Url", smsUrl))
            .WithFile("Journey:Delivery:Sms:SecretFile", "sms-secret", SmsGateway.Secret + "\n");

    private static async Task<Guid[]> Arrive(JourneyProcess journey, int count)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        await new FeedLine(journey.MllpPort, CareScript.Feed([.. Enumerable.Range(0, count)], now.AddMinutes(-2))[..count]).Run();
        var visits = new Guid[count];
        for (var n = 0; n < count; n++) visits[n] = (await journey.Numbered(CareScript.Number(n))).Single().VisitId;
        return visits;
    }

    private static async Task Write(JourneyProcess journey, Guid visit, string? email, string? phone, string text)
    {
        await Post(journey, $"{Paths.Visits}/{visit}/family/contacts",
            new ContactRequest("Ida Ivory", "sister", Email: email, Phone: phone, Consent: "progress", Spokesperson: true));
        if (phone is not null) await Link(journey, visit);
        await Post(journey, $"{Paths.Visits}/{visit}/family/updates", new UpdateRequest(Text: text));
    }

    /// <summary>An SMS only says that something stands on the page: it goes to whoever can open it.</summary>
    private static async Task Link(JourneyProcess journey, Guid visit)
    {
        await Post(journey, $"{Paths.Visits}/{visit}/family/code-word", new CodeWordRequest("bluebird"));
        foreach (var contact in (await journey.Http.GetFromJsonAsync<Visit>($"{Paths.Visits}/{visit}"))!.Care.Contacts)
            await Post(journey, $"{Paths.Visits}/{visit}/family/contacts/{contact.Id}/link", new { });
    }

    private static async Task Post(JourneyProcess journey, string path, object body)
    {
        using var answer = await journey.Http.PostAsync(path, JsonContent.Create(body, body.GetType()));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<BoardRow> Row(JourneyProcess journey, Guid visit) =>
        (await journey.Http.GetFromJsonAsync<Visit>($"{Paths.Visits}/{visit}"))!.Row;

    /// <summary>Told is when the first delivery arrived, and by nothing else; whoever was not has an alert of their own.</summary>
    private static async Task IsTold(JourneyProcess journey, Guid visit, bool told)
    {
        var shown = (await journey.Http.GetFromJsonAsync<Visit>($"{Paths.Visits}/{visit}"))!;
        var update = shown.Care.Updates.Single(u => u.Template is null);
        Assert.Equal(told ? update.Deliveries.Where(d => d.State == "delivered").Min(d => d.At) : null, update.ToldAt);
        Assert.Equal(update.ToldAt, shown.Row.Family.LastToldAt);
        Assert.Equal(told ? 0 : 1, shown.Row.Alerts.Count(a => a.Rule == Unreached && a.State == "raised"));
    }

    /// <summary>The deliveries of each visit, once none is on its way.</summary>
    private static async Task<List<IReadOnlyList<Api.Delivery>>> Ended(JourneyProcess journey, Guid[] visits)
    {
        var all = new List<IReadOnlyList<Api.Delivery>>();
        await Eventually.Holds(async () =>
        {
            all = [];
            foreach (var visit in visits) all.Add(await Deliveries(journey, visit));
            return (all.All(d => d.Count > 0 && d.All(one => one.State is not ("waiting" or "trying"))), string
                .Join(", ", all.SelectMany(d => d).CountBy(d => (d.Channel, d.State))));
        }, TimeSpan.FromSeconds(90), () => journey.Output, TimeSpan.FromMilliseconds(500));
        return all;
    }

    private static async Task<IReadOnlyList<Api.Delivery>> Deliveries(JourneyProcess journey, Guid visit) =>
        [.. (await journey.Http.GetFromJsonAsync<Visit>($"{Paths.Visits}/{visit}"))!.Care.Updates.Where(u => u.Template is null)
            .SelectMany(u => u.Deliveries).Where(d => d.Channel != "page")];
}
