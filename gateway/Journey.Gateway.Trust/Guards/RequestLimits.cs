using System.Globalization;
using System.Threading.RateLimiting;
using Journey.Gateway.Cluster.Settings;
using Journey.Gateway.Trust.Identity;
using Journey.Gateway.Trust.Network;
using Journey.Gateway.Trust.Problems;
using Microsoft.Extensions.Options;

namespace Journey.Gateway.Trust.Guards;

/// <summary>
/// So many requests a second for each person, and for each address of those whom nobody knows (families, public screens, whoever tries links and code
/// words); far more for a system. Pages' own files are not counted: one page is hundreds of them. Where nobody signs in only this machine is served,
/// and not limited.
/// </summary>
internal static class RequestLimits
{
    /// <summary>Nobody taps for longer than this without a pause.</summary>
    private const int BurstSeconds = 10;

    /// <summary>A system speaks for many.</summary>
    private const int Systems = 40;

    private static readonly PathString[] Limited = ["/api", "/fhir", "/hubs", Api.Paths.SignIn, Api.Paths.SignOut];

    public static void AddRequestLimits(this IServiceCollection services) => services.AddRateLimiter(limiter =>
    {
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(Partition);
        limiter.OnRejected = static async (context, _) =>
        {
            context.HttpContext.Response.Headers.RetryAfter = 1.ToString(CultureInfo.InvariantCulture);
            await Problem.Create(StatusCodes.Status429TooManyRequests, Api.ProblemCodes.TooManyRequests, "Too many requests; wait a second.")
                .ExecuteAsync(context.HttpContext);
        };
    });

    private static RateLimitPartition<string> Partition(HttpContext http)
    {
        if (!Array.Exists(Limited, path => http.Request.Path.StartsWithSegments(path)) || !http.RequestServices.GetRequiredService<Callers>().SignIn)
            return RateLimitPartition.GetNoLimiter("");
        var perSecond = http.RequestServices.GetRequiredService<IOptions<GatewayOptions>>().Value.RequestsPerSecond;
        if (http.User.FindFirst(Callers.Client)?.Value is { } system) return Bucket("system/" + system, perSecond * Systems);
        return Bucket(http.User.FindFirst(Callers.Subject)?.Value is { } person
            ? "person/" + person
            : "address/" + RemoteNetwork.PrefixOf(http.Connection.RemoteIpAddress), perSecond);
    }

    private static RateLimitPartition<string> Bucket(string key, int perSecond) =>
        RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = perSecond * BurstSeconds, TokensPerPeriod = perSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0,
            AutoReplenishment = true,
        });
}
