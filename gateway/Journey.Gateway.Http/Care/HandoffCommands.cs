using Journey.Contracts;
using Journey.Contracts.Audit;
using Journey.Contracts.Care;
using Journey.Contracts.Visits;
using Journey.Gateway.Cluster.Calls;
using Journey.Gateway.Http.Commands;
using Journey.Gateway.Http.Json;
using Journey.Gateway.Live.Views;
using Journey.Gateway.Trust.Access;
using Journey.Gateway.Trust.Audit;
using Journey.Gateway.Trust.Identity;
using Journey.Gateway.Trust.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Journey.Gateway.Http.Care;

/// <summary>Handoffs: drafted by the visit, offered, read back.</summary>
internal static class HandoffCommands
{
    private const int Who = Api.Limits.Name;
    private const int Line = Api.Limits.Note;
    private const int MostActions = Api.Limits.HandoffActions;
    private const int LongText = Api.Limits.LongText;
    private static readonly string[] Severities = [Api.Illnesses.Stable, Api.Illnesses.Watcher, Api.Illnesses.Unstable];

    public static void Map(RouteGroupBuilder visits)
    {
        var json = GatewayJson.Default;
        visits.MapGet("{id}/handoffs/draft", Draft).Needs(Operation.HandOver).Audited(AuditAction.ReadDraft)
            .WithSummary("I-PASS as the visit itself would write it, to be edited.");
        visits.MapCommand(Operation.HandOver, "{id}/handoffs", json.HandoffRequest, Offer);
        visits.MapCommand(Operation.HandOver, "{id}/handoffs/{item}/accept", json.AcceptRequest, (request, sender) =>
        {
            var synthesis = sender.Fields.Required("synthesis", request.Synthesis, LongText);
            return visit => visit.AcceptHandoff(new(sender.Id, sender.By, sender.Fields.Now, sender.Item, synthesis));
        });
        visits.MapCommand(Operation.HandOver, "{id}/handoffs/{item}/return", json.ReturnRequest, (request, sender) =>
        {
            var question = sender.Fields.Required("question", request.Question, Line);
            return visit => visit.ReturnHandoff(new(sender.Id, sender.By, sender.Fields.Now, sender.Item, question));
        });
        visits.MapCommand(Operation.HandOver, "{id}/handoffs/{item}/withdraw", json.Nothing,
            (_, sender) => visit => visit.WithdrawHandoff(new(sender.Id, sender.By, sender.Fields.Now, sender.Item)), new());
    }

    private static async Task<Results<Ok<Api.HandoffContent>, ProblemHttpResult>> Draft(
        string id, HttpContext http, JourneyCluster cluster, TimeProvider clock, CancellationToken cancellation)
    {
        if (!Guid.TryParse(id, out var visit)) return Problem.VisitUnknown();
        var (draft, view) = await cluster.CallBoth(() => cluster.Visit(visit).DraftHandoff(), () => cluster.Visit(visit).Read(), cancellation);
        if (draft is null || view is null) return Problem.VisitUnknown();
        AuditNote.Saw(http, view.Row, clock.GetUtcNow());
        return TypedResults.Ok(CareViews.Content(draft));
    }

    private static Func<IVisitGrain, Task<Outcome>> Offer(Api.HandoffRequest request, Sender sender)
    {
        var fields = sender.Fields;
        var role = fields.Choice<CareRole>("role", request.Role);
        var to = fields.Required("to", request.To, Who);
        if (request.Content is null) fields.Wrong("content", "Required.");
        if (request.Content?.Actions is { Count: > MostActions }) fields.Wrong("content.actions", $"At most {MostActions}.");
        var content = new IPass(
            Illness(fields, request.Content?.Illness), fields.Required("content.summary", request.Content?.Summary, LongText),
            [.. (request.Content?.Actions ?? []).Take(MostActions).Select((a, i) => fields.Text($"content.actions[{i}]", a, LongText))
                .OfType<string>()],
            fields.Text("content.awareness", request.Content?.Awareness, LongText) ?? "");
        return visit => visit.OfferHandoff(new(sender.Id, sender.By, fields.Now, role, ActingStaff.Named(to), content));
    }

    /// <summary>One of the words of I-PASS, which whoever hands over has to choose.</summary>
    private static string Illness(Fields fields, string? said)
    {
        var illness = fields.Text("content.illness", said, Line) ?? "";
        if (!Severities.Contains(illness.Split([',', ':', ' '], 2)[0], StringComparer.OrdinalIgnoreCase))
            fields.Wrong("content.illness", "How ill the patient is: stable, watcher or unstable, with a word why behind a comma.");
        return illness;
    }
}
