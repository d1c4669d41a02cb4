using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using Journey.Contracts.Families;
using Journey.Domain.Facts;

namespace Journey.Grains.Telemetry;

/// <summary>What the grains measure. Tags are policy keys and severities, never a key or a person.</summary>
internal static class JourneyMeter
{
    public const string Name = "Journey.Grains";
    private static readonly Meter Meter = new(Name);

    /// <summary>How late a deadline was looked at, ms; of one that had passed when its message came, since the message.</summary>
    public static readonly Histogram<double> DeadlineLag = Meter.CreateHistogram<double>("journey.deadline.lag", "ms");

    /// <summary>From a board's first change to its delta on the way to the gateways, ms.</summary>
    public static readonly Histogram<double> BoardLag = Meter.CreateHistogram<double>("journey.board.lag", "ms");

    /// <summary>Updates to families that a channel answered for, or did not.</summary>
    private static readonly ConcurrentDictionary<(string Channel, DeliveryState State), long> Deliveries = [];

    private static long _auditFailures;
    private static long _auditDamage;

    private static readonly Counter<long> Alerts = Meter.CreateCounter<long>("journey.alerts");

    // Observable, so that they report 0 before the first failure: else the first failure would not show as an increase.
    static JourneyMeter()
    {
        Meter.CreateObservableCounter("journey.deliveries", () => Deliveries.Select(of =>
            new Measurement<long>(of.Value, new("channel", of.Key.Channel), new KeyValuePair<string, object?>("state", of.Key.State.ToString()))),
            "{update}", "Updates to families by channel and how it ended.");
        Meter.CreateObservableCounter("journey.audit.failures", () => Volatile.Read(ref _auditFailures), "{entry}",
            "Entries that a chain of the audit trail did not take; the gateway tries another chain.");
        Meter.CreateObservableCounter("journey.audit.damage", () => Volatile.Read(ref _auditDamage), "{find}",
            "How often rows or head of a chain of the audit trail were found changed.");
    }

    /// <summary>A channel that may come to be asked.</summary>
    public static void Offers(string channel)
    {
        foreach (var state in Enum.GetValues<DeliveryState>()) Deliveries.TryAdd((channel, state), 0);
    }

    public static void AuditFailed(int entries) => Interlocked.Add(ref _auditFailures, entries);

    public static void AuditDamaged() => Interlocked.Increment(ref _auditDamage);

    public static void Count(ImmutableArray<VisitEvent> events)
    {
        foreach (var e in events)
            switch (e)
            {
                case AlertRaised raised:
                    Alerts.Add(1, new("event", "raised"), new("rule", raised.Rule), new("severity", raised.Severity.ToString()));
                    break;
                case AlertAcknowledged:
                    Alerts.Add(1, new("event", "acknowledged"), new("rule", ""), new("severity", ""));
                    break;
                case AlertEscalated escalated:
                    Alerts.Add(1, new("event", "called-" + escalated.To), new("rule", ""), new("severity", ""));
                    break;
                case DeliveryEnded ended:
                    Deliveries.AddOrUpdate((ended.Channel, ended.State), 1, (_, count) => count + 1);
                    break;
                case AlertResolved resolved:
                    Alerts.Add(1, new("event", "resolved-" + resolved.How), new("rule", ""), new("severity", ""));
                    break;
            }
    }
}
