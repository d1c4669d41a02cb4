using Journey.Storage.Schema;
using Microsoft.Data.Sqlite;

namespace Journey.Storage.Sqlite;

internal sealed class SqliteMigrator(SqliteFile file) : IMigrator
{
    public Task<int> Migrate(CancellationToken cancellation = default) => Task.Run(Run, cancellation);

    public Task<int> Missing(CancellationToken cancellation = default) => Task.Run(Look, cancellation);

    private int Look()
    {
        try
        {
            using var connection = file.OpenDurable();
            return Number(connection, "select count(*) from sqlite_master where name = 'schema_version'") == 0
                ? Scripts.For("Sqlite").Count
                : Missing(connection).Length;
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw SqliteErrors.Explain(e, file.Path);
        }
    }

    private int Run()
    {
        try
        {
            using var connection = file.OpenDurable();
            // Takes the write lock at once: another process that migrates is waited for.
            using var transaction = connection.BeginTransaction(deferred: false);
            SqliteFile.Run(connection,
                "create table if not exists schema_version (number integer primary key, name text not null, applied_at text not null) strict");
            var missing = Missing(connection);
            if (missing.Length > 0 && !KnowsNeeds(connection)) SqliteFile.Run(connection, "alter table schema_version add column needs integer");
            foreach (var script in missing)
            {
                SqliteFile.Run(connection, script.Sql);
                using var note = connection.CreateCommand();
                note.CommandText =
                    "insert into schema_version (number, name, applied_at, needs) values ($number, $name, strftime('%Y-%m-%dT%H:%M:%fZ'), $needs)";
                note.Parameters.AddWithValue("$number", script.Number);
                note.Parameters.AddWithValue("$name", script.Name);
                note.Parameters.AddWithValue("$needs", script.Needs);
                note.ExecuteNonQuery();
            }

            transaction.Commit();
            return missing.Length;
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw SqliteErrors.Explain(e, file.Path);
        }
    }

    private static Script[] Missing(SqliteConnection connection)
    {
        var known = Scripts.For("Sqlite");
        var found = Number(connection, "select coalesce(max(number), 0) from schema_version");
        var needed =
            Number(connection,
                $"select coalesce(max({(KnowsNeeds(connection) ? "coalesce(needs, number)" : "number")}), 0) from schema_version where "
                    + $"number > {known[^1].Number}");
        Scripts.RefuseNewer(found, needed, known);
        return [.. known.Where(script => script.Number > found)];
    }

    /// <summary>The column is younger than the table.</summary>
    private static bool KnowsNeeds(SqliteConnection connection) =>
        Number(connection, "select count(*) from pragma_table_info('schema_version') where name = 'needs'") > 0;

    private static int Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (int)(long)command.ExecuteScalar()!;
    }
}
