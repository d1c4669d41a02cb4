using System.Diagnostics.Metrics;

namespace Journey.Hl7.Mllp;

/// <summary>Counters of all listeners of the process, on the meter <c>Journey.Mllp</c>. No tag carries an address or an identifier.</summary>
public static class MllpMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Journey.Mllp";

    private static readonly Meter Meter = new(MeterName);

    internal static readonly UpDownCounter<long> Connections =
        Meter.CreateUpDownCounter<long>("journey.mllp.connections", "{connection}", "Connections open now.");

    internal static readonly Counter<long> Refused =
        Meter.CreateCounter<long>("journey.mllp.connections.refused", "{connection}", "Connections closed on arrival: too many, or TLS failed.");

    internal static readonly Counter<long> Frames = Meter.CreateCounter<long>("journey.mllp.frames", "{frame}", "Frames received.");

    internal static readonly Counter<long> Oversized =
        Meter.CreateCounter<long>("journey.mllp.frames.oversized", "{frame}", "Frames over the size limit, skipped.");

    internal static readonly Counter<long> Failed =
        Meter.CreateCounter<long>("journey.mllp.frames.failed", "{frame}", "Frames whose handler threw or took too long; answered with AE.");

    internal static readonly Counter<long> Ignored =
        Meter.CreateCounter<long>("journey.mllp.bytes.ignored", "By", "Bytes outside of frames, and of frames never finished.");

    internal static readonly Counter<long> Received = Meter.CreateCounter<long>("journey.mllp.bytes.received", "By", "Payload bytes received.");

    internal static readonly Counter<long> Sent = Meter.CreateCounter<long>("journey.mllp.bytes.sent", "By", "Payload bytes sent in replies.");

    internal static readonly Counter<long> TimedOut =
        Meter.CreateCounter<long>("journey.mllp.connections.timed_out", "{connection}", "Connections closed for being idle, slow or deaf.");
}
