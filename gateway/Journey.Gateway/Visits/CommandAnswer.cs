using Journey.Contracts;
using Journey.Gateway.Audit;
using Journey.Gateway.Boards;
using Journey.Gateway.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Journey.Gateway.Visits;

/// <summary>What every command answers: its outcome with its id, or the problem that a refusal is.</summary>
internal static class CommandAnswer
{
    public static async Task<Results<Ok<Api.CommandResult>, ProblemHttpResult>> Of(HttpContext http, Outcome outcome, CommandId id)
    {
        if (outcome.Refusal is not { } refusal) return TypedResults.Ok(new Api.CommandResult(Words<OutcomeKind>.Of(outcome.Kind), outcome.Version, id.Value));
        await AuditNote.Refused(http, id);
        return Problem.Refused(refusal);
    }
}
