using Npgsql;

namespace Journey.Storage.Tests;

/// <summary>A database with roles as docs/operations.md makes them: an owner of the schema, and silos that own nothing.</summary>
public sealed class Roles(string owner, string silo, string siloRole)
{
    private static int _last;

    public string Owner => owner;
    public string Silo => silo;
    public string SiloRole => siloRole;

    public static async Task<Roles> CreateOn(PostgresServer server, int retentionDays = 2192)
    {
        var database = await server.CreateDatabase();
        var n = Interlocked.Increment(ref _last);
        var (owner, silo) = ($"journey_owner_{n}", $"journey_silo_{n}");
        var name = new NpgsqlConnectionStringBuilder(database).Database;
        await State(database, $"create role {owner} login; create role {silo} login; alter database {name} owner to {owner}", "");
        string As(string role) => new NpgsqlConnectionStringBuilder(database) { Username = role }.ConnectionString;
        await using var migrated = new PostgresDatabase(As(owner));
        await migrated.Open(o => (o.SiloRole, o.AuditRetentionDays) = (silo, retentionDays));
        return new Roles(As(owner), As(silo), silo);
    }

    /// <summary>How the server refuses it; empty when it does not.</summary>
    public static async Task<string> State(string connectionString, string sql)
    {
        try
        {
            await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
            return "";
        }
        catch (PostgresException e)
        {
            return e.SqlState;
        }
    }

    private static async Task State(string connectionString, string sql, string expected) =>
        Assert.Equal(expected, await State(connectionString, sql));
}
