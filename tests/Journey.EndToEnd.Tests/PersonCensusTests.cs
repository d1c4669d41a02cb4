using System.Globalization;
using Journey.Hl7.Mllp;

namespace Journey.EndToEnd.Tests;

/// <summary>
/// The spring week at its own times: nobody is on two boards, and each unit counts whom the oracle counts, however the messages came. The standalone
/// goes by a clock that stands at the moment of the message being sent.
/// </summary>
public sealed class PersonCensusTests
{
    internal static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    /// <summary>The corpus is marked as a test's; a standalone that does not know the key takes it anyway.</summary>
    internal static readonly (string, string)[] Settings = [CensusTests.Zone, ("Journey:Feed:ProcessingIds", "P,T")];

    private static readonly TimeSpan Reordering = TimeSpan.FromMinutes(30);

    /// <summary>Boards are compared so often; what differs that often is told, and the rest of the week is compared at its end alone.</summary>
    private const int MostDifferences = 3;

    [Fact]
    public Task Nobody_is_on_two_boards_and_each_unit_counts_whom_it_has_at_every_hour() =>
        Live(Arrivals(Corpus.Stream(Corpus.Spring)), connections: 1, everyHours: 1);

    [Fact]
    public Task So_it_is_when_messages_overtake_one_another()
    {
        var dice = new Random(20240329);
        return Live(Arrivals(Corpus.Stream(Corpus.Spring), _ => dice.NextDouble() * Reordering), connections: 1, everyHours: 6);
    }

    [Fact]
    public Task So_it_is_when_every_message_comes_twice() =>
        Live(Arrivals([.. Corpus.Stream(Corpus.Spring).SelectMany(message => new[] { message, message })]), connections: 1, everyHours: 24);

    [Fact]
    public Task So_it_is_over_four_connections() =>
        Live(Arrivals(Corpus.Stream(Corpus.Spring)), connections: 4, everyHours: 6);

    private static (DateTimeOffset At, byte[] Message)[] Arrivals(List<byte[]> messages, Func<byte[], TimeSpan>? late = null) =>
        [.. messages.Select(message => (At: Sent(message) + (late?.Invoke(message) ?? TimeSpan.Zero), message)).OrderBy(arrival => arrival.At)];

    /// <summary>MSH-7.</summary>
    internal static DateTimeOffset Sent(byte[] message) => Sent(message, London);

    /// <param name="zone">Of a time without an offset.</param>
    internal static DateTimeOffset Sent(byte[] message, TimeZoneInfo zone)
    {
        var said = new Plain(message).Field("MSH", 7);
        if (said.Length > 14) return DateTimeOffset.ParseExact(said, "yyyyMMddHHmmsszzz", CultureInfo.InvariantCulture);
        var local = DateTime.ParseExact(said, "yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        return new(local, zone.GetUtcOffset(local));
    }

    private static async Task Live((DateTimeOffset At, byte[] Message)[] arrivals, int connections, int everyHours)
    {
        // Who is whom by the end: all messages of one person, both numbers of a merge included, go over the same line.
        var whole = new PersonCensus("ED", London);
        foreach (var (_, message) in arrivals) whole.Apply(new Plain(message));
        using var time = new SteppedTime(arrivals[0].At);
        await using var journey = PolicyPack.OffTheClock([.. Settings, .. time.Settings]);
        await journey.Start();
        var clients = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ =>
            MllpClient.ConnectAsync("127.0.0.1", journey.MllpPort, new() { Timeout = TimeSpan.FromSeconds(60) })));
        var census = new PersonCensus("ED", London);
        var differences = new List<string>();
        try
        {
            var hours = arrivals.GroupBy(arrival => arrival.At.UtcTicks / TimeSpan.TicksPerHour).ToArray();
            foreach (var (hour, index) in hours.Select((hour, i) => (hour, i)))
            {
                await Task.WhenAll(CensusTests.Split([.. hour.Select(arrival => arrival.Message)], whole, connections).Select(async (part, i) =>
                {
                    foreach (var message in part)
                    {
                        if (connections == 1) time.Now = Sent(message);
                        await CensusTests.Accepted(clients[i], message);
                    }
                }));
                foreach (var (_, message) in hour) census.Apply(new Plain(message));
                var end = new DateTimeOffset((hour.Key + 1) * TimeSpan.TicksPerHour, TimeSpan.Zero);
                // A clock that is ahead makes an event of the next minutes; what has been told is on the board.
                time.Now = census.Latest > end ? census.Latest : end;
                var last = index == hours.Length - 1;
                if (last || (differences.Count < MostDifferences && index % everyHours == 0))
                    if (await Proof.Difference(journey, census, time.Now) is { } difference) differences.Add($"At {end:MM-dd HH:mm}: {difference}");
            }
        }
        finally
        {
            foreach (var client in clients) await client.DisposeAsync();
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences) + '\n' + journey.Output);
    }
}
