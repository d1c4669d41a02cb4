using Journey.Storage.Schema;
using Microsoft.Data.Sqlite;

namespace Journey.Storage.Sqlite;

internal sealed class SqliteMigrator(SqliteFile file, StorageOptions options) : IMigrator
{
    public Task<int> Migrate(CancellationToken cancellation = default) => Task.Run(Run, cancellation);

    private int Run()
    {
        try
        {
            using var connection = file.OpenDurable();
            var known = Scripts.Of("Sqlite");
            if (!options.Migrate)
            {
                var there = Found(connection);
                Scripts.RefuseNewer(there, known);
                Scripts.RefuseOlder(there, known);
                return 0;
            }

            // Takes the write lock at once: another process that migrates is waited for.
            using var transaction = connection.BeginTransaction(deferred: false);
            SqliteFile.Run(connection, "create table if not exists schema_version (number integer primary key, name text not null, applied_at text not null) strict");
            var found = Found(connection);
            Scripts.RefuseNewer(found, known);
            Script[] missing = [.. known.Where(script => script.Number > found)];
            foreach (var script in missing)
            {
                SqliteFile.Run(connection, script.Sql);
                using var note = connection.CreateCommand();
                note.CommandText = "insert into schema_version (number, name, applied_at) values ($number, $name, strftime('%Y-%m-%dT%H:%M:%fZ'))";
                note.Parameters.AddWithValue("$number", script.Number);
                note.Parameters.AddWithValue("$name", script.Name);
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

    private static int Found(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "select count(*) from sqlite_master where name = 'schema_version'";
        if ((long)command.ExecuteScalar()! == 0) return 0;
        command.CommandText = "select coalesce(max(number), 0) from schema_version";
        return (int)(long)command.ExecuteScalar()!;
    }
}
