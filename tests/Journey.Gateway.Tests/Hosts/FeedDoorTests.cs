using System.Text;
using System.Text.Json;
using Journey.Gateway.Feeds.Listening;
using Journey.Gateway.Tests.Hostile;
using Journey.Hl7;
using Microsoft.Extensions.DependencyInjection;

namespace Journey.Gateway.Tests.Hosts;

/// <summary>
/// A host with listed feeds: one bound to an address, one that only says who it is, one that may nothing beyond where patients are.
/// </summary>
public sealed class ListedFeedsHost : StandaloneHostFixture
{
    protected override string[] Settings => [
        "--Journey:Feeds:0:Name=Main", "--Journey:Feeds:0:SendingApplication=HIS", "--Journey:Feeds:0:Sources=127.0.0.2",
        "--Journey:Feeds:1:Name=Desk", "--Journey:Feeds:1:SendingApplication=DESK",
        "--Journey:Feeds:2:Name=Narrow", "--Journey:Feeds:2:SendingApplication=NARROW", "--Journey:Feeds:2:May=",
    ];
}

/// <summary>Who may send, and what of a patient a sender may change: over real connections from several addresses.</summary>
public sealed class FeedDoorTests(ListedFeedsHost journey) : IClassFixture<ListedFeedsHost>
{
    private readonly Guest _guest = new(StandaloneHostFixture.Fresh("DP"), StandaloneHostFixture.Fresh("DV"), "DOOR", "Muster", "Max");

