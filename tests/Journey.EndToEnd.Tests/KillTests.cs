using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Journey.EndToEnd.Tests;

/// <summary>One run of the feed that nothing disturbs: what every other run must end like.</summary>
public sealed class UndisturbedRun : IAsyncLifetime
{
    /// <summary>So many messages that patients of every kind are in the house at the end.</summary>
    private const int Messages = 2000;

    /// <summary>Within this everything that a later time makes due has been looked at.</summary>
    internal static readonly TimeSpan Reviews = TimeSpan.FromSeconds(8);

    private List<byte[]>[]? _parts;

    internal Ending Ending { get; private set; } = null!;

    internal List<byte[]>[] Parts => _parts!;

    /// <summary>At which both runs are looked at: what is due must not hang on how long one took.</summary>
    internal DateTimeOffset LookedAt => Until.AddMinutes(15);

    /// <summary>
    /// When the last message was sent: every run goes by a clock that begins there, or a feed that is years old would be of people who left long ago.
    /// </summary>
    internal DateTimeOffset Until => Parts.SelectMany(part => part).Max(PersonCensusTests.Sent);

    public async ValueTask InitializeAsync()
    {
        var messages = Corpus.Stream(Corpus.Spring)[..Messages];
        var census = new PersonCensus("ED", PersonCensusTests.London);
        foreach (var message in messages) census.Apply(new Plain(message));
        _parts = CensusTests.Split(messages, census, 4);
        using var time = new SteppedTime(Until);
        await using var journey = PolicyPack.OffTheClock([.. PersonCensusTests.Settings, .. time.Settings]);
        await journey.Start();
        await Task.WhenAll(_parts.Select(part => new FeedLine(journey.MllpPort, part).Run()));
        time.Now = LookedAt;
        await Task.Delay(Reviews);
        Ending = await Ending.Settled(journey, Store.Sqlite(journey.DataDirectory), null);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>What a run ends with, as far as two runs of the same feed must agree.</summary>
/// <param name="Boards">Canonical JSON.</param>
/// <param name="Histories">For each visit what its journal tells, times of recording left out.</param>
internal sealed record Ending(string Boards, SortedDictionary<string, string> Histories)
{
    private static readonly Regex EventName = new("\"event\": ?\"([a-z.0-9-]+)\"");

    /// <summary>Boards are told after the commit: reads until they say the same twice, and what is expected, if that comes.</summary>
    public static async Task<Ending> Settled(JourneyProcess journey, Store store, string? expected)
    {
        var (before, now) = ("", "");
        var started = Stopwatch.GetTimestamp();
        do
        {
            before = now;
            await Task.Delay(300);
            now = Canonical.TextOf(await journey.AllBoards());
        }
        while (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20) && (expected is null ? now != before : now != expected));
        return new(now, await History(store));
    }

    /// <summary>Sets of events: two lines of a feed reach two visits of a merge, and a review its moment, in no fixed order.</summary>
    private static async Task<SortedDictionary<string, string>> History(Store store)
    {
        var rows = await store.Query("select stream, payload from journal where stream like 'visit/%' order by stream, version",
            row => (Stream: row.GetString(0), Events: EventName.Matches(row.GetString(1)).Select(match => match.Groups[1].Value)));
        return new(rows.GroupBy(row => row.Stream).ToDictionary(
            group => group.Key, group => string.Join(' ', group.SelectMany(row => row.Events).Where(IsFact).Order(StringComparer.Ordinal))),
            StringComparer.Ordinal);
    }

    /// <summary>What histories have that the others have not, visit by visit; empty where they are the same.</summary>
    public string Differences(Ending from) =>
        string.Join('\n', Histories.Keys.Union(from.Histories.Keys).Order(StringComparer.Ordinal).Select(stream => Difference(stream, from))
            .Where(line => line is not null));

    private string? Difference(string stream, Ending from)
    {
        var (here, there) = (Events(this), Events(from));
        var names = here.Keys.Union(there.Keys).Where(name => here.GetValueOrDefault(name) != there.GetValueOrDefault(name)).ToArray();
        return names.Length == 0
            ? null
            : $"{stream}: {string.Join(", ", names.Select(name => $"{name} {here.GetValueOrDefault(name)} times instead of {there.GetValueOrDefault(name)}"))}";

        Dictionary<string, int> Events(Ending of) =>
            of.Histories.GetValueOrDefault(stream, "").Split(' ', StringSplitOptions.RemoveEmptyEntries).CountBy(name => name).ToDictionary();
    }

    /// <summary>
    /// An alert that is first looked at later is as grave at once, and as high on its ladder, as the other became: the boards say where it stands.
    /// </summary>
    private static bool IsFact(string name) =>
        name is not ("visit.noted.v1" or "visit.alert-worsened.v1" or "visit.alert-eased.v1" or "visit.alert-escalated.v1");
}

/// <summary>SIGKILL, again and again, under a running feed.</summary>
public sealed class KillTests(UndisturbedRun undisturbed) : IClassFixture<UndisturbedRun>
{
    private const int Kills = 10;

