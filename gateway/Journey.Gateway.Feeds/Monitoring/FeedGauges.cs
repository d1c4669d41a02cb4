using System.Diagnostics.Metrics;
using Journey.Gateway.Cluster.Telemetry;

namespace Journey.Gateway.Feeds.Monitoring;

/// <summary>What the metrics say of every feed.</summary>
internal static class FeedGauges
{
    /// <summary>
    /// Gauges by <c>feed</c>: names of the configuration, never of a sender. They live as long as the host whose factory made their meter.
    /// </summary>
    public static void Watch(FeedMonitor feeds, IMeterFactory meters)
    {
        var meter = meters.Create(GatewayMetrics.Name);
        meter.CreateObservableGauge("journey.gateway.feed.silence",
            () => feeds.Signals.Select(feed => Measured(feed.Name, feed.Silence.TotalSeconds)), "s",
            "Since the feed last said something; while it never has, since the gateway started.");
        meter.CreateObservableGauge("journey.gateway.feed.expected",
            () => feeds.Signals.Where(feed => feed.Expected is not null).Select(feed => Measured(feed.Name, feed.Expected!.Value.TotalSeconds)), "s",
            "How long the feed may be silent; none for a feed that may be for ever.");
        meter.CreateObservableGauge("journey.gateway.feed.connections", () => feeds.Signals.Select(feed => Measured(feed.Name, feed.Connections)),
            "{connection}",
            "Connections of the feed open now.");
        meter.CreateObservableGauge("journey.gateway.feed.age", () => feeds.Signals.Select(feed => Measured(feed.Name, feed.Age.TotalSeconds)), "s",
            "How old the feed's messages are when they come: the middle one of the last five.");
    }

    private static Measurement<T> Measured<T>(string feed, T value) where T : struct => new(value, new KeyValuePair<string, object?>("feed", feed));
}
