using Journey.Contracts;
using Journey.Contracts.Access;
using Journey.Contracts.Audit;
using Journey.Gateway.Cluster.Calls;
using Journey.Gateway.Http.Commands;
using Journey.Gateway.Live.Views;
using Journey.Gateway.Trust.Access;
using Journey.Gateway.Trust.Audit;
using Journey.Gateway.Trust.Identity;
using Journey.Gateway.Trust.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Journey.Gateway.Http.Glass;

/// <summary>Opening a visit in need that one has no part in, and the privacy officer's look at who did.</summary>
internal static class GlassEndpoints
{
    private const int Short = Api.Limits.GlassReason;
    private const int LongText = Api.Limits.Note;

    public static void MapGlass(this IEndpointRouteBuilder app)
    {
        var glass = app.MapGroup(Api.Paths.Glass).WithTags("Break the glass");
        glass.MapGet("", Read).Needs(Operation.WatchGlass).Audited(AuditAction.ReadAudit)
            .WithSummary("Who broke the glass: those not reviewed first.");
        glass.MapGet("terms", Terms).Needs(Operation.BreakGlass).WithSummary("The reasons there are, and how long a grant lasts.");
        glass.MapPost("{grant}/review", Review).Needs(Operation.ReviewGlass).AuditedBeforehand().WithSummary("What the privacy officer found.");
        app.MapGroup(Api.Paths.Visits).WithTags("Break the glass").MapPost("{id}/glass", Break).Needs(Operation.BreakGlass)
            .AuditedBeforehand(AuditAction.BreakGlass)
            .WithSummary("Opens a visit for a while. It is recorded, and the privacy officer sees it at once.");
    }

    private static async Task<Ok<Api.GlassList>> Read(JourneyCluster cluster, CancellationToken cancellation) =>
        TypedResults.Ok(GlassViews.List(await cluster.Call(() => cluster.Glass.Read(), cancellation)));

    private static async Task<Ok<Api.GlassTerms>> Terms(JourneyCluster cluster, CancellationToken cancellation)
    {
        var terms = await cluster.Call(() => cluster.Glass.Terms(), cancellation);
        return TypedResults.Ok(new Api.GlassTerms(CareViews.Each(terms.Reasons, r => new Api.GlassReason(r.Key, r.Says)),
            (int)terms.Lasts.TotalMinutes));
    }

    private static async Task<Results<Ok<Api.CommandResult>, ProblemHttpResult>> Break(string id, Body<Api.GlassRequest> body, HttpContext http,
        DeskCommand command, LookTeller looks)
    {
        var request = body.Request;
        if (!Guid.TryParse(id, out var visit)) return Problem.VisitUnknown();
        var fields = command.Fields;
        var (reason, note, holder) =
            (fields.Required("reason", request.Reason, Short), fields.Required("note", request.Note, LongText), http.Caller().Id);
        return await command.Send(async (cluster, key) =>
        {
            var outcome = await cluster.Glass.Break(new VisitId(visit), new(key, command.By, fields.Now, holder, reason, note));
            if (outcome.Refusal is null) looks.TellGlass(http, visit, key);
            return outcome;
        });
    }

    private static async Task<Results<Ok<Api.CommandResult>, ProblemHttpResult>> Review(string grant, Body<Api.GlassReviewRequest> body,
        DeskCommand command)
    {
        var request = body.Request;
        if (!Guid.TryParse(grant, out var item)) return Problem.Create(StatusCodes.Status404NotFound, RefusalCodes.GlassUnknown, "No such grant.");
        var fields = command.Fields;
        var (verdict, remark) = (fields.Choice<GlassVerdict>("verdict", request.Verdict), fields.Text("remark", request.Remark, LongText));
        return await command.Send((cluster, key) => cluster.Glass.Review(new(key, command.By, fields.Now, item, verdict, remark)));
    }
}
