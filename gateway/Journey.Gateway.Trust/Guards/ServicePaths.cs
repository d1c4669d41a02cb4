using Journey.Gateway.Trust.Problems;

namespace Journey.Gateway.Trust.Guards;

/// <summary>
/// Where services are, in the letters in which they are documented. Routes match whatever the case, and what stands in front of the gateway (an
/// Ingress that keeps <c>/metrics</c> from outsiders) mostly compares as it is written: <c>/Metrics</c> would pass the one and be answered by the
/// other. It is not found here.
/// </summary>
internal static class ServicePaths
{
    /// <summary>Where the Orleans Dashboard is, when it is on.</summary>
    public const string ClusterDashboard = "/orleans";

    /// <summary>Below these an address is a service's or nobody's, never a page's.</summary>
    public static readonly PathString[] Services = ["/api", "/fhir", "/hubs", "/health", "/openapi", "/metrics", ClusterDashboard];

    private static readonly PathString[] Ours =
        [.. Services, Api.Paths.SignIn, Api.Paths.SignOut, "/signin-oidc", "/signout-callback-oidc", "/identity"];

    public static void UseServicePaths(this IApplicationBuilder app) => app.Use((context, next) =>
        IsMisspelt(context.Request.Path)
        ? Problem.Create(StatusCodes.Status404NotFound, Problem.CodeOf(StatusCodes.Status404NotFound),
            "Nothing is at this address: addresses are in lower case.").ExecuteAsync(context)
        : next(context));

    private static bool IsMisspelt(PathString path) =>
        Array.Exists(Ours, ours => path.StartsWithSegments(ours, StringComparison.OrdinalIgnoreCase)
            && !path.StartsWithSegments(ours, StringComparison.Ordinal));
}
