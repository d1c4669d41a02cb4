using Journey.Hl7.Mllp;

namespace Journey.EndToEnd.Tests;

/// <summary>A week of a hospital over MLLP, its boards against an independent count of who is where.</summary>
public sealed class CensusTests
{
    internal static readonly (string, string) Zone = ("Journey:Feed:TimeZone", "Europe/London");

    /// <summary>Until nothing has been written for longer than overdue deadlines wait for anybody: what ended in those days has ended.</summary>
    private static async Task Quiet(Store store)
    {
        long before, now = await store.Count("journal");
        do
        {
            before = now;
            await Task.Delay(TimeSpan.FromSeconds(30));
            now = await store.Count("journal");
        }
        while (now != before);
    }

    /// <summary>The stream with how often the boards are compared: after every so many messages.</summary>
    [Theory]
    [InlineData("stream-spring", 100)]
    [InlineData("sample", 1013)]
    public async Task Boards_show_who_is_where_all_week_and_a_second_pass_changes_nothing(string stream, int every)
    {
        var messages = Corpus.Stream($"simhospital/{stream}/messages.hl7s");
        using var time = new SteppedTime(messages.Min(PersonCensusTests.Sent));
        await using var journey = PolicyPack.OffTheClock([.. PersonCensusTests.Settings, .. time.Settings]);
        await journey.Start();
        var census = new PersonCensus("ED", PersonCensusTests.London);
        await using (var line = await MllpClient.ConnectAsync("127.0.0.1", journey.MllpPort))
        {
            for (var i = 0; i < messages.Count; i++)
            {
                time.Now = PersonCensusTests.Sent(messages[i]);
                await Accepted(line, messages[i]);
                census.Apply(new Plain(messages[i]));
                if ((i + 1) % every != 0 && i + 1 != messages.Count) continue;
                time.Now = census.Latest;
                await Proof.BoardsShow(journey, census, time.Now, $"after message {i + 1}");
            }
        }

        Assert.NotEmpty(census.Counted(time.Now));
        // Long after, so that nothing becomes due while the second pass runs.
        time.Now += TimeSpan.FromDays(60);
        var store = Store.Sqlite(journey.DataDirectory);
        await Quiet(store);
        var before = await Ending.Settled(journey, store, null);
        var last = (await journey.Log())[^1].Sequence;
        var rows = await store.Count("journal");
        await using (var line = await MllpClient.ConnectAsync("127.0.0.1", journey.MllpPort))
        {
            foreach (var message in messages) await Accepted(line, message);
        }

        await Proof.BoardsShow(journey, census, time.Now, "after the second pass");
        var after = await Ending.Settled(journey, store, before.Boards);
        Assert.Equal(before.Boards, after.Boards);
        var repeated = await journey.Log(after: last);
        Assert.Equal(messages.Count, repeated.Count);
        var odd = repeated.Where(line => line.Type.StartsWith("ADT", StringComparison.Ordinal) && line.Result is not ("repeated" or "unchanged"))
            .Select(line => $"{line.ControlId} {line.Type} {line.Result}").ToArray();
        Assert.True(odd.Length == 0, $"{odd.Length} messages of the second pass did something: {string.Join("; ", odd.Take(20))}");
        Assert.Equal(rows, await store.Count("journal"));
        journey.SaysNothingOf(Names(messages));
    }

    /// <summary>Both patients of a merge, and so all messages of one person, on the same connection.</summary>
    internal static List<byte[]>[] Split(List<byte[]> messages, PersonCensus final, int connections) =>
        [.. messages.GroupBy(message => (int)((uint)Stable(final.PersonOf(new Plain(message).Part("PID", 3, 1))) % connections))
            .Select(group => group.ToList())];

    internal static IEnumerable<string> Names(IEnumerable<byte[]> messages) => messages.SelectMany(message => new Plain(message).Names)
        .Where(name => name.Length >= 5 && char.IsUpper(name[0]) && name.All(char.IsLetter) && name is not "Updated" and not "Unconscious")
        .Distinct();

    private static int Stable(string text) => text.Aggregate(17, (hash, c) => unchecked(hash * 31 + c));

    internal static async Task Accepted(MllpClient line, byte[] message)
    {
        var sent = new Plain(message);
        var reply = new Plain((await line.SendAsync(message)).Span);
        Assert.True(reply.Field("MSA", 1) is "AA" or "CA"
            && reply.Field("MSA", 2) == sent.ControlId, $"{sent.ControlId} {sent.Trigger}: {reply.Field("MSA", 1)} for {reply.Field("MSA", 2)}");
    }
}
