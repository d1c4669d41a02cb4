using Journey.Storage.Schema;
using Journey.Storage.Sealing;
using Journey.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Journey.Storage.Moving;

/// <summary>What came of one table.</summary>
/// <param name="Rows">In the embedded database.</param>
/// <param name="Different">Rows that are missing, too many, or not the same.</param>
/// <param name="First">The key of the first of these; null when there is none.</param>
public sealed record TableMoved(string Table, long Rows, long Different, string? First);

/// <summary>
/// Moves everything from the embedded database to PostgreSQL, in one transaction, and compares every row of both before it commits: interrupted at
/// any moment, the target is as it was. The source is held alone and not changed. Memory does not grow with the data.
/// </summary>
public sealed class Mover
{
    private const int TellEvery = 50_000;
    private readonly NpgsqlDataSource _target;
    private readonly IMigrator _migrator;
    private readonly KeyRing _ring;

    internal Mover(NpgsqlDataSource target, IMigrator migrator, KeyRing ring) =>
        (_target, _migrator, _ring) = (target, migrator, ring);

    /// <summary>Moves, compares, and commits when nothing differs.</summary>
    /// <param name="file">The embedded database, <c>journey.db</c>.</param>
    /// <param name="tell">Progress: a table, and how many of its rows are moved.</param>
    /// <exception cref="StorageException">The source is missing, in use, or of another version; the ring is not its; the target holds
    /// something.</exception>
    public async Task<IReadOnlyList<TableMoved>> Move(string file, Action<string, long> tell, CancellationToken cancellation = default)
    {
        await using var source = await Open(file);
        await _migrator.Migrate(cancellation);
        await using var connection = await _target.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await RefuseFull(connection, cancellation);
        foreach (var table in MovedTable.All) await Copy(source, connection, table, tell, cancellation);
        await Run(connection,
            "select setval(pg_get_serial_sequence('message_log', 'sequence'), coalesce((select max(sequence) from message_log), 1), exists (select "
                + "from message_log))", cancellation);
        var moved = await Compare(source, connection, cancellation);
        if (moved.All(table => table.Different == 0)) await transaction.CommitAsync(cancellation);
        return moved;
    }

    /// <summary>Compares every row of both, and changes nothing.</summary>
    /// <inheritdoc cref="Move" path="/exception"/>
    public async Task<IReadOnlyList<TableMoved>> Verify(string file, CancellationToken cancellation = default)
    {
        await using var source = await Open(file);
        await using var connection = await _target.OpenConnectionAsync(cancellation);
        return await Compare(source, connection, cancellation);
    }

    /// <summary>Held alone: a process that has it open would go on writing what nobody moves.</summary>
    private async Task<SqliteConnection> Open(string file)
    {
        if (!File.Exists(file)) throw new StorageException($"There is no database '{file}'.");
        var missing = await new SqliteMigrator(new SqliteFile(new StorageOptions { ConnectionString = "Data Source=" + file })).Missing();
        if (missing > 0)
            throw new StorageException(
                $"The database '{file}' is {missing} steps of the schema behind this version: start this version on it once, stop it, and move "
                    + $"then.");
        var source =
            new SqliteConnection(new SqliteConnectionStringBuilder
            {
                DataSource = file, Mode = SqliteOpenMode.ReadWrite, Pooling = false,
                DefaultTimeout = 1
            }.ConnectionString);
        try
        {
            await source.OpenAsync();
            SqliteFile.Run(source, "pragma locking_mode = exclusive; begin exclusive;");
            CheckRing(source);
            return source;
        }
        catch (SqliteException e) when (e.SqliteErrorCode == SQLitePCL.raw.SQLITE_BUSY)
        {
            await source.DisposeAsync();
            throw new StorageException($"The database '{file}' is in use: stop Journey first.", e);
        }
        catch
        {
            await source.DisposeAsync();
            throw;
        }
    }

