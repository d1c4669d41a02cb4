using Journey.Domain;
using Journey.Grains.Audit;
using Journey.Grains.Storage;
using Journey.Storage.Erasing;
using Journey.Storage.Journal;
using Journey.Storage.Postgres;
using Journey.Storage.Room;
using Journey.Storage.Schema;
using Journey.Storage.Sealing;
using Journey.Storage.Snapshots;
using Journey.Storage.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Configuration;
using Orleans.Runtime.Hosting;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace Journey.Storage.Setup;

/// <summary>Registers the store.</summary>
public static class JourneyStorageExtensions
{
    /// <summary>Registers the store with the options of the sections <c>Journey:Storage</c> and <c>Journey:DataDirectory</c>.</summary>
    public static ISiloBuilder AddJourneyStorage(this ISiloBuilder silo, IConfiguration configuration)
    {
        silo.Services.AddJourneyStorage(configuration);
        return silo;
    }

    /// <inheritdoc cref="AddJourneyStorage(ISiloBuilder, IConfiguration)"/>
    public static IServiceCollection AddJourneyStorage(this IServiceCollection services, IConfiguration configuration) =>
        services.AddJourneyStorage(options => Bind(options, configuration));

    /// <summary>
    /// Registers <see cref="IJournal"/>, <see cref="ICards"/>, <see cref="IMessageLog"/>, <see cref="IAuditLog"/>, the grain storage
    /// <see cref="SnapshotStorage.Name"/>,
    /// <see cref="IMigrator"/>, <see cref="StorageConnection"/>, the health check <c>storage</c>, and a step that migrates before any service starts.
    /// </summary>
    public static IServiceCollection AddJourneyStorage(this IServiceCollection services, Action<StorageOptions> configure)
    {
        services.AddOptions<StorageOptions>().Configure(configure).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsValidator>();
        services.TryAddSingleton<StorageMetrics>();
        AddPostgreSql(services);
        AddSqlite(services);
        services.AddSingleton(p => Pick<StorageConnection>(p,
            () => new(StorageConnection.PostgreSqlInvariant, p.GetRequiredService<NpgsqlDataSource>()),
            () => new(StorageConnection.SqliteInvariant, p.GetRequiredService<SqliteFile>())));
        services.AddSingleton(p => Pick<IEngine>(p, p.GetRequiredService<PostgresEngine>, p.GetRequiredService<SqliteEngine>));
        services.AddSingleton(p => Pick<IReader>(p, p.GetRequiredService<PostgresReader>, p.GetRequiredService<SqliteReader>));
        services.AddSingleton(p => Pick<IAuditReader>(p, p.GetRequiredService<PostgresAudit>, p.GetRequiredService<SqliteAudit>));
        services.AddSingleton(p => Pick<IMigrator>(p, p.GetRequiredService<PostgresMigrator>, p.GetRequiredService<SqliteMigrator>));
        services.AddSingleton(p => new GroupCommit(p.GetRequiredService<IEngine>(), Options(p).QueueLimit, p.GetRequiredService<StorageMetrics>(),
            p.GetRequiredService<ILogger<GroupCommit>>()));
        services.AddSingleton(p => new KeyRing(Options(p), p.GetService<TimeProvider>() ?? TimeProvider.System));
        services.AddSingleton<Seals>();
        services.TryAddSingleton<HouseKey>();
        services.AddSingleton(p => new RingCheck(p.GetRequiredService<StorageConnection>(), p.GetRequiredService<KeyRing>(),
            p.GetRequiredService<HouseKey>()));
        services.AddSingleton(p => new Resealing(p.GetRequiredService<StorageConnection>(), p.GetRequiredService<KeyRing>()));
        services.AddSingleton(p => new Rows(p.GetRequiredService<StorageConnection>()));
        services.AddSingleton<PersonFinder>();
        services.AddSingleton<ErasureList>();
        services.AddSingleton(p => new Eraser(p.GetRequiredService<PersonFinder>(), p.GetRequiredService<Rows>(),
            p.GetRequiredService<ErasureList>()));
        services.AddSingleton<IErasures>(p => p.GetRequiredService<Eraser>());
        services.AddSingleton(p => new ErasureDesk(p.GetRequiredService<Eraser>(), p.GetRequiredService<IAuditLog>(),
            p.GetRequiredService<AuditKey>(), p.GetService<TimeProvider>() ?? TimeProvider.System));
        services.AddSingleton(p => new ErasureProof(p.GetRequiredService<StorageConnection>(), p.GetRequiredService<KeyRing>(),
            p.GetRequiredService<Rows>()));
        services.AddSingleton(p => new Moving.Mover(p.GetRequiredService<NpgsqlDataSource>(), p.GetRequiredService<IMigrator>(),
            p.GetRequiredService<KeyRing>()));
        services.AddSingleton<JournalStore>();
        services.AddSingleton<IJournal>(p => p.GetRequiredService<JournalStore>());
        services.AddSingleton<ICards>(p => p.GetRequiredService<JournalStore>());
        services.AddSingleton<IMessageLog>(p => p.GetRequiredService<JournalStore>());
        services.AddSingleton<IAuditLog, AuditLog>();
        services.AddSingleton(p => Pick<IGauge>(p, () => new PostgresGauge(p.GetRequiredService<PostgresReader>(), Options(p)),
            () => new SqliteGauge(p.GetRequiredService<SqliteFile>(), Options(p))));
        services.AddSingleton(p => new RoomLeft(Options(p), p.GetRequiredService<StorageMetrics>()));
        services.AddHostedService(p => new RoomWatch(
            p.GetRequiredService<IGauge>(), p.GetRequiredService<RoomLeft>(), p.GetService<TimeProvider>()
                ?? TimeProvider.System, p.GetRequiredService<ILogger<RoomWatch>>()));
        services.AddSingleton(p => AuditKeyFile.Load(Options(p)));
        AddSnapshots(services);
        services.AddHostedService<MigrateOnStart>();
        services.AddHealthChecks().AddCheck<StorageHealthCheck>("storage", tags: ["ready"]);
        return services;
    }

