using Journey.Gateway.Cluster;
using Journey.Gateway.Cluster.Calls;
using Journey.Gateway.Feeds;
using Journey.Gateway.Feeds.Listening;
using Journey.Gateway.Feeds.Monitoring;
using Journey.Gateway.Hosting;
using Journey.Gateway.Http;
using Journey.Gateway.Live;
using Journey.Gateway.Live.Hub;
using Journey.Gateway.Telemetry;
using Journey.Gateway.Trust.Access;
using Journey.Gateway.Trust.Audit;
using Journey.Gateway.Trust.Guards;
using Journey.Gateway.Trust.Sessions;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Journey.Gateway;

/// <summary>The gateway as a part of a host: alone beside a cluster, or inside the standalone.</summary>
public static class GatewayComposition
{
    /// <summary>Adds everything but the way to the grains: the host provides an <see cref="IGrainFactory"/>, as a silo or as a client.</summary>
    /// <param name="signInHere">The host serves the provider that people sign in at itself.</param>
    public static IHostApplicationBuilder AddJourneyGateway(this WebApplicationBuilder builder, bool signInHere = false)
    {
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddGatewayOptions();
        services.AddHostedService<PortCheck>();
        services.AddHttpApi();
        services.AddCluster();
        builder.AddIdentity(signInHere);
        services.AddAccess();
        services.AddRequestLimits();
        services.AddStreamLimits();
        services.AddAudit();
        services.AddSingleton<DoorGuard>();
        services.AddLive();
        services.AddFeeds();
        services.AddSingleton<IFeedListener, FeedsOnScreens.Listener>();
        services.AddSingleton<IFeedStates, FeedsOnScreens>();
        services.AddHealthChecks()
            .AddCheck<ClusterHealth>("cluster", tags: [Health.Ready])
            .AddCheck<MllpHealth>("mllp", tags: [Health.Ready])
            .AddCheck<BoardsHealth>("boards", tags: [Health.Ready])
            .AddCheck<FeedsHealth>("feeds", tags: [Health.Ready])
            .AddCheck<AuditPaceHealth>("audit", tags: [Health.Ready]);
        builder.Logging.AddDiscretion();
        builder.WebHost.ConfigureKestrel(LoopbackGuard.Apply);
        builder.WebHost.ConfigureKestrel(HttpsOptions.Apply);
        DashboardFiles.Use(builder);
        return builder;
    }

    /// <summary>Maps HTTP, hub, description, health, metrics and, where its files are present, the dashboard.</summary>
    public static void MapJourneyGateway(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseDiscretion();
        app.UseServicePaths();
        app.UseFamilyHost();
        app.UseMiddleware<OriginGuard>();
        app.UseAuditOfRefusals();
        app.UseAccess();

        app.MapHttpApi();
        app.MapHub<BoardHub>(Api.Paths.BoardHub, o => o.CloseOnAuthenticationExpiration = true).Needs(Operation.Connect).StaysOpen();
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).Needs(Operation.ReadHealth);
        app.MapHealthChecks("/health/ready",
            new HealthCheckOptions { Predicate = check => check.Tags.Contains(Health.Ready), ResponseWriter = Health.Write })
                .Needs(Operation.ReadHealth);
        app.MapJourneyMetrics();
        app.MapOrleansDashboard();
        DashboardFiles.Map(app);
    }
}
