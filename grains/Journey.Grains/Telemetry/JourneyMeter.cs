using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using Journey.Domain.Visits;

namespace Journey.Grains.Telemetry;

/// <summary>What the grains measure. Tags are policy keys and severities, never a key or a person.</summary>
internal static class JourneyMeter
{
    public const string Name = "Journey.Grains";
    private static readonly Meter Meter = new(Name);

    /// <summary>How late a deadline was looked at, ms.</summary>
    public static readonly Histogram<double> DeadlineLag = Meter.CreateHistogram<double>("journey.deadline.lag", "ms");

    /// <summary>From a board's first change to its delta on the way to the gateways, ms.</summary>
    public static readonly Histogram<double> BoardLag = Meter.CreateHistogram<double>("journey.board.lag", "ms");

    /// <summary>Updates to families that a channel answered for, or did not.</summary>
    private static readonly Counter<long> Deliveries = Meter.CreateCounter<long>("journey.deliveries");

    private static readonly Counter<long> Alerts = Meter.CreateCounter<long>("journey.alerts");

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
                    Deliveries.Add(1, new("channel", ended.Channel), new("state", ended.State.ToString()));
                    break;
                case AlertResolved resolved:
                    Alerts.Add(1, new("event", "resolved-" + resolved.How), new("rule", ""), new("severity", ""));
                    break;
            }
    }
}
