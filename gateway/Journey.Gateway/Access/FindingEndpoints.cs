using Journey.Contracts;
using Journey.Contracts.Access;
using Journey.Contracts.Audit;
using Journey.Gateway.Audit;
using Journey.Gateway.Boards;
using Journey.Gateway.Care;
using Journey.Gateway.Problems;
using Journey.Gateway.Visits;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Journey.Gateway.Access;

/// <summary>What rules found in what people looked at, and what the privacy officer says of it.</summary>
internal static class FindingEndpoints
{
    private const string TakenBack = "open";

    public static void MapFindings(this IEndpointRouteBuilder app)
    {
        var findings = app.MapGroup(Api.Paths.Findings).WithTags("Snooping");
        findings.MapGet("", Read).Needs(Operation.WatchFindings).Audited(AuditAction.ReadAudit).WithSummary("Whose looking is worth a question: what nobody has judged first.");
        findings.MapPost("{finding}/judgement", Judge).Needs(Operation.JudgeFindings).AuditedBeforehand().WithSummary("Whether there was a reason. A later judgement takes the place of an earlier one.");
    }

    private static async Task<Ok<Api.FindingList>> Read(IGrainFactory grains, GrainCalls calls, CancellationToken cancellation) =>
        TypedResults.Ok(FindingViews.List(await calls.Run(() => Findings(grains).Read(), cancellation)));

    private static async Task<Results<Ok<Api.CommandResult>, ProblemHttpResult>> Judge(string finding, Api.JudgeFindingRequest request, HttpContext http, DeskCommand command)
    {
        if (!Guid.TryParse(finding, out var id)) return Problem.Of(StatusCodes.Status404NotFound, RefusalCodes.FindingUnknown, "No such finding.");
        var verdict = Words<FindingVerdict>.Read(request.Verdict);
        if (verdict is null && request.Verdict != TakenBack) command.Fields.Wrong("verdict", $"One of {Words<FindingVerdict>.Choices}, {TakenBack}.");
        var account = http.Caller().Id;
        return await command.Send((grains, key) => Findings(grains).Judge(new(key, command.By, account, id, verdict)));
    }

    private static IFindingsGrain Findings(IGrainFactory grains) => grains.GetGrain<IFindingsGrain>(FindingKeys.All);
}

/// <summary>The list as the public contract has it.</summary>
internal static class FindingViews
{
    /// <summary>Of fewer judged ones nothing is reckoned.</summary>
    private const int Handful = 5;

    public static Api.FindingList List(FindingList list) =>
        new(CareViews.Each(list.Entries, Entry), CareViews.Each(list.Rules, Rule), list.Open, list.Lost, list.LostAt, list.AsOf, list.Version);

    private static Api.Finding Entry(FindingEntry entry)
    {
        var f = entry.Finding;
        return new(
            f.Id, Words<FindingRule>.Dashed(f.Rule), Says(f), f.By.Name ?? f.By.Id, f.Account, f.At, f.Visit, f.Unit.Length > 0 ? f.Unit : null, f.Count,
            entry.Judgement is { } j ? new(Words<FindingVerdict>.Dashed(j.Verdict), j.By.Name ?? j.By.Id, j.At) : null);
    }

    private static Api.FindingRule Rule(FindingPrecision p)
    {
        var judged = p.HadReason + p.FollowedUp;
        return new(Words<FindingRule>.Dashed(p.Rule), Name(p.Rule), p.Open, p.HadReason, p.FollowedUp, judged < Handful ? null : 100 * p.FollowedUp / judged);
    }

    private static string Name(FindingRule rule) => rule switch
    {
        FindingRule.Volume => "Many patients in one shift",
        FindingRule.SameSurname => "Same surname",
        FindingRule.OwnRecord => "Own record",
        FindingRule.Hidden => "Confidential patient",
        FindingRule.AfterCare => "Long after the visit ended",
        FindingRule.GlassUnused => "Glass broken only to look",
        FindingRule.Browsing => "Searches that open nobody",
        _ => Words<FindingRule>.Dashed(rule),
    };

    private static string Says(Finding f) => f.Rule switch
    {
        FindingRule.Volume => $"Opened {f.Count} patients in one shift whom they have no part in; up to {f.Usual} are usual",
        FindingRule.SameSurname => "Opened a patient who bears their surname, and has no part in the visit",
        FindingRule.OwnRecord => "Opened what seems to be their own record: the patient bears their full name",
        FindingRule.Hidden => "Opened a confidential patient, and has no part in the visit",
        FindingRule.AfterCare => "Opened a visit long after it ended, and had no part in it",
        FindingRule.GlassUnused => "Broke the glass, and did nothing in the visit but look",
        FindingRule.Browsing => $"Searched {f.Count} times in a row, and opened nobody",
        _ => Words<FindingRule>.Dashed(f.Rule),
    };
}
