using Journey.Api;
using Journey.Dashboard.Commands;

namespace Journey.Dashboard.Privacy;

/// <summary>What is said of findings, and what is done to them.</summary>
public static class FindingWords
{
    public static IReadOnlyList<string> Verdicts { get; } = [FindingVerdicts.HadReason, FindingVerdicts.FollowUp];

    public static string Verdict(string verdict) => verdict == FindingVerdicts.HadReason ? "There was a reason" : "To be followed up";

    /// <summary>Of too few nothing is reckoned.</summary>
    public static string Precision(FindingRule rule) => rule.Precision is { } percent ? $"{percent} % of {rule.HadReason + rule.FollowedUp}" : "–";

    /// <summary>One tap, which another takes back.</summary>
    public static Intent Judge(Finding finding, string verdict) =>
        HouseIntent.JudgeFinding(finding.Id, verdict, $"{Verdict(verdict)}: {finding.By}") with
        {
            Reverse = HouseIntent.JudgeFinding(finding.Id, FindingVerdicts.Open,
            $"Taken back: {Verdict(verdict)}, {finding.By}") with
            { CanBeUndone = false },
        };
}
