using Journey.Contracts.Alerts;
using Journey.Domain.Policies;

namespace Journey.Domain.Alerts;

/// <summary>A rule on a unit, for those who decide whether it calls there.</summary>
public static class RuleViews
{
    public static RuleView View(Rule rule, string unit, Policy policy, RuleSwitches switches, Reporting? reporting, RuleQuality quality) => new(
        rule.Key, Spelling.Kebab(rule.Kind), rule.Says, rule.Tier == Tier.Safety, unit, policy.Standing(rule, unit),
        switches.Entry(rule.Key, unit),
        rule.Awaits is { } fact ? new RuleReporting(fact, reporting?.Visits ?? 0, reporting?.ByFeed ?? 0, reporting?.ByStaff ?? 0, RuleWatch.Days)
        {
            IsReported = reporting is { } known && known.Visits >= policy.EvidenceVisits ? known.Share >= policy.EvidenceMin : null,
        } : null, quality);
}
