using Journey.Contracts;
using Journey.Contracts.Access;
using Journey.Contracts.Boards;
using Journey.Contracts.Intake;
using Journey.Contracts.Patients;
using Journey.Contracts.Visits;
using Journey.Domain.Policies;
using Journey.Grains.Families;
using Journey.Grains.Hosting;
using Journey.Grains.Storage;
using Journey.Storage;
using Journey.Storage.Setup;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.Runtime.Placement;
using Orleans.TestingHost;

namespace Journey.Grains.Tests;

/// <summary>Two silos on one SQLite file, with a clock that the tests move and a journal that fails when it is told to.</summary>
public class Cluster : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("journey-grains-").FullName;
    private InProcessTestCluster _cluster = null!;

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
    public Faults Faults { get; } = new();
    public Postbox Mail { get; } = new("email");
    public Postbox Sms { get; } = new("sms");
    public Policy Policy { get; } = PolicyReader.Default with { Family = PolicyReader.Default.Family with { WaitingRooms = ["*"] } };

    /// <summary>Makes calls without a caller, as nobody but a feed may.</summary>
    public static readonly AsyncLocal<bool> AsNobody = new();

    private static readonly Caller Anybody = new("desk", "desk", "Desk", [], [Caller.EveryUnit], Scope.House | Scope.Confidential);

    public IGrainFactory Grains => _cluster.Client;

    public IReadOnlyList<InProcessSiloHandle> Silos => _cluster.Silos;

    public virtual async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(2);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<TimeProvider>(Clock);
            silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
            silo.Services.AddJourneyStorage(Store);
            silo.Services.Decorate<IJournal>((journal, _) => new FaultyJournal(journal, Faults));
            silo.Services.Decorate<IAuditLog>((log, _) => new FaultyAuditLog(log, Faults));
            silo.Services.AddSingleton<IFamilyChannel>(Mail);
            silo.Services.AddSingleton<IFamilyChannel>(Sms);
            silo.AddJourneyGrains(Policy);
            silo.UseInMemoryReminderService();
        });
        // As the gateway does for every call; a test about who may what enters as somebody else.
        builder.ConfigureClient(client => client.AddOutgoingGrainCallFilter(async context =>
        {
            if (Caller.Current is null && !AsNobody.Value) Anybody.Enter();
            await context.Invoke();
        }));
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _cluster.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    protected virtual void Store(StorageOptions options) => options.DataDirectory = _directory;

    /// <summary>Changes the store behind the grains' backs.</summary>
    public async Task Execute(string sql)
    {
        await using var connection =
            new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(_directory, "journey.db")};Pooling=false;Default Timeout=10");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>What the call wakes up lives on that silo.</summary>
    public async Task PlaceOn(InProcessSiloHandle silo, Func<Task> call)
    {
        RequestContext.Set(IPlacementDirector.PlacementHintKey, silo.SiloAddress);
        await call();
    }

    public Task StopSilo(InProcessSiloHandle silo) => _cluster.KillSiloAsync(silo);
    public Task StartSilo() => _cluster.StartAdditionalSiloAsync();

    public IIntakeGrain Intake => Grains.GetGrain<IIntakeGrain>(0);
    public IVisitGrain Visit(VisitId id) => Grains.GetGrain<IVisitGrain>(id.Value);
    public IPatientGrain Patient(PatientId id) => Grains.GetGrain<IPatientGrain>(id.Value);
    public IUnitBoardGrain Board(string unit) => Grains.GetGrain<IUnitBoardGrain>(BoardKeys.Unit(unit));
}

/// <summary>The same on PostgreSQL.</summary>
public sealed class PostgresCluster : Cluster
{
    private PostgresServer _server = null!;
    private string _database = "";

    public override async ValueTask InitializeAsync()
    {
        _server = await PostgresServer.Create();
        _database = await _server.CreateDatabase();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _server.DisposeAsync();
    }

    protected override void Store(StorageOptions options)
    {
        base.Store(options);
        (options.Provider, options.ConnectionString, options.KeyRing) = ("PostgreSql", _database, options.DataDirectory);
    }
}

[CollectionDefinition(nameof(PostgresClusterTests))]
public sealed class PostgresClusterTests : ICollectionFixture<PostgresCluster>;

[CollectionDefinition(nameof(ClusterTests))]
public sealed class ClusterTests : ICollectionFixture<Cluster>;

internal static class Decoration
{
    /// <summary>Wraps the registered service; the container still owns the inner one.</summary>
    public static void Decorate<T>(this IServiceCollection services, Func<T, IServiceProvider, T> wrap) where T : class
    {
        var inner = services.Last(s => s.ServiceType == typeof(T));
        services.Remove(inner);
        services.AddSingleton(p =>
            wrap((T)(inner.ImplementationFactory?.Invoke(p) ?? ActivatorUtilities.CreateInstance(p, inner.ImplementationType!)), p));
    }
}
