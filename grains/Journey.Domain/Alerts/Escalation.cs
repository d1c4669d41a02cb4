using System.Collections.Immutable;
using Journey.Contracts.Visits;
using Journey.Domain.Policies;
using Journey.Domain.Visits;

namespace Journey.Domain.Alerts;

/// <summary>
/// The ladder: a warning that nobody takes is called out rung by rung, up to the failsafe recipient. Who takes it says by when they act;
/// when that passes the ladder begins anew.
/// </summary>
public static class Escalation
{
    /// <summary>Whom the first rung calls: the owner of what is due, the point of contact for the family, else the nurse. Null: nobody is responsible.</summary>
    public static Person? Responsible(Visit visit, Rule rule)
    {
        var course = visit.Course;
        if (rule.IsOfItems && rule.Targets.For(course.Acuity) is { } target && Clocks.First(course, rule, target)?.Owner is { } owner) return owner;
        return rule.Kind is RuleKind.Family or RuleKind.Question or RuleKind.Request or RuleKind.Privacy ? course.PointOfContact ?? course.Nurse : course.Nurse;
    }

    internal static void Review(ImmutableArray<VisitEvent>.Builder events, Visit visit, Alert alert, Policy policy, DateTimeOffset now)
    {
        if (Lapsed(alert, now))
        {
            events.Add(new AlertLapsed(alert.Id));
            alert = VisitFold.Lapse(alert, now);
        }

        while (NextRung(visit, alert, policy) is { } at && at <= now)
        {
            var rung = alert.Rung + 1;
            events.Add(new AlertEscalated(alert.Id, rung, policy.Ladder[rung].To));
            alert = alert with { Rung = rung };
        }
    }

    internal static DateTimeOffset? Next(Visit visit, Alert alert, Policy policy, DateTimeOffset now) => alert switch
    {
        { State: AlertState.Acknowledged, ExpectedBy: { } expected } => expected > now ? expected : now,
        _ => NextRung(visit, alert, policy) is { } at ? at > now ? at : now : null,
    };

    private static bool Lapsed(Alert alert, DateTimeOffset now) => alert is { State: AlertState.Acknowledged, ExpectedBy: { } expected } && expected <= now;

    private static DateTimeOffset? NextRung(Visit visit, Alert alert, Policy policy)
    {
        if (alert.LadderSince is not { } since || alert.Rung + 1 >= policy.Ladder.Length) return null;
        // Nobody is on the first rung of a visit that nobody owns.
        if (alert.Rung == 0 && policy.Ladder[0].To == Rung.Assigned && policy.Rule(alert.Rule) is { } rule && Responsible(visit, rule) is null) return since;
        return since + policy.Ladder[alert.Rung + 1].After;
    }
}
