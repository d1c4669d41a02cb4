using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Journey.Contracts;
using Journey.Contracts.Access;
using Journey.Contracts.Families;
using Journey.Contracts.Visits;
using Journey.Gateway.Trust.Guards;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Journey.Gateway.Tests.Hosts;

/// <summary>What families see and say on their page.</summary>
public partial class CareHttpTests
{
    [Fact]
    public async Task A_family_opens_its_page_asks_and_closes_its_question_itself()
    {
        var guest = await journey.Arrived("Geheimrat", "Theodora");
        var family = await Linked(guest);
        Assert.Equal("code-word-needed", Text(await Open(family, null), "door"));
        Assert.Equal("wrong", Text(await Open(family, "sparrow"), "door"));
        var door = await Open(family, " bluebird ");
        Assert.Equal(("open", "Theodora"), (Text(door, "door"), Text(door.GetProperty("page"), "name")));
        Assert.DoesNotContain("Geheimrat", door.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(guest.Visit, door.GetRawText(), StringComparison.Ordinal);
        family = family with { Session = Text(door, "session") };

        await Say(family, "waiting", new { });
        await Say(family, "questions", new { text = "When is the scan?" });
        var visit = await journey.Get($"/api/v1/visits/{guest.VisitId}");
        Assert.Equal("Lee Moss", Text(visit.GetProperty("row").GetProperty("family"), "waitingWho"));
        var question = visit.GetProperty("care").GetProperty("questions")[0].GetProperty("id").GetGuid();
        await Post(guest, $"questions/{question}/answer", new { answer = "At ten" }, "Jutta");
        var second = await Send(guest, $"questions/{question}/answer", new { answer = "At eleven" }, "Hanna");
        Assert.Equal((HttpStatusCode.Conflict, "question-answered"), (second.StatusCode, Text(await Json(second), "code")));
        var page = await Page(family);
        Assert.Equal(("answered", "At ten"), (Text(page.GetProperty("questions")[0], "state"), Text(page.GetProperty("questions")[0], "answer")));
        await Say(family, $"questions/{question}/confirm", new { satisfied = true });
        Assert.Equal("closed", Text((await journey.Get($"/api/v1/visits/{guest.VisitId}")).GetProperty("care").GetProperty("questions")[0], "state"));
    }

    [Fact]
    public async Task A_family_keeps_its_link_when_the_patient_is_admitted_under_another_visit_number()
    {
        var guest = await journey.Arrived();
        var family = await Linked(guest);
        family = family with { Session = Text(await Open(family, "bluebird"), "session") };
        await Say(family, "questions", new { text = "When is the scan?" });
        var admitted = guest with { Visit = StandaloneHostFixture.Fresh("V"), Unit = StandaloneHostFixture.Fresh("W") };
        await journey.Send(admitted.Message("A01", bed: "7").Replace("PV1|1|E|", "PV1|1|I|", StringComparison.Ordinal));
        admitted = admitted with { VisitId = (await journey.Get($"/api/v1/visits?number={admitted.Visit}"))[0].GetProperty("visitId").GetGuid() };

        var question = (await Page(family)).GetProperty("questions")[0].GetProperty("id").GetGuid();
        await Say(family, "questions", new { text = "Which ward is it?" });
        await Say(family, "waiting", new { });
        Assert.Equal("open", Text(await Open(family, "bluebird"), "door"));
        var there = await journey.Get($"/api/v1/visits/{admitted.VisitId}");
        Assert.Equal(2, there.GetProperty("care").GetProperty("questions").GetArrayLength());
        Assert.Equal("Lee Moss", Text(there.GetProperty("row").GetProperty("family"), "waitingWho"));
        var here = await journey.Get($"/api/v1/visits/{guest.VisitId}");
        Assert.Equal((0, 0),
            (here.GetProperty("care").GetProperty("questions").GetArrayLength(), here.GetProperty("row").GetProperty("owed").GetArrayLength()));
        Assert.Equal((HttpStatusCode.Conflict, "visit-closed"), await Refused(guest, $"questions/{question}/answer", new { answer = "At ten" }));
        await Post(admitted, $"questions/{question}/answer", new { answer = "At ten" });
        Assert.Equal("answered",
            Text((await Page(family)).GetProperty("questions").EnumerateArray().Single(q => q.GetProperty("id").GetGuid() == question), "state"));
    }

    [Fact]
    public async Task A_lock_closes_the_page_and_says_no_more_than_a_wrong_link_does()
    {
        var guest = await journey.Arrived();
        var family = await Linked(guest);
        family = family with { Session = Text(await Open(family, "bluebird"), "session") };
        await Post(guest, "family/locks", new { @lock = "safety", on = true });
        var closed = await Ask(family, HttpMethod.Get, "page");
        var unknown = await Ask(family with { Token = family.Token[..^4] + "AAAA" }, HttpMethod.Get, "page");
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (closed.StatusCode, unknown.StatusCode));
        Assert.Equal(Text(await Json(unknown), "detail"), Text(await Json(closed), "detail"));
        Assert.Equal((HttpStatusCode.Conflict, "update-forbidden"), await Refused(guest, "family/updates", new { template = "delay" }));
    }

