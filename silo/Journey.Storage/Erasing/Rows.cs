using System.Data.Common;
using System.Runtime.CompilerServices;
using Journey.Storage.Sqlite;

namespace Journey.Storage.Erasing;

/// <summary>Statements that both databases understand, with values as each of them has them.</summary>
internal sealed class Rows(StorageConnection store)
{
    private const int LockSeconds = 10;

    /// <summary>The embedded database; null on PostgreSQL.</summary>
    public SqliteFile? File => store.DataSource as SqliteFile;

    public bool IsPostgreSql => store.CanCluster;

    /// <summary>JSON as a parameter.</summary>
    public string Json(string parameter) => IsPostgreSql ? $"cast({parameter} as jsonb)" : parameter;

    /// <summary>What is written on it is on disk when its transaction has ended, and on SQLite what it overwrites is zeroed.</summary>
    public async Task<DbConnection> OpenDurable(CancellationToken cancellation)
    {
        if (File is not { } file) return await store.DataSource.OpenConnectionAsync(cancellation);
        var connection = file.OpenDurable();
        SqliteFile.Run(connection, "pragma secure_delete = on;");
        return connection;
    }

    public Task<DbConnection> Open(CancellationToken cancellation) => store.DataSource.OpenConnectionAsync(cancellation).AsTask();

    /// <summary>Parameters are named by their place: <c>@p0</c>, <c>@p1</c>.</summary>
    public async Task<long> Run(DbConnection connection, string sql, CancellationToken cancellation, params object[] values)
    {
        await using var command = Command(connection, sql, values);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    public async IAsyncEnumerable<T> Read<T>(DbConnection connection, string sql, Func<DbDataReader, T> row,
        [EnumeratorCancellation] CancellationToken cancellation, params object[] values)
    {
        await using var command = Command(connection, sql, values);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation)) yield return row(rows);
    }

    public static Guid IdOf(DbDataReader row, int at) => row.GetValue(at) is Guid id ? id : Guid.Parse(row.GetString(at));

    private DbCommand Command(DbConnection connection, string sql, object[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        // Of SQLite it is how long a lock is waited for, and of PostgreSQL how long a statement may take.
        command.CommandTimeout = IsPostgreSql ? 0 : LockSeconds;
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ($"@p{i}", Native(values[i]));
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private object Native(object value) => value switch
    {
        Guid id when !IsPostgreSql => id.ToString("D"),
        DateTimeOffset time => IsPostgreSql ? time.UtcDateTime : Micros.From(time),
        bool flag when !IsPostgreSql => flag ? 1L : 0L,
        _ => value,
    };
}
