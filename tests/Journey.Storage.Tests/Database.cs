using Microsoft.Data.Sqlite;
using Npgsql;

namespace Journey.Storage.Tests;

/// <summary>An empty database of one test. Several stores may be opened on it, as several silos would.</summary>
public abstract class Database : IAsyncDisposable
{
    private readonly List<Store> _stores = [];

    public async Task<Store> Open(Action<StorageOptions>? configure = null, bool migrate = true)
    {
        var store = new Store(options =>
        {
            Configure(options);
            configure?.Invoke(options);
        });
        _stores.Add(store);
        if (migrate) await store.Migrator.Migrate();
        return store;
    }

    public abstract Task<long> Scalar(string sql);

    public abstract Task Execute(string sql);

    public abstract void Configure(StorageOptions options);

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var store in _stores) await store.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

public sealed class SqliteDatabase : Database
{
    private readonly string _directory = Directory.CreateTempSubdirectory("journey-sqlite-").FullName;

    public string File => Path.Combine(_directory, "journey.db");

    public override void Configure(StorageOptions options) => options.DataDirectory = _directory;

    public override Task<long> Scalar(string sql) => Task.FromResult((long)Command(sql, command => command.ExecuteScalar())!);

    public override Task Execute(string sql) => Task.FromResult(Command(sql, command => command.ExecuteNonQuery()));

    public Task<string> Text(string sql) => Task.FromResult((string)Command(sql, command => command.ExecuteScalar())!);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private T Command<T>(string sql, Func<SqliteCommand, T> run)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return run(command);
    }
}

public sealed class PostgresDatabase(string connectionString) : Database
{
    private readonly string _ring = Directory.CreateTempSubdirectory("journey-ring-").FullName;

    public override void Configure(StorageOptions options) =>
        (options.Provider, options.ConnectionString, options.KeyRing) = ("PostgreSql", connectionString, _ring);

    public override async Task<long> Scalar(string sql) => Convert.ToInt64(await Command(sql, command => command.ExecuteScalarAsync()));

    public override Task Execute(string sql) => Command(sql, command => command.ExecuteNonQueryAsync());

    public async Task<string> Text(string sql) => (string)(await Command(sql, command => command.ExecuteScalarAsync()))!;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_ring, recursive: true);
    }

    private async Task<T> Command<T>(string sql, Func<NpgsqlCommand, Task<T>> run)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await run(command);
    }
}
