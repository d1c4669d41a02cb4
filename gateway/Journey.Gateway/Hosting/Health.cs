using Journey.Contracts.Boards;
using Journey.Gateway.Feeds;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Journey.Gateway.Hosting;

/// <summary>Names of the health checks' tags.</summary>
public static class Health
{
    public const string Ready = "ready";

    /// <summary>
    /// The status, and below it what somebody should look at although it works. Why something does not work is in the log: anybody may ask, and what an
    /// exception says is not for everybody.
    /// </summary>
    public static Task Write(HttpContext http, HealthReport report) =>
        http.Response.WriteAsync(string.Join('\n', report.Entries.Values.Where(entry => entry.Status == HealthStatus.Healthy)
            .Select(entry => entry.Description).Where(text => !string.IsNullOrEmpty(text)).Prepend(report.Status.ToString())));
}

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

/// <summary>Boards are heard: what browsers are shown is as the cluster has it.</summary>
internal sealed class BoardsHealth(Boards.BoardRelay relay) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(relay.IsCurrent ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The boards are not heard."));
}

/// <summary>What of the feeds somebody should look at; not what their messages say, for anybody may ask.</summary>
internal sealed class FeedsHealth(FeedMonitor feeds) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(HealthCheckResult.Healthy(string.Join('\n', feeds.Attention)));
}

/// <summary>The MLLP port is open.</summary>
internal sealed class MllpHealth(MllpListener listener) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(listener.IsListening ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The MLLP port is not open."));
}
