using System.Globalization;
using Journey.Api;
using Journey.Dashboard.Commands;

namespace Journey.Dashboard.Alerts;

/// <summary>What is said of rules, and what is done to them.</summary>
public static class RuleWords
{
    public static string Standing(Rule rule) => rule.Standing switch
    {
        RuleStandings.On => "Calls",
        RuleStandings.Shadow => "In shadow: counted, calls nobody",
        _ => "Calls nobody: not reported here",
    };

    /// <summary>True of a rule of the safety tier that calls although what it waits for is hardly ever reported: only a person silences it.</summary>
    public static bool CallsInVain(Rule rule) => rule is { Safety: true, Standing: RuleStandings.On, Reporting.IsReported: false };

    /// <summary>True where it is not known to be reported: only there anybody can say that it is not.</summary>
    public static bool IsDoubtful(Rule rule) => rule.Reporting is { IsReported: not true };

    /// <summary>As in <c>Triage times are not reported: 4 % of 212 visits.</c></summary>
    public static string? Reporting(Rule rule) => rule.Reporting switch
    {
        null => null,
        { Visits: 0 } r => $"{Fact(r.Fact)}: no visit had ended here in {r.Days} days when that was last looked at, which is every hour.",
        { IsReported: null } r => $"{Fact(r.Fact)}: {Share(r)} of {Visits(r)}{Sources(r)}, too few to tell.",
        { IsReported: var so } r => $"{Fact(r.Fact)} are {(so == true ? "" : "not ")}reported: {Share(r)} of {Visits(r)}{Sources(r)}.",
    };

    /// <summary>What would make it observable.</summary>
    public static string Remedy(string fact) => fact switch
    {
        Awaited.Moved => "Have the feed send the move to the ward (A02), or the admission under its own number.",
        Awaited.Left => "Have the feed send the discharge (A03), or record Left… on the board.",
        Awaited.Nurse => "Name the nurse on the board, one tap for many patients, or have a system do it through the API.",
        Awaited.Contact => "Tap Checked on the board after a round, or have a rounding system do it through the API.",
        Awaited.Told => "Tap Log update after each family update, or send updates from the family's page.",
        _ => "Record the step with one tap on the board, or have a system do it through the API.",
    };

    public static string Percent(int part, int whole) => whole == 0 ? "–" : $"{100 * part / whole} %";

    public static string Number(double? number) => number is { } n ? n.ToString(n < 10 ? "0.0" : "0", CultureInfo.InvariantCulture) : "–";

    /// <summary>A number of less than a shift says nothing of a shift.</summary>
    public static string PerShift(RuleQuality quality) => quality.Shifts < 1 ? "not yet a shift" : Number(quality.PerShift);

    /// <summary>What to expect of a rule that is turned on.</summary>
    public static string Expect(RuleQuality quality) => quality.Shifts < 1
        ? $"{Words.Say.Count(quality.Raised + quality.InShadow, "alert", "alerts")} so far, and not yet a shift was counted."
        : $"About {Number(quality.PerShift)} alerts a shift, as it was in this time.";

    /// <summary>Asks before a rule of the safety tier calls nobody any more: what comes of it, and why it is to be.</summary>
    /// <param name="who">Under whose name it is recorded.</param>
    /// <param name="span">Of which time its alerts are counted.</param>
    public static Sheet.FreeText Silence(Rule rule, string unitName, string to, string? who, string span) =>
        new($"Silence a safety rule on {unitName}?", "Why", to == RuleStandings.Shadow ? "Put it into shadow" : "Say it is not reported",
            why => HouseIntent.SwitchRule(rule, unitName, to, why))
        {
            Warning = $"“{rule.Says}” is a safety rule. On {unitName} nobody will be called about it any more, neither the nurse nor whoever comes "
                + $"after them, however long a patient waits, and no board will show it as due"
                + (to == RuleStandings.Shadow
                    ? ". It is counted on, until somebody lets it call again."
                    : ", until it is reported of enough visits."),
            Hint = $"{(rule.Quality.Raised == 1 ? "1 alert was" : $"{rule.Quality.Raised} alerts were")} called out in the "
                + $"last {span}. It is recorded under {(who is null ? "the name of this screen" : $"your name, {who}")}, with the time and the "
                + $"reason, for everybody who reads this page.",
            Often = to == RuleStandings.Shadow ? ["New here: we look at the numbers first"] : ["No system here sends it, and nobody enters it"],
        };

    private static string Fact(string fact) => fact switch
    {
        Steps.Triaged => "Triage times",
        Steps.Roomed => "Treatment rooms",
        Steps.Seen => "Provider times",
        Steps.Decided => "Decisions",
        Awaited.Moved => "Moves to a ward",
        Awaited.Left => "Departures",
        Awaited.Nurse => "Nurses",
        Awaited.Contact => "Rounds and checks",
        Awaited.Told => "Family updates",
        _ => Words.Say.Plain(fact) + " times",
    };

    private static string Share(RuleReporting r) => Percent(r.ByFeed + r.ByStaff, r.Visits);

    private static string Visits(RuleReporting r) => r.Visits == 1 ? "1 visit" : $"{r.Visits} visits";

    private static string Sources(RuleReporting r) =>
        (r.ByFeed, r.ByStaff) switch
        {
            (0, 0) => "",
            (_, 0) => ", by the feed",
            (0, _) => ", by staff",
            var (feed, staff) => $", {feed} by the feed and {staff} by staff"
        };
}
