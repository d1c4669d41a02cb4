using System.Globalization;
using Journey.Storage.Schema;
using Npgsql;

namespace Journey.Storage.Postgres;

internal sealed class PostgresMigrator(NpgsqlDataSource source, StorageOptions options) : IMigrator
{
    // Any number will do as long as it never changes: whoever holds it migrates, the others wait.
    private const long Lock = 0x4A6F75726E6579;

    /// <summary>Rows of every table, also of those that later steps add; what says how the database works is read only.</summary>
    private static readonly string[] SiloRights =
    [
        "grant usage on schema %1$I to %2$I",
        "grant select, insert, update, delete on all tables in schema %1$I to %2$I",
        "revoke insert, update, delete on %1$I.schema_version, %1$I.OrleansQuery, %1$I.audit_retention from %2$I",
        // The trail: rows are added, heads move, and what is past its retention the owner's function removes.
        "revoke update, delete on %1$I.audit from %2$I",
        "revoke delete on %1$I.audit_head from %2$I",
        "grant execute on function %1$I.audit_expire(integer[]) to %2$I",
    ];

    /// <summary>All that Orleans' client asks: its statements, and where silos take clients.</summary>
    private static readonly string[] GatewayRights =
        ["grant usage on schema %1$I to %2$I", "grant select on %1$I.OrleansQuery, %1$I.orleans_silo to %2$I"];

    public async Task<int> Migrate(CancellationToken cancellation = default)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellation);
            await RefuseUnsafeSettings(connection, cancellation);
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            await Execute(connection, string.Create(CultureInfo.InvariantCulture, $"select pg_advisory_xact_lock({Lock})"), cancellation);
            await Execute(connection,
                "create table if not exists schema_version (number integer primary key, name text not null, applied_at timestamptz not null default "
                    + "now())",
                cancellation);
            var missing = await Missing(connection, cancellation);
            if (missing.Length > 0) await Execute(connection, "alter table schema_version add column if not exists needs integer", cancellation);
            foreach (var script in missing)
            {
                await Execute(connection, script.Sql, cancellation);
                await using var note = new NpgsqlCommand("insert into schema_version (number, name, needs) values ($1, $2, $3)", connection)
                {
                    Parameters = { new() { Value = script.Number }, new() { Value = script.Name }, new() { Value = script.Needs } },
                };
                await note.ExecuteNonQueryAsync(cancellation);
            }

            await using (var retention = new NpgsqlCommand("update audit_retention set days = $1 where days <> $1",
                connection)
            { Parameters = { new() { Value = options.AuditRetentionDays } } })
                await retention.ExecuteNonQueryAsync(cancellation);
            if (options.SiloRole is { Length: > 0 } silo) await Grant(connection, SiloRights, silo, cancellation);
            if (options.GatewayRole is { Length: > 0 } gateway) await Grant(connection, GatewayRights, gateway, cancellation);
            await transaction.CommitAsync(cancellation);
            return missing.Length;
        }
        catch (NpgsqlException e)
        {
            throw PostgresErrors.Explain(e);
        }
    }

    public async Task<int> Missing(CancellationToken cancellation = default)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellation);
            await RefuseUnsafeSettings(connection, cancellation);
            if (await Scalar(connection, "select to_regclass('schema_version')::text", cancellation) is DBNull)
                return Scripts.For("PostgreSql").Count;
            return (await Missing(connection, cancellation)).Length;
        }
        catch (NpgsqlException e)
        {
            throw PostgresErrors.Explain(e);
        }
    }

    private static async Task<Script[]> Missing(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var known = Scripts.For("PostgreSql");
        var found = (int)(await Scalar(connection, "select coalesce(max(number), 0) from schema_version", cancellation))!;
        // By way of JSON, for the column is younger than the table.
        var needed = (int)(await Scalar(connection, string.Create(CultureInfo.InvariantCulture,
            $"select coalesce(max(coalesce((to_jsonb(s) ->> 'needs')::integer, number)), 0) from schema_version s where number > {known[^1].Number}"),
            cancellation))!;
        Scripts.RefuseNewer(found, needed, known);
        return [.. known.Where(script => script.Number > found)];
    }

    /// <summary>The server puts the names in: a statement on rights takes no parameters.</summary>
    private static async Task Grant(NpgsqlConnection connection, string[] rights, string role, CancellationToken cancellation)
    {
        foreach (var right in rights)
        {
            await using var format = new NpgsqlCommand("select format($1, current_schema(), $2)",
                connection)
            { Parameters = { new() { Value = right }, new() { Value = role } } };
            await Execute(connection, (string)(await format.ExecuteScalarAsync(cancellation))!, cancellation);
        }
    }

    /// <summary>With asynchronous commits an acknowledged event could vanish in a crash, and nobody would notice until then.</summary>
    private static async Task RefuseUnsafeSettings(NpgsqlConnection connection, CancellationToken cancellation)
    {
        if (await Scalar(connection, "show synchronous_commit", cancellation) is "off")
        {
            throw new StorageException(
                "PostgreSQL has synchronous_commit = off for this user or database: what Journey acknowledges would not be durable. "
                + "Set it to on (or local, remote_write, remote_apply).");
        }
    }

    private static async Task<object?> Scalar(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellation);
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