    [Fact]
    public async Task Who_is_not_listed_is_refused_logged_and_changes_nothing()
    {
        var answer = await Send("SYS", _guest.Message("A04", id: "STRANGER1"));
        Assert.Equal(("AR", "STRANGER1", "103", "MSH^1^3"),
            (answer["MSA", 1].Text, answer["MSA", 2].Text, answer["ERR", 3].Component(1).Text, Raw(answer["ERR", 2])));
        var line = await Line("STRANGER1");
        Assert.Equal(("rejected", true),
            (line.GetProperty("result").GetString(), line.GetProperty("reason").GetString()!.Contains("configured here", StringComparison.Ordinal)));
        Assert.StartsWith("127.0.0.1:", line.GetProperty("feed").GetString(), StringComparison.Ordinal);
        // Of whom the message speaks is not kept.
        Assert.InRange(line.GetProperty("bytes").GetInt32(), 1, 200);
        Assert.Empty((await journey.Get($"/api/v1/visits?number={_guest.Visit}")).EnumerateArray());
        Assert.DoesNotContain((await journey.Get("/api/v1/feeds")).EnumerateArray(),
            feed => feed.GetProperty("name").GetString()!.StartsWith("127.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_bound_feeds_name_is_worth_nothing_from_elsewhere()
    {
        var answer = await Send("HIS", _guest.Message("A04", id: "NAMED1"));
        Assert.Equal(("AR", "103"), (answer["MSA", 1].Text, answer["ERR", 3].Component(1).Text));
        Assert.Contains("another address", (await Line("NAMED1")).GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Empty((await journey.Get($"/api/v1/visits?number={_guest.Visit}")).EnumerateArray());
        Assert.Equal("unheard", (await journey.Get("/api/v1/feeds")).EnumerateArray().Single(feed => feed.GetProperty("name").GetString() == "Narrow")
            .GetProperty("state").GetString());
        await Accepted("HIS", _guest.Message("A04"), "127.0.0.2");
        Assert.Single((await journey.Get($"/api/v1/visits?number={_guest.Visit}")).EnumerateArray());
    }

    [Fact]
    public async Task What_cannot_be_taken_back_a_feed_that_only_says_who_it_is_may_not()
    {
        var other = new Guest(StandaloneHostFixture.Fresh("DP"), StandaloneHostFixture.Fresh("DV"), "DOOR", "Beispiel", "Berta");
        await Accepted("DESK", _guest.Message("A04"));
        await Accepted("DESK", other.Message("A04"));
        foreach (var (trigger, extra) in new[] { ("A40", $"MRG|{other.Patient}^^^NORTH^MR\r"),
            ("A45", $"MRG|{other.Patient}^^^NORTH^MR||||{other.Visit}\r"), ("A23", ""), ("A29", "") })
        {
            var answer = await Send("DESK", _guest.Message(trigger, extra, id: "NO" + trigger + _guest.Visit));
            Assert.Equal(("AR", "201", "MSH^1^9"), (answer["MSA", 1].Text, answer["ERR", 3].Component(1).Text, Raw(answer["ERR", 2])));
            Assert.Equal("rejected", (await Line("NO" + trigger + _guest.Visit)).GetProperty("result").GetString());
        }

        Assert.Equal(("present", "present"), (await Status(_guest), await Status(other)));
        // Normal ADT goes on: a corrected name, another visit number, a move, the end.
        var married = _guest with { Family = "Ehemuster" };
        await Accepted("DESK", married.Message("A08"));
        Assert.Contains("Ehemuster", (await Row(_guest)).GetProperty("patient").GetProperty("name").GetString(), StringComparison.Ordinal);
        await Accepted("DESK", married.Message("A03"));
        // The feed that is bound may.
        await Accepted("HIS", other.Message("A23"), "127.0.0.2");
        Assert.NotEqual("present", await Status(other));
    }

    [Fact]
    public async Task Confidentiality_is_lifted_only_by_a_feed_that_may_and_what_is_left_out_is_said()
    {
        await Accepted("DESK", _guest.Message("A04", "PD1||||||||||||Y\r"));
        Assert.True((await Row(_guest)).GetProperty("patient").GetProperty("confidential").GetBoolean());
        await Accepted("DESK", _guest.Message("A08", "PD1||||||||||||N\r", id: "LIFT1", bed: "7"));
        var row = await Row(_guest);
        Assert.Equal((true, "7"), (row.GetProperty("patient").GetProperty("confidential").GetBoolean(), row.GetProperty("bed").GetString()));
        Assert.Contains("Unlock", (await Line("LIFT1")).GetProperty("reason").GetString(), StringComparison.Ordinal);
        await Accepted("HIS", _guest.Message("A08", "PD1||||||||||||N\r", bed: "7"), "127.0.0.2");
        Assert.False((await Row(_guest)).GetProperty("patient").GetProperty("confidential").GetBoolean());
    }

    [Fact]
    public async Task A_feed_that_may_not_rename_tells_what_is_not_known_and_changes_nothing_that_is()
    {
        await Accepted("NARROW", _guest.Message("A04"));
        Assert.Contains("Muster", (await Row(_guest)).GetProperty("patient").GetProperty("name").GetString(), StringComparison.Ordinal);
        await Accepted("NARROW", (_guest with { Family = "Anders" }).Message("A02", id: "RENAME1", bed: "9"));
        var row = await Row(_guest);
        Assert.Contains("Muster", row.GetProperty("patient").GetProperty("name").GetString(), StringComparison.Ordinal);
        Assert.Equal("9", row.GetProperty("bed").GetString());
        Assert.Contains("Rename", (await Line("RENAME1")).GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal("AR",
            (await Send("NARROW", _guest.Message("A50", $"MRG|{_guest.Patient}^^^NORTH^MR||||{_guest.Visit}\r")
                .Replace($"||||||||||||{_guest.Visit}", "||||||||||||" + StandaloneHostFixture.Fresh("DV"),
                    StringComparison.Ordinal)))["MSA", 1].Text);
    }

    [Fact]
    public async Task Two_numbers_in_one_message_make_no_one_person_of_two_for_a_feed_that_may_not_merge()
    {
        var other = new Guest(StandaloneHostFixture.Fresh("DP"), StandaloneHostFixture.Fresh("DV"), "DOOR", "Beispiel", "Berta");
        await Accepted("DESK", _guest.Message("A04"));
        await Accepted("DESK", other.Message("A04"));
        await Accepted("DESK", Both("TWO1"));
        Assert.Contains("Merge", (await Line("TWO1")).GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Contains("Beispiel", (await Row(other)).GetProperty("patient").GetProperty("name").GetString(), StringComparison.Ordinal);
        await Accepted("HIS", Both("TWO2"), "127.0.0.2");
        await StandaloneHostFixture.Eventually(async () => (await Row(other)).GetProperty("patient").GetProperty("name").GetString()!,
            name => name.Contains("Muster", StringComparison.Ordinal), "the two are one");

        string Both(string id) => _guest.Message("A08", id: id)
            .Replace($"{_guest.Patient}^^^NORTH^MR", $"{_guest.Patient}^^^NORTH^MR~{other.Patient}^^^NORTH^PI", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_visit_number_under_somebody_elses_identifier_takes_no_visit_for_a_feed_that_may_not_merge()
    {
        await Accepted("DESK", _guest.Message("A04"));
        var thief = _guest with { Patient = StandaloneHostFixture.Fresh("DP"), Family = "Dieb" };
        await Accepted("DESK", thief.Message("A08", id: "TAKE1", bed: "4"));
        var row = await Row(_guest);
        Assert.Contains("Muster", row.GetProperty("patient").GetProperty("name").GetString(), StringComparison.Ordinal);
        Assert.Contains("Merge", (await Line("TAKE1")).GetProperty("reason").GetString(), StringComparison.Ordinal);
        // The number used again after the end is another visit, as ever.
        await Accepted("DESK", _guest.Message("A03"));
        await Accepted("DESK", thief.Message("A04", id: "TAKE2"));
        Assert.Equal(2, (await journey.Get($"/api/v1/visits?number={_guest.Visit}")).GetArrayLength());
    }

    private async Task Accepted(string application, string message, string from = "127.0.0.1") =>
        Assert.Equal("AA", (await Send(application, message, from))["MSA", 1].Text);

    private async Task<Hl7Message> Send(string application, string message, string from = "127.0.0.1")
    {
        using var socket = await BesiegedHost.Connect(journey.Services.GetRequiredService<MllpListener>().EndPoint!.Port, from);
        await socket.SendAsync(Encoding.UTF8.GetBytes($"\v{message.Replace("|SYS|", $"|{application}|", StringComparison.Ordinal)}\x1c\r"));
        var answer = await BesiegedHost.Read(socket, text => text.Contains('\x1c', StringComparison.Ordinal));
        return Hl7Message.Parse(answer.Trim('\v', '\x1c', '\r') + "\r");
    }

    private async Task<JsonElement> Line(string id) =>
        (await journey.Get("/api/v1/messages?count=200")).EnumerateArray().First(line => line.GetProperty("controlId").GetString() == id);

    private async Task<JsonElement> Row(Guest guest)
    {
        var found = await journey.Get($"/api/v1/visits?number={guest.Visit}");
        return (await journey.Get($"/api/v1/visits/{found[0].GetProperty("visitId").GetGuid()}")).GetProperty("row");
    }

    private async Task<string?> Status(Guest guest) => (await Row(guest)).GetProperty("status").GetString();

    private static string Raw(Hl7Value value) => Encoding.ASCII.GetString(value.Bytes);
}
