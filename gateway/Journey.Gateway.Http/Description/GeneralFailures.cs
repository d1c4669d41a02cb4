using Journey.Contracts.Access;
using Journey.Gateway.Trust.Access;
using Journey.Gateway.Trust.Audit;
using static Journey.Api.ProblemCodes;

namespace Journey.Gateway.Http.Description;

/// <summary>What an operation may answer because of what it is: read from how it is mapped, as those that answer do it.</summary>
internal static class GeneralFailures
{
    /// <summary>Of no operation: what is asked for is none, or is one of another host name (<c>Journey:Gateway:FamilyAddress</c>).</summary>
    public static IReadOnlyList<Failure> Everywhere { get; } = [(404, NotFound), (405, MethodNotAllowed)];

    /// <param name="endpoint">What it is mapped with.</param>
    /// <param name="path">Its route.</param>
    /// <param name="isCommand">It takes an <c>Idempotency-Key</c>.</param>
    /// <param name="hasBody">It takes a body.</param>
    /// <param name="hasQuery">It takes something in its address behind <c>?</c>.</param>
    public static IEnumerable<Failure> Of(IEnumerable<object> endpoint, string path, bool isCommand, bool hasBody, bool hasQuery)
    {
        if (hasBody || hasQuery || isCommand) yield return (400, InvalidRequest);
        if (hasBody)
        {
            yield return (400, InvalidJson);
            yield return (413, TooLarge);
            yield return (415, UnsupportedMediaType);
        }

        if (isCommand)
        {
            yield return (400, IdempotencyKeyInvalid);
            yield return (422, IdempotencyKeyReused);
        }

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
