using Journey.Gateway.Trust.Access;
using Journey.Gateway.Trust.Audit;
using Microsoft.OpenApi;
using Scope = Journey.Contracts.Access.Scope;
using static Journey.Api.ProblemCodes;

namespace Journey.Gateway.Http.Description;

/// <summary>What an operation may answer because of what it is: read from how it is mapped, as those that answer do it.</summary>
internal static class GeneralFailures
{
    /// <summary>
    /// Of no operation: what is asked for is none or is one of another host name (<c>Journey:Gateway:FamilyAddress</c>), or it came too slowly.
    /// </summary>
    public static IReadOnlyList<Failure> Everywhere { get; } =
        [(404, NotFound), (405, MethodNotAllowed), (408, Trust.Problems.Problem.CodeOf(408))];

    /// <param name="endpoint">What it is mapped with.</param>
    /// <param name="path">Its route.</param>
    /// <param name="operation">What is known of it: its parameters and its body.</param>
    public static IEnumerable<Failure> AnsweredBy(IList<object> endpoint, string path, OpenApiOperation operation)
    {
        var (hasBody, isCommand) =
            (operation.RequestBody is not null, operation.Parameters?.Any(parameter => parameter.Name == Api.Paths.IdempotencyKey) == true);
        if (hasBody || isCommand || operation.Parameters?.Any(parameter => parameter.In == ParameterLocation.Query) == true)
            yield return (400, InvalidRequest);
        if (hasBody) yield return (400, InvalidJson);
        if (isCommand) yield return (400, IdempotencyKeyInvalid);
        if (hasBody) yield return (413, TooLarge);
        if (hasBody) yield return (415, UnsupportedMediaType);
        if (isCommand) yield return (422, IdempotencyKeyReused);

        var needs = endpoint.OfType<NeedsAttribute>().Last().Operation;
        if (AccessTable.CellFor(needs, null).Scope == Scope.None) yield return (401, SignInNeeded);
        if (AccessTable.Columns.Any(role => !AccessTable.CellFor(needs, role).Scope.HasFlag(Scope.House))
            && !AccessTable.CellFor(needs, null).Scope.HasFlag(Scope.Link)) yield return AccessDenied;
        yield return (403, CrossOrigin);
        if (path.StartsWith(Api.Paths.Visits + "/{id}", StringComparison.Ordinal))
        {
            yield return GlassRequired;
            yield return VisitUnknown;
            yield return VisitErased;
        }

        if (path.Contains("{item}", StringComparison.Ordinal)) yield return (404, ItemUnknown);
        if (path.Contains("{alert}", StringComparison.Ordinal)) yield return (404, AlertUnknown);
        if (path.Contains("{unit}", StringComparison.Ordinal)) yield return (404, UnitUnknown);
        yield return (429, TooManyRequests);
        yield return (500, Internal);
        yield return (503, Unavailable);
        if (endpoint.OfType<AuditedAttribute>().Any()) yield return (503, AuditUnavailable);
    }
}
