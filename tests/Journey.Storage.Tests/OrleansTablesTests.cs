using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace Journey.Storage.Tests;

/// <summary>Membership and reminders on our statements, through Orleans' own providers in a running silo.</summary>
public sealed class OrleansTablesTests(SharedPostgres postgres)
{
    [Fact]
    public async Task A_silo_joins_and_membership_changes_only_at_the_version_that_was_read()
    {
        await using var database = new PostgresDatabase(await (await postgres.Server).CreateDatabase());
        await using var silo = await SiloHost.Start(database);
        var table = silo.Services.GetRequiredService<IMembershipTable>();
        var all = await table.ReadAllAsync(CancellationToken.None);
        Assert.Equal(SiloStatus.Active, Assert.Single(all.Members).Item1.Status);

        var other = new MembershipEntry
        {
            SiloAddress = SiloAddress.New(IPAddress.Loopback, 1234, 5), SiloName = "other", HostName = "host", Status = SiloStatus.Joining,
            ProxyPort = 4321,
            StartTime = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), IAmAliveTime = new DateTime(2026, 1, 2, 3, 4, 6, DateTimeKind.Utc),
        };
        Assert.True(await table.InsertRowAsync(other, all.Version.Next()));
        Assert.False(await table.InsertRowAsync(other, all.Version.Next()));
        var read = await table.ReadRowAsync(other.SiloAddress, CancellationToken.None);
        Assert.False(await table.InsertRowAsync(other, read.Version.Next()));
        var (row, etag) = Assert.Single(read.Members);
        Assert.Equal((other.SiloAddress, other.SiloName, other.StartTime, other.ProxyPort),
            (row.SiloAddress, row.SiloName, row.StartTime, row.ProxyPort));

        row.Status = SiloStatus.Dead;
        row.AddSuspector(all.Members[0].Item1.SiloAddress, new DateTime(2026, 1, 2, 3, 5, 0, DateTimeKind.Utc));
        Assert.False(await table.UpdateRowAsync(row, etag, all.Version.Next()));
        Assert.True(await table.UpdateRowAsync(row, etag, read.Version.Next()));
        row.IAmAliveTime = new DateTime(2026, 1, 2, 3, 4, 30, DateTimeKind.Utc);
        await table.UpdateIAmAliveAsync(row, CancellationToken.None);
        var dead = Assert.Single((await table.ReadRowAsync(other.SiloAddress, CancellationToken.None)).Members).Item1;
        Assert.Equal((SiloStatus.Dead, row.IAmAliveTime), (dead.Status, dead.IAmAliveTime));
        Assert.Single(dead.SuspectTimes!);

        await table.CleanupDefunctSiloEntriesAsync(new DateTimeOffset(2026, 1, 2, 3, 4, 30, TimeSpan.Zero));
        Assert.Equal(2, (await table.ReadAllAsync(CancellationToken.None)).Members.Count);
        await table.CleanupDefunctSiloEntriesAsync(new DateTimeOffset(2026, 1, 3, 0, 0, 0, TimeSpan.Zero));
        Assert.Single((await table.ReadAllAsync(CancellationToken.None)).Members);
    }

    [Fact]
    public async Task Reminders_are_kept_found_by_range_and_removed_at_their_version()
    {
        await using var database = new PostgresDatabase(await (await postgres.Server).CreateDatabase());
        await using var silo = await SiloHost.Start(database);
        var table = silo.Services.GetRequiredService<IReminderTable>();
        GrainId[] grains = [.. Enumerable.Range(0, 40).Select(i => GrainId.Create("unit", $"unit/{i}"))];
        var start = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        foreach (var grain in grains)
            await table.UpsertRow(new() { GrainId = grain, ReminderName = "alive", StartAt = start, Period = TimeSpan.FromDays(40) });

        var etag = await table.UpsertRow(
            new() { GrainId = grains[0], ReminderName = "alive", StartAt = start.AddDays(1), Period = TimeSpan.FromMinutes(1) });

        var row = await table.ReadRow(grains[0], "alive");
        Assert.Equal((start.AddDays(1), TimeSpan.FromMinutes(1), etag), (row!.StartAt, row.Period, row.ETag));
        Assert.Equal(TimeSpan.FromDays(40), (await table.ReadRow(grains[1], "alive"))!.Period);
        Assert.Single((await table.ReadRows(grains[1])).Reminders);
        foreach (var (begin, end) in new[] { (0u, 0x8000_0000u), (0x4000_0000u, 0xC000_0000u), (0xC000_0000u, 0x4000_0000u), (7u, 7u) })
        {
            var expected = grains.Count(g => begin < end ? g.GetUniformHashCode() > begin && g.GetUniformHashCode() <= end
                : g.GetUniformHashCode() > begin || g.GetUniformHashCode() <= end);
            Assert.Equal(expected, (await table.ReadRows(begin, end)).Reminders.Count);
        }

        Assert.False(await table.RemoveRow(grains[0], "alive", "0"));
        Assert.True(await table.RemoveRow(grains[0], "alive", etag!));
        Assert.Null(await table.ReadRow(grains[0], "alive"));
    }
}
