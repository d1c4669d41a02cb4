using Journey.Contracts.Audit;
using Journey.Contracts.Boards;
using Journey.Contracts.Visits;
using Journey.Gateway.Cluster.Calls;
using Journey.Gateway.Http.Visits;
using Journey.Gateway.Trust.Access;
using Journey.Gateway.Trust.Audit;
using Journey.Gateway.Trust.Identity;
using Journey.Gateway.Trust.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Journey.Gateway.Http.Patients;

/// <summary>Finding patients by name or number.</summary>
internal static class PatientEndpoints
{
    private const int Shortest = Api.Limits.ShortestQuery;
    private const int Longest = Api.Limits.LongestQuery;
    private const int MaxResults = Api.Limits.FoundVisits;

    /// <summary>More than are shown: some of them the searcher may not know of. When most are such, more are looked at.</summary>
    private const int FirstLook = 100;
    private const int Further = 4;

    public static void MapPatients(this IEndpointRouteBuilder app) =>
        app.MapGroup(Api.Paths.Patients).WithTags("Patients").MapGet("", Search).Needs(Operation.FindVisits).Audited(AuditAction.Search)
        .WithSummary("Visits by the patient's name or number, open ones first.");

    private static async Task<Results<Ok<IReadOnlyList<Api.FoundVisit>>, ProblemHttpResult>> Search(
        string? query, HttpContext http, JourneyCluster cluster, TimeProvider clock, CancellationToken cancellation)
    {
        var wanted = query?.Trim() ?? "";
        if (wanted.Length is < Shortest or > Longest) return Problem.Invalid("query", $"{Shortest} to {Longest} characters.");
        for (var look = FirstLook; ; look = Math.Min(look * Further, ISearchGrain.Most))
        {
            var rows = await cluster.Call(() => cluster.Search.Search(wanted, look), cancellation);
            var found = rows.Where(http.MayOpen(clock)).Where(row => MayBeFound(row, wanted)).Take(MaxResults).Select(VisitViews.Found).ToArray();
            if (found.Length == MaxResults || rows.Length < look || look == ISearchGrain.Most)
                return TypedResults.Ok<IReadOnlyList<Api.FoundVisit>>(found);
        }
    }

    /// <summary>
    /// A locked patient is not found by name: the answer alone would say that they are here. Who has the whole number knows it already.
    /// </summary>
    private static bool MayBeFound(VisitRow row, string query) =>
        !row.IsHidden || string.Equals(row.Number, query, StringComparison.OrdinalIgnoreCase)
        || string.Equals(row.Patient.Number, query, StringComparison.OrdinalIgnoreCase);
}
