using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Journey.Storage.Sqlite;

/// <summary>
/// The embedded database file. One connection of its own writes the journal; pooled ones read and keep snapshots.
/// As a data source it is what Orleans' storage provider opens its connections from.
/// </summary>
internal sealed class SqliteFile : DbDataSource
{
    private readonly string _pooled;
    private readonly string _alone;

    public SqliteFile(StorageOptions options)
    {
        var settings = string.IsNullOrWhiteSpace(options.ConnectionString)
            ? new SqliteConnectionStringBuilder { DataSource = System.IO.Path.Combine(options.DataDirectory, "journey.db") }
            : new SqliteConnectionStringBuilder(options.ConnectionString);
        Path = System.IO.Path.GetFullPath(settings.DataSource);
        settings.DataSource = Path;
        settings.Pooling = true;
        _pooled = settings.ConnectionString;
        settings.Pooling = false;
        _alone = settings.ConnectionString;
    }

    public string Path { get; }

    public override string ConnectionString => _pooled;

    /// <summary>A connection whose commits are on disk when they return, for the one writer.</summary>
    public SqliteConnection OpenDurable()
    {
        OwnerOnly.Folder(System.IO.Path.GetDirectoryName(Path)!);
        OwnerOnly.File(Path);
        // New ones are as the database is; those of a process that was killed may be as a version before 2026-12 left them.
        OwnerOnly.Narrow(Path + "-wal");
        OwnerOnly.Narrow(Path + "-shm");
        var connection = new SqliteConnection(_alone);
        try
        {
            connection.Open();
            // The write-ahead log lets readers go on while the writer writes. FULL: synced at every commit (fullfsync: on macOS too, through the
            // drive's cache).
            Run(connection, "pragma journal_mode = wal; pragma synchronous = full; pragma fullfsync = on; pragma journal_size_limit = 67108864;");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Whether another process has it open: whoever has holds a lock that nobody else can have it alone beside.</summary>
    public bool IsInUse()
    {
        if (!File.Exists(Path)) return false;
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder(_alone) { DefaultTimeout = 1 }.ConnectionString);
        try
        {
            connection.Open();
            // One by one: behind a statement that answers with a row the driver passes over what fails.
            foreach (var sql in (string[])["pragma locking_mode = exclusive", "begin exclusive", "rollback"]) Run(connection, sql);
            return false;
        }
        catch (SqliteException e) when (e.SqliteErrorCode == SQLitePCL.raw.SQLITE_BUSY)
        {
            return true;
        }
    }

    public static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>
    /// A pooled connection. What it writes, snapshots, is synced with the next commit of the journal and not by itself: losing one costs time, never
    /// data, and the log keeps the order, so a snapshot is never ahead of its journal.
    /// </summary>
    protected override DbConnection OpenDbConnection()
    {
        var connection = (SqliteConnection)CreateDbConnection();
        connection.Open();
        Run(connection, "pragma synchronous = normal;");
        return connection;
    }

    protected override ValueTask<DbConnection> OpenDbConnectionAsync(CancellationToken cancellationToken = default) => new(OpenDbConnection());

    protected override DbConnection CreateDbConnection() => new SqliteConnection(_pooled);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            using var connection = new SqliteConnection(_pooled);
            SqliteConnection.ClearPool(connection);
        }

        base.Dispose(disposing);
    }

    protected override ValueTask DisposeAsyncCore()
    {
        Dispose(true);
        return base.DisposeAsyncCore();
    }
}
