using System.Diagnostics;

namespace Journey.Storage.Tests;

/// <summary>Not tests but measurements, run by hand: <c>-explicit only -class "*.Measure"</c>.</summary>
public sealed class Measure(SharedPostgres postgres, ITestOutputHelper output)
{
    private static readonly int[] Counts = [1, 64, 256, 1024];

    [Fact(Explicit = true)]
    public async Task Sqlite()
    {
        foreach (var producers in Counts)
        {
            await using var database = new SqliteDatabase();
            await Run(database, producers);
        }
    }

    [Fact(Explicit = true)]
    public async Task PostgreSql()
    {
        foreach (var producers in Counts)
        {
            await using var database = new PostgresDatabase(await (await postgres.Server).CreateDatabase());
            await Run(database, producers);
        }
    }

    private async Task Run(Database database, int producers)
    {
        var store = await database.Open();
        var payload = $$"""{"events":[{"event":"visit.moved.v1","text":"{{new string('x', 600)}}"}]}""";
        var times = new List<double>();
        var until = Stopwatch.GetTimestamp() + 6 * Stopwatch.Frequency;
        var from = until - 5 * Stopwatch.Frequency;
        var counted = 0;
        var all = 0;
        var cpu = Environment.CpuUsage.TotalTime;
        await Task.WhenAll(Enumerable.Range(0, producers).Select(p => Task.Run(async () =>
        {
            for (var version = 1; Stopwatch.GetTimestamp() < until; version++)
            {
                var started = Stopwatch.GetTimestamp();
                await store.Journal
                    .Append(Some.Commit($"visit/{p}", version, payload: payload, card: Some.Card(p, version, deadline: Some.Noon.AddSeconds(version)),
                    message: new("ADT", $"{p}.{version}")));
                Interlocked.Increment(ref all);
                if (started < from) continue;
                Interlocked.Increment(ref counted);
                lock (times) times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        })));
        var each = (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / all;
        times.Sort();
        output.WriteLine(
            $"{producers} producers: {counted / 5.0:N0}/s with card, inbox and 650 bytes; p50 {times[times.Count / 2]:N1} ms, p99 {times[times.Count * 99 / 100]:N1} ms, {each:N0} µs of this process's CPU each");
    }
}
