using Journey.Storage.Journal;
using Journey.Storage.Room;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Journey.Storage.Tests;

/// <summary>That the database becomes full is said long before it is.</summary>
public sealed class RoomTests(SharedPostgres postgres)
{
    private const long Capacity = 100_000_000;

    [Theory, InlineData(79.9, 80, false), InlineData(80, 80, true), InlineData(60, 50, true), InlineData(101, 99, true)]
    public void It_warns_from_the_configured_share_on(double percent, int from, bool warns)
    {
        using var metrics = new StorageMetrics();
        var room = new RoomLeft(new StorageOptions { WarnAtPercent = from }, metrics);
        room.Take(new((long)(Capacity * percent / 100), Capacity), Some.Noon);
        Assert.Equal(warns, room.Warning is not null);
    }

    [Fact]
    public void Whatever_the_pace_there_are_hours_between_the_warning_and_the_end()
    {
        // Percent in a minute: from one that fills the rest in a day to one that a flood would write.
        foreach (var pace in (double[])[0.02, 0.1, 0.2, 0.4])
        {
            using var metrics = new StorageMetrics();
            var room = new RoomLeft(new StorageOptions { WarnAtPercent = 99 }, metrics);
            var (used, minute, warnedAt) = (0.0, 0, -1);
            for (; used < 100; used += pace, minute++)
            {
                room.Take(new((long)(Capacity * used / 100), Capacity), Some.Noon.AddMinutes(minute));
                if (warnedAt < 0 && room.Warning is not null) warnedAt = minute;
            }

            Assert.True(minute - warnedAt >= 180, $"{pace} % a minute: full {minute - warnedAt} minutes after the warning");
        }
    }

    [Fact]
    public void A_burst_that_is_over_is_no_pace()
    {
        using var metrics = new StorageMetrics();
        var room = new RoomLeft(new StorageOptions(), metrics);
        for (var minute = 0; minute < 200; minute++)
            room.Take(new(minute < 30 ? 10_000_000 + minute * 1_000_000 : 40_000_000, Capacity), Some.Noon.AddMinutes(minute));
        Assert.Null(room.Warning);
        Assert.Null(Nothing(new Reading(40_000_000, null)));
    }

    [Fact]
    public async Task Health_says_so_and_goes_on_and_metrics_and_the_log_say_it_too_on_both_engines()
    {
        await using var sqlite = new SqliteDatabase();
        await using var server = new PostgresDatabase(await (await postgres.Server).CreateDatabase());
        foreach (var database in (Database[])[sqlite, server])
        {
            var store = await database.Open(o => o.CapacityGigabytes = 0.001);
            var watch = store.Services.GetServices<IHostedService>().OfType<RoomWatch>().Single();
            await database.Execute("create table heap (line text)");
            for (var n = 0; n < 30; n++) await database.Execute($"insert into heap values ('{new string('x', 30_000)}')");
            await watch.StartAsync(TestContext.Current.CancellationToken);
            var health = store.Services.GetRequiredService<HealthCheckService>();
            HealthReport report;
            do report = await health.CheckHealthAsync(TestContext.Current.CancellationToken);
            while (report.Entries["storage"].Description is null);
            await watch.StopAsync(TestContext.Current.CancellationToken);

            Assert.Equal(HealthStatus.Healthy, report.Status);
            Assert.Contains("of 0.001 GB", report.Entries["storage"].Description, StringComparison.Ordinal);
        }
    }

    private static string? Nothing(Reading reading)
    {
        using var metrics = new StorageMetrics();
        var room = new RoomLeft(new StorageOptions(), metrics);
        room.Take(reading, Some.Noon);
        return room.Warning;
    }
}
