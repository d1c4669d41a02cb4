using System.Diagnostics;
using System.Globalization;
using Journey.Benchmarks.Harness;
using Journey.Benchmarks.Hosts;
using Journey.Contracts;
using Journey.Contracts.Visits;

namespace Journey.Benchmarks;

/// <summary>From an event accepted to 400 watchers, in a process of their own, that received it.</summary>
internal static class Watching
{
    private const int Units = 20;
    private const int VisitsPerUnit = 50;
    private const int WatcherCount = 400;
    private const int EventsPerSecond = 2_000;

    public static async Task Run(Settings settings)
    {
        Report.Title("watch");
        await using var postgres = await Postgres.Start();
        await using var house = await House.Open(await postgres.CreateDatabase());
        var visits = new IVisitGrain[Units * VisitsPerUnit];
        await Workers.Each(visits.Length, 64, async i =>
        {
            visits[i] = house.Grains.GetGrain<IVisitGrain>(Guid.NewGuid());
            await visits[i].Arrive(Some.Arrival(i, "U" + i % Units, Some.Now));
        });
        Protocol[] protocols = [new("json"), new("messagepack")];
        foreach (var protocol in protocols)
            await Round(house, postgres, visits, new Protocol(protocol.Name), TimeSpan.FromSeconds(Math.Min(4, settings.Leg.TotalSeconds)));
        for (var round = 1; round <= settings.Pairs; round++)
        {
            foreach (var protocol in protocols)
            {
                GC.Collect();
                await Round(house, postgres, visits, protocol, settings.Leg);
                Console.Error.WriteLine($"  round {round}/{settings.Pairs} {protocol.Name}: p99 {Report.Time(protocol.Accepted.At(0.99))} so far");
            }
        }

        Report.Times(
            [.. protocols
                .SelectMany(p => new[] { ($"event accepted → received, {p.Name}", p.Accepted), ($"command sent → received, {p.Name}", p.Sent) })]);
        foreach (var p in protocols) Report.Say(p.ToString());
        Report.Say($"{WatcherCount} watchers in a process of their own on {Units} units of {VisitsPerUnit} visits, {EventsPerSecond:N0} events/s on "
            + $"PostgreSQL, each to be seen by the {WatcherCount / Units} watchers of its unit. "
            + "An event that is overtaken by a newer one of the same visit within a delta is not counted.");
        Report.Budgets(
            [.. protocols
                .Select(p => Budget.Below($"event accepted → received by {WatcherCount} watchers, p99, {p.Name}", TimeSpan.FromMilliseconds(80),
                    p.Accepted.At(0.99)))]);
    }

    /// <summary>Marks are nurses' names: the nth event names the nurse "n".</summary>
    private static async Task Round(House house, Postgres postgres, IVisitGrain[] visits, Protocol protocol, TimeSpan time)
    {
        var most = (int)(EventsPerSecond * (time.TotalSeconds + 1));
        var (sentAt, acceptedAt) = (new long[most], new long[most]);
        await using var watchers = await FarWatchers.Start(house.Url, protocol.Name, WatcherCount, Units);
        var (own, server, allocated) = (Processor.Own, postgres.Used(), GC.GetTotalAllocatedBytes());
        var next = -1;
        await Workers.Paced(EventsPerSecond, time, async _ =>
        {
            var mark = Interlocked.Increment(ref next);
            sentAt[mark] = Stopwatch.GetTimestamp();
            var outcome = await Some.Said(() => visits[mark % visits.Length]
                .Assign(new(Some.Id(), Some.Nurse, Some.Now, CareRole.Nurse, new Person("n", mark.ToString(CultureInfo.InvariantCulture)))));
            acceptedAt[mark] = Stopwatch.GetTimestamp();
            if (outcome.Kind != OutcomeKind.Accepted) throw new InvalidOperationException(outcome.Kind.ToString());
        });
        await Task.Delay(500);
        (own, server, allocated) = (Processor.Own - own, postgres.Used() - server, GC.GetTotalAllocatedBytes() - allocated);
        protocol.Add(await watchers.Stop(), next + 1, sentAt, acceptedAt, own, server, allocated);
    }

    /// <summary>What came of the rounds in one of the hub's protocols.</summary>
    private sealed record Protocol(string Name)
    {
        private long _events, _messages, _bytes, _sights, _memory;
        private TimeSpan _ours, _servers, _watchers;

        public Latencies Sent { get; } = new();
        public Latencies Accepted { get; } = new();

        public void Add(Seen seen, int count, long[] sentAt, long[] acceptedAt, TimeSpan own, TimeSpan server, long allocated)
        {
            foreach (var (mark, at) in seen.Sights)
            {
                // What a watcher's first board held was of the round before.
                if (mark >= count || at < sentAt[mark]) continue;
                Sent.Add(Stopwatch.GetElapsedTime(sentAt[mark], at));
                // The announcement does not wait for the caller: a watcher may know before the caller is answered.
                Accepted.Add(Stopwatch.GetElapsedTime(Math.Min(acceptedAt[mark], at), at));
            }

            (_events, _messages, _bytes, _sights, _memory) =
                (_events + count, _messages + seen.Messages, _bytes + seen.Bytes, _sights + seen.Sights.Count, _memory + allocated);
            (_ours, _servers, _watchers) = (_ours + own, _servers + server, _watchers + seen.Used);
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture,
            $"{Name}: {_events:N0} events, seen {(double)_sights / _events:0.0} times each, {(double)_messages / _events:0.00} messages of {(double)_bytes / _messages:N0} bytes per event; "
            + $"processor time per event {(_ours / _events).TotalMicroseconds:0} µs here, {(_servers / _events).TotalMicroseconds:0} µs PostgreSQL, {(_watchers / _events).TotalMicroseconds:0} µs watchers; {_memory / _events / 1024:N0} KB allocated here per event.");
    }
}
