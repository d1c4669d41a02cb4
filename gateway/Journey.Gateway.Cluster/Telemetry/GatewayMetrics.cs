using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Journey.Gateway.Cluster.Telemetry;

/// <summary>What the gateway measures. No tag carries an identifier, an address or a unit's name; feeds are named as they are configured.</summary>
internal static class GatewayMetrics
{
    public const string Name = "Journey.Gateway";
    public static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    /// <summary>By <c>type</c> (ADT^A01 …, others as their message code) and <c>result</c>.</summary>
    public static readonly Counter<long> Messages = Meter.CreateCounter<long>("journey.gateway.messages", "{message}", "Feed messages answered.");

    /// <summary>A sender that leaves MSH-10 empty cannot tell which message an acknowledgement is for: worth a call to whoever runs it.</summary>
    public static readonly Counter<long> Unidentified =
        Meter.CreateCounter<long>("journey.gateway.messages.unidentified", "{message}", "Feed messages without a control id (MSH-10).");

    /// <summary>By <c>feed</c>: a sender that declares another character set than it sends.</summary>
    public static readonly Counter<long> UndeclaredUtf8 =
        Meter.CreateCounter<long>("journey.gateway.messages.undeclared-utf8", "{message}", "Feed messages in UTF-8 that do not say so (MSH-18).");

    /// <summary>By <c>field</c>, such as <c>EVN-6</c>.</summary>
    public static readonly Counter<long> Unbelieved =
        Meter.CreateCounter<long>("journey.gateway.times.unbelieved", "{time}",
            "Times in feed messages that cannot be, and were replaced by the next best.");

    /// <summary>By <c>field</c>, such as <c>PV1-2</c>; the codes themselves are with the feed, for the integration engineer.</summary>
    public static readonly Counter<long> UnknownCodes =
        Meter.CreateCounter<long>("journey.gateway.codes.unknown", "{code}", "Codes in feed messages that no table knows.");

    /// <summary>From the complete frame to its answer.</summary>
    public static readonly Histogram<double> AckLatency = Seconds("journey.gateway.ack.duration", "From a complete frame to its acknowledgement.");

    public static readonly Counter<long> Retries =
        Meter.CreateCounter<long>("journey.gateway.intake.retries", "{attempt}", "Messages given to the grains again.");

    /// <summary>From a board's change to its being written to the watchers' connections.</summary>
    public static readonly Histogram<double> RelayLag = Seconds("journey.gateway.relay.lag", "From a board's change to its relay.");

    public static readonly UpDownCounter<long> Watchers =
        Meter.CreateUpDownCounter<long>("journey.gateway.watchers", "{connection}", "Browsers connected to the hub.");
    public static readonly Counter<long> Dropped =
        Meter.CreateCounter<long>("journey.gateway.relay.dropped", "{change}", "Changes not relayed because the queue was full.");
    public static readonly Counter<long> Resynced =
        Meter.CreateCounter<long>("journey.gateway.relay.resynced", "{board}", "Boards read anew after a gap, by cause.");
    public static readonly Counter<long> SlowClients =
        Meter.CreateCounter<long>("journey.gateway.watchers.slow", "{connection}", "Connections closed because they did not keep up.");

    public static readonly Counter<long> DoorMisses =
        Meter.CreateCounter<long>("journey.gateway.family.misses", "{try}", "Wrong links and code words brought to the family page.");

    /// <summary>More than none is worth a look at the log, which names the address: somebody may be guessing.</summary>
    public static readonly Counter<long> DoorDelays =
        Meter.CreateCounter<long>("journey.gateway.family.delays", "{try}",
            "Links that are none and were answered late, for their address had brought many.");

    /// <summary>By <c>status</c>: 401 and 403 refused, 429 too many.</summary>
    public static readonly Counter<long> Refusals =
        Meter.CreateCounter<long>("journey.gateway.refusals", "{request}", "Requests refused before anything was done, by status.");

    /// <summary>What one address of those whom nobody knows was refused after the first few stands in the trail as a number.</summary>
    public static readonly Counter<long> RefusalsSummed =
        Meter.CreateCounter<long>("journey.gateway.audit.summed", "{entry}", "Refusals of unknown callers that the audit trail tells as a number.");

    public static readonly Histogram<double> AuditDuration =
        Seconds("journey.gateway.audit.duration", "From an access to its being durable in the audit trail.");

    private static long _auditFailures;
    private static long _looksLost;

    static GatewayMetrics()
    {
        Meter.CreateObservableCounter("journey.gateway.audit.failures", () => Volatile.Read(ref _auditFailures), "{access}",
            "Accesses that the audit trail did not take; who asked was not served.");
        Meter.CreateObservableCounter("journey.gateway.looks.lost", () => Volatile.Read(ref _looksLost), "{access}",
            "Accesses that no rule of snooping has weighed; they are in the audit trail.");
    }

    /// <summary>Observed, not added to: it is there, as 0, before the first failure, or nobody could see the first one as an increase.</summary>
    public static void AuditFailed() => Interlocked.Increment(ref _auditFailures);

    /// <inheritdoc cref="AuditFailed"/>
    public static void LooksLost(long count) => Interlocked.Add(ref _looksLost, count);

    private static Histogram<double> Seconds(string name, string description) =>
        Meter.CreateHistogram(name, "s", description, advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.02, 0.04, 0.08, 0.15, 0.25, 0.5, 1, 2.5, 5, 10],
        });
}
