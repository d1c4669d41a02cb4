using System.Collections.Immutable;
using Journey.Contracts.Alerts;

namespace Journey.Domain.Policies;

/// <summary>
/// Which rules call anybody, and where: what people decided, and how far the facts are reported that end a rule's wait. Measured and decided, never
/// part of a pack.
/// </summary>
public sealed record RuleWatch
{
    public static readonly RuleWatch Everywhere = new();

    /// <summary>Of how many days the visits are that ended.</summary>
    public const int Days = 7;

    /// <summary>By unit and fact; of the whole house under no unit.</summary>
    public ImmutableDictionary<(string Unit, string Fact), Reporting> Reported { get; init; } =
        ImmutableDictionary<(string, string), Reporting>.Empty;
    public RuleSwitches Switches { get; init; } = RuleSwitches.None;

    /// <summary>True on a new site: nobody is called by a rule until somebody has turned it on.</summary>
    public bool BeginsInShadow { get; init; }

    /// <summary>How the rule stands on the unit.</summary>
    /// <param name="least">The share of visits, 0–1, from which on a fact counts as reported.</param>
    /// <param name="visits">Fewer than this say nothing.</param>
    public RuleStanding Standing(Rule rule, string unit, double least, int visits)
    {
        var decided = Switches.SwitchFor(rule.Key, unit);
        if (decided == RuleSwitch.Shadow || decided is null && BeginsInShadow) return RuleStanding.Shadow;
        if (rule.Awaits is not { } fact) return RuleStanding.On;
        if (Reporting(unit, fact, visits) is { } reporting)
            return reporting.Share < least && (rule.Tier != Tier.Safety || decided == RuleSwitch.NotReported)
                ? RuleStanding.NotReported
                : RuleStanding.On;
        return decided == RuleSwitch.NotReported ? RuleStanding.NotReported : RuleStanding.On;
    }

    /// <summary>
    /// Of the unit, or while too few visits have ended there, of the house: what a source sends of nobody it will not send of the next unit either.
    /// Null: too few ended.
    /// </summary>
    internal Reporting? Reporting(string unit, string fact, int visits) =>
        Reported.TryGetValue((unit, fact), out var own) && own.Visits >= visits || Reported.TryGetValue(("", fact), out own) && own.Visits >= visits
        ? own
        : null;
}

/// <summary>How often a fact was reported of the visits that ended on a unit.</summary>
/// <param name="Visits">That it was awaited of.</param>
public sealed record Reporting(int Visits, int ByFeed, int ByStaff)
{
    /// <summary>0–1.</summary>
    public double Share => Visits == 0 ? 0 : (double)(ByFeed + ByStaff) / Visits;
}
