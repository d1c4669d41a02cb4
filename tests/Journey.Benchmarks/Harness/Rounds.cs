using System.Diagnostics;

namespace Journey.Benchmarks.Harness;

/// <summary>One of the things that are measured side by side. Runs for about the time given and answers with how many per second.</summary>
internal sealed record Leg(string Name, string Unit, Func<TimeSpan, Latencies, Task<double>> Run);

/// <param name="Own">Processor time of this process per thing done.</param>
/// <param name="Server">Processor time of the database server per thing done.</param>
internal sealed record Measured(string Name, string Unit, IReadOnlyList<double> Rates, Latencies Latencies, TimeSpan Own, TimeSpan Server)
{
    public double Median
    {
        get
        {
            var sorted = Rates.Order().ToArray();
            return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
        }
    }
}

/// <summary>Interleaves: A, B, C, A, B, C … in one run, so that a machine that is busy or slow is so for all of them.</summary>
internal static class Rounds
{
    public static async Task<IReadOnlyList<Measured>> Run(Settings settings, Func<Task> before, Func<TimeSpan> server, params Leg[] legs)
    {
        var rates = legs.Select(_ => new List<double>()).ToArray();
        var times = legs.Select(_ => new Latencies()).ToArray();
        var used = new (TimeSpan Own, TimeSpan Server)[legs.Length];
        var done = new double[legs.Length];
        var warm = TimeSpan.FromSeconds(Math.Min(3, settings.Leg.TotalSeconds));
        foreach (var leg in legs) await leg.Run(warm, new Latencies());
        for (var round = 1; round <= settings.Pairs; round++)
        {
            for (var i = 0; i < legs.Length; i++)
            {
                await before();
                GC.Collect();
                var (own, theirs, started) = (Processor.Own, server(), Stopwatch.GetTimestamp());
                rates[i].Add(await legs[i].Run(settings.Leg, times[i]));
                done[i] += rates[i][^1] * Stopwatch.GetElapsedTime(started).TotalSeconds;
                used[i] = (used[i].Own + Processor.Own - own, used[i].Server + server() - theirs);
                Console.Error.WriteLine($"  round {round}/{settings.Pairs} {legs[i].Name}: {rates[i][^1]:N0} {legs[i].Unit}");
            }
        }

        return [.. legs.Select((leg, i) => new Measured(leg.Name, leg.Unit, rates[i], times[i], used[i].Own / done[i], used[i].Server / done[i]))];
    }

    public static Task<IReadOnlyList<Measured>> Run(Settings settings, params Leg[] legs) =>
        Run(settings, () => Task.CompletedTask, () => TimeSpan.Zero, legs);
}