    [Fact]
    public async Task Ten_kills_on_SQLite_lose_nothing_and_double_nothing()
    {
        using var time = new SteppedTime(undisturbed.Until);
        await using var journey = PolicyPack.OffTheClock([.. PersonCensusTests.Settings, .. time.Settings]);
        await Survives(journey, time, Store.Sqlite(journey.DataDirectory), seed: 20261);
    }

    [Fact]
    public async Task Ten_kills_on_PostgreSQL_lose_nothing_and_double_nothing()
    {
        await using var server = await PostgresServer.Create();
        var connection = await server.CreateDatabase();
        using var time = new SteppedTime(undisturbed.Until);
        await using var journey = PolicyPack.OffTheClock([.. PersonCensusTests.Settings, .. time.Settings, ("Journey:Storage:Provider", "PostgreSql"),
                ("Journey:Storage:ConnectionString", connection)]);
        await Survives(journey, time, Store.PostgreSql(connection), seed: 20262);
    }

    private async Task Survives(JourneyProcess journey, SteppedTime time, Store store, int seed)
    {
        var random = new Random(seed);
        var total = undisturbed.Parts.Sum(part => part.Count);
        // At so many acknowledgements, and then at any moment of the few milliseconds that one message takes.
        var moments = Enumerable.Range(0, Kills).Select(_ => random.Next(20, total - 50)).Order().ToArray();
        var recoveries = new List<double>();
        await journey.Start();
        var lines = undisturbed.Parts.Select(part => new FeedLine(journey.MllpPort, part)).ToArray();
        using var failed = new CancellationTokenSource();
        var feeding = Task.WhenAll(lines.Select(line => line.Run(failed.Token)));
        try
        {
            foreach (var moment in moments)
            {
                await Reached(moment);
                await Task.Delay(random.Next(0, 25));
                var acknowledged = Acknowledged();
                var killed = Stopwatch.GetTimestamp();
                await journey.Kill();
                await journey.Start();
                await Reached(acknowledged + 1);
                recoveries.Add(Stopwatch.GetElapsedTime(killed).TotalSeconds);
            }

            await feeding;
        }
        finally
        {
            await failed.CancelAsync();
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{total} messages, {lines.Sum(line => line.Resent)} sent again; seconds from kill to the next "
                + $"acknowledgement: {string.Join(' ', recoveries.Select(s => s.ToString("0.0")))}");
        time.Now = undisturbed.LookedAt;
        await Task.Delay(UndisturbedRun.Reviews);
        var ending = await Ending.Settled(journey, store, undisturbed.Ending.Boards);
        Assert.Equal(undisturbed.Ending.Boards, ending.Boards);
        var differences = ending.Differences(undisturbed.Ending);
        Assert.True(differences.Length == 0, differences);
        await Proof.EveryMessageIsLoggedAndAppliedOnce(journey, [.. undisturbed.Parts.SelectMany(part => part)], lines);
        await NoAlertIsDoubled(journey, store);
        journey.SaysNothingOf(CensusTests.Names(undisturbed.Parts.SelectMany(part => part)));

        int Acknowledged() => lines.Sum(line => line.Accepted.Count);

        Task Reached(int count) => Eventually.Holds(() =>
        {
            if (feeding.IsFaulted) feeding.GetAwaiter().GetResult();
            return Task.FromResult((Acknowledged() >= count
                || feeding.IsCompleted, $"{Acknowledged()} of {total} acknowledged, waiting for {count}"));
        }, TimeSpan.FromMinutes(2), () => journey.Output, TimeSpan.FromMilliseconds(1));
    }

    /// <summary>At most one open alert per visit and rule; in the journal every alert is raised once, and each rung of it called once.</summary>
    private static async Task NoAlertIsDoubled(JourneyProcess journey, Store store)
    {
        var rows = (await journey.AllBoards()).SelectMany(board => board.Rows).ToArray();
        Assert.Contains(rows, row => row.Alerts.Count > 0);
        Assert.All(rows, row => Assert.Equal(row.Alerts.Count, row.Alerts.Select(alert => alert.Rule).Distinct().Count()));
        var steps = await AlertSteps.Read(store);
        Assert.Contains(steps, step => step.Rung is null);
        Assert.Contains(steps, step => step.Rung is not null);
        var twice = steps.GroupBy(step => step).Where(group => group.Count() > 1).Select(group => group.Key).ToArray();
        Assert.True(twice.Length == 0, $"More than once: {string.Join(' ', twice)}");
    }
}