    [Fact]
    public async Task Wrong_words_lock_the_check_and_call_whoever_is_responsible()
    {
        var guest = await journey.Arrived();
        var family = await Linked(guest);
        for (var i = 0; i < 4; i++) Assert.Equal("wrong", Text(await Open(family, "sparrow"), "door"));
        Assert.Equal("locked", Text(await Open(family, "sparrow"), "door"));
        Assert.Equal("locked", Text(await Open(family, "bluebird"), "door"));
        var alert = (await StandaloneHostFixture.Eventually(
            async () => (await journey.Get($"/api/v1/visits/{guest.VisitId}")).GetProperty("row").GetProperty("alerts").EnumerateArray()
                .FirstOrDefault(a => Text(a, "rule") == "family.guessed"),
            found => found.ValueKind == JsonValueKind.Object, "the alert is raised")).GetProperty("id").GetGuid();
        await Post(guest, $"alerts/{alert}/resolve", new { action = "It was the son, with a new telephone" });
        Assert.DoesNotContain("family.guessed",
            (await journey.Get($"/api/v1/visits/{guest.VisitId}")).GetProperty("row").GetProperty("alerts").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Made_up_links_lock_nobody_behind_their_address()
    {
        await using var impatient = new ImpatientHost();
        await impatient.InitializeAsync();
        var here = new CareHttpTests(impatient);
        var (inside, outside) = (await here.Linked(await impatient.Arrived()), await here.Linked(await impatient.Arrived()));
        inside = inside with { Session = Text(await here.Open(inside, "bluebird"), "session") };

        await Task.WhenAll(Enumerable.Range(1, ImpatientHost.Misses + 30).Select(async i =>
        {
            var guess = outside with { Token = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{outside.Token[..^8]}{i:D4}AAAA") };
            Assert.Equal("no-such-link", Text(await here.Open(guess, "bluebird"), "door"));
        }));

        Assert.Equal("open", Text(await here.Open(outside, "bluebird"), "door"));
        await here.Say(inside, "waiting", new { });
        Assert.Matches(@"journey_gateway_family_delays_total\{[^}]*\} 30\b", await impatient.Http.GetStringAsync("/metrics", Stop));
    }

    [Fact]
    public void Whoever_brings_links_that_are_none_waits_twice_as_long_each_time()
    {
        Assert.Equal([0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 10, 10], Enumerable.Range(1, 9).Select(over => DoorGuard.Delay(over).TotalSeconds));
        Assert.Equal(10, DoorGuard.Delay(int.MaxValue).TotalSeconds);
    }

    [Fact]
    public async Task Wrong_words_at_one_link_keep_neither_another_contact_nor_the_telephone_out()
    {
        var guest = await journey.Arrived();
        var family = await Linked(guest);
        await Post(guest, "family/contacts", new { name = "Sam Moss", relation = "sister", consent = "progress", order = 2 });
        var contacts = (await journey.Get($"/api/v1/visits/{guest.VisitId}")).GetProperty("care").GetProperty("contacts").EnumerateArray()
            .ToDictionary(c => Text(c, "name")!, c => c.GetProperty("id").GetGuid());
        var sister = new Family(Text(await Json(await Send(guest, $"family/contacts/{contacts["Sam Moss"]}/link", new { })), "path")!.Split('#')[1]);
        for (var i = 0; i < 5; i++) await Open(family, "sparrow");
        Assert.Equal("locked", Text(await Open(family, "bluebird"), "door"));

        Assert.Equal("open", Text(await Open(sister, "bluebird"), "door"));
        Assert.Equal("right", await Told("Lee Moss", "bluebird"));
        Assert.Equal("right", await Told(null, "bluebird"));

        for (var i = 0; i < 5; i++) await Told("Lee Moss", "sparrow");
        Assert.Equal(("locked", "right", "right"),
            (await Told("Lee Moss", "bluebird"), await Told("Sam Moss", "bluebird"), await Told(null, "bluebird")));

        async Task<string?> Told(string? contact, string word) =>
            Text(await Json(await Send(guest, "family/code-word/check", new { contact = contact is null ? (Guid?)null : contacts[contact], word })),
                "result");
    }

    private sealed class ImpatientHost : StandaloneHostFixture
    {
        public const int Misses = 5;

        protected override void With(WebApplicationBuilder builder) =>
            builder.Configuration["Journey:Gateway:DoorMisses"] = Misses.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task A_session_of_one_family_opens_no_other_page()
    {
        var (one, other) = (await Linked(await journey.Arrived()), await Linked(await journey.Arrived()));
        one = one with { Session = Text(await Open(one, "bluebird"), "session") };
        Assert.Equal(HttpStatusCode.Forbidden, (await Ask(other with { Session = one.Session }, HttpMethod.Get, "page")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await Ask(one with { Session = null }, HttpMethod.Get, "page")).StatusCode);
    }

    [Fact]
    public async Task The_page_is_sent_again_when_something_changes()
    {
        var guest = await journey.Arrived();
        var family = await Linked(guest);
        family = family with { Session = Text(await Open(family, "bluebird"), "session") };
        using var request = Request(family, HttpMethod.Get, "live");
        using var response = await journey.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Stop));
        Assert.Equal("arrived", Text((await Next(reader)).GetProperty("page"), "status"));
        await Post(guest, "touchpoints", new { kind = "step", step = "seen" });
        var next = await Next(reader);
        while (Text(next.GetProperty("page"), "status") != "seen") next = await Next(reader);

        static async Task<JsonElement> Next(StreamReader reader)
        {
            while (true)
            {
                var line = await reader.ReadLineAsync(Stop).AsTask().WaitAsync(TimeSpan.FromSeconds(15), Stop);
                if (line?.StartsWith("data: ", StringComparison.Ordinal) == true)
                    return JsonSerializer.Deserialize<JsonElement>(line["data: ".Length..]);
            }
        }
    }

    [Fact]
    public async Task On_the_family_page_too_a_key_is_for_one_request()
    {
        var guest = await journey.Arrived();
        var family = await Linked(guest);
        family = family with { Session = Text(await Open(family, "Bluebird"), "session") };
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity),
            (await Question("When is the scan?"), await Question("When is the scan?"), await Question("Which ward is it?")));
        Assert.Equal("When is the scan?", Text(Assert.Single((await Page(family)).GetProperty("questions").EnumerateArray()), "text"));

        async Task<HttpStatusCode> Question(string text)
        {
            using var request = Request(family, HttpMethod.Post, "questions", new { text });
            request.Headers.Add(Api.Paths.IdempotencyKey, "one");
            return (await journey.Http.SendAsync(request, Stop)).StatusCode;
        }
    }