    private void CheckRing(SqliteConnection source)
    {
        using var command = source.CreateCommand();
        command.CommandText = "select sealed from sealing where name = 'ring'";
        if (command.ExecuteScalar() is not string word) return;
        try
        {
            _ring.Open(Convert.FromBase64String(word), "ring", "");
        }
        catch (StorageException e)
        {
            throw new StorageException(
                "The key ring of Journey:Storage:KeyRing is not the one that the embedded database was sealed with (storage-keys in its data "
                    + "directory): name that one, or a copy. Nothing was written.", e);
        }
    }

    private static async Task RefuseFull(NpgsqlConnection connection, CancellationToken cancellation)
    {
        // A silo that was started on it once has left this word; that of the source takes its place.
        await Run(connection, "delete from sealing", cancellation);
        foreach (var table in MovedTable.All)
        {
            await using var command = new NpgsqlCommand($"select exists (select from {table.Name})", connection);
            if (await command.ExecuteScalarAsync(cancellation) is true)
                throw new StorageException($"The target holds data already ({table.Name}): move into an empty database. Nothing was written.");
        }
    }

    private static async Task Copy(SqliteConnection source, NpgsqlConnection connection, MovedTable table, Action<string, long> tell,
        CancellationToken cancellation)
    {
        using var select = source.CreateCommand();
        select.CommandText = table.Select;
        using var reader = select.ExecuteReader();
        await using var copy = await connection.BeginBinaryImportAsync($"copy {table.Name} ({table.Names}) from stdin (format binary)", cancellation);
        var rows = 0L;
        while (reader.Read())
        {
            await copy.StartRowAsync(cancellation);
            for (var i = 0; i < table.Columns.Length; i++)
            {
                var holds = table.Columns[i].Holds;
                if (MovedRows.FromSqlite(reader, i, holds) is { } value) await copy.WriteAsync(value, MovedRows.TypeOf(holds), cancellation);
                else await copy.WriteNullAsync(cancellation);
            }

            if (++rows % TellEvery == 0) tell(table.Name, rows);
        }

        await copy.CompleteAsync(cancellation);
        tell(table.Name, rows);
    }

    private static async Task<IReadOnlyList<TableMoved>> Compare(SqliteConnection source, NpgsqlConnection connection, CancellationToken cancellation)
    {
        var all = new List<TableMoved>();
        foreach (var table in MovedTable.All) all.Add(await Compare(source, connection, table, cancellation));
        return all;
    }

    /// <summary>
    /// Both are read in the order of the key. A row that only one side has puts every later one beside another: the first difference is the one to
    /// look at.
    /// </summary>
    private static async Task<TableMoved> Compare(SqliteConnection source, NpgsqlConnection connection, MovedTable table,
        CancellationToken cancellation)
    {
        using var ours = source.CreateCommand();
        ours.CommandText = table.Select;
        using var mine = ours.ExecuteReader();
        await using var theirs = new NpgsqlCommand(table.Select, connection) { CommandTimeout = 0 };
        await using var other = await theirs.ExecuteReaderAsync(cancellation);
        var (rows, different, first) = (0L, 0L, (string?)null);
        while (true)
        {
            var (isMine, isOther) = (mine.Read(), await other.ReadAsync(cancellation));
            if (!isMine && !isOther) return new(table.Name, rows, different, first);
            if (isMine) rows++;
            if (isMine && isOther && IsSame()) continue;
            different++;
            first ??= string.Join(' ', table.Columns.Take(table.Key)
                .Select((column, i) => isMine ? MovedRows.FromSqlite(mine, i, column.Holds) : MovedRows.FromPostgres(other, i, column.Holds)));
        }

        bool IsSame()
        {
            for (var i = 0; i < table.Columns.Length; i++)
                if (!MovedRows.Same(MovedRows.FromSqlite(mine, i, table.Columns[i].Holds), MovedRows.FromPostgres(other, i, table.Columns[i].Holds),
                    table.Columns[i].Holds)) return false;
            return true;
        }
    }

    private static async Task Run(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
