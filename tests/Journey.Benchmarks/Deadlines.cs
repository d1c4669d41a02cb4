using System.Collections.Concurrent;
using System.Diagnostics;
using Journey.Benchmarks.Harness;
using Journey.Benchmarks.Hosts;
using Journey.Contracts.Boards;
using Journey.Contracts.Visits;

namespace Journey.Benchmarks;

/// <summary>From the moment a target passes to the alert at a watcher; it is durable before it is told.</summary>
internal static class Deadlines
{
    private const int Units = 20;
    private const int PerSecond = 50;

    /// <summary>Nothing but two targets: one of seconds for single deadlines, one in whose past visits can be put for many at once.</summary>
    private const string Policy = """
        name: Benchmark
        version: 1
        pathways:
          emergency: [arrived, seen, departed]
          outpatient: [arrived, seen, departed]
          other: [arrived, seen, departed]
        rules:
          - key: bench.single
            kind: touchpoint
            says: Single
            classes: [outpatient]
            starts: arrived
            max: 4 s
            source: benchmark
            approvedBy: benchmark
          - key: bench.flood
            kind: touchpoint
            says: Many at once
            classes: [emergency]
            starts: arrived
            max: 4 h
            source: benchmark
            approvedBy: benchmark

        """;

    public static async Task Run(Settings settings)
    {
        Report.Title("deadlines");
        var many = settings.Visits ?? 10_000;
        var policy = Path.Combine(Path.GetTempPath(), $"journey-{Guid.NewGuid():N}.yaml");
        await File.WriteAllTextAsync(policy,
            Policy + "units:\n" + string.Concat(Enumerable.Range(0, Units).Select(i => $"  - code: U{i}\n    name: Unit {i}\n")));
        await using var postgres = await Postgres.Start();
        await using var house = await House.Open(await postgres.CreateDatabase(), "--Journey:Policy:Path=" + policy);

        var single = new Latencies();
        var seen = new ConcurrentDictionary<Guid, byte>();
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var flood = 0;
        var lastAt = DateTimeOffset.MinValue;
        await using var watchers = await Watchers.Watch(house.Url, Units, i => "U" + i, board =>
        {
            var now = Some.Now;
            foreach (var row in board.Rows)
                foreach (var alert in row.Alerts)
                {
                    if (!seen.TryAdd(alert.Id, 0)) continue;
                    if (alert.Rule == "bench.single") single.Add(now - alert.DueAt);
                    else if (Interlocked.Increment(ref flood) == many)
                    {
                        lastAt = now;
                        all.TrySetResult();
                    }
                }
        });

        await Workers.Paced(PerSecond, settings.Leg * settings.Pairs, i =>
            house.Grains.GetGrain<IVisitGrain>(Guid.NewGuid()).Arrive(Some.Arrival(i, "U" + i % Units, Some.Now, PatientClass.Outpatient)));
        await Task.Delay(6000);
        var expected = (int)single.Count;
        Report.Times(("single: due → alert durable and at the watcher", single));

        // All due at one moment: as far ahead as it takes this machine to create them, which a few that are never due tell.
        const int sample = 500;
        var started = Stopwatch.GetTimestamp();
        await Workers.Each(sample, 256, async i =>
            await house.Grains.GetGrain<IVisitGrain>(Guid.NewGuid())
            .Arrive(Some.Arrival(2_000_000 + i, "U" + i % Units, Some.Now, PatientClass.Inpatient)));
        var due = Some.Now + TimeSpan.FromSeconds(5) + Stopwatch.GetElapsedTime(started) * (1.6 * many / sample);
        started = Stopwatch.GetTimestamp();
        await Workers.Each(many, 256, async i =>
            await house.Grains.GetGrain<IVisitGrain>(Guid.NewGuid())
            .Arrive(Some.Arrival(1_000_000 + i, "U" + i % Units, due - TimeSpan.FromHours(4))));
        var created = Stopwatch.GetElapsedTime(started);
        var late = Some.Now > due;
        if (!late) await Task.Delay(due - Some.Now);
        var (own, server) = (Processor.Own, postgres.Used());
        var finished = await Task.WhenAny(all.Task, Task.Delay(TimeSpan.FromSeconds(60))) == all.Task;
        (own, server) = (Processor.Own - own, postgres.Used() - server);
        var took = finished ? lastAt - due : TimeSpan.FromSeconds(60);
        var boards =
            await Task.WhenAll(Enumerable.Range(0, Units).Select(i => house.Grains.GetGrain<IUnitBoardGrain>(BoardKeys.Unit("U" + i)).Read()));
        var shown = boards.SelectMany(board => board.Rows).SelectMany(row => row.Alerts).Count(alert => alert.Rule == "bench.flood");
        Report.Say($"{expected:N0} single deadlines at {PerSecond}/s; then {many:N0} visits on {Units} units due at the same moment"
            + $" (created at {many / created.TotalSeconds:N0}/s), the last alert at a watcher after {Report.Time(took)}{(finished ? "" : $"; {flood:N0} came to watchers, {shown:N0} are on the boards")}{(late ? " — **creating them took too long, this is not valid**" : "")}.");
        File.Delete(policy);
        Report.Budgets(
            Budget.Below("deadline due → alert durable and at the watcher, p99", TimeSpan.FromMilliseconds(200), single.At(0.99)),
            Budget.Below($"{many:N0} due at once, all on boards", TimeSpan.FromSeconds(3), took));
    }
}
