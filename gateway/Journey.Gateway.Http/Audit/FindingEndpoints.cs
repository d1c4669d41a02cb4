using Journey.Contracts;
using Journey.Contracts.Access;
using Journey.Contracts.Audit;
using Journey.Gateway.Cluster.Calls;
using Journey.Gateway.Cluster.Wire;
using Journey.Gateway.Http.Commands;
using Journey.Gateway.Live.Views;
using Journey.Gateway.Trust.Access;
using Journey.Gateway.Trust.Audit;
using Journey.Gateway.Trust.Identity;
using Journey.Gateway.Trust.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Journey.Gateway.Http.Audit;

/// <summary>What rules found in what people looked at, and what the privacy officer says of it.</summary>
internal static class FindingEndpoints
{
    private const string TakenBack = Api.FindingVerdicts.Open;

    public static void MapFindings(this IEndpointRouteBuilder app)
    {
        var findings = app.MapGroup(Api.Paths.Findings).WithTags("Snooping");
        findings.MapGet("", Read).Needs(Operation.WatchFindings).Audited(AuditAction.ReadAudit)
            .WithSummary("Whose looking is worth a question: what nobody has judged first.");
        findings.MapPost("{finding}/judgement", Judge).Needs(Operation.JudgeFindings).AuditedBeforehand()
            .WithSummary("Whether there was a reason. A later judgement takes the place of an earlier one.");
    }

    private static async Task<Ok<Api.FindingList>> Read(JourneyCluster cluster, CancellationToken cancellation) =>
        TypedResults.Ok(FindingViews.List(await cluster.Call(() => cluster.Findings.Read(), cancellation)));

    private static async Task<Results<Ok<Api.CommandResult>, ProblemHttpResult>> Judge(string finding, Body<Api.JudgeFindingRequest> body,
        HttpContext http, DeskCommand command)
    {
        var request = body.Request;
        if (!Guid.TryParse(finding, out var id))
            return Problem.Create(StatusCodes.Status404NotFound, RefusalCodes.FindingUnknown, "No such finding.");
        var verdict = WireName<FindingVerdict>.Read(request.Verdict);
        if (verdict is null && request.Verdict != TakenBack)
            command.Fields.Wrong("verdict", $"One of {WireName<FindingVerdict>.Choices}, {TakenBack}.");
        var account = http.Caller().Id;
        return await command.Send((cluster, key) => cluster.Findings.Judge(new(key, command.By, account, id, verdict)));
    }
}
