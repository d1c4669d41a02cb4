using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Alerts;
using Journey.Domain.Facts;
using Journey.Domain.Policies;
using Journey.Domain.Staff;

namespace Journey.Domain.Alerts;

/// <summary>
/// The ladder: a warning that nobody takes is called out rung by rung, up to the failsafe recipient. Who takes it says by when they act;
/// when that passes the ladder begins anew. A rung whose people are off duty calls nobody: the next one is called in its stead, at once.
/// </summary>
public static class Escalation
{
    /// <summary>
    /// Whom the first rung calls: the owner of what is due, the point of contact for the family, else the nurse. Null: nobody is responsible.
    /// </summary>
    public static Person? Responsible(Visit visit, Rule rule)
    {
        var course = visit.Course;
        if (rule.IsOfItems && rule.Targets.For(course.Acuity) is { } target && Clocks.First(course, rule, target)?.Owner is { } owner) return owner;
        return rule.Kind is RuleKind.Family or RuleKind.Question or RuleKind.Request or RuleKind.Privacy ? course.PointOfContact
            ?? course.Nurse : course.Nurse;
    }

    internal static void Review(ImmutableArray<VisitEvent>.Builder events, Visit visit, Alert alert, Policy policy, DateTimeOffset now, Duty duty)
    {
        if (Lapsed(alert, now))
        {
            events.Add(new AlertLapsed(alert.Id));
            alert = VisitFold.Lapse(alert, now);
        }

        while (NextRung(visit, alert, policy, now, duty) is { } at && at <= now)
        {
            // Where nobody is, nobody was called: the rungs between are named as passed, not told as calls.
            var passed = ImmutableArray.CreateBuilder<string>();
            do
            {
                if (Deserted(visit, alert, policy, now, duty) <= now) passed.Add(policy.Ladder[alert.Rung].To);
                alert = alert with { Rung = alert.Rung + 1 };
            }
            while (alert.Rung + 1 < policy.Ladder.Length && Deserted(visit, alert, policy, now, duty) <= now);
            events.Add(new AlertEscalated(alert.Id, alert.Rung, policy.Ladder[alert.Rung].To)
            {
                Passed = passed.Count == 0
                ? null
                : passed.ToImmutable()
            });
        }
    }

    internal static DateTimeOffset? Next(Visit visit, Alert alert, Policy policy, DateTimeOffset now, Duty duty) => alert switch
    {
        { State: AlertState.Acknowledged, ExpectedBy: { } expected } => expected > now ? expected : now,
        _ => NextRung(visit, alert, policy, now, duty) is { } at ? at > now ? at : now : null,
    };

    private static bool Lapsed(Alert alert, DateTimeOffset now) =>
        alert is { State: AlertState.Acknowledged, ExpectedBy: { } expected } && expected <= now;

    private static DateTimeOffset? NextRung(Visit visit, Alert alert, Policy policy, DateTimeOffset now, Duty duty)
    {
        if (alert.LadderSince is not { } since || alert.Rung + 1 >= policy.Ladder.Length) return null;
        var next = since + policy.Ladder[alert.Rung + 1].After;
        return Deserted(visit, alert, policy, now, duty) is { } at && at < next ? at > since ? at : since : next;
    }

    /// <summary>
    /// When nobody is on the rung whose turn it is, or was; null when that is not known. Nobody is on the first rung of a visit that nobody owns.
    /// </summary>
    private static DateTimeOffset? Deserted(Visit visit, Alert alert, Policy policy, DateTimeOffset now, Duty duty)
    {
        var to = policy.Ladder[alert.Rung].To;
        if (to != Rung.Assigned) return duty.EndOf(to, visit.Course.Unit, now);
        if (policy.Rule(alert.Rule) is not { } rule) return null;
        return Responsible(visit, rule) is { } person ? duty.EndOf(person.Id, now) : alert.LadderSince;
    }
}
