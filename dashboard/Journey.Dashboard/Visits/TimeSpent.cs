using Journey.Api;
using Journey.Dashboard.Charts;
using Journey.Dashboard.Words;

namespace Journey.Dashboard.Visits;

/// <summary>Where the time of a visit went: from each step that was reached to the next.</summary>
public static class TimeSpent
{
    /// <param name="stops">In the order of their times; the last goes on unless it is the departure.</param>
    public static IReadOnlyList<RibbonPart> By(IReadOnlyList<Milestone> stops, DateTimeOffset now) =>
    [
        .. stops.Select((stop, i) => (stop, Until: i + 1 < stops.Count ? stops[i + 1].At : stop.Step == Steps.Departed ? stop.At : now))
            .Where(part => part.Until > part.stop.At)
            .Select(part => new RibbonPart(Say.Step(part.stop.Step), Elapsed.Minutes(part.stop.At, part.Until), part.Until == now)),
    ];

    /// <summary>As in <c>3 h 50 so far, longest after “Boarding”</c>.</summary>
    public static string Says(IReadOnlyList<RibbonPart> parts) =>
        $"{Elapsed.Text(parts.Sum(part => part.Minutes))} {(parts[^1].GoesOn ? "so far" : "in all")}, longest after "
        + $"“{parts.MaxBy(part => part.Minutes)!.Label}”";
}
