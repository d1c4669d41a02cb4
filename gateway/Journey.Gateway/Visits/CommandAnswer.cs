using Journey.Contracts;
using Journey.Gateway.Boards;
using Journey.Gateway.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Journey.Gateway.Visits;

/// <summary>What every command answers: its outcome with its id, or the problem that a refusal is.</summary>
internal static class CommandAnswer
{
    public static Results<Ok<Api.CommandResult>, ProblemHttpResult> Of(Outcome outcome, CommandId id) => outcome.Refusal is { } refusal
        ? Problem.Refused(refusal)
        : TypedResults.Ok(new Api.CommandResult(Words<OutcomeKind>.Of(outcome.Kind), outcome.Version, id.Value));
}
