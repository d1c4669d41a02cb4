using Journey.Gateway.Audit;
using Journey.Gateway.Boards;
using Journey.Gateway.Families;
using Journey.Gateway.Feeds;
using Journey.Gateway.Hosting;
using Journey.Gateway.Hotline;
using Journey.Gateway.Json;
using Journey.Gateway.Patients;
using Journey.Gateway.Problems;
using Journey.Gateway.Staff;
using Journey.Gateway.Telemetry;
using Journey.Gateway.Units;
using Journey.Gateway.Visits;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Journey.Gateway;

/// <summary>The gateway as a part of a host: alone beside a cluster, or inside the standalone.</summary>
public static class GatewayComposition
{
    /// <summary>Adds everything but the way to the grains: the host provides an <see cref="IGrainFactory"/>, as a silo or as a client.</summary>
    public static IHostApplicationBuilder AddJourneyGateway(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddGatewayOptions();
        services.AddHostedService<PortCheck>();
        services.AddGatewayJson();
        services.AddGatewayProblems();
        services.AddSingleton<GrainCalls>();
        services.AddSingleton<Idempotency>();
        services.AddAudit();
        services.AddBoards();
        services.AddFeeds();
        services.AddOpenApi("v1", ApiDescription.Configure);
        services.AddHealthChecks()
            .AddCheck<ClusterHealth>("cluster", tags: [Health.Ready])
            .AddCheck<MllpHealth>("mllp", tags: [Health.Ready]);
        builder.Logging.AddDiscretion();
        builder.WebHost.ConfigureKestrel(LoopbackGuard.Apply);
        DashboardFiles.Use(builder);
        return builder;
    }

    /// <summary>Maps HTTP, hub, description, health, metrics and, where its files are present, the dashboard.</summary>
    public static void MapJourneyGateway(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseDiscretion();
        app.UseMiddleware<OriginGuard>();
        app.UseAuditOfRefusals();

        app.MapUnits();
        app.MapVisits();
        app.MapPatients();
        app.MapStaff();
        app.MapHotline();
        app.MapFamilyPage();
        app.MapFeeds();
        app.MapAudit();
        app.MapHub<BoardHub>(Api.Paths.BoardHub);
        app.MapOpenApi();
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Health.Ready) });
        app.MapJourneyMetrics();
        DashboardFiles.Map(app);
    }
}
