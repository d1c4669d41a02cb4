using System.Runtime.InteropServices;
using Journey.Gateway.Cluster.Settings;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Journey.Gateway.Hosting;

/// <summary>
/// What SIGTERM does to a gateway behind a load balancer: it says that it is not ready, serves on for <see cref="GatewayOptions.DrainSeconds"/>, and
/// stops then. The framework's own lifetime would close every browser's connection at once, and a load balancer that has not noticed yet would lead
/// them back here.
/// </summary>
internal sealed partial class Drain(IOptions<GatewayOptions> options, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<Drain> log)
    : IHostLifetime, IHealthCheck, IDisposable
{
    private readonly List<PosixSignalRegistration> _signals = [];
    private volatile bool _isDraining;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, Leave));
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGQUIT])
            _signals.Add(PosixSignalRegistration.Create(signal, StopNow));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_isDraining ? HealthCheckResult.Unhealthy("The gateway is about to stop.") : HealthCheckResult.Healthy());

    public void Dispose()
    {
        foreach (var signal in _signals) signal.Dispose();
    }

    /// <summary>A second signal stops the gateway at once.</summary>
    private void Leave(PosixSignalContext context)
    {
        context.Cancel = true;
        if (_isDraining)
        {
            lifetime.StopApplication();
            return;
        }

        _isDraining = true;
        Draining(log, options.Value.DrainSeconds);
        _ = StopLater();
    }

    private void StopNow(PosixSignalContext context)
    {
        context.Cancel = true;
        lifetime.StopApplication();
    }

    private async Task StopLater()
    {
        await Task.Delay(TimeSpan.FromSeconds(options.Value.DrainSeconds), clock, lifetime.ApplicationStopping)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lifetime.StopApplication();
    }

    [LoggerMessage(1011, LogLevel.Information, "Asked to stop: not ready any more, and serving on for {Seconds} s")]
    private static partial void Draining(ILogger log, int seconds);
}

/// <summary>Adds draining to a gateway that is a process of its own.</summary>
internal static class DrainSetup
{
    public static void AddDrain(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Drain>();
        builder.Services.AddSingleton<IHostLifetime>(services => services.GetRequiredService<Drain>());
        builder.Services.AddHealthChecks().AddCheck<Drain>("drain", tags: [Health.Ready]);
    }
}
