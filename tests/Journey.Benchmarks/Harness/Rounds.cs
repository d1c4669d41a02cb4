using System.Diagnostics;
using System.Runtime;

namespace Journey.Benchmarks.Harness;

/// <summary>One of the things that are measured side by side. Runs for about the time given and answers with how many per second.</summary>
internal sealed record Leg(string Name, string Unit, Func<TimeSpan, Latencies, Task<double>> Run);

/// <param name="Cost">What all rounds cost.</param>
internal sealed record Measured(string Name, string Unit, IReadOnlyList<double> Rates, Latencies Latencies, Cost Cost)
{
    /// <summary>Processor time of this process per thing done.</summary>
    public TimeSpan Own => Cost.Own / Cost.Done;

    public double Median => Rounds.Median(Rates);
}

/// <summary>Interleaves: A, B, C, A, B, C … in one run, so that a machine that is busy or slow is so for all of them.</summary>
internal static class Rounds
{
    private const double StillCompiling = 0.02;
    private static readonly TimeSpan Piece = TimeSpan.FromSeconds(5);

    public static async Task<IReadOnlyList<Measured>> Run(Settings settings, Func<Task> before, Func<Task<Tally>> server, params Leg[] legs)
    {
        var rates = legs.Select(_ => new List<double>()).ToArray();
        var times = legs.Select(_ => new Latencies()).ToArray();
        var costs = legs.Select(_ => Cost.None).ToArray();
        foreach (var leg in legs) await Warm(leg, settings.Warm);
        for (var round = 1; round <= settings.Pairs; round++)
        {
            for (var i = 0; i < legs.Length; i++)
            {
                await before();
                var (rate, cost) = await Cost.Of(server, () => legs[i].Run(settings.Leg, times[i]));
                rates[i].Add(rate);
                costs[i] += cost;
                Console.Error.WriteLine($"  round {round}/{settings.Pairs} {legs[i].Name}: {rate:N0} {legs[i].Unit}");
            }
        }

        if (settings.Profile) await Profile.Print(legs[0], settings.Leg);
        return [.. legs.Select((leg, i) => new Measured(leg.Name, leg.Unit, rates[i], times[i], costs[i]))];
    }

    public static Task<IReadOnlyList<Measured>> Run(Settings settings, params Leg[] legs) =>
        Run(settings, () => Task.CompletedTask, () => Task.FromResult(Tally.None), legs);

    public static double Median(IEnumerable<double> rates)
    {
        var sorted = rates.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>
    /// Runs until the compiler has hardly anything left to do here, which takes the MLLP leg most of a minute. A rate says less of it on a machine
    /// that others use too.
    /// </summary>
    public static async Task Warm(Leg leg, TimeSpan atMost)
    {
        var started = Stopwatch.GetTimestamp();
        double compiling;
        do
        {
            var (compiled, since) = (JitInfo.GetCompilationTime(), Stopwatch.GetTimestamp());
            var rate = await leg.Run(Piece < atMost ? Piece : atMost, new Latencies());
            compiling = (JitInfo.GetCompilationTime() - compiled) / Stopwatch.GetElapsedTime(since);
            Console.Error.WriteLine($"  warming {leg.Name}: {rate:N0} {leg.Unit}, {compiling:P0} of the time compiling");
        }
        while (compiling > StillCompiling && Stopwatch.GetElapsedTime(started) < atMost);
    }
}
