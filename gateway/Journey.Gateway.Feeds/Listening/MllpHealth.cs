using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Journey.Gateway.Feeds.Listening;

/// <summary>The MLLP port is open.</summary>
internal sealed class MllpHealth(MllpListener listener) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(listener.IsListening ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The MLLP port is not open."));
}
