using Journey.Contracts;
using Journey.Gateway.Cluster.Wire;
using Journey.Gateway.Trust.Audit;
using Journey.Gateway.Trust.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Journey.Gateway.Http.Commands;

/// <summary>What every command answers: its outcome with its id, or the problem that a refusal is.</summary>
internal static class CommandAnswer
{
    public static async Task<Results<Ok<Api.CommandResult>, ProblemHttpResult>> Of(HttpContext http, Outcome outcome, CommandId id)
    {
        if (outcome.Refusal is not { } refusal) return TypedResults.Ok(new Api.CommandResult(WireName<OutcomeKind>.Joined(outcome.Kind), outcome.Version, id.Value));
        await AuditNote.Refused(http, id);
        return Problem.Refused(refusal);
    }
}
