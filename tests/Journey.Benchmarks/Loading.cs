using System.Diagnostics;
using System.Globalization;
using Journey.Benchmarks.Harness;
using Journey.Benchmarks.Hosts;
using Journey.Contracts;
using Journey.Contracts.Visits;

namespace Journey.Benchmarks;

/// <summary>
/// A health system on one machine: many visits on many units, all of them watched, events for a long time; and before that, at which rate the curve
/// bends.
/// </summary>
internal static class Loading
{
    private const int Units = 200;
    private const int WatcherCount = 500;
    private const double PerSecond = 1_000;
    private static readonly double[] Steps = [500, 1_000, 1_500, 2_000, 3_000];
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(15);

    /// <summary>Patients have come within this time, so that their rounds fall due one by one.</summary>
    private static readonly TimeSpan Arrivals = TimeSpan.FromMinutes(55);

    /// <summary>Nobody owns a hundred thousand patients at once: that alone would be as many alerts.</summary>
    private const string Pack = "extends: default\nname: A health system\nversion: 1\nwithout: [visit.unowned]\n";

    public static async Task Run(Settings settings)
    {
        Report.Title("load");
        var count = settings.Visits ?? 100_000;
        var pack = Path.Combine(Path.GetTempPath(), $"journey-{Guid.NewGuid():N}.yaml");
        await File.WriteAllTextAsync(pack, Pack);
        await using var postgres = await Postgres.Start();
        var database = await postgres.CreateDatabase();
        await using var house = await House.Open(database, "--Journey:Policy:Path=" + pack, "--Journey:Gateway:RequestsPerSecond=10000");
        var visits = new IVisitGrain[count];
        var started = Stopwatch.GetTimestamp();
        await Workers.Each(count, 128, async i =>
        {
            visits[i] = house.Grains.GetGrain<IVisitGrain>(Guid.NewGuid());
            await visits[i].Arrive(Some.Arrival(i, "U" + i % Units, Some.Now - Arrivals * (i / (double)count), PatientClass.Inpatient));
        });
        var made = Stopwatch.GetElapsedTime(started);
        Report.Say($"{count:N0} visits on {Units} units, made in {made.TotalSeconds:N0} s ({count / made.TotalSeconds:N0}/s); working "
            + $"set {Megabytes(Environment.WorkingSet)}.");

        Console.WriteLine($"| events/s wanted | done | {Head} |");
        Console.WriteLine("|--:|--:|--:|--:|--:|--:|--:|--:|--|--:|--:|");
        foreach (var rate in Steps)
        {
            var leg = await Leg.Run(house, postgres, visits, rate, settings.Leg < Step ? settings.Leg : Step);
            Console.WriteLine($"| {rate:N0} | {leg.Done:N0} | {leg.Row(TimeSpan.Zero, leg.Length)} |");
        }

        Console.WriteLine();
        var before = (long)(await Postgres.Ask(database, "select pg_database_size(current_database())"))!;
        var all = await Leg.Run(house, postgres, visits, PerSecond, settings.Leg);
        var grown = (long)(await Postgres.Ask(database, "select pg_database_size(current_database())"))! - before;
        Console.WriteLine($"| {PerSecond:N0} events/s, minutes | {Head} |");
        Console.WriteLine("|--|--:|--:|--:|--:|--:|--:|--|--:|--:|");
        var part = all.Length > TimeSpan.FromMinutes(10) ? TimeSpan.FromMinutes(5) : all.Length / 2;
        for (var from = TimeSpan.Zero; from + part <= all.Length + TimeSpan.FromSeconds(1); from += part)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {from.TotalMinutes:0.#}–{(from + part).TotalMinutes:0.#} | {all.Row(from, from + part)} |"));
        Console.WriteLine($"| all | {all.Row(TimeSpan.Zero, all.Length)} |");
        Console.WriteLine();
        Report.Say($"{all.Events:N0} events; the database grew by {Megabytes(grown)}, {grown / all.Events:N0} bytes an event with its alerts, cards "
            + $"and indexes; {all.Dropped} watchers were dropped and came back. "
            + $"{WatcherCount} watchers in a process of their own, JSON; silo, gateway and the source of the events in one process.");
        Report.Say("Seconds in which a commit took longer than 250 ms: " + string.Join(", ", all.Slow(TimeSpan.FromMilliseconds(250))));
        Report.Budgets(Budget.Below($"event accepted → received by {WatcherCount} watchers, p99, {PerSecond:N0} events/s",
            TimeSpan.FromMilliseconds(80), all.Received(TimeSpan.Zero, all.Length).At(0.99)));
        File.Delete(pack);
    }

    private const string Head =
        "durable p50 | p99 | longest | on watchers' boards p50 | p99 | longest | cores: ours, PostgreSQL, watchers | stopped by the collector | "
            + "working set";

    private static string Megabytes(long bytes) => (bytes / (double)(1 << 20)).ToString("N0", CultureInfo.InvariantCulture) + " MB";

    /// <summary>Marks are nurses' names: the nth event names the nurse "n".</summary>
    private sealed class Leg(TimeSpan length, long begun, int first, long[] sentAt, long[] acceptedAt, int events, Seen seen,
        (double Ours, double Server, double Watchers, double Collecting) share, IReadOnlyList<(TimeSpan At, long Bytes)> memory)
    {
        /// <summary>The next event's mark: no two legs share one.</summary>
        private static int _marks;
        private static readonly TimeSpan MemoryEvery = TimeSpan.FromSeconds(5);

        public TimeSpan Length => length;
        public int Events => events;
        public long Dropped => seen.Dropped;
        public double Done => events / length.TotalSeconds;

        public static async Task<Leg> Run(House house, Postgres postgres, IVisitGrain[] visits, double rate, TimeSpan time)
        {
            GC.Collect();
            var most = (int)(rate * (time.TotalSeconds + 2));
            var (sentAt, acceptedAt, first) = (new long[most], new long[most], _marks);
            await using var watchers = await FarWatchers.Start(house.Url, "json", WatcherCount, Units);
            var (own, server, stopped, begun) = (Processor.Own, postgres.Used(), GC.GetTotalPauseDuration(), Stopwatch.GetTimestamp());
            using var ends = new CancellationTokenSource();
            var memory = Memory(begun, ends.Token);
            // Spread over the visits as if by chance, and never twice in a row on one.
            await Workers.Paced(rate, time, async _ =>
            {
                var mark = Interlocked.Increment(ref _marks) - 1;
                sentAt[mark - first] = Stopwatch.GetTimestamp();
                var outcome = await Some.Said(() => visits[(int)(mark * 7_919L % visits.Length)]
                    .Assign(new(Some.Id(), Some.Nurse, Some.Now, CareRole.Nurse, new Person("n", mark.ToString(CultureInfo.InvariantCulture)))));
                acceptedAt[mark - first] = Stopwatch.GetTimestamp();
                if (outcome.Kind != OutcomeKind.Accepted) throw new InvalidOperationException(outcome.Kind.ToString());
            });
            var took = Stopwatch.GetElapsedTime(begun);
            await Task.Delay(1000);
            var (ours, servers, collecting) =
                ((Processor.Own - own) / took, (postgres.Used() - server) / took, (GC.GetTotalPauseDuration() - stopped) / took);
            await ends.CancelAsync();
            var seen = await watchers.Stop();
            return new(took, begun, first, sentAt, acceptedAt, _marks - first, seen, (ours, servers, seen.Used / took, collecting), await memory);
        }

        private static async Task<IReadOnlyList<(TimeSpan, long)>> Memory(long begun, CancellationToken ends)
        {
            var seen = new List<(TimeSpan, long)>();
            do seen.Add((Stopwatch.GetElapsedTime(begun), Environment.WorkingSet));
            while (!await Task.Delay(MemoryEvery, ends).ContinueWith(wait => wait.IsCanceled, TaskScheduler.Default));
            return seen;
        }

        public string Row(TimeSpan from, TimeSpan to)
        {
            var (durable, received) = (new Latencies(), Received(from, to));
            for (var i = 0; i < events; i++)
                if (IsIn(i, from, to)) durable.Add(Stopwatch.GetElapsedTime(sentAt[i], acceptedAt[i]));
            return string.Create(CultureInfo.InvariantCulture,
                $"{Three(durable)} | {Three(received)} | {share.Ours:0.00}, {share.Server:0.00}, {share.Watchers:0.00} | {share.Collecting:0.0%} | {Megabytes(memory.Where(seen => seen.At < to).Max(seen => seen.Bytes))}");
        }

        public Latencies Received(TimeSpan from, TimeSpan to)
        {
            var times = new Latencies();
            foreach (var (mark, at) in seen.Sights)
                // What a watcher's first board held was of the leg before.
                if (mark - first is var i && i >= 0 && i < events && at >= sentAt[i] && IsIn(i, from, to))
                    times.Add(Stopwatch.GetElapsedTime(Math.Min(acceptedAt[i], at), at));
            return times;
        }

        /// <summary>In which seconds of the leg a commit took longer, by when it was asked for: what they have in common tells why.</summary>
        public IEnumerable<int> Slow(TimeSpan than) =>
            Enumerable.Range(0, events).Where(i => Stopwatch.GetElapsedTime(sentAt[i], acceptedAt[i]) > than)
            .Select(i => (int)Stopwatch.GetElapsedTime(begun, sentAt[i]).TotalSeconds).Distinct().Order();

        private bool IsIn(int i, TimeSpan from, TimeSpan to) => Stopwatch.GetElapsedTime(begun, sentAt[i]) is var at && at >= from && at < to;

        private static string Three(Latencies times) => $"{Report.Time(times.At(0.5))} | {Report.Time(times.At(0.99))} | {Report.Time(times.Max)}";
    }
}
