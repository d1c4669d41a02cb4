using System.Net.Http.Json;
using System.Text;
using Journey.Hl7;

namespace Journey.Gateway.Tests.Hosts;

public class MllpTests(StandaloneHostFixture journey)
{
    private readonly Guest _guest =
        new(StandaloneHostFixture.Fresh("P"), StandaloneHostFixture.Fresh("V"), StandaloneHostFixture.Fresh("U"), "Muster", "Max");

    [Fact]
    public async Task A_message_sent_twice_is_acknowledged_twice_and_applied_once()
    {
        var message = _guest.Message("A04", id: "TWICE1");
        Assert.Equal("AA", (await Send(message))["MSA", 1].Text);
        var again = await Send(message);
        Assert.Equal(("AA", "TWICE1"), (again["MSA", 1].Text, again["MSA", 2].Text));
        var results = (await journey.Get("/api/v1/messages?count=200")).EnumerateArray()
            .Where(line => line.GetProperty("controlId").GetString() == "TWICE1").Select(line => line.GetProperty("result").GetString());
        Assert.Equal(["repeated", "applied"], results);
    }

    [Fact]
    public async Task What_can_never_be_accepted_is_rejected_with_the_place_and_logged()
    {
        var answer = await Send("MSH|^~\\&|SYS|NORTH|||20260302||ADT^A01|NOPID1|P|2.5\rPV1|1|I|WARD4\r");
        Assert.Equal(("AR", "NOPID1", "PID"), (answer["MSA", 1].Text, answer["MSA", 2].Text, answer["ERR", 2].Text));
        answer = await Send("good morning");
        Assert.Equal("AR", answer["MSA", 1].Text);
        var reasons = (await journey.Get("/api/v1/messages?count=200")).EnumerateArray()
            .Where(line => line.GetProperty("result").GetString() == "rejected").ToList();
        Assert.True(reasons.Count >= 2);
        Assert.All(reasons, line => Assert.False(string.IsNullOrEmpty(line.GetProperty("reason").GetString())));
    }

    [Fact]
    public async Task Training_is_refused_logged_and_never_on_a_board()
    {
        var answer = await Send(_guest.Message("A04", id: "TRAIN1").Replace("|P|2.5", "|T|2.5", StringComparison.Ordinal));
        Assert.Equal(("AR", "TRAIN1", "202"), (answer["MSA", 1].Text, answer["MSA", 2].Text, answer["ERR", 3].Component(1).Text));
        var line = (await journey.Get("/api/v1/messages?count=200")).EnumerateArray()
            .Single(line => line.GetProperty("controlId").GetString() == "TRAIN1");
        Assert.Equal("rejected", line.GetProperty("result").GetString());
        Assert.Empty((await journey.Get($"/api/v1/visits?number={_guest.Visit}")).EnumerateArray());
    }

    [Fact]
    public async Task A_photo_and_a_letter_of_some_megabytes_are_taken_and_logged_cut()
    {
        var big = new string('x', 2_700_000);
        var letter = $"MSH|^~\\&|SYS|NORTH|JOURNEY|NORTH|20260302||MDM^T02|LETTER1|P|2.5\rTXA|1\rOBX|1|TX|||{big}\r";
        Assert.Equal("AA", (await Send(letter))["MSA", 1].Text);
        Assert.Equal("AA", (await Send(_guest.Message("A04", id: "PHOTO1") + $"OBX|1|ED|PHOTO||{big}\r"))["MSA", 1].Text);
        var lines = (await journey.Get("/api/v1/messages?count=200")).EnumerateArray().ToList();
        Assert.Equal((64 * 1024, 1024 * 1024), (Bytes("LETTER1"), Bytes("PHOTO1")));
        Assert.Single((await journey.Get($"/api/v1/visits?number={_guest.Visit}")).EnumerateArray());

        int Bytes(string id) => lines.Single(line => line.GetProperty("controlId").GetString() == id).GetProperty("bytes").GetInt32();
    }

    [Fact]
    public async Task A_message_without_an_id_is_accepted_once_and_answered_without_one()
    {
        var message = _guest.Message("A04", id: "");
        for (var i = 0; i < 2; i++)
        {
            var answer = await Send(message);
            Assert.Equal(("AA", ""), (answer["MSA", 1].Text, answer["MSA", 2].Text));
        }

        var results = (await journey.Get("/api/v1/messages?count=200")).EnumerateArray()
            .Where(line => line.GetProperty("controlId").GetString() == "" && line.GetProperty("type").GetString() == "ADT^A04")
            .Select(line => line.GetProperty("result").GetString());
        Assert.Equal(["repeated", "applied"], results);
    }

