using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Journey.Benchmarks.Harness;
using Journey.Testing;
using Npgsql;

namespace Journey.Benchmarks.Hosts;

/// <summary>A PostgreSQL server of the benchmark's own, with durable commits, and <c>pgbench</c> against it.</summary>
internal sealed partial class Postgres : IAsyncDisposable
{
    private const int Rows = 20_000;
    private readonly PostgresServer _server;
    private readonly bool _counts;
    private readonly List<string> _databases = [];
    private int? _id;

    private Postgres(PostgresServer server, bool counts) => (_server, _counts) = (server, counts);

    public int Port => _server.Port;

    /// <summary>Starts one that counts its statements where it can.</summary>
    public static async Task<Postgres> Start()
    {
        var server = await PostgresServer.Create();
        return new(server, await StatementCounts.Enable(server));
    }

    /// <summary>What it has done so far, but for what the benchmark itself asks.</summary>
    public async Task<Tally> Count()
    {
        var (updates, hot) = (0L, 0L);
        foreach (var database in _databases)
        {
            var line = (string)(await Ask(database, "select coalesce(sum(n_tup_upd), 0) || ' ' || coalesce(sum(n_tup_hot_upd), 0) "
                + "from pg_stat_user_tables where relname = 'visit_card'"))!;
            updates += long.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture);
            hot += long.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
        }

        var log = (long)(await Ask(_server.ConnectionString(), "select (pg_current_wal_insert_lsn() - '0/0')::bigint"))!;
        return new(Used(), log, updates, hot, _counts ? await StatementCounts.Read(_server) : null);
    }

    /// <summary>Processor time the server has used.</summary>
    public TimeSpan Used() => Processor.Family(_id ??= FindId());

    public async Task<string> CreateDatabase()
    {
        _databases.Add(await _server.CreateDatabase());
        return _databases[^1];
    }

    /// <summary>What <c>pgbench --version</c> says.</summary>
    public static string Version()
    {
        if (PgBench() is not { } path) return "no PostgreSQL";
        using var process = Process.Start(new ProcessStartInfo(path, "--version") { RedirectStandardOutput = true })!;
        return process.StandardOutput.ReadToEnd().Trim().Replace("pgbench (PostgreSQL)", "PostgreSQL", StringComparison.Ordinal);
    }

    /// <summary>Writes what is dirty now, so that no leg pays for the one before.</summary>
    public async Task Checkpoint()
    {
        await using var connection = new NpgsqlConnection(_server.ConnectionString() + ";Pooling=false;Command Timeout=120");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("checkpoint", connection);
        await command.ExecuteNonQueryAsync();
    }

    public static async Task<object?> Ask(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        return await command.ExecuteScalarAsync();
    }

    /// <summary>
    /// A leg that upserts single rows of <paramref name="document"/> with prepared statements, one transaction each, as fast as it can.
    /// </summary>
    public async Task<Leg> Upserts(int clients, string document)
    {
        var connection = await CreateDatabase();
        await Ask(connection, "create table visit (id int primary key, version bigint not null, doc jsonb not null)");
        await Ask(connection, $"insert into visit select n, 1, '{document}'::jsonb from generate_series(1, {Rows}) n");
        await Ask(connection, "vacuum analyze visit");
        return await Leg(connection, clients, $"""
            \set id random(1, {Rows})
            insert into visit (id, version, doc) values (:id, 1, :doc) on conflict (id) do update set version = visit.version + 1, doc = excluded.doc;

            """, document, "upserts");
    }

    /// <summary>A leg that inserts single rows of <paramref name="text"/>, one transaction each, as fast as it can.</summary>
    public async Task<Leg> Inserts(int clients, string text)
    {
        var connection = await CreateDatabase();
        await Ask(connection, "create table line (id bigint generated always as identity primary key, doc text not null)");
        return await Leg(connection, clients, "insert into line (doc) values (:doc);\n", text, "inserts");
    }

    private async Task<Leg> Leg(string connection, int clients, string sql, string document, string what)
    {
        var script = Path.Combine(Path.GetTempPath(), $"journey-{Guid.NewGuid():N}.sql");
        await File.WriteAllTextAsync(script, sql);
        var database = new NpgsqlConnectionStringBuilder(connection).Database!;
        return new($"pgbench {what}, {clients} clients", "rows/s", async (time, _) =>
        {
            var seconds = Math.Max(1, (int)Math.Round(time.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            var start = new ProcessStartInfo(PgBench()!) { RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (var argument in (string[])["-n", "-M", "prepared", "-c", clients.ToString(CultureInfo.InvariantCulture), "-j", "2", "-T",
                seconds, "-f", script,
                "-D", "doc=" + document, "-h", "127.0.0.1", "-p", Port.ToString(CultureInfo.InvariantCulture), "-U", "postgres", database])
                start.ArgumentList.Add(argument);
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            if (process.ExitCode != 0) throw new InvalidOperationException("pgbench failed: " + await errors);
            return double.Parse(Tps().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
        });
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    /// <summary>The server's first process: the parent of one of its backends.</summary>
    private int FindId()
    {
        using var connection = new NpgsqlConnection(_server.ConnectionString() + ";Pooling=false");
        connection.Open();
        var stat = File.ReadAllText($"/proc/{connection.ProcessID}/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
    }

    private static string? PgBench()
    {
        string?[] places =
        [
            Environment.GetEnvironmentVariable("JOURNEY_POSTGRES_BIN"),
            .. Directory.Exists("/usr/lib/postgresql")
                ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(d => Path.Combine(d, "bin"))
                : [],
            .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator),
        ];
        return places.OfType<string>().Select(place => Path.Combine(place, "pgbench")).FirstOrDefault(File.Exists);
    }

    [GeneratedRegex(@"tps = ([0-9.]+)")]
    private static partial Regex Tps();
}
