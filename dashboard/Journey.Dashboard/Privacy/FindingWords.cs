using System.Text.Json;
using Journey.Api;
using Journey.Dashboard.Live;
using Journey.Dashboard.Staff;

namespace Journey.Dashboard.Privacy;

/// <summary>What is said of findings, and what is done to them.</summary>
public static class FindingWords
{
    private const string TakenBack = "open";
    public static IReadOnlyList<string> Verdicts { get; } = ["had-reason", "follow-up"];

    public static string Verdict(string verdict) => verdict == "had-reason" ? "There was a reason" : "To be followed up";

    /// <summary>Of too few nothing is reckoned.</summary>
    public static string Precision(FindingRule rule) => rule.Precision is { } percent ? $"{percent} % of {rule.HadReason + rule.FollowedUp}" : "–";

    /// <summary>One tap, which another takes back.</summary>
    public static Intent Judge(Finding finding, string verdict) => Says(finding, verdict, $"{Verdict(verdict)}: {finding.By}") with
    {
        Reverse = Says(finding, TakenBack, $"Taken back: {Verdict(verdict)}, {finding.By}") with { CanBeUndone = false },
    };

    private static Intent Says(Finding finding, string verdict, string says) =>
        new(Guid.Empty, $"{Paths.Findings}/{finding.Id}/judgement", JsonSerializer.Serialize(new JudgeFindingRequest(verdict), JourneyJson.Default.JudgeFindingRequest), says);
}
