using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Journey.Gateway.Live.Hub;

/// <summary>Boards are heard: what browsers are shown is as the cluster has it.</summary>
internal sealed class BoardsHealth(BoardRelay relay) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(relay.IsCurrent ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The boards are not heard."));
}
