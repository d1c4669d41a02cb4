using Journey.Contracts;
using Journey.Contracts.Audit;
using Journey.Contracts.Care;
using Journey.Contracts.Hotline;
using Journey.Gateway.Cluster.Calls;
using Journey.Gateway.Http.Commands;
using Journey.Gateway.Live.Views;
using Journey.Gateway.Trust.Access;
using Journey.Gateway.Trust.Audit;
using Journey.Gateway.Trust.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Journey.Gateway.Http.Hotline;

/// <summary>The non-emergency line. A telephone system, or a person, says that it rings.</summary>
internal static class HotlineEndpoints
{
    private const int Short = Api.Limits.Name;
    private const int Text = Api.Limits.Text;

    public static void MapHotline(this IEndpointRouteBuilder app)
    {
        var hotline = app.MapGroup(Api.Paths.Hotline).WithTags("Hotline");
        hotline.MapGet("", Read).Needs(Operation.WatchHotline).Audited(AuditAction.ReadHotline)
            .WithSummary("The queue: open calls first, then how the last 24 hours went.");
        hotline.MapPost("calls", Ring).Needs(Operation.KeepHotline).AuditedBeforehand().WithSummary("A call comes in.");
        hotline.MapPost("calls/{call}/answer",
            (string call, DeskCommand sender) => Send(call, sender, (line, id, c) => line.Answer(new(id, sender.By, sender.Fields.Now, c))))
                .Needs(Operation.KeepHotline).AuditedBeforehand();
        hotline.MapPost("calls/{call}/abandon",
            (string call, DeskCommand sender) => Send(call, sender, (line, id, c) => line.Abandon(new(id, sender.By, sender.Fields.Now, c))))
                .Needs(Operation.KeepHotline).AuditedBeforehand();
        hotline.MapPost("calls/{call}/callback", Promise).Needs(Operation.KeepHotline).AuditedBeforehand().WithSummary("A call back is promised.");
        hotline.MapPost("calls/{call}/called-back",
            (string call, DeskCommand sender) => Send(call, sender, (line, id, c) => line.CallBack(new(id, sender.By, sender.Fields.Now, c))))
                .Needs(Operation.KeepHotline).AuditedBeforehand();
        hotline.MapPost("calls/{call}/finish",
            (string call, DeskCommand sender) => Send(call, sender, (line, id, c) => line.Finish(new(id, sender.By, sender.Fields.Now, c))))
                .Needs(Operation.KeepHotline).AuditedBeforehand().WithSummary("The caller has what they called for.");
        hotline.MapPost("calls/{call}/question", Ask).Needs(Operation.KeepHotline).AuditedBeforehand()
            .WithSummary("The call is about a visit: it becomes a question there.");
    }

    private static async Task<Ok<Api.Hotline>> Read(JourneyCluster cluster, CancellationToken cancellation) =>
        TypedResults.Ok(StaffViews.Hotline(await cluster.Call(() => cluster.Hotline.Read(), cancellation)));

    private static Task<Results<Ok<Api.CommandResult>, ProblemHttpResult>> Ring(Body<Api.CallRequest> body, DeskCommand sender)
    {
        var request = body.Request;
        var fields = sender.Fields;
        var (caller, number, at) =
            (fields.Text("caller", request.Caller, Short), fields.Text("number", request.Number, Short), fields.Occurred(request.OccurredAt));
        return sender.Send((cluster, id) => cluster.Hotline.Ring(new(id, sender.By, at, caller, number)));
    }

    private static Task<Results<Ok<Api.CommandResult>, ProblemHttpResult>> Promise(string call, Body<Api.CallbackRequest> body, DeskCommand sender)
    {
        var request = body.Request;
        var fields = sender.Fields;
        var (number, about, by) =
            (fields.Text("number", request.Number, Short), fields.Text("about", request.About, Text), fields
                .Expected("callbackBy", request.CallbackBy));
        var owner = fields.Owner(request.Owner);
        return Send(call, sender, (line, id, c) => line.PromiseCallback(new(id, sender.By, fields.Now, c, number, about, by, owner)));
    }

    private static Task<Results<Ok<Api.CommandResult>, ProblemHttpResult>> Ask(string call, Body<Api.CallQuestionRequest> body, DeskCommand sender)
    {
        var request = body.Request;
        var fields = sender.Fields;
        sender.Note.Visit = request.VisitId;
        var (text, kind) = (fields.Required("text", request.Text, Text), fields.Choice<QuestionKind>("kind", request.Kind));
        return Send(call, sender, (line, id, c) => line.AskOnVisit(new(id, sender.By, fields.Now, c, new VisitId(request.VisitId), kind, text)));
    }

    private static Task<Results<Ok<Api.CommandResult>, ProblemHttpResult>> Send(string call, DeskCommand sender,
        Func<IHotlineGrain, CommandId, Guid, Task<Outcome>> command) => Guid.TryParse(call, out var named)
            ? sender.Send((cluster, id) => command(cluster.Hotline, id, named))
            : Task.FromResult<Results<Ok<Api.CommandResult>, ProblemHttpResult>>(
                Problem.Create(StatusCodes.Status404NotFound, RefusalCodes.CallUnknown, "No such call."));
}
