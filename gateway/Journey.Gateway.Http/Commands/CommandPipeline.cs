using Journey.Contracts;
using Journey.Gateway.Cluster.Calls;
using Journey.Gateway.Cluster.Wire;
using Journey.Gateway.Trust.Audit;
using Journey.Gateway.Trust.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Journey.Gateway.Http.Commands;

/// <summary>
/// The one way of every command, whoever sends it: staff about a visit (<see cref="VisitCommands"/>), staff about anything else
/// (<see cref="DeskCommand"/>), a family. It is refused when its key came with another request before, recorded before it is made, made under one id
/// however often, and answered with its outcome or the problem that a refusal is.
/// </summary>
internal static class CommandPipeline
{
    /// <param name="visit">What it is about; null where it is about no visit, or the trail knows which.</param>
    /// <param name="body">Null where the request's own can be read again, see <see cref="Idempotency.KeepBody"/>.</param>
    /// <param name="then">What follows from the outcome elsewhere in the cluster, before the answer.</param>
    public static async Task<Results<Ok<Api.CommandResult>, ProblemHttpResult>> Send(
        HttpContext http, Guid? visit, CommandId id, string? key, Func<JourneyCluster, Task<Outcome>> call, byte[]? body = null,
        Func<JourneyCluster, Outcome, Task>? then = null)
    {
        var idempotency = http.RequestServices.GetRequiredService<Idempotency>();
        var reused = body is null ? await idempotency.Reused(http, id, key) : idempotency.Reused(id, key, body);
        if (reused is not null) return reused;
        await AuditNote.Change(http, visit, id);
        var cluster = http.RequestServices.GetRequiredService<JourneyCluster>();
        var outcome = await cluster.Call(() => call(cluster), http.RequestAborted);
        if (then is not null) await then(cluster, outcome);
        if (outcome.Refusal is not { } refusal)
            return TypedResults.Ok(new Api.CommandResult(WireName<OutcomeKind>.Joined(outcome.Kind), outcome.Version, id.Value));
        await AuditNote.Refused(http, id);
        return Problem.Refused(refusal);
    }
}
