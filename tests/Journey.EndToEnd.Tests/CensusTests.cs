using Journey.Hl7.Mllp;

namespace Journey.EndToEnd.Tests;

/// <summary>A week of a hospital over MLLP, its boards against an independent count of who is where.</summary>
public sealed class CensusTests
{
    internal static readonly (string, string) Zone = ("Journey:Feed:TimeZone", "Europe/London");

    /// <summary>The stream with how often the boards are compared: after every so many messages.</summary>
    [Theory]
    [InlineData("stream-spring", 100)]
    [InlineData("sample", 1013)]
    public async Task Boards_show_who_is_where_all_week_and_a_second_pass_changes_nothing(string stream, int every)
    {
        var messages = Corpus.Stream(stream);
        await using var journey = PolicyPack.OffTheClock(Zone);
        await journey.Start();
        var census = new NaiveCensus("ED");
        await using (var line = await MllpClient.ConnectAsync("127.0.0.1", journey.MllpPort))
        {
            for (var i = 0; i < messages.Count; i++)
            {
                await Accepted(line, messages[i]);
                census.Hear(new Plain(messages[i]));
                if ((i + 1) % every == 0 || i + 1 == messages.Count) await Proof.BoardsShow(journey, census, $"after message {i + 1}");
            }
        }

        Assert.NotEmpty(census.Present);
        var store = Store.Sqlite(journey.DataDirectory);
        var before = await Ending.Settled(journey, store, null);
        var last = (await journey.Log())[^1].Sequence;
        var rows = await store.Count("journal");
        await using (var line = await MllpClient.ConnectAsync("127.0.0.1", journey.MllpPort))
        {
            foreach (var message in messages) await Accepted(line, message);
        }

        await Proof.BoardsShow(journey, census, "after the second pass");
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

    [Fact]
    public async Task Over_four_connections_in_any_interleaving_the_boards_are_the_same()
    {
        var messages = Corpus.Stream("stream-spring");
        await using var journey = await JourneyProcess.Start(Zone);
        var census = new NaiveCensus("ED");
        foreach (var message in messages) census.Hear(new Plain(message));
        await Task.WhenAll(Split(messages, census, 4).Select(async part =>
        {
            await using var line = await MllpClient.ConnectAsync("127.0.0.1", journey.MllpPort, new() { Timeout = TimeSpan.FromSeconds(60) });
            foreach (var message in part) await Accepted(line, message);
        }));
        await Proof.BoardsShow(journey, census, "at the end");
    }

    /// <summary>Both patients of a merge, and so all messages of one person, on the same connection.</summary>
    internal static List<byte[]>[] Split(List<byte[]> messages, NaiveCensus final, int connections) =>
        [.. messages.GroupBy(message => (int)((uint)Stable(final.Survivor(new Plain(message).Part("PID", 3, 1))) % connections)).Select(group => group.ToList())];

    internal static IEnumerable<string> Names(IEnumerable<byte[]> messages) => messages.SelectMany(message => new Plain(message).Names)
        .Where(name => name.Length >= 5 && char.IsUpper(name[0]) && name.All(char.IsLetter) && name is not "Updated" and not "Unconscious").Distinct();

    private static int Stable(string text) => text.Aggregate(17, (hash, c) => unchecked(hash * 31 + c));

    private static async Task Accepted(MllpClient line, byte[] message)
    {
        var sent = new Plain(message);
        var reply = new Plain((await line.SendAsync(message)).Span);
        Assert.True(reply.Field("MSA", 1) is "AA" or "CA" && reply.Field("MSA", 2) == sent.ControlId, $"{sent.ControlId} {sent.Trigger}: {reply.Field("MSA", 1)} for {reply.Field("MSA", 2)}");
    }
}
