using System.Reflection;
using Journey.Gateway.Live.Hub;
using Journey.Gateway.Trust.Audit;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Journey.Gateway.Tests.Hosts;

/// <summary>Whatever can be called is audited, or stands here as holding nothing of patients.</summary>
public class AuditCoverageTests(StandaloneHostFixture journey)
{
    private static readonly string[] Harmless =
    [
        // Totals, staff, words of the policy, codes that change.
        "/api/v1/units", "/api/v1/units/{unit}/waiting-room", "/api/v1/units/{unit}/waiting-room/live", "/api/v1/templates", "/api/v1/staff",
        "/api/v1/shifts", "/api/v1/glass/terms",
        // Rules and how many alerts they raised.
        "/api/v1/rules",
        // How people have boards.
        "/api/v1/views", "/api/v1/views/{view}",
        // What arrived, without what was in it.
        "/api/v1/feeds", "/api/v1/messages",
        // Who is signed in, and screens that wait.
        "/api/v1/sessions", "/api/v1/walls", "/api/v1/walls/codes", "/api/v1/walls/codes/live", "/api/v1/walls/codes/open",
        // Oneself; coming and going are recorded where they happen.
        "/api/v1/me", "/signin", "/signout", "/signout/backchannel",
        // The hub itself: its methods are looked at one by one.
        "/hubs/board", "/hubs/board/negotiate", "/openapi/{documentName}.json", "/health/live", "/health/ready", "/metrics", "{*path:nonfile}",
        "{**path:file}",
    ];

    private static readonly string[] HarmlessMethods = ["WatchUnits", "UnwatchUnit", "UnwatchList", "Now"];

    [Fact]
    public void Every_endpoint_is_audited_or_known_to_hold_nothing_of_patients()
    {
        var endpoints = journey.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().ToList();
        Assert.Contains(endpoints, e => e.RoutePattern.RawText == "/api/v1/visits/{id}");
        Assert.Empty(endpoints
            .Where(e => e.Metadata.GetMetadata<AuditedAttribute>() is null
                && !e.Metadata.Any(m => m.GetType().Name.Contains("StaticAsset", StringComparison.Ordinal)))
            .Where(e => !Harmless.Select(path => path.Trim('/')).Contains(e.RoutePattern.RawText!.Trim('/'))).Select(e => e.DisplayName));
    }

    [Fact]
    public void Every_change_over_http_is_recorded_beforehand() =>
        Assert.Empty(journey.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        .Where(e => e.RoutePattern.RawText is { } path && path.StartsWith("/api", StringComparison.Ordinal)
            && path is not ("/api/v1/family/open" or "/api/v1/audit/prints" or "/api/v1/walls/codes" or "/api/v1/walls/codes/open"))
        .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>() is { HttpMethods: ["POST" or "PUT" or "DELETE" or "PATCH"] })
        .Where(e => e.Metadata.GetMetadata<AuditedAttribute>() is not { Beforehand: true }).Select(e => e.DisplayName));

    [Fact]
    public void Every_method_of_the_hub_is_audited_or_known_to_hold_nothing_of_patients() => Assert.Empty(typeof(BoardHub)
        .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(m => m.GetBaseDefinition() == m)
        .Where(m => m.GetCustomAttribute<AuditedAttribute>() is null && !HarmlessMethods.Contains(m.Name)).Select(m => m.Name));
}
