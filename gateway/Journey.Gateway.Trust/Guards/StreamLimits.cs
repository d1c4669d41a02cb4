using System.Threading.RateLimiting;
using Journey.Gateway.Cluster.Settings;
using Journey.Gateway.Trust.Identity;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Journey.Gateway.Trust.Guards;

/// <summary>
/// So many requests that stay open, event streams and connections of the hub, for each address of those whom nobody knows, and for each person; far
/// more for a system. One that is answered holds memory and a line of every change for hours, so that counting how many begin in a second is not
/// enough. Where nobody signs in only this machine is served, and not limited.
/// </summary>
internal static class StreamLimits
{
    private const string Policy = "streams";

    /// <summary>A system speaks for many.</summary>
    private const int Systems = 40;

    public static void AddStreamLimits(this IServiceCollection services) =>
        services.Configure<RateLimiterOptions>(limiter => limiter.AddPolicy(Policy, Partition));

    /// <summary>What is asked for stays open until one of the two closes it.</summary>
    public static TBuilder StaysOpen<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder =>
        endpoint.RequireRateLimiting(Policy);

    private static RateLimitPartition<string> Partition(HttpContext http)
    {
        if (!http.RequestServices.GetRequiredService<Callers>().SignIn) return RateLimitPartition.GetNoLimiter("");
        var most = http.RequestServices.GetRequiredService<IOptions<GatewayOptions>>().Value.StreamsPerAddress;
        if (http.User.FindFirst(Callers.Client)?.Value is { } system) return Slots("system/" + system, most * Systems);
        return Slots(http.User.FindFirst(Callers.Subject)?.Value is { } person
            ? "person/" + person
            : "address/" + http.Connection.RemoteIpAddress, most);
    }

    private static RateLimitPartition<string> Slots(string key, int most) =>
        RateLimitPartition.GetConcurrencyLimiter(key, _ => new ConcurrencyLimiterOptions { PermitLimit = most, QueueLimit = 0 });
}
