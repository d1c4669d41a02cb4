using System.Globalization;
using Journey.Contracts;
using Journey.Contracts.Alerts;
using Journey.Contracts.Care;
using Journey.Contracts.Staff;
using Journey.Contracts.Visits;
using Journey.Domain.Policies;

namespace Journey.Domain.Alerts;

/// <summary>
/// A rule that is noise on a unit is a task of its charge nurse, who alone can turn it off there: what is wrong with it and what to change. Gone once
/// it keeps to its budget, or calls no more.
/// </summary>
public static class RuleTask
{
    /// <summary>Whether a rule that calls is above its budget; one in shadow, or that calls nobody, asks nothing of anybody.</summary>
    public static bool IsDue(RuleView rule) => rule is { Standing: RuleStanding.On, Quality.OverBudget.IsEmpty: false };

    public static ListItem For(RuleView rule, Policy policy, DateTimeOffset now)
    {
        var (began, ends) = policy.Shifts.At(now, policy.TimeZone);
        return new ListItem(
            default, rule.Unit, null, new PatientRef(),
            new OwedView(NameBasedGuid.Create(NameBasedGuid.Namespace, "rule", rule.Unit, rule.Rule,
                began.UtcTicks.ToString(CultureInfo.InvariantCulture)), OwedKind.Rule, rule.Rule, "open", null, began, ends),
            $"{rule.Says}: {string.Join(' ', rule.Quality.OverBudget)}", null);
    }
}
