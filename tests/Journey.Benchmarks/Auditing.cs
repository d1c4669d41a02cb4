using Journey.Benchmarks.Harness;
using Journey.Benchmarks.Hosts;
using Journey.Contracts.Audit;
using Journey.Contracts.Visits;
using Journey.Storage;

namespace Journey.Benchmarks;

/// <summary>
/// Entries of the audit trail a second, each durable before its caller goes on, beside single-row inserts as large; and what recording adds to
/// reading a visit.
/// </summary>
internal static class Auditing
{
    private const int Few = 64;
    private const int Many = 256;

    /// <summary>About what a row of the trail holds.</summary>
    private const int RowBytes = 420;

    public static async Task Run(Settings settings)
    {
        Report.Title("audit");
        await using var postgres = await Postgres.Start();
        var connection = await postgres.CreateDatabase();
        var directory = Directory.CreateTempSubdirectory("journey-bench-").FullName;
        using var onPostgres = await Committing.Silo(o => (o.Provider, o.ConnectionString, o.KeyRing) =
                (StorageProviders.PostgreSql, connection, Path.Combine(directory, "storage-keys")), null);
        using var onSqlite = await Committing.Silo(o => o.DataDirectory = directory, null);
        var text = new string('x', RowBytes);

        var legs = await Rounds.Run(settings, postgres.Checkpoint, postgres.Count,
            Entries("entries, PostgreSQL", onPostgres, Many),
            await postgres.Inserts(Many, text),
            Entries("entries, PostgreSQL", onPostgres, Few),
            await postgres.Inserts(Few, text),
            Entries("entries, SQLite", onSqlite, Many),
            Entries("entries, SQLite", onSqlite, Few),
            await Reads("visits read, not recorded", onPostgres, audited: false),
            await Reads("visits read, recorded", onPostgres, audited: true));
        Report.Table(legs);
        Report.Say($"Each caller waits for its own entry. Entries beside single-row inserts of {RowBytes} bytes: {legs[0].Median / legs[1].Median:0.00} × at {Many} callers, "
            + $"{legs[2].Median / legs[3].Median:0.00} × at {Few}. A recorded read takes the time of a read and of an append, "
            + $"p50 {Report.Time(legs[7].Latencies.At(0.5))} instead of {Report.Time(legs[6].Latencies.At(0.5))} with {Few} readers.");
        await onPostgres.StopAsync();
        await onSqlite.StopAsync();
        Directory.Delete(directory, recursive: true);
    }

    private static Leg Entries(string name, IHost silo, int callers)
    {
        var chains = Chains(silo);
        return new($"{name}, {callers} callers", "entries/s",
            (time, latencies) => Workers.Run(callers, time, latencies, worker => chains[worker % chains.Length].Record(Entry())));
    }

    private static async Task<Leg> Reads(string name, IHost silo, bool audited)
    {
        var (chains, grains) = (Chains(silo), silo.Services.GetRequiredService<IGrainFactory>());
        var visits = Enumerable.Range(0, Few).Select(_ => grains.GetGrain<IVisitGrain>(Guid.NewGuid())).ToArray();
        await Workers.Each(Few, Few, async i => await visits[i].Arrive(Some.Arrival(i, "U" + i % 8, Some.Now)));
        return new(name, "reads/s", (time, latencies) => Workers.Run(Few, time, latencies, async worker =>
        {
            await visits[worker].Read();
            if (audited) await chains[worker % chains.Length].Record(Entry());
        }));
    }

    private static IAuditGrain[] Chains(IHost silo) =>
        [.. Enumerable.Range(0, AuditChains.Count)
            .Select(chain => silo.Services.GetRequiredService<IGrainFactory>().GetGrain<IAuditGrain>(AuditChains.Key(chain)))];

    private static AuditEntry Entry() => new()
    {
        Id = Guid.NewGuid(), At = Some.Now, Who = new AuditParty("staff/bench", "Bench Nurse", ["nurse"], "nurse@ED", "10.0.0.7"),
        Action = AuditAction.ReadVisit,
        Operation = "GET /api/v1/visits/{id}", Outcome = AuditOutcome.Done, Visit = Guid.NewGuid(),
    };
}
