using Journey.Storage.Journal;
using Journey.Storage.Room;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Journey.Storage.Setup;

/// <summary>
/// The check <c>storage</c>: the database answers, and the last batch was confirmed or the next one can be. For readiness, never for liveness. That
/// room becomes short it says, and is healthy: until it is full there is nothing that another silo would do better.
/// </summary>
internal sealed class StorageHealthCheck(IReader reader, GroupCommit commits, RoomLeft room) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await reader.Ping(cancellationToken);
            await commits.Probe(cancellationToken);
            return HealthCheckResult.Healthy(room.Warning);
        }
        catch (StorageException e)
        {
            return new(context.Registration.FailureStatus, e.Message);
        }
    }
}
