using Journey.Gateway.Cluster.Calls;
using Journey.Gateway.Feeds.Profiles;

namespace Journey.Gateway.Feeds.Monitoring;

/// <summary>
/// Asks the cluster what the policy says that concerns the feeds: in which zone it counts its hours, and how visits end. Warns of feeds in another
/// zone. On its own and with limited patience: a cluster that does not answer must not keep the browsers from hearing how the feeds are.
/// </summary>
internal sealed partial class FeedPolicy(JourneyCluster cluster, FeedDirectory directory, FeedMonitor monitor, TimeProvider clock,
    ILogger<FeedPolicy> log) : BackgroundService
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>A silo that starts anew may have another policy.</summary>
    private static readonly TimeSpan Renewed = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Whether two zones show another time somewhen in the year to come. Their rules are no measure: those of Vienna and Berlin are not the same for
    /// the past.
    /// </summary>
    public static bool Differ(TimeZoneInfo one, TimeZoneInfo other, DateTimeOffset now)
    {
        for (var day = 0; day <= 366; day++)
            if (one.GetUtcOffset(now.AddDays(day)) != other.GetUtcOffset(now.AddDays(day))) return true;
        return false;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true) await Task.Delay(await Ask(stoppingToken) ? Renewed : Again, clock, stoppingToken);
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task<bool> Ask(CancellationToken stopping)
    {
        try
        {
            Compare(await cluster.CallOnce(() => cluster.Hospital.TimeZone(), Patience, stopping));
            monitor.Dispositions = new(await cluster.CallOnce(() => cluster.Hospital.Dispositions(), Patience, stopping));
            return true;
        }
        catch (Exception) when (!stopping.IsCancellationRequested)
        {
            // The cluster does not answer yet, or its silos are of the version before and do not know the question.
            return false;
        }
    }

    private void Compare(string zone)
    {
        if (monitor.PolicyZone?.Id == zone || !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var policy)) return;
        monitor.PolicyZone = policy;
        foreach (var feed in directory.All)
            if (Differ(policy, feed.Zone, clock.GetUtcNow())) OtherZone(log, feed.Name, feed.Zone.Id, zone);
    }

    [LoggerMessage(1341, LogLevel.Warning,
        "Times of the feed {Feed} without an offset are read in {FeedZone}, and the policy counts its hours in {PolicyZone}: set "
            + "Journey:Feed:TimeZone or the policy's timeZone")]
    private static partial void OtherZone(ILogger log, string feed, string feedZone, string policyZone);
}
