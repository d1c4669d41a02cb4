using System.Globalization;
using Journey.Reliability.Faults;

namespace Journey.Reliability;

/// <summary>The worst of several rounds, as a line of a table.</summary>
internal static class Table
{
    public const string Head = """
        | what goes wrong | rounds | messages | sent again | slowest answer | slowest on a board | latest alert | restarts | lost, doubled or wrong |
        |--|--:|--:|--:|--:|--:|--:|--:|--|
        """;

    public static string Line(Fault fault, IReadOnlyList<Outcome> outcomes) => string.Create(CultureInfo.InvariantCulture,
        $"| {fault.Says} | {outcomes.Count} | {outcomes.Sum(o => o.Messages):N0} | {outcomes.Sum(o => o.Resent):N0} | {Worst(outcomes, o => o.SlowestAnswer)} | {Worst(outcomes, o => o.SlowestSight)} | "
        + $"{Worst(outcomes, o => o.LatestAlert)} | {outcomes.Sum(o => o.Ends)} | {Verdict(outcomes)} |");

    private static string Verdict(IReadOnlyList<Outcome> outcomes) =>
        outcomes.Sum(o => o.Wrong.Count) is var count and > 0 ? $"**{count}** in {outcomes.Count(o => o.Wrong.Count > 0)} rounds" : "none";

    /// <summary>The worst, and the median behind it.</summary>
    private static string Worst(IReadOnlyList<Outcome> outcomes, Func<Outcome, TimeSpan> what)
    {
        var times = outcomes.Select(what).Order().ToArray();
        return string.Create(CultureInfo.InvariantCulture, $"{times[^1].TotalSeconds:0.0} s ({times[times.Length / 2].TotalSeconds:0.0})");
    }
}
