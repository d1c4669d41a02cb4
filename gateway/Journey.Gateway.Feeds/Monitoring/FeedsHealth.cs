using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Journey.Gateway.Feeds.Monitoring;

/// <summary>What of the feeds somebody should look at; not what their messages say, for anybody may ask.</summary>
internal sealed class FeedsHealth(FeedMonitor feeds) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(HealthCheckResult.Healthy(string.Join('\n', feeds.Attention)));
}
