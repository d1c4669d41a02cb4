using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Journey.Storage.Tests;

public sealed class PostgresCrashTests
{
    [Fact]
    public async Task A_killed_server_loses_and_doubles_nothing_and_the_journal_goes_on_by_itself()
    {
        await using var server = await PostgresServer.Create();
        await using var database = new PostgresDatabase(await server.CreateDatabase());
        var store = await database.Open();
        var producers = new Producers(store.Journal, count: 64, commits: 150);
        var running = producers.Run();

        await Until(() => producers.Acknowledged > 1500, "some commits before the kill");
        await server.Kill();
        await Until(() => producers.Unknown > 100, "producers told of the kill");
        Assert.NotEqual(HealthStatus.Healthy, await Health(store));
        await server.Start();
        var before = producers.Acknowledged;
        await Until(() => producers.Acknowledged > before + 1000, "commits after the restart");
        await server.Stop();
        await server.Start();
        await running.WaitAsync(TimeSpan.FromSeconds(90));

        await producers.Check(database);
        Assert.Equal(HealthStatus.Healthy, await Health(store));
    }

    [Fact]
    public async Task A_commit_that_waits_for_a_lock_is_seen_to_age_and_when_it_is_durable_none_waits()
    {
        await using var server = await PostgresServer.Create();
        var connectionString = await server.CreateDatabase();
        await using var database = new PostgresDatabase(connectionString);
        var store = await database.Open();
        await store.Journal.Append(Some.Commit("visit/a", 1));
        Assert.Equal(0, Lag(store));

        await using var other = new NpgsqlConnection(connectionString);
        await other.OpenAsync();
        await using var locked = await other.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand("lock table journal in access exclusive mode", other)) await command.ExecuteNonQueryAsync();
        var waiting = store.Journal.Append(Some.Commit("visit/a", 2));
        await Until(() => Lag(store) > 0.5, "the commit to be half a second old");
        Assert.False(waiting.IsCompleted);

        await locked.RollbackAsync();
        await waiting;
        await Until(() => Lag(store) == 0, "the writer to be done");
    }

    [Fact]
    public async Task A_read_only_server_is_named_as_such()
    {
        await using var server = await PostgresServer.Create();
        var connectionString = await server.CreateDatabase();
        await using (var database = new PostgresDatabase(connectionString)) await database.Open();
        await using var readOnly = new PostgresDatabase(connectionString + ";Options=-c default_transaction_read_only=on");
        var store = await readOnly.Open(migrate: false);

        var thrown = await Assert.ThrowsAsync<StorageException>(() => store.Journal.Append(Some.Commit("visit/a", 1)));

        Assert.Contains("read-only", thrown.Message);
    }

    [Fact]
    public async Task Commits_that_would_not_be_durable_are_refused_at_the_start()
    {
        await using var server = await PostgresServer.Create();
        await using var database = new PostgresDatabase(await server.CreateDatabase() + ";Options=-c synchronous_commit=off");

        var thrown = await Assert.ThrowsAsync<StorageException>(() => database.Open());

        Assert.Contains("synchronous_commit", thrown.Message);
    }

    /// <summary>The gauge as this store's own meter tells it, s.</summary>
    private static double Lag(Store store)
    {
        var (lag, meters) = (double.NaN, store.Services.GetRequiredService<IMeterFactory>());
        using var listener = new MeterListener
        {
            InstrumentPublished =
            (i, l) => { if (i.Name == "journey.storage.lag" && ReferenceEquals(i.Meter.Scope, meters)) l.EnableMeasurementEvents(i); }
        };
        listener.SetMeasurementEventCallback<double>((_, seconds, _, _) => lag = seconds);
        listener.Start();
        listener.RecordObservableInstruments();
        return lag;
    }

    private static async Task<HealthStatus> Health(Store store)
    {
        var report = await store.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        return report.Entries["storage"].Status;
    }

    private static async Task Until(Func<bool> reached, string what)
    {
        for (var i = 0; i < 3000; i++)
        {
            if (reached()) return;
            await Task.Delay(10);
        }

        Assert.Fail($"waited 30 s for: {what}");
    }
}