    private static void Bind(StorageOptions options, IConfiguration configuration)
    {
        configuration.GetSection(StorageOptions.Section).Bind(options);
        if (configuration["Journey:DataDirectory"] is { } directory) options.DataDirectory = directory;
        if (configuration["Journey:Audit:KeyFile"] is { Length: > 0 } key) options.AuditKeyFile = key;
        options.AuditRetentionDays = configuration
            .GetValue($"{AuditOptions.Section}:{nameof(AuditOptions.RetentionDays)}", options.AuditRetentionDays);
    }

    private static void AddPostgreSql(IServiceCollection services)
    {
        services.AddSingleton(p => PostgresSource.Create(Options(p).ConnectionString!));
        services.AddSingleton(p => new PostgresEngine(p.GetRequiredService<NpgsqlDataSource>(), Options(p).Writers ?? 2));
        services.AddSingleton<StreamReads>();
        services.AddSingleton<PostgresReader>();
        services.AddSingleton<PostgresAudit>();
        services.AddSingleton(p => new PostgresMigrator(p.GetRequiredService<NpgsqlDataSource>(), Options(p)));
    }

    private static void AddSqlite(IServiceCollection services)
    {
        services.AddSingleton(p => new SqliteFile(Options(p)));
        services.AddSingleton<SqliteEngine>();
        services.AddSingleton<SqliteReader>();
        services.AddSingleton<SqliteAudit>();
        services.AddSingleton<SqliteMigrator>();
    }

