using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Journey.Gateway.Cluster.Calls;

/// <summary>One call to a grain answers within two seconds.</summary>
internal sealed class ClusterHealth(JourneyCluster cluster) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await cluster.CallOnce(cluster.Hospital.Units, Patience, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("The cluster does not answer.", e);
        }
    }
}
