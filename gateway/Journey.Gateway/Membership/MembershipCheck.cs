using Microsoft.Extensions.Options;
using Npgsql;

namespace Journey.Gateway.Membership;

/// <summary>
/// A gateway waits for silos that are not up yet, but not for a database that cannot be reached with what it was told: asked again it would answer
/// the same.
/// </summary>
internal sealed class MembershipCheck(ClusterClientOptions cluster) : IHostedLifecycleService
{
    private const string Key = "Journey:Cluster:ConnectionString";

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Not pooled: nobody else shares it.
            await using var connection =
                new NpgsqlConnection(new NpgsqlConnectionStringBuilder(cluster.ConnectionString) { Pooling = false }.ConnectionString);
            await connection.OpenAsync(cancellationToken);
        }
        catch (Exception e) when (e is NpgsqlException or ArgumentException or FormatException)
        {
            throw new OptionsValidationException(ClusterClientOptions.Section, typeof(ClusterClientOptions), [Why(e)]);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // A connection string holds a password, and what is said of it may quote it: neither is repeated.
    private static string Why(Exception e) => e switch
    {
        PostgresException { SqlState: "28P01" or "28000" } => $"PostgreSQL refused the login: check user and password in {Key} and pg_hba.conf.",
        PostgresException { SqlState: "3D000" } => $"The database does not exist: create it, or check Database in {Key}.",
        PostgresException postgres => $"PostgreSQL answered {postgres.SqlState} to {Key}; see its log.",
        NpgsqlException =>
            $"PostgreSQL with the cluster's membership cannot be reached: check that it runs, host and port in {Key}, the network and the firewall.",
        _ => $"{Key} is no PostgreSQL connection string: write it as Host=…;Port=…;Database=…;Username=…;Password=….",
    };
}