    [Fact]
    public async Task A_link_says_nothing_of_its_visit_and_one_of_an_earlier_version_opens_until_it_ends()
    {
        var guest = await journey.Arrived("Geheimrat", "Theodora");
        var family = await Linked(guest);
        var bytes = Base64Url.DecodeFromChars(family.Token);
        Assert.True(bytes.AsSpan().IndexOf(guest.VisitId.ToByteArray()) < 0
            && bytes.AsSpan().IndexOf(guest.VisitId.ToByteArray(bigEndian: true)) < 0, "The link names its visit.");
        Assert.Equal("open", Text(await Open(family, "bluebird"), "door"));

        var contact = (await journey.Get($"/api/v1/visits/{guest.VisitId}")).GetProperty("care").GetProperty("contacts")[0]
            .GetProperty("id").GetGuid();
        var secret = RandomNumberGenerator.GetBytes(24);
        new Caller("desk", "desk", "Desk", [], [Caller.EveryUnit], Scope.House).Enter();
        var visit = journey.Services.GetRequiredService<IGrainFactory>().GetGrain<IVisitGrain>(guest.VisitId);
        var issued =
            await visit.IssueLink(new IssueLink(new CommandId(Guid.NewGuid()), new Actor("staff/j", "Jutta"), DateTimeOffset.UtcNow, contact,
                Convert.ToHexString(SHA256.HashData(secret))));
        Assert.Null(issued.Refusal);
        var old = new Family(Base64Url.EncodeToString([.. guest.VisitId.ToByteArray(), .. secret]));
        Assert.Equal("open", Text(await Open(old, "bluebird"), "door"));
        await Post(guest, $"family/contacts/{contact}/revoke-links", new { });
        Assert.Equal("no-such-link", Text(await Open(old, "bluebird"), "door"));
        Assert.Equal("no-such-link", Text(await Open(family, "bluebird"), "door"));
    }