    [Theory]
    [InlineData("|||AL|NE", "CA"), InlineData("|||AL|", "CA"), InlineData("|||NE|AL", "AA"), InlineData("|||AL|AL", "AA"),
        InlineData("|||AL|ER", "CA")]
    public async Task In_enhanced_mode_the_answer_is_the_one_that_is_asked_for(string msh, string code) =>
        Assert.Equal(code, (await Send(_guest.Message("A04", msh: msh)))["MSA", 1].Text);

    [Fact]
    public async Task In_enhanced_mode_nothing_is_said_where_nothing_is_wanted_and_order_is_kept()
    {
        await using var client = await journey.Mllp();
        await client.PostAsync(Encoding.UTF8.GetBytes(_guest.Message("A04", msh: "|||NE|NE")), TestContext.Current.CancellationToken);
        await client.PostAsync(Encoding.UTF8.GetBytes(_guest.Message("A08", id: "AFTER1")), TestContext.Current.CancellationToken);
        Assert.Equal("AFTER1", Hl7Message.Parse(await client.ReceiveAsync(TestContext.Current.CancellationToken))["MSA", 2].Text);
    }

    [Fact]
    public async Task A_batch_is_answered_with_one_batch_that_speaks_of_each_message()
    {
        await using var client = await journey.Mllp();
        var batch = "BHS|^~\\&|SYS|NORTH|||20260302||||B1\r" + _guest.Message("A04", id: "B1M1")
            + "MSH|^~\\&|SYS|NORTH|||20260302||ADT^A01|B1M2|P|2.5\rPV1|1\r" + "BTS|2\r";
        var answer = Hl7Batch.Split(await client.SendAsync(Encoding.UTF8.GetBytes(batch), TestContext.Current.CancellationToken));
        Assert.True(answer.HasEnvelope);
        var parts = answer.Messages.Select(message => Hl7Message.Parse(message.Bytes)).Select(ack => (ack["MSA", 1].Text, ack["MSA", 2].Text));
        Assert.Equal([("AA", "B1M1"), ("AR", "B1M2")], parts);
    }

    [Fact]
    public async Task Signs_that_turn_a_name_round_or_hide_in_it_are_shown_as_marks()
    {
        await journey.Send(_guest.Message("A04", "NK1|1|Mus\u200Bter^Ida|SIS\r", id: "BIDI\u202E1")
            .Replace("Muster^Max", "Mus\u202Eter^M\u200Bax", StringComparison.Ordinal));
        var found = await journey.Get($"/api/v1/visits?number={_guest.Visit}");
        var visit = await journey.Get($"/api/v1/visits/{found[0].GetProperty("visitId").GetGuid()}");
        Assert.Equal("Mus\uFFFDter, M\uFFFDax", visit.GetProperty("row").GetProperty("patient").GetProperty("name").GetString());
        using var asked = await journey.Http.PostAsJsonAsync($"/api/v1/visits/{found[0].GetProperty("visitId").GetGuid()}/questions",
            new { asker = "staff", name = "Ida", kind = "plan", text = "When\u202E is it?" }, TestContext.Current.CancellationToken);
        foreach (var seen in new[] { visit.ToString(), (await journey.Get($"/api/v1/visits/{found[0].GetProperty("visitId").GetGuid()}")).ToString(),
            (await journey.Get("/api/v1/messages?count=50")).ToString() })
            Assert.DoesNotContain(seen, c => c is '\u202E' or '\u200B');
    }

    [Fact]
    public async Task A_mark_in_the_id_that_is_repeated_ends_no_answer()
    {
        await using var client = await journey.Mllp();
        for (var n = 1; n <= 3; n++)
        {
            var answer =
                Hl7Message.Parse(await client.SendAsync(Encoding.UTF8.GetBytes(_guest.Message("A08", id: $"MARK{n}\x1c")),
                    TestContext.Current.CancellationToken));
            Assert.Equal(("AA", $"MARK{n}"), (answer["MSA", 1].Text, answer["MSA", 2].Text.Trim()));
        }
    }

    [Fact]
    public async Task A_stay_from_arrival_to_departure_is_followed()
    {
        var guest = await journey.Arrived();
        await journey.Send(guest.Message("A02", bed: "3"), guest.Message("A08", bed: "3"), guest.Message("A03", bed: "3"));
        var row = (await journey.Get($"/api/v1/visits/{guest.VisitId}")).GetProperty("row");
        Assert.Equal(("departed", "3"), (row.GetProperty("status").GetString(), row.GetProperty("bed").GetString()));
    }

    private async Task<Hl7Message> Send(string message)
    {
        await using var client = await journey.Mllp();
        return Hl7Message.Parse(await client.SendAsync(Encoding.UTF8.GetBytes(message)));
    }
}
