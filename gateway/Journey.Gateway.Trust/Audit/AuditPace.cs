using System.Globalization;
using Journey.Gateway.Cluster.Settings;
using Journey.Gateway.Cluster.Telemetry;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Journey.Gateway.Trust.Audit;

/// <summary>
/// How long the trail takes. Nothing is shown before its entry is durable, so a trail that grows slow stops care when it reaches the time that a call
/// may take: said when it is half way there.
/// </summary>
internal sealed partial class AuditPace(IOptions<GatewayOptions> options, TimeProvider clock, ILogger<AuditPace> log)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private DateTimeOffset _until;
    private TimeSpan _slowest;

    /// <summary>Of the last ten minutes the slowest entry that took half as long as it may, or more; null when none did.</summary>
    public TimeSpan? Slow
    {
        get
        {
            lock (_gate) return clock.GetUtcNow() < _until ? _slowest : null;
        }
    }

    private TimeSpan Limit => TimeSpan.FromSeconds(options.Value.CallTimeoutSeconds);

    public void Took(TimeSpan time)
    {
        GatewayMetrics.AuditDuration.Record(time.TotalSeconds);
        if (time < Limit / 2) return;
        bool isNews;
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            isNews = now >= _until;
            _slowest = isNews || time > _slowest ? time : _slowest;
            _until = now + Remembered;
        }

        if (isNews) IsSlow(log, time.TotalSeconds, Limit.TotalSeconds);
    }

    [LoggerMessage(1602, LogLevel.Warning,
        "The audit trail is slow: an entry took {Seconds:0.0} s. From {Limit:0} s on nothing is shown and nothing is done. Look at the database's "
            + "disk and load")]
    private static partial void IsSlow(ILogger log, double seconds, double limit);
}

/// <summary>Says that the trail is slow. It works, and the gateway goes on getting requests.</summary>
internal sealed class AuditPaceHealth(AuditPace pace) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(HealthCheckResult.Healthy(pace.Slow is { } slow
            ? string.Create(CultureInfo.InvariantCulture, $"The audit trail is slow: an entry took {slow.TotalSeconds:0.0} s.")
            : null));
}
