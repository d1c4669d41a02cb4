using System.Net;
using System.Threading.RateLimiting;
using Journey.Gateway.Hosting;
using Journey.Gateway.Telemetry;
using Microsoft.Extensions.Options;

namespace Journey.Gateway.Families;

/// <summary>
/// Who tries links and code words. An address that was wrong too often finds every family's door locked for a while, whatever it brings; pages that
/// are open stay open, for a whole waiting room may share one address. A visit counts wrong words for itself besides, from wherever they come.
/// </summary>
internal sealed partial class DoorGuard(IOptions<GatewayOptions> options, TimeProvider clock, ILogger<DoorGuard> log) : IDisposable
{
    /// <summary>As long as a visit's own lock after wrong words, unless the policy says otherwise.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    private readonly PartitionedRateLimiter<IPAddress> misses = PartitionedRateLimiter.Create<IPAddress, IPAddress>(address =>
        RateLimitPartition.GetFixedWindowLimiter(address, _ => new FixedWindowRateLimiterOptions { PermitLimit = options.Value.DoorMisses, Window = Window, QueueLimit = 0 }));

    /// <summary>Until when the address finds the doors locked; null when it does not.</summary>
    public DateTimeOffset? LockedUntil(HttpContext http)
    {
        using var lease = misses.AttemptAcquire(Of(http), 0);
        if (lease.IsAcquired) return null;
        return clock.GetUtcNow() + (lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : Window);
    }

    public void Missed(HttpContext http)
    {
        GatewayMetrics.DoorMisses.Add(1);
        using var lease = misses.AttemptAcquire(Of(http));
        if (LockedUntil(http) is null) return;
        GatewayMetrics.DoorLocks.Add(1);
        Locked(log, Of(http), Window.TotalMinutes);
    }

    public void Dispose() => misses.Dispose();

    private static IPAddress Of(HttpContext http) => http.Connection.RemoteIpAddress ?? IPAddress.None;

    [LoggerMessage(1701, LogLevel.Warning, "The address {Address} tried too many wrong links or code words of the family page; its doors are locked for up to {Minutes} minutes. Somebody may be guessing")]
    private static partial void Locked(ILogger log, IPAddress address, double minutes);
}