    private static void AddSnapshots(IServiceCollection services)
    {
        services.AddOptions<AdoNetGrainStorageOptions>(SnapshotStorage.Name).Configure<IServiceProvider>((options, p) =>
        {
            var connection = p.GetRequiredService<StorageConnection>();
            options.Invariant = connection.Invariant;
            options.DataSource = connection.DataSource;
            options.HashPicker = new StorageHasherPicker([new OrleansDefaultHasher()]);
            options.GrainStorageSerializer = Pick<IGrainStorageSerializer>(p, () => Serializer(p), () => new TurnStorage.Verbatim());
        });
        services.AddGrainStorage(SnapshotStorage.Name, (p, name) =>
        {
            var provider = AdoNetGrainStorageFactory.Create(p, name);
            return Pick<ProviderStorage>(p, () => new(provider),
                () => new TurnStorage(provider, Serializer(p), p.GetRequiredService<IActivatorProvider>(),
                p.GetRequiredService<GroupCommit>(), p.GetRequiredService<SqliteReader>()));
        });
    }

    /// <summary>Explicitly: Orleans' default, JSON, drops default values and writes CLR type names.</summary>
    private static SealedSerializer Serializer(IServiceProvider p) =>
        new(ActivatorUtilities.CreateInstance<OrleansGrainStorageSerializer>(p), p.GetRequiredService<KeyRing>());

    private static StorageOptions Options(IServiceProvider p) => p.GetRequiredService<IOptions<StorageOptions>>().Value;

    private static T Pick<T>(IServiceProvider p, Func<T> postgreSql, Func<T> sqlite) => Options(p).IsPostgreSql ? postgreSql() : sqlite();
}

/// <summary>Runs before any hosted service starts, and so before the silo looks for its tables, whatever the order of registration.</summary>
internal sealed partial class MigrateOnStart(IMigrator migrator, IOptions<StorageOptions> options, RingCheck check, KeyRing ring, AuditKey key,
    Eraser eraser, ErasureDesk desk, ILogger<MigrateOnStart> logger) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.Migrate)
        {
            if (await migrator.Missing(cancellationToken) is var missing and > 0)
                throw new StorageException(
                    $"The schema is {missing} steps behind this version of Journey, and Journey:Storage:Migrate is false: run Journey.Silo migrate "
                        + $"first, with a role that may change the schema.");
        }
        else if (await migrator.Migrate(cancellationToken) is var applied and > 0)
        {
            LogMigrated(applied);
        }

        await check.Check(cancellationToken);
        await EraseAgain(cancellationToken);
        if (ring.IsOfThisMachine) LogLocalRing();
        if (key.Bytes is null) LogUnsealed();
    }

    /// <summary>What was erased is never served again, also where a backup has brought it back.</summary>
    private async Task EraseAgain(CancellationToken cancellation)
    {
        if (await eraser.Missing(cancellation) is { Count: > 0 } missing)
        {
            if (!options.Value.Migrate)
                throw new StorageException(
                    $"The database holds what was erased ({missing.Count} erasures): it was restored from an older backup. Run Journey.Silo erase "
                        + $"--again first, as the owner of the tables.");
            LogErasedAgain(await desk.Again(cancellation));
        }

        // Nobody else uses the file yet.
        if (options.Value.IsSqlite && await eraser.IsUnscrubbed(cancellation)) await eraser.Scrub(cancellation);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(3101, LogLevel.Information, "The schema was brought up to date: {Count} steps applied.")]
    private partial void LogMigrated(int count);

    [LoggerMessage(3104, LogLevel.Warning,
        "The database held what was erased, for it was restored from an older backup or somebody was interrupted: {Count} erasures were carried out "
            + "again.")]
    private partial void LogErasedAgain(int count);

    [LoggerMessage(3103, LogLevel.Warning,
        "The audit trail is not sealed: whoever can write to the database can make it anew. Name a file with 32 random bytes or more, the same for "
            + "every silo: Journey:Audit:KeyFile.")]
    private partial void LogUnsealed();

    [LoggerMessage(3102, LogLevel.Warning,
        "What is sensitive is sealed with keys in this process's own data directory. Name a folder that outlives it, and that every silo shares: "
            + "Journey:Storage:KeyRing.")]
    private partial void LogLocalRing();
}
