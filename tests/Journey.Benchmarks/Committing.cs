using System.Globalization;
using System.Text;
using Journey.Benchmarks.Harness;
using Journey.Benchmarks.Hosts;
using Journey.Contracts;
using Journey.Contracts.Visits;
using Journey.Domain.Policies;
using Journey.Domain.Visits;
using Journey.Grains.Hosting;
using Journey.Grains.Storage;
using Journey.Storage;
using Journey.Storage.Setup;
using Journey.Testing;

namespace Journey.Benchmarks;

/// <summary>
/// Durable events a second through real visit grains, beside the bare journal, single-row upserts and what Orleans ships for grain state.
/// </summary>
internal static class Committing
{
    private const int Grains = 256;
    private const int Payload = 2048;
    private const int Clients = 64;

    public static async Task Run(Settings settings)
    {
        Report.Title("commit");
        var document = Document(Payload);
        await using var postgres = await Postgres.Start();
        var connection = await postgres.CreateDatabase();
        var directory = Directory.CreateTempSubdirectory("journey-bench-").FullName;
        using var onPostgres = await Silo(o => (o.Provider, o.ConnectionString, o.KeyRing) =
            (StorageProviders.PostgreSql, connection, Path.Combine(directory, "storage-keys")), connection);
        using var onSqlite = await Silo(o => o.DataDirectory = directory, null);

        var legs = await Rounds.Run(settings, postgres.Checkpoint, postgres.Count,
            await Visits("visit grains, PostgreSQL", onPostgres),
            await postgres.Upserts(Clients, document),
            Stock(onPostgres, document),
            Journal("bare journal, PostgreSQL", onPostgres, document),
            await Visits("visit grains, SQLite", onSqlite),
            Journal("bare journal, SQLite", onSqlite, document));
        Report.Table(legs);
        Report.Statements(legs[0]);
        var size = await Postgres.Ask(connection,
            "select round((select avg(length(payload::text)) from journal where stream like 'visit/%' and stream not like 'visit/bare%') + "
                + "avg(length(board_row::text))) from visit_card where search_text <> 'bare'");
        Report.Say($"{Grains} grains (or streams) at a time, each waiting for its own commit; one commit of a "
            + $"visit is {size} bytes of JSON (event and card), "
            + $"that of the other legs {Payload}. Staff commands in turn: a contact, a word to the family. Every 32nd commit of a visit writes a "
            + $"snapshot too.");
        Report.Budgets(
            Budget.AtLeast("visit grains beside pgbench single-row upserts", 3, legs[0], legs[1]),
            Budget.AtLeast("visit grains beside stock WriteStateAsync", 10, legs[0], legs[2]));
        await onPostgres.StopAsync();
        await onSqlite.StopAsync();
        Directory.Delete(directory, recursive: true);
    }

    public static async Task<IHost> Silo(Action<StorageOptions> store, string? stock)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddConsole();
        builder.UseOrleans(silo =>
        {
            silo.Services.AddMetrics();
            silo.Services.AddJourneyStorage(store);
            silo.AddJourneyGrains(PolicyReader.Default);
            silo.UseLocalhostClustering(Ports.Free(), Ports.Free(), serviceId: "bench", clusterId: "bench");
            silo.UseInMemoryReminderService();
            if (stock is not null) silo.AddAdoNetGrainStorage(StockGrain.StorageName, o => (o.Invariant, o.ConnectionString) = ("Npgsql", stock));
        });
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static async Task<Leg> Visits(string name, IHost silo)
    {
        var grains = silo.Services.GetRequiredService<IGrainFactory>();
        var visits = Enumerable.Range(0, Grains).Select(i => grains.GetGrain<IVisitGrain>(Guid.NewGuid())).ToArray();
        var commits = new long[Grains];
        await Workers.Each(Grains, 64, async i => Accepted(await visits[i].Arrive(Some.Arrival(i, "U" + i % 8, Some.Now))));
        return new(name, "events/s", (time, latencies) =>
            Workers.Run(Grains, time, latencies, async i => Accepted(await Some.Said(() => commits[i]++ % 2 == 0
            ? visits[i].Contact(new(Some.Id(), Some.Nurse, Some.Now))
            : visits[i].TellFamily(new(Some.Id(), Some.Nurse, Some.Now, "spouse", "Waiting for the scan", Some.Now.AddHours(1)))))));
    }

