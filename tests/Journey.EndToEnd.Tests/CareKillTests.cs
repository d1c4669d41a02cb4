using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Journey.Api;

namespace Journey.EndToEnd.Tests;

/// <summary>One run of feed, staff and families that nothing disturbs.</summary>
public sealed class UndisturbedCare : IAsyncLifetime
{
    /// <summary>So long ago that every clock has either run out long since or is far from it: no run is a moment too late for another.</summary>
    internal DateTimeOffset Began { get; } = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.AddHours(-7).ToUnixTimeSeconds());

    internal string Ending { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        await using var journey = CareKillTests.Prepare();
        await journey.Start();
        var script = new CareScript(journey, Began);
        await Task.WhenAll(CareKillTests.Feeds(journey, Began).Select(line => line.Run()).Concat(CareKillTests.People(script, default)));
        Ending = await CareEnding.Settled(journey, null);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>SIGKILL, again and again, while staff and families act beside the feed.</summary>
public sealed class CareKillTests(UndisturbedCare undisturbed) : IClassFixture<UndisturbedCare>
{
    private const int Kills = 3;
    private const int Workers = 6;

    [Fact]
    public async Task Kills_on_SQLite_lose_no_command_and_do_none_twice()
    {
        await using var journey = Prepare();
        await Survives(journey, Store.Sqlite(journey.DataDirectory), seed: 20263);
    }

    [Fact]
    public async Task Kills_on_PostgreSQL_lose_no_command_and_do_none_twice()
    {
        await using var server = await PostgresServer.Create();
        var connection = await server.CreateDatabase();
        await using var journey = Prepare(("Journey:Storage:Provider", "PostgreSql"), ("Journey:Storage:ConnectionString", connection));
        await Survives(journey, Store.PostgreSql(connection), seed: 20264);
    }

    /// <summary>Nobody's list may hang on who was quicker, so neither budget nor ladder moves anything while a run lasts.</summary>
    internal static JourneyProcess Prepare(params (string, string)[] settings) => PolicyPack.Prepare(
        [("alert.budget: 6 ", "alert.budget: 1000 "), PolicyPack.NoFeedIsBehind, ("alert.dwell: 30 s", "alert.dwell: 0 s"),
            .. PolicyPack.NobodyElseIsCalled, ("message.recall: 10 min", "message.recall: 20 min")], settings);

    internal static FeedLine[] Feeds(JourneyProcess journey, DateTimeOffset began) =>
        [.. Enumerable.Range(0, 3)
            .Select(line => new FeedLine(journey.MllpPort,
                CareScript.Feed([.. Enumerable.Range(0, CareScript.Visits).Where(v => v % 3 == line)], began)))];

    internal static IEnumerable<Task> People(CareScript script, CancellationToken cancellation) => Enumerable.Range(0, Workers).Select(async worker =>
    {
        for (var visit = worker; visit < CareScript.Visits; visit += Workers) await script.Run(visit, cancellation);
    });

    private async Task Survives(JourneyProcess journey, Store store, int seed)
    {
        var random = new Random(seed);
        await journey.Start();
        var script = new CareScript(journey, undisturbed.Began);
        using var failed = new CancellationTokenSource();
        var lines = Feeds(journey, undisturbed.Began);
        var acting = Task.WhenAll([.. lines.Select(line => line.Run(failed.Token)), .. People(script, failed.Token)]);
        try
        {
            for (var kill = 1; kill <= Kills; kill++)
            {
                await Reached(kill * 140 + random.Next(0, 60));
                await Task.Delay(random.Next(0, 25));
                await journey.Kill();
                await journey.Start();
            }

            await acting;
        }
        finally
        {
            await failed.CancelAsync();
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{script.Accepted.Count} commands done, sent again {script.Resent} times; {lines.Sum(line => line.Accepted.Count)} messages, {lines.Sum(line => line.Resent)} sent again");
        await journey.Kill();
        await journey.Start();
        Assert.Equal(undisturbed.Ending, await CareEnding.Settled(journey, undisturbed.Ending));
        await EachIsThereOnce(script, store);
        await OpenAlertsAreOpenAndNoneIsDoubled(journey, store);
        journey.SaysNothingOf(["Umberfield", "Ivory", "heron"]);

        Task Reached(int count) => Eventually.Holds(() =>
        {
            if (acting.IsFaulted) acting.GetAwaiter().GetResult();
            return Task.FromResult((script.Accepted.Count >= count || acting.IsCompleted, $"{script.Accepted.Count} done, waiting for {count}"));
        }, TimeSpan.FromMinutes(2), () => journey.Output, TimeSpan.FromMilliseconds(1));
    }

    private static async Task EachIsThereOnce(CareScript script, Store store)
    {
        var journal = (await store.Query("select cast(command_id as text) from journal", row => Guid.Parse(row.GetString(0)))).ToLookup(id => id);
        Assert.Equal(script.Accepted.Count, script.Accepted.Distinct().Count());
        var wrong = script.Accepted.Where(id => journal[id].Count() != 1).ToArray();
        Assert.True(wrong.Length == 0, $"Not exactly once in the journal: {string.Join(' ', wrong.Select(id => $"{id} ({journal[id].Count()})"))}");
    }

    private static async Task OpenAlertsAreOpenAndNoneIsDoubled(JourneyProcess journey, Store store)
    {
        var rows = (await journey.AllBoards()).SelectMany(board => board.Rows).ToArray();
        Assert.All(rows, row => Assert.Equal(row.Alerts.Count, row.Alerts.Select(alert => alert.Id).Distinct().Count()));
        var alerts = (await journey.Http.GetFromJsonAsync<AlertBoard>(Paths.Alerts))!;
        Assert.Equal(rows.SelectMany(row => row.Alerts).Select(alert => alert.Id).Order(), alerts.Open.Select(open => open.Alert.Id).Order());
        Assert.True(alerts.Open.Count >= CareScript.Visits * 2, $"Only {alerts.Open.Count} alerts are open.");
        var raised = (await AlertSteps.Read(store)).Where(step => step.Rung is null).ToArray();
        Assert.NotEmpty(raised);
        Assert.All(raised.GroupBy(step => step.Alert), same => Assert.Single(same));
    }
}

/// <summary>All that boards, lists, visits and the line say, without moments and in an order of its own: what two runs must agree on.</summary>
internal static class CareEnding
{
    private static readonly HashSet<string> Volatile = ["epoch", "version", "feeds", "waitingRoomCode", "escalatedTo", "canUndo"];

    public static async Task<string> Settled(JourneyProcess journey, string? expected)
    {
        var (before, now) = ("", "");
        var started = DateTimeOffset.UtcNow;
        do
        {
            before = now;
            await Task.Delay(400);
            now = await Read(journey);
        }
        while (DateTimeOffset.UtcNow - started < TimeSpan.FromSeconds(30) && (expected is null ? now != before : now != expected));
        return now;
    }

    private static async Task<string> Read(JourneyProcess journey)
    {
        var all = new List<string>();
        foreach (var unit in await journey.Units()) all.Add(await Plain(journey, $"{Paths.Units}/{unit.Code}/board"));
        foreach (var addressee in CareScript.Addressees) all.Add(Plain(addressee, await journey.Owes(addressee)));
        for (var visit = 0; visit < CareScript.Visits; visit++)
            foreach (var found in await journey.Numbered(CareScript.Number(visit))) all.Add(await Plain(journey, $"{Paths.Visits}/{found.VisitId}"));
        all.Add(await Plain(journey, Paths.Hotline));
        return string.Join('\n', all);
    }

    private static async Task<string> Plain(JourneyProcess journey, string path) =>
        Plain(path, await journey.Http.GetStringAsync(path));

    private static string Plain(string what, string json) =>
        what + "\n" + Canonical(JsonNode.Parse(json)!).ToJsonString(new(JsonSerializerDefaults.Web) { WriteIndented = true });

    private static JsonNode Canonical(JsonNode node) => node switch
    {
        JsonArray array =>
            new JsonArray([.. array.Select(item => item is null ? null : Canonical(item))
                .OrderBy(item => item?.ToJsonString() ?? "", StringComparer.Ordinal)]),
        JsonObject map =>
            new JsonObject(map.Where(pair => !Volatile.Contains(pair.Key) && !IsMoment(pair.Value) && !(pair.Key == "id" && IsAlert(map)))
                .Select(pair => KeyValuePair.Create(pair.Key, pair.Value is null ? null : Canonical(pair.Value)))),
        _ => node.DeepClone(),
    };

    /// <summary>An alert's id is made from the moment its clock began, and a family that waits began when it said so.</summary>
    private static bool IsAlert(JsonObject map) =>
        map.ContainsKey("rule") || (map["kind"] is JsonValue kind && kind.TryGetValue<string>(out var word) && word == "alert");

    private static bool IsMoment(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) && text.Contains('T', StringComparison.Ordinal)
        && DateTimeOffset.TryParse(text, out _);
}
