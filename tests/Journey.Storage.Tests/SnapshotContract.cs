using Journey.Storage.Snapshots;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Journey.Storage.Tests;

/// <summary>Snapshots through Orleans' provider, in a real silo.</summary>
public abstract class SnapshotContract
{
    protected abstract Task<Database> NewDatabase();

    [Fact]
    public async Task A_snapshot_survives_a_restart_with_its_default_values()
    {
        await using var database = await NewDatabase();
        await using (var silo = await SiloHost.Start(database))
            await Write(silo, "visit/1", new Snapshot { Version = 7, Open = false, Name = "Zoë" });
        await using var again = await SiloHost.Start(database);

        var read = await Read(again, "visit/1");

        Assert.True(read.RecordExists);
        Assert.Equal((7, false, "Zoë"), (read.State!.Version, read.State!.Open, read.State!.Name));
        Assert.False((await Read(again, "visit/2")).RecordExists);
        Assert.True((await Read(again, "visit/2")).State!.Open);
    }

    [Fact]
    public async Task A_stale_writer_is_told_and_changes_nothing()
    {
        await using var database = await NewDatabase();
        await using var silo = await SiloHost.Start(database);
        var (fresh, stale) = (await Read(silo, "visit/1"), await Read(silo, "visit/1"));
        fresh.State = new() { Version = 1 };
        await Storage(silo).WriteStateAsync("state", Id("visit/1"), fresh);

        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage(silo).WriteStateAsync("state", Id("visit/1"), stale));
        fresh.State = new() { Version = 2 };
        await Storage(silo).WriteStateAsync("state", Id("visit/1"), fresh);
        stale = new GrainState<Snapshot>(new() { Version = 9 }, "1") { RecordExists = true };
        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage(silo).WriteStateAsync("state", Id("visit/1"), stale));

        Assert.Equal(2, (await Read(silo, "visit/1")).State!.Version);
    }

    [Fact]
    public async Task A_cleared_snapshot_is_gone_and_can_be_written_again()
    {
        await using var database = await NewDatabase();
        await using var silo = await SiloHost.Start(database);
        await Write(silo, "visit/1", new Snapshot { Version = 1 });
        var state = await Read(silo, "visit/1");

        await Storage(silo).ClearStateAsync("state", Id("visit/1"), state);

        Assert.False(state.RecordExists);
        Assert.False((await Read(silo, "visit/1")).RecordExists);
        await Write(silo, "visit/1", new Snapshot { Version = 2 });
        Assert.Equal(2, (await Read(silo, "visit/1")).State!.Version);
    }

    /// <summary>Why grain keys are GUIDs or carry a prefix: when this fails the provider has been mended (dotnet/orleans#9706).</summary>
    [Fact]
    public async Task Bare_numbers_as_keys_read_one_anothers_rows_and_prefixed_ones_do_not()
    {
        await using var database = await NewDatabase();
        await using var silo = await SiloHost.Start(database);
        await Write(silo, "20235", new Snapshot { Version = 1 });
        await Write(silo, "patient/20235", new Snapshot { Version = 2 });

        Assert.Equal(1, (await Read(silo, "020235")).State!.Version);
        Assert.False((await Read(silo, "patient/020235")).RecordExists);
        Assert.False((await Read(silo, Guid.NewGuid().ToString("N"))).RecordExists);
    }

    /// <summary>Why state names are unique constants: when this fails the provider has been mended (dotnet/orleans#8746).</summary>
    [Fact]
    public async Task Grains_of_two_types_with_one_key_and_state_name_share_a_row()
    {
        await using var database = await NewDatabase();
        await using var silo = await SiloHost.Start(database);
        await Write(silo, "visit/1", new Snapshot { Version = 1 });
        var other = new GrainState<Snapshot>(new());

        await Storage(silo).ReadStateAsync("state", GrainId.Create("patient", "visit/1"), other);
        Assert.Equal(1, other.State!.Version);
        await Storage(silo).ReadStateAsync("another state", GrainId.Create("patient", "visit/1"), other);
        Assert.False(other.RecordExists);
    }

    [Fact]
    public async Task Many_snapshots_at_once_do_not_stall()
    {
        await using var database = await NewDatabase();
        await using var silo = await SiloHost.Start(database);
        var clock = System.Diagnostics.Stopwatch.StartNew();

        await Task.WhenAll(Enumerable.Range(0, 500).Select(i => Write(silo, $"visit/{i}", new Snapshot { Version = i })));

        Assert.Equal(500, await database.Scalar("select count(*) from orleans_snapshot"));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"500 snapshots took {clock.Elapsed}");
    }

    protected static IGrainStorage Storage(SiloHost silo) => silo.Services.GetRequiredKeyedService<IGrainStorage>(SnapshotStorage.Name);

    protected static GrainId Id(string key) => GrainId.Create("visit", key);

    private static async Task<GrainState<Snapshot>> Read(SiloHost silo, string key)
    {
        var state = new GrainState<Snapshot>(new());
        await Storage(silo).ReadStateAsync("state", Id(key), state);
        return state;
    }

    private static async Task Write(SiloHost silo, string key, Snapshot value)
    {
        var state = await Read(silo, key);
        state.State = value;
        await Storage(silo).WriteStateAsync("state", Id(key), state);
    }
}

[GenerateSerializer, Alias("test.snapshot")]
public sealed class Snapshot
{
    [Id(0)] public int Version { get; set; }

    [Id(1)] public bool Open { get; set; } = true;

    [Id(2)] public string Name { get; set; } = "";
}

public sealed class SqliteSnapshotTests : SnapshotContract
{
    protected override Task<Database> NewDatabase() => Task.FromResult<Database>(new SqliteDatabase());
}

public sealed class PostgresSnapshotTests(SharedPostgres postgres) : SnapshotContract
{
    protected override async Task<Database> NewDatabase() => new PostgresDatabase(await (await postgres.Server).CreateDatabase());
}
