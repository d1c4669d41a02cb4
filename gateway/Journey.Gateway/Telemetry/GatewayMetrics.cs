using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Journey.Gateway.Telemetry;

/// <summary>What the gateway measures. No tag carries an identifier, an address or a unit's name.</summary>
internal static class GatewayMetrics
{
    public const string Name = "Journey.Gateway";
    public static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    /// <summary>By <c>type</c> (ADT^A01 …, others as their message code) and <c>result</c>.</summary>
    public static readonly Counter<long> Messages = Meter.CreateCounter<long>("journey.gateway.messages", "{message}", "Feed messages answered.");

    /// <summary>A sender that leaves MSH-10 empty cannot tell which message an acknowledgement is for: worth a call to whoever runs it.</summary>
    public static readonly Counter<long> Unidentified = Meter.CreateCounter<long>("journey.gateway.messages.unidentified", "{message}", "Feed messages without a control id (MSH-10).");

    /// <summary>From the complete frame to its answer.</summary>
    public static readonly Histogram<double> AckLatency = Seconds("journey.gateway.ack.duration", "From a complete frame to its acknowledgement.");

    public static readonly Counter<long> Retries = Meter.CreateCounter<long>("journey.gateway.intake.retries", "{attempt}", "Messages given to the grains again.");

    /// <summary>From a board's change to its being written to the watchers' connections.</summary>
    public static readonly Histogram<double> RelayLag = Seconds("journey.gateway.relay.lag", "From a board's change to its relay.");

    public static readonly UpDownCounter<long> Watchers = Meter.CreateUpDownCounter<long>("journey.gateway.watchers", "{connection}", "Browsers connected to the hub.");
    public static readonly Counter<long> Dropped = Meter.CreateCounter<long>("journey.gateway.relay.dropped", "{change}", "Changes not relayed because the queue was full.");
    public static readonly Counter<long> Resynced = Meter.CreateCounter<long>("journey.gateway.relay.resynced", "{board}", "Boards read anew after a gap, by cause.");
    public static readonly Counter<long> SlowClients = Meter.CreateCounter<long>("journey.gateway.watchers.slow", "{connection}", "Connections closed because they did not keep up.");

    public static readonly Counter<long> DoorMisses = Meter.CreateCounter<long>("journey.gateway.family.misses", "{try}", "Wrong links and code words brought to the family page.");

    /// <summary>More than none is worth a look at the log, which names the address: somebody may be guessing.</summary>
    public static readonly Counter<long> DoorLocks = Meter.CreateCounter<long>("journey.gateway.family.locks", "{lock}", "Tries that locked the family page to their address.");

    private static Histogram<double> Seconds(string name, string description) =>
        Meter.CreateHistogram(name, "s", description, advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.02, 0.04, 0.08, 0.15, 0.25, 0.5, 1, 2.5, 5, 10],
        });
}
