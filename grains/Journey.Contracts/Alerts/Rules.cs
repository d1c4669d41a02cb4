using System.Collections.Immutable;
using Journey.Contracts.Access;

namespace Journey.Contracts.Alerts;

/// <summary>Whether a rule calls anybody on a unit, and why not.</summary>
[GenerateSerializer, Alias("rules.standing.v1")]
public enum RuleStanding
{
    On,

    /// <summary>Evaluated and counted; nobody is called until somebody turns it on.</summary>
    Shadow,

    /// <summary>What would end its wait is not reported here: an alarm that nobody can stop is none.</summary>
    NotReported,
}

/// <summary>What a person decided of a rule. Persisted: never renamed.</summary>
[GenerateSerializer, Alias("rules.switch.v1")]
public enum RuleSwitch
{
    On,
    Shadow,

    /// <summary>
    /// What it waits for is not reported here. Holds only as long as that is so; rules of the safety tier are silenced by nothing else.
    /// </summary>
    NotReported,
}

/// <summary>How one rule stands on one unit, and how well it does there.</summary>
/// <param name="Kind">The kind of the rule, such as <c>touchpoint</c>.</param>
/// <param name="Says">What is waited for, in the policy's words.</param>
/// <param name="Decided">What somebody decided, for the unit or for the house; null when nobody did.</param>
/// <param name="Reporting">How often what ends its wait is reported; null where somebody here begins the wait and can end it.</param>
[GenerateSerializer, Immutable, Alias("rules.view.v1")]
public sealed record RuleView(
    [property: Id(0)] string Rule, [property: Id(1)] string Kind, [property: Id(2)] string Says, [property: Id(3)] bool Safety,
    [property: Id(4)] string Unit, [property: Id(5)] RuleStanding Standing,
    [property: Id(6)] RuleDecision? Decided, [property: Id(7)] RuleReporting? Reporting, [property: Id(8)] RuleQuality Quality);

/// <param name="Unit">Empty: for the house.</param>
[GenerateSerializer, Immutable, Alias("rules.decision.v1")]
public sealed record RuleDecision([property: Id(0)] RuleSwitch To, [property: Id(1)] string Unit, [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] Actor By)
{
    /// <summary>Why, in whoever's words; null when none were asked for.</summary>
    [Id(4)] public string? Reason { get; init; }
}

/// <summary>Of the visits that ended on the unit in the last days, how many had reported what ends the rule's wait.</summary>
/// <param name="Fact">See <see cref="Visits.FactReport"/>.</param>
[GenerateSerializer, Immutable, Alias("rules.reporting.v1")]
public sealed record RuleReporting([property: Id(0)] string Fact, [property: Id(1)] int Visits, [property: Id(2)] int ByFeed,
    [property: Id(3)] int ByStaff, [property: Id(4)] int Days)
{
    /// <summary>Whether that is often enough by the policy; null where too few visits have ended there to tell.</summary>
    [Id(5)] public bool? IsReported { get; init; }
}

/// <summary>How the alerts of a rule did that were raised on a unit in some time.</summary>
/// <param name="Raised">Called out.</param>
/// <param name="InShadow">Counted without calling anybody.</param>
/// <param name="ActedOn">Of those raised: ended because somebody did what was due.</param>
/// <param name="ByThemselves">Of those raised: ended without anybody acting.</param>
/// <param name="MedianSecondsToTake">From raised to taken, of those that somebody took; null when nobody took any.</param>
/// <param name="PerShift">How many of them, in shadow or not, a shift had; all of them while less than one was counted.</param>
/// <param name="PerNurseHour">Raised for each hour that a nurse was on duty; null while less than one such hour is recorded.</param>
/// <param name="ByHour">Raised or in shadow, by the hour of the day in the policy's time zone: 24 numbers.</param>
/// <param name="OverBudget">In words what is wrong with it and what to change; empty while it keeps to its budget.</param>
[GenerateSerializer, Immutable, Alias("rules.quality.v1")]
public sealed record RuleQuality(
    [property: Id(0)] int Raised, [property: Id(1)] int InShadow, [property: Id(2)] int ActedOn, [property: Id(3)] int ByThemselves,
    [property: Id(4)] double? MedianSecondsToTake,
    [property: Id(5)] double PerShift, [property: Id(6)] double? PerNurseHour, [property: Id(7)] ImmutableArray<int> ByHour,
    [property: Id(8)] ImmutableArray<string> OverBudget)
{
    /// <summary>Over how many shifts they were counted.</summary>
    [Id(9)] public double Shifts { get; init; }
}

public static class RuleKeys
{
    /// <summary>The key of <see cref="IRulesGrain"/>, and its stream.</summary>
    public const string House = "rules";
}

/// <summary>A silo that goes by the rules.</summary>
[Alias("journey.rules-observer")]
public interface IRulesObserver : IGrainObserver
{
    /// <summary>Somebody decided something: read anew.</summary>
    [Alias("decided")] Task Decided();
}

/// <summary>What people decided of the policy's rules, and how these do. Key: <see cref="RuleKeys.House"/>.</summary>
[Alias("journey.rules"), Answers(Askers.House)]
public interface IRulesGrain : IGrainWithStringKey
{
    /// <param name="unit">Empty: every unit for which nothing else was decided.</param>
    /// <param name="reason">Why; nothing of the safety tier is silenced without one.</param>
    [Alias("switch"), Answers(Askers.Gateways)]
    Task<Outcome> Switch(CommandId id, Actor by, string rule, string unit, RuleSwitch to, string? reason = null);

    /// <summary>
    /// Every rule on each of <paramref name="units"/>, with the alerts that were raised from <paramref name="from"/> to before
    /// <paramref name="until"/>.
    /// </summary>
    [Alias("read"), Answers(Askers.Gateways)]
    Task<ImmutableArray<RuleView>> Read(ImmutableArray<string> units, DateTimeOffset from, DateTimeOffset until);

    /// <summary>The rules that call on a unit and are above their budget, by the alerts of the last 7 days.</summary>
    [Alias("over-budget")] Task<ImmutableArray<RuleView>> OverBudget(string unit);

    /// <summary>Subscribes for <see cref="Boards.BoardKeys.Lease"/>; renew before it ends. Answers with the version of what was decided.</summary>
    [Alias("watch")] Task<long> Watch(IRulesObserver observer);
}
