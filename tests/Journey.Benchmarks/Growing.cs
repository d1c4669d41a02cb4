using System.Globalization;
using Journey.Benchmarks.Harness;
using Journey.Benchmarks.Hosts;
using Journey.Testing;

namespace Journey.Benchmarks;

/// <summary>
/// What one update (A08 with another physician) costs in houses that are larger in one way at a time: what costs the same in every line of a table
/// is O(1).
/// </summary>
internal static class Growing
{
    private const int Lines = 16;

    private static readonly (string Way, int[] Sizes, Func<int, Size> Of)[] Ways =
    [
        ("patients known", [100, 500, 2_000], size => new(Persons: size)),
        ("rows on one board", [10, 100, 400], size => new(Visits: size)),
        ("boards, one row each", [10, 50, 200], size => new(Visits: size, Boards: size)),
        ("watchers of one board", [0, 50, 200], size => new(Watchers: size)),
        ("updates of each visit before", [1, 50, 250], size => new(Updates: size)),
    ];

    /// <summary>How large a house is.</summary>
    private sealed record Size(int Persons = 0, int Visits = Lines, int Boards = 1, int Watchers = 0, int Updates = 1);

    public static async Task Run(Settings settings)
    {
        Report.Title("curve");
        await using var postgres = await Postgres.Start();
        var warm = settings.Warm;
        foreach (var (way, sizes, of) in Ways)
        {
            var costs = new List<(string, Cost)>();
            foreach (var size in sizes)
            {
                await using var house = await House.Open(await postgres.CreateDatabase());
                costs.Add((size.ToString("N0", CultureInfo.InvariantCulture), await Measure(house, of(size), postgres, settings.Leg / 2, warm)));
                warm = TimeSpan.Zero;
                Console.Error.WriteLine($"  {size} {way}");
            }

            Report.Costs(way, [.. costs]);
        }

        Report.Say($"{Lines} connections at most, each with visits of its own; what the sender costs is in \"here\", the same in every line.");
    }

    private static async Task<Cost> Measure(House house, Size size, Postgres postgres, TimeSpan time, TimeSpan warm)
    {
        var (known, here) = (new Admissions("K", 1), new Admissions("G", 4 * size.Boards));
        var lines = await Task.WhenAll(Enumerable.Range(0, Math.Min(Lines, size.Visits)).Select(_ => MllpLine.Connect(house.MllpPort)));
        var turns = new int[lines.Length];
        await Each(size.Persons, known.Person);
        await Each(size.Visits, patient => here.Message(patient, 0));
        for (var turn = 0; turn < size.Updates; turn++) await Each(size.Visits, patient => here.Update(patient, turn));
        await using var watchers = size.Watchers == 0 ? null : await FarWatchers.Start(house.Url, "json", size.Watchers, 1, "E00");
        var updates = new Leg("updates", "messages/s", (length, latencies) => Workers.Run(lines.Length, length, latencies, line =>
        {
            // A line's own visits in turn, so that nobody waits for a visit; each time with another physician than the last.
            var turn = size.Updates + turns[line]++;
            return lines[line].Send(here.Update(line + turn % Math.Max(1, size.Visits / lines.Length) * lines.Length, turn));
        }));
        if (warm > TimeSpan.Zero) await Rounds.Warm(updates, warm);
        await postgres.Checkpoint();
        var (_, cost) = await Cost.Of(postgres.Count, () => updates.Run(time, new Latencies()));
        foreach (var line in lines) line.Dispose();
        return cost;

        // A visit's messages always come over the same line.
        Task Each(int count, Func<int, byte[]> message) => Workers.Each(lines.Length, lines.Length, async line =>
        {
            for (var i = line; i < count; i += lines.Length) await lines[line].Send(message(i));
        });
    }
}
