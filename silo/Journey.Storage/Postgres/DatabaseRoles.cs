using Npgsql;

namespace Journey.Storage.Postgres;

/// <summary>What the roles of a cluster may do in its PostgreSQL database. Safe to run again, and needed after each step of the schema that adds a table.</summary>
public sealed class DatabaseRoles(NpgsqlDataSource source)
{
    /// <summary>All that an Orleans client asks for to find silos; nothing of a patient.</summary>
    private const string Membership = "orleansquery, orleans_cluster, orleans_silo";

    /// <summary>A role for silos: every row, and no say in the schema.</summary>
    /// <exception cref="StorageException">There is no such role, or this one may not grant.</exception>
    public Task GrantSilo(string role) => Grant(role,
        "grant usage on schema public to {0}",
        "grant select, insert, update, delete on all tables in schema public to {0}",
        "grant usage, select on all sequences in schema public to {0}",
        "grant execute on all functions in schema public to {0}");

    /// <summary>A role for gateways: reads the membership and nothing else.</summary>
    /// <exception cref="StorageException">There is no such role, or this one may not grant.</exception>
    public Task GrantGateway(string role) => Grant(role, "revoke all on all tables in schema public from {0}", "grant usage on schema public to {0}", "grant select on " + Membership + " to {0}");

    private async Task Grant(string role, params string[] statements)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync();
            foreach (var statement in statements)
            {
                await using var command = new NpgsqlCommand(string.Format(System.Globalization.CultureInfo.InvariantCulture, statement, Quoted(role)), connection);
                await command.ExecuteNonQueryAsync();
            }
        }
        catch (NpgsqlException e)
        {
            throw e is PostgresException { SqlState: PostgresErrorCodes.UndefinedObject } ? new StorageException($"There is no role {role} in the database: create it first.", e) : PostgresErrors.Explain(e);
        }
    }

    private static string Quoted(string name) => '"' + name.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
}
