using System.Globalization;
using Journey.Contracts.Alerts;
using Journey.Domain.Facts;
using Journey.Domain.Policies;

namespace Journey.Domain.Alerts;

/// <summary>An alert of a visit, as far as it went.</summary>
/// <param name="Unit">Where the visit stood when it was raised.</param>
/// <param name="Shadow">It called nobody.</param>
/// <param name="TakenAt">When somebody first took it; null when nobody did.</param>
/// <param name="EndedHow">See <see cref="Resolutions"/>; null while it is open.</param>
public sealed record AlertFact(string Rule, string Unit, Severity Severity, bool Shadow, DateTimeOffset RaisedAt, DateTimeOffset? TakenAt,
    DateTimeOffset? EndedAt, string? EndedHow);

/// <summary>How well a rule does on a unit: how often it calls, whether anybody acts on it, and what to change when it is noise.</summary>
public static class AlertQuality
{
    /// <summary>Fewer that have ended say nothing of a rule.</summary>
    private const int Enough = 10;

    /// <param name="alerts">Those of one rule on one unit.</param>
    /// <param name="counted">Over how long they were counted.</param>
    /// <param name="nurseHours">How many hours nurses were on duty there in that time; null where no shift is recorded. Less than one says
    /// nothing.</param>
    public static RuleQuality Measure(IReadOnlyCollection<AlertFact> alerts, Policy policy, TimeSpan counted, double? nurseHours)
    {
        var raised = alerts.Where(a => !a.Shadow).ToArray();
        var ended = raised.Where(a => a.EndedHow is not null).ToArray();
        var acted = ended.Count(a => a.EndedHow is Resolutions.Acted or Resolutions.Done);
        var perNurseHour = nurseHours >= 1 ? raised.Length / nurseHours : null;
        var byHour = new int[24];
        foreach (var alert in alerts) byHour[TimeZoneInfo.ConvertTime(alert.RaisedAt, policy.TimeZone).Hour]++;
        var shifts = counted.TotalDays * policy.Shifts.Begins.Length;
        return new RuleQuality(
            raised.Length, alerts.Count - raised.Length, acted, ended.Length - acted,
            Median([.. raised.Where(a => a.TakenAt is not null).Select(a => (a.TakenAt!.Value - a.RaisedAt).TotalSeconds)]),
            alerts.Count / Math.Max(1, shifts), perNurseHour, [.. byHour], [.. shifts < 1 ? [] : OverBudget(ended, acted, perNurseHour, policy)])
        {
            Shifts = Math.Max(0, shifts),
        };
    }

    /// <summary>Nothing is said of a rule before a shift was counted: what was told of late comes all at once.</summary>
    private static IEnumerable<string> OverBudget(AlertFact[] ended, int acted, double? perNurseHour, Policy policy)
    {
        if (perNurseHour > policy.RuleBudget)
            yield return string.Create(CultureInfo.InvariantCulture,
                $"It calls {perNurseHour:0.0} times a nurse-hour, more than {policy.RuleBudget:0.0}. Whoever keeps the policy can give it a longer "
                    + $"target or a narrower class; until then it can be put into shadow, on the page Rules.");
        if (ended.Length < Enough || acted >= policy.RuleActedMin * ended.Length) yield break;
        var instead = ended.Where(a => a.EndedHow is not (Resolutions.Acted or Resolutions.Done)).GroupBy(a => a.EndedHow!)
            .MaxBy(g => g.Count())!.Key;
        yield return string.Create(CultureInfo.InvariantCulture,
            $"Only {100 * acted / ended.Length} % of {ended.Length} were acted on. {Change(instead)}");
    }

    private static string Change(string how) => how switch
    {
        Resolutions.Suppressed => "Most ended because nobody was to be called: see whether what it waits for is reported here.",
        Resolutions.PassedOver =>
            "Most were passed over: the step is not recorded, or not done in that order. Record it, or end the rule with a later step.",
        Resolutions.Closed => "Most were open until the visit ended: record what was done, or turn the rule off here.",
        _ => "Most stopped to apply by themselves: whoever keeps the policy can give it a longer target.",
    };

    private static double? Median(double[] seconds)
    {
        if (seconds.Length == 0) return null;
        Array.Sort(seconds);
        return (seconds[(seconds.Length - 1) / 2] + seconds[seconds.Length / 2]) / 2;
    }
}
