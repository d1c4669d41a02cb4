using Journey.Benchmarks.Harness;
using Journey.Benchmarks.Hosts;

namespace Journey.Benchmarks;

/// <summary>
/// How soon a started house is worth its cores: MLLP messages a second in each ten seconds from the start of its load, in a process of its own.
/// </summary>
internal static class Warming
{
    private const int Wards = 400;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    public static async Task Run(Settings settings)
    {
        Report.Title("cold");
        var windows = Math.Max(2, (int)(settings.Warm / Window));
        var rates = new double[settings.Pairs][];
        var times = Enumerable.Range(0, windows).Select(_ => new Latencies()).ToArray();
        var costs = Enumerable.Repeat(Cost.None, windows).ToArray();
        var ready = new Latencies();
        await using var postgres = await Postgres.Start();
        for (var start = 0; start < settings.Pairs; start++)
        {
            await using var house = await OwnProcess.Start(await postgres.CreateDatabase());
            ready.Add(house.Ready);
            await using var sender = LoadClient.Start(house.MllpPort, "C", settings.Connections, Wards);
            var leg = sender.Leg("cold");
            rates[start] = new double[windows];
            for (var window = 0; window < windows; window++)
            {
                var (used, allocated) = (house.Used, await house.Allocated());
                var (rate, cost) = await Cost.Of(postgres.Count, () => leg.Run(Window, times[window]));
                rates[start][window] = rate;
                costs[window] += cost with { Own = house.Used - used, Allocated = await house.Allocated() - allocated };
                Console.Error.WriteLine($"  start {start + 1}/{settings.Pairs}, {window * 10}–{window * 10 + 10} s: {rate:N0} messages/s");
            }
        }

        double[] medians = [.. Enumerable.Range(0, windows).Select(window => Rounds.Median(rates.Select(start => start[window])))];
        var warm = medians[^1];
        Console.WriteLine("| seconds of load | messages/s | beside the last | p50 | p90 | p99 | longest |");
        Console.WriteLine("|--|--:|--:|--:|--:|--:|--:|");
        for (var window = 0; window < windows; window++)
        {
            Console.WriteLine($"| {window * 10}–{window * 10 + 10} | {Report.Rate(medians[window])} | {medians[window] / warm:0.00} × | "
                + $"{Report.Times(times[window])} |");
        }

        Console.WriteLine();
        Report.Costs("a message in the seconds", [.. costs.Select((cost, window) => ($"{window * 10}–{window * 10 + 10}", cost))]);
        Report.Say($"A new process on an empty database {settings.Pairs} times, ready after {Report.Time(ready.At(0.5))}; {settings.Connections} "
            + "connections. \"CPU here\" and \"allocated here\" are that process'.");
        Report.Budgets(new Budget("the first ten seconds beside the last", "≥ 0.5 ×", $"{medians[0] / warm:0.00} ×", medians[0] / warm >= 0.5));
    }
}
