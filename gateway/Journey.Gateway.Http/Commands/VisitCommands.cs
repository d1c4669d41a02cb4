using System.Text.Json.Serialization.Metadata;
using Journey.Contracts;
using Journey.Contracts.Audit;
using Journey.Contracts.Visits;
using Journey.Gateway.Trust.Access;
using Journey.Gateway.Trust.Audit;
using Journey.Gateway.Trust.Identity;
using Journey.Gateway.Trust.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Journey.Gateway.Http.Commands;

/// <summary>Who commands what, when, under which id.</summary>
/// <param name="Item">The alert, question, promise … that the path names; empty when it names none.</param>
/// <param name="Note">What its entry in the trail says: what it is about goes there as a word of the contract or an id, never as somebody wrote
/// it.</param>
internal readonly record struct Sender(CommandId Id, Actor By, Fields Fields, Guid Item, AuditNote Note)
{
    /// <summary>Whoever sends it, as an owner.</summary>
    public Person Person => new(By.Id, By.Name ?? By.Id);
}

/// <summary>One way for every command of staff: read, check, send with its id, answer.</summary>
internal static class VisitCommands
{
    /// <param name="needs">What the sender must be allowed.</param>
    /// <param name="path">Below a visit.</param>
    /// <param name="type">The request.</param>
    /// <param name="command">Makes the call, or notes errors.</param>
    /// <param name="whenEmpty">Stands for an empty body; null where a body is required.</param>
    /// <param name="audit">What sending it is, for the audit trail.</param>
    public static void MapCommand<T>(
        this IEndpointRouteBuilder visits, Operation needs, string path, JsonTypeInfo<T> type,
        Func<T, Sender, Func<IVisitGrain, Task<Outcome>>> command, T? whenEmpty = null,
        AuditAction audit = AuditAction.Change)
        where T : class
    {
        visits.MapPost(path, async Task<Results<Ok<Api.CommandResult>, ProblemHttpResult>> (
                string id, HttpContext http, [FromHeader(Name = Api.Paths.IdempotencyKey)] string? key,
                TimeProvider clock, CancellationToken cancellation) =>
            {
                if (!Guid.TryParse(id, out var visit)) return Problem.VisitUnknown();
                var item = Guid.Empty;
                if ((http.Request.RouteValues["alert"] ?? http.Request.RouteValues["item"]) is string named && !Guid.TryParse(named, out item))
                    return Problem.Create(404, http.Request.RouteValues.ContainsKey("alert") ? RefusalCodes.AlertUnknown : Api.ProblemCodes.ItemUnknown,
                        "No such thing is known on this visit.");
                if (Idempotency.Unusable(http) is { } unusable) return unusable;
                var (request, body, refused) = await JsonBody.Read(http.Request, type, whenEmpty);
                if (request is null) return refused!;

                var commandId = Idempotency.IdOf(http, key);
                var sender = new Sender(commandId, ActingStaff.From(http), new Fields(clock.GetUtcNow()), item, AuditNote.For(http));
                var call = command(request, sender);
                if (sender.Fields.Errors.Count > 0) return Problem.Invalid(sender.Fields.Errors);
                return await CommandPipeline.Send(http, visit, commandId, key, cluster => call(cluster.Visit(visit)), body,
                    async (cluster, outcome) =>
                {
                    if (outcome.Standing is { } standing)
                        await cluster.Call(() => cluster.Intake.Follow(commandId.Derive("list"), sender.By, new(visit), standing), cancellation);
                });
            })
            .Needs(needs).AuditedBeforehand(audit)
            .Accepts<T>(isOptional: whenEmpty is not null, JsonBody.MediaType)
            .ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).ProducesProblem(503);
    }
}
