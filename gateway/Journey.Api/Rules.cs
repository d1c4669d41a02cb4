namespace Journey.Api;

/// <summary><c>GET /api/v1/rules</c>: every rule on each unit, whether it calls anybody there and how it does.</summary>
/// <param name="Rules">One for each rule and unit.</param>
/// <param name="From">Counted are the alerts that were raised from then on.</param>
/// <param name="Until">Counted are the alerts that were raised until then.</param>
/// <param name="AsOf">The server's time when this was true.</param>
public sealed record RuleBook(IReadOnlyList<Rule> Rules, DateTimeOffset From, DateTimeOffset Until, DateTimeOffset AsOf);

/// <summary>A rule on a unit.</summary>
/// <param name="Key">As in the policy, such as <c>ed.triage</c>.</param>
/// <param name="Kind">One of <see cref="AlertKinds"/>.</param>
/// <param name="Says">What it waits for, in the policy's words.</param>
/// <param name="Safety">Of the top tier: nothing silences it but a decision with a reason.</param>
/// <param name="Unit">The unit's code.</param>
/// <param name="Standing"><c>on</c>; <c>shadow</c>: counted, and nobody is called; <c>not-reported</c>: what it waits for is not reported there, and
/// no patient is an alarm for it.</param>
/// <param name="Decided">Null when nobody decided.</param>
/// <param name="Reporting">Null where somebody here begins what it waits for, and can end it.</param>
/// <param name="Quality">How its alerts did there.</param>
public sealed record Rule(
    string Key, string Kind, string Says, bool Safety, string Unit, string Standing, RuleDecision? Decided, RuleReporting? Reporting,
    RuleQuality Quality);

/// <summary>What a person, or the house itself, decided of a rule.</summary>
/// <param name="To">One of <see cref="RuleStandings"/>.</param>
/// <param name="Unit">Null: for every unit for which nothing else was decided.</param>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
public sealed record RuleDecision(string To, string? Unit, DateTimeOffset At, string By)
{
    /// <summary>Why, in their words; null when they did not say.</summary>
    public string? Reason { get; init; }
}

/// <summary>
/// Of the visits that ended on the unit in the last <paramref name="Days"/>, how many had reported what ends the wait, by a feed and by staff.
/// </summary>
/// <param name="Fact">A step, or <c>nurse</c>, <c>contact</c>, <c>told</c>, <c>moved</c>, <c>left</c>.</param>
/// <param name="Visits">How many visits ended there.</param>
/// <param name="ByFeed">Of those, how many a hospital system had reported it of.</param>
/// <param name="ByStaff">Of those, how many staff had reported it of.</param>
/// <param name="Days">The last so many days.</param>
public sealed record RuleReporting(string Fact, int Visits, int ByFeed, int ByStaff, int Days)
{
    /// <summary>Whether that is often enough by the policy; null where too few visits have ended there to tell.</summary>
    public bool? IsReported { get; init; }
}

/// <summary>How the alerts did that the rule raised.</summary>
/// <param name="Raised">How many called somebody.</param>
/// <param name="InShadow">Counted without calling anybody.</param>
/// <param name="ActedOn">Of those raised: ended because somebody did what was due.</param>
/// <param name="ByThemselves">Of those raised: ended without anybody acting.</param>
/// <param name="MedianSecondsToTake">Null when nobody took any.</param>
/// <param name="PerShift">How many of them, in shadow or not, a shift had; all of them while less than one was counted.</param>
/// <param name="PerNurseHour">Raised for each hour that a nurse was on duty; null while less than one such hour is recorded.</param>
/// <param name="ByHour">By the hour of the day: 24 numbers.</param>
/// <param name="OverBudget">What is wrong with it and what to change; empty while it keeps to its budget.</param>
public sealed record RuleQuality(
    int Raised, int InShadow, int ActedOn, int ByThemselves, double? MedianSecondsToTake, double PerShift,
    double? PerNurseHour, IReadOnlyList<int> ByHour, IReadOnlyList<string> OverBudget)
{
    /// <summary>Over how many shifts they were counted; below 1 nobody knows yet how many a shift has.</summary>
    public double Shifts { get; init; }
}

/// <summary><c>POST /api/v1/rules/{key}</c>.</summary>
/// <param name="To"><c>on</c>, <c>shadow</c> or <c>not-reported</c>.</param>
/// <param name="Unit">Null: every unit for which nothing else was decided.</param>
public sealed record SwitchRuleRequest([OneOf(typeof(RuleStandings))] string? To, [TextLimit(Limits.Unit)] string? Unit = null)
{
    /// <summary>Why, at most 200 characters. Without one no rule of the safety tier is silenced (<c>rule-needs-reason</c>).</summary>
    [TextLimit(Limits.Line)]
    public string? Reason { get; init; }
}