    private static Leg Stock(IHost silo, string document)
    {
        var grains = silo.Services.GetRequiredService<IGrainFactory>();
        var stock = Enumerable.Range(0, Grains).Select(i => grains.GetGrain<IStockGrain>(Guid.NewGuid())).ToArray();
        return new("stock WriteStateAsync", "writes/s", (time, latencies) => Workers.Run(Grains, time, latencies, i => stock[i].Save(document)));
    }

    /// <param name="events">What is written; a text that is marked as sensitive is sealed.</param>
    public static Leg Journal(string name, IHost silo, string document, string? events = null)
    {
        var journal = silo.Services.GetRequiredService<IJournal>();
        var versions = new long[Grains];
        var ids = Enumerable.Range(0, Grains).Select(_ => Guid.NewGuid()).ToArray();
        var (payload, row) =
            (Encoding.UTF8.GetBytes("""{"by":{"id":"staff/bench"},"events":["""
                + (events ?? """{"event":"visit.contacted.v1","at":"2026-03-02T08:00:00+00:00"}""") + "]}"), Encoding.UTF8.GetBytes(document));
        return new(name, "commits/s", (time, latencies) => Workers.Run(Grains, time, latencies, async i =>
        {
            var (version, now) = (++versions[i], Some.Now);
            var card = new VisitCard(ids[i], version, "U" + i % 8, "Present", true, null, "bare", now, null, now.AddHours(1), row);
            var result =
                await journal.Append(new Commit("visit/bare-" + ids[i].ToString("N"), version, now, Guid.NewGuid(), "staff/bench", payload, card));
            if (result != AppendResult.Appended) throw new InvalidOperationException(result.ToString());
        }));
    }

    private static void Accepted(Outcome outcome)
    {
        if (outcome.Kind != OutcomeKind.Accepted) throw new InvalidOperationException($"{outcome.Kind} {outcome.Refusal}");
    }

    /// <summary>A card's row as a visit has it, filled up to <paramref name="bytes"/> with text that does not compress much.</summary>
    public static string Document(int bytes)
    {
        var visit = new VisitRow
        {
            Visit = new VisitId(Guid.NewGuid()), Number = "V0000001", Unit = "U1", Step = "arrived", StepSince = Some.Now,
            ArrivedAt = Some.Now, HeardAt = Some.Now
        };
        var row = Encoding.UTF8.GetString(VisitJson.WriteRow(visit));
        var dice = new Random(7);
        var filler = new StringBuilder();
        while (row.Length + filler.Length + 11 < bytes) filler.Append(dice.Next().ToString("x", CultureInfo.InvariantCulture));
        return row[..^1] + ",\"fill\":\"" + filler.ToString(0, Math.Max(0, bytes - row.Length - 11)) + "\"}";
    }
}

/// <summary>A grain that keeps its state as Orleans ships it.</summary>
internal interface IStockGrain : IGrainWithGuidKey
{
    Task Save(string document);
}

[GenerateSerializer]
internal sealed class StockState
{
    [Id(0)] public string Document { get; set; } = "";
    [Id(1)] public long Version { get; set; }
}

internal sealed class StockGrain([PersistentState("bench-stock", StockGrain.StorageName)] IPersistentState<StockState> state) : Grain, IStockGrain
{
    public const string StorageName = "stock";

    public Task Save(string document)
    {
        (state.State.Document, state.State.Version) = (document, state.State.Version + 1);
        return state.WriteStateAsync();
    }
}