    private sealed record Family(string Token, string? Session = null);

    /// <summary>A contact with a code word and a link.</summary>
    private async Task<Family> Linked(Guest guest)
    {
        await Post(guest, "family/contacts", new { name = "Lee Moss", relation = "brother", consent = "progress" });
        var contact = (await journey.Get($"/api/v1/visits/{guest.VisitId}")).GetProperty("care").GetProperty("contacts")[0]
            .GetProperty("id").GetGuid();
        Assert.Equal((HttpStatusCode.Conflict, "code-word-missing"), await Refused(guest, $"family/contacts/{contact}/link", new { }));
        await Post(guest, "family/code-word", new { word = "Bluebird" });
        var link = await Json(await Send(guest, $"family/contacts/{contact}/link", new { }));
        return new(Text(link, "path")!.Split('#')[1]);
    }

    private async Task<JsonElement> Open(Family family, string? word) =>
        await Json(await Ask(family, HttpMethod.Post, "open", new { codeWord = word }));

    private async Task<JsonElement> Page(Family family) => await Json(await Ask(family, HttpMethod.Get, "page"));

    private async Task Say(Family family, string path, object body) => await Ok(await Ask(family, HttpMethod.Post, path, body));

    private async Task<HttpResponseMessage> Ask(Family family, HttpMethod method, string path, object? body = null)
    {
        using var request = Request(family, method, path, body);
        return await journey.Http.SendAsync(request, Stop);
    }

    private static HttpRequestMessage Request(Family family, HttpMethod method, string path, object? body = null)
    {
        var request = new HttpRequestMessage(method, $"/api/v1/family/{path}") { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Add(Api.Paths.FamilyLink, family.Token);
        if (family.Session is not null) request.Headers.Add(Api.Paths.FamilySession, family.Session);
        return request;
    }
}
