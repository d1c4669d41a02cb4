using System.Net;
using Journey.Domain.Policies;
using Journey.Grains.Hosting;
using Journey.Hosting;
using Journey.Delivery;
using Journey.Silo.Trust;
using Journey.Silo.Witness;
using Journey.Storage;
using Journey.Storage.Setup;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Dashboard;

namespace Journey.Silo;

/// <summary>A silo: the grains, their storage, and membership in a cluster.</summary>
public static class SiloComposition
{
    /// <summary>A silo of a cluster whose membership and reminders live in the database beside the journal. Needs PostgreSQL.</summary>
    public static WebApplicationBuilder AddJourneySilo(this WebApplicationBuilder builder)
    {
        builder.Logging.QuietPlacement();
        builder.Services.AddDelivery(builder.Configuration);
        builder.Services.AddWitness();
        builder.AddTimelyStop();
        builder.Services.AddOptions<ClusterSettings>().BindConfiguration(ClusterSettings.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.UseOrleans(silo =>
        {
            silo.AddJourneyStorage(builder.Configuration);
            silo.AddJourneyGrains(builder.Configuration);
            silo.CarryTraces(builder);
            silo.ShowCluster(builder.Configuration);
            silo.Services.AddSingleton<IValidateOptions<StorageOptions>, ClusterNeedsPostgreSql>();
            silo.Services.AddHealthChecks().AddCheck<MembershipHealth>("membership", tags: ["ready"]);
            silo.UseAdoNetClustering(options =>
                options.Configure<StorageConnection>((o, store) => (o.Invariant, o.DataSource) = (store.Invariant, store.DataSource)));
            silo.UseAdoNetReminderService(options =>
                options.Configure<StorageConnection>((o, store) => (o.Invariant, o.DataSource) = (store.Invariant, store.DataSource)));
            var cluster = ClusterSettings.Read(builder.Configuration);
            var address = cluster.Address();
            silo.UseTrust(ClusterTrust.Read(builder.Configuration), address);
            silo.ConfigureEndpoints(cluster.SiloPort, cluster.GatewayPort, listenOnAnyHostAddress: !IPAddress.IsLoopback(address));
            silo.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (cluster.ClusterId, cluster.ServiceId));
            silo.Configure<EndpointOptions>(o => o.AdvertisedIPAddress = address);
            // What another silo does not answer is asked again by whoever began it, at the latest after six seconds. A grain that waited half a
            // minute for an answer that a cut network swallowed would keep all that time whoever comes after it.
            silo.Configure<SiloMessagingOptions>(o => o.ResponseTimeout = o.SystemResponseTimeout = TimeSpan.FromSeconds(10));
            // A dead silo is out within a few seconds. Two must agree where there are three: one that is cut off or has slept cannot vote the others
            // out by itself.
            silo.Configure<ClusterMembershipOptions>(o =>
            {
                o.ProbeTimeout = TimeSpan.FromSeconds(1);
                // Nobody votes against a silo that was heard within this time the missed probes: at its default, four times the above, one that
                // stands still was in for eight seconds.
                o.MaxProbeTimeout = o.ProbeTimeout;
                o.NumMissedProbesLimit = cluster.MissedProbes;
                o.NumVotesForDeathDeclaration = 2;
                // Nobody can tell a silo that is cut off that it was voted out; it finds it in the table, and ends.
                o.TableRefreshTimeout = TimeSpan.FromSeconds(5);
            });
        });
        return builder;
    }

    /// <summary>A cluster of one in this process, on either engine. Reminders live in memory: every board is woken at the start anyway.</summary>
    public static WebApplicationBuilder AddLocalJourneySilo(this WebApplicationBuilder builder, Policy policy)
    {
        builder.Logging.QuietPlacement();
        builder.Services.AddDelivery(builder.Configuration);
        builder.Services.AddWitness();
        builder.AddTimelyStop();
        builder.UseOrleans(silo =>
        {
            silo.AddJourneyStorage(builder.Configuration);
            silo.AddJourneyGrains(policy);
            silo.CarryTraces(builder);
            silo.ShowCluster(builder.Configuration);
            // No port for gateways: this process's own calls need none, and whoever has an account on this machine could speak to it.
            silo.UseLocalhostClustering(LocalPorts.Free(), gatewayPort: 0, serviceId: "journey", clusterId: "standalone");
            silo.UseInMemoryReminderService();
        });
        return builder;
    }

    /// <summary>Orleans places grains through Polly, which tells of every placement at Information: two lines for each grain that wakes up.</summary>
    private static void QuietPlacement(this ILoggingBuilder logging) => logging.AddFilter("Polly", LogLevel.Warning);

    /// <summary>Its two filters make every call of a grain dearer, also when nobody collects a trace.</summary>
    private static void CarryTraces(this ISiloBuilder silo, WebApplicationBuilder builder)
    {
        if (builder.CollectsTraces()) silo.AddActivityPropagation();
    }

    /// <summary>
    /// Counts for the Orleans Dashboard, which the gateway serves to administrators. Off unless <c>Journey:Orleans:Dashboard</c> is true: every call
    /// of a grain passes through its filter.
    /// </summary>
    private static void ShowCluster(this ISiloBuilder silo, IConfiguration configuration)
    {
        if (configuration.GetValue<bool>("Journey:Orleans:Dashboard")) silo.AddDashboard(options => options.HideTrace = true);
    }

    /// <summary>Maps health and metrics. Liveness asks nothing of anybody.</summary>
    public static void MapJourneySilo(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready"), ResponseWriter = Tell });
        app.MapPrometheusScrapingEndpoint("/metrics");
    }

    /// <summary>The status, and below it what somebody should look at although it works; as a gateway says it.</summary>
    private static Task Tell(HttpContext http, HealthReport report) => http.Response.WriteAsync(string.Join('\n',
        report.Entries.Values.Where(entry => entry.Status == HealthStatus.Healthy).Select(entry => entry.Description)
            .Where(text => !string.IsNullOrEmpty(text)).Prepend(report.Status.ToString())));
}

/// <summary>Silos find each other through one database.</summary>
internal sealed class ClusterNeedsPostgreSql : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options) => options.IsPostgreSql
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail(
            "Journey:Storage:Provider must be PostgreSql for a clustered silo: SQLite serves one process only. Run Journey.Standalone for that.");
}
