using Npgsql;

namespace Journey.Testing;

/// <summary>
/// What a server counts of the statements it runs: <c>pg_stat_statements</c> of PostgreSQL's contrib, which is in Debian's package.
/// </summary>
public static class StatementCounts
{
    private const string Installed = "select count(*)::int from pg_available_extensions where name = 'pg_stat_statements'";

    // The database of that name holds nothing but the counts.
    private const string Counts = """
        select query, sum(calls)::bigint, sum(total_exec_time)
          from pg_stat_statements
         where dbid <> (select oid from pg_database where datname = 'postgres') and query not like '%pg_stat_user_tables%'
         group by query
        """;

    /// <summary>Lets it count: it is started again for that. False where it cannot.</summary>
    public static async Task<bool> Enable(PostgresServer server)
    {
        if ((await Ask(server, Installed, row => row.GetInt32(0)))[0] == 0) return false;
        await Ask(server, "alter system set shared_preload_libraries = 'pg_stat_statements'", row => row);
        await server.Stop();
        await server.Start();
        await Ask(server, "create extension pg_stat_statements", row => row);
        return true;
    }

    /// <summary>How often each statement ran so far, and for how long in all; as it was written, with $1 for each constant.</summary>
    public static async Task<Dictionary<string, (long Calls, TimeSpan Time)>> Read(PostgresServer server)
    {
        var rows = await Ask(server, Counts, row => (Text: row.GetString(0), Calls: row.GetInt64(1), Milliseconds: row.GetDouble(2)));
        return rows.ToDictionary(row => row.Text, row => (row.Calls, TimeSpan.FromMilliseconds(row.Milliseconds)));
    }

    private static async Task<List<T>> Ask<T>(PostgresServer server, string sql, Func<NpgsqlDataReader, T> read)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString() + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var rows = await command.ExecuteReaderAsync();
        var all = new List<T>();
        while (await rows.ReadAsync()) all.Add(read(rows));
        return all;
    }
}
