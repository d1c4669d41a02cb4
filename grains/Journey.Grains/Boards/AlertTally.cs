using System.Collections.Immutable;
using Journey.Contracts.Boards;
using Journey.Contracts.Visits;
using Journey.Domain.Visits;

namespace Journey.Grains.Boards;

/// <summary>How the rules did on one unit since its board woke: which are noise, and how soon they are taken.</summary>
internal sealed class AlertTally(DateTimeOffset since)
{
    private const int Times = 100;
    private readonly Dictionary<string, RuleTally> rules = [];

    public ImmutableArray<RuleTally> All => [.. rules.Values.OrderByDescending(r => r.Raised)];

    public void Count(VisitRow? before, VisitNotice notice)
    {
        foreach (var alert in notice.Row?.Alerts ?? [])
            if (before is null ? alert.RaisedAt >= since : before.Alerts.All(a => a.Id != alert.Id)) Add(alert, t => t with { Raised = t.Raised + 1 });
        foreach (var alert in notice.Ended.IsDefault ? [] : notice.Ended)
        {
            var acted = alert.Resolution is Resolutions.Acted or Resolutions.Done;
            Add(alert, t => t with
            {
                ActedOn = t.ActedOn + (acted ? 1 : 0), ByThemselves = t.ByThemselves + (acted ? 0 : 1),
                SecondsToTake = alert.TakenAt is { } taken ? Latest(t.SecondsToTake.Add((taken - alert.RaisedAt).TotalSeconds)) : t.SecondsToTake,
            });
        }
    }

    private void Add(AlertView alert, Func<RuleTally, RuleTally> change) =>
        rules[alert.Rule] = change(rules.GetValueOrDefault(alert.Rule) ?? new RuleTally(alert.Rule, alert.Says, 0, 0, 0, [], since));

    private static ImmutableArray<double> Latest(ImmutableArray<double> times) => times.Length <= Times ? times : times.RemoveAt(0);
}
