using Journey.Contracts.Boards;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Journey.Gateway.Cluster.Calls;

/// <summary>One call to a grain answers within two seconds.</summary>
internal sealed class ClusterHealth(IServiceProvider services) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var grains = services.GetRequiredService<IGrainFactory>();
            await grains.GetGrain<IHospitalGrain>(BoardKeys.Hospital).Units().WaitAsync(TimeSpan.FromSeconds(2), cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("The cluster does not answer.", e);
        }
    }
}
