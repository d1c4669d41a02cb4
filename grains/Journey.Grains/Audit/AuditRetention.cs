using Journey.Contracts.Audit;
using Journey.Grains.Runtime;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Journey.Grains.Audit;

/// <summary><c>Journey:Audit</c>.</summary>
public sealed class AuditOptions
{
    public const string Section = "Journey:Audit";

    /// <summary>How many days entries are kept, 1–36,500; 2192 by default: six years, two leap days among them (45 CFR 164.316(b)(2)(i)).</summary>
    public int RetentionDays { get; set; } = SixYears;

    public const int SixYears = 2192;
}

/// <summary>
/// Removes entries past their retention, once an hour. Each chain notes in itself what was removed, and the log says how many: never silently.
/// </summary>
internal sealed partial class AuditRetention(IGrainFactory grains, IOptions<AuditOptions> options, TimeProvider clock, ILogger<AuditRetention> logger)
    : HourlyTidying(clock)
{
    /// <summary>PostgreSQL looks at each entry's age by its own clock, and refuses all when one is too young by it.</summary>
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromHours(1);

    protected override async Task Tidy(CancellationToken stopping)
    {
        for (var chain = 0; chain < AuditChains.Count; chain++) await Expire(chain, stopping);
    }

    private async Task Expire(int chain, CancellationToken stopping)
    {
        try
        {
            var (before, total) = (Clock.GetUtcNow() - TimeSpan.FromDays(options.Value.RetentionDays) - ClocksDiffer, 0);
            while (!stopping.IsCancellationRequested && await grains.GetGrain<IAuditGrain>(AuditChains.Key(chain)).Expire(before) is var gone and > 0)
                total += gone;
            if (total > 0) Expired(logger, total, options.Value.RetentionDays, chain);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Failed(logger, chain, e);
        }
    }

    [LoggerMessage(2711, LogLevel.Information,
        "{Count} entries older than {Days} days were removed from chain {Chain} of the audit trail, which says so itself.")]
    private static partial void Expired(ILogger logger, int count, int days, int chain);

    [LoggerMessage(2712, LogLevel.Warning, "Old entries could not be removed from chain {Chain} of the audit trail; tried again in an hour.")]
    private static partial void Failed(ILogger logger, int chain, Exception exception);
}
