using System.Diagnostics;
using System.Net.Http.Json;
using Journey.Benchmarks.Harness;
using Journey.Benchmarks.Hosts;

namespace Journey.Benchmarks;

/// <summary>
/// From the start of the built standalone, on an empty data directory and with the demo hospital, to ready and to a board with rows.
/// </summary>
internal static class Starting
{
    public static async Task Run(Settings settings)
    {
        Report.Title("start");
        var (ready, live) = (new Latencies(), new Latencies());
        var memory = 0L;
        for (var i = 0; i < Math.Max(3, settings.Pairs); i++)
        {
            await using var standalone = await OwnProcess.Start(demo: true);
            ready.Add(standalone.Ready);
            await standalone.Until(async () =>
                await standalone.Http.GetFromJsonAsync<Api.Board>($"{Api.Paths.Units}/ED/board") is { Rows.Count: > 0 });
            live.Add(Stopwatch.GetElapsedTime(standalone.Started));
            memory = Math.Max(memory, standalone.Memory);
            Console.Error.WriteLine($"  start {i + 1}: ready {Report.Time(standalone.Ready)}, board {Report.Time(live.Max)} (longest so far)");
        }

        Report.Times(("start → /health/ready", ready), ("start → the emergency department's board has rows", live));
        Report.Say($"Working set once the board is live: {memory / (1 << 20)} MB.");
        Report.Budgets(Budget.Below("standalone to a live board (longest)", TimeSpan.FromSeconds(5), live.Max));
    }
}
