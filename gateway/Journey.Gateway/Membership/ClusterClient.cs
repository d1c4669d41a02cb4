using System.ComponentModel.DataAnnotations;
using Journey.Gateway.Hosting;
using Journey.Gateway.Telemetry;
using Journey.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Journey.Gateway.Membership;

/// <summary>Makes a gateway of its own process a client of the cluster.</summary>
public static partial class ClusterClient
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How soon the gateway knows of a silo that the others have declared dead: what it sends there until then is answered by nobody, for a silo that
    /// stands still or is cut off keeps its connections open. One small query each time.
    /// </summary>
    private static readonly TimeSpan GatewayListRefresh = TimeSpan.FromSeconds(1);

    public static void AddJourneyClusterClient(this WebApplicationBuilder builder)
    {
        var options = Checked(builder.Configuration.GetSection(ClusterClientOptions.Section).Get<ClusterClientOptions>() ?? new());

        // The client waits for the cluster while it starts; health must be answered meanwhile, so nothing waits for anything.
        builder.Services.Configure<HostOptions>(host => host.ServicesStartConcurrently = true);
        builder.AddTimelyStop();
        builder.Services.AddHostedService(_ => new MembershipCheck(options));
        builder.Services.AddSingleton<IClientConnectionRetryFilter, RetryUntilStopped>();
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (options.ClusterId, options.ServiceId));
            client.Configure<Orleans.Configuration.GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = GatewayListRefresh);
            client.UseAdoNetClustering(store => (store.Invariant, store.ConnectionString) = ("Npgsql", options.ConnectionString));
            client.UseTrust(ClusterTrust.Read(builder.Configuration));
            client.ShowCluster(builder.Configuration);
            if (builder.CollectsTraces()) client.AddActivityPropagation();
        });
    }

    /// <summary>
    /// Checked while the host is built: Orleans looks at these before any start-up validation, and its message names no key of ours.
    /// </summary>
    private static ClusterClientOptions Checked(ClusterClientOptions options)
    {
        var wrong = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), wrong, validateAllProperties: true);
        if (DatabaseTls.Objection(options.ConnectionString, options.AllowPlaintext, "Journey:Cluster:ConnectionString",
            "Journey:Cluster:AllowPlaintext") is { } plain) wrong.Add(new(plain));
        if (wrong.Count == 0) return options;
        throw new OptionsValidationException(ClusterClientOptions.Section, typeof(ClusterClientOptions),
            wrong.Select(result => result.ErrorMessage!));
    }

    private sealed partial class RetryUntilStopped(UnprotectedSilos unprotected, ILogger<RetryUntilStopped> log) : IClientConnectionRetryFilter
    {
        public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellation)
        {
            unprotected.ThrowIfAny();
            Waiting(log, exception.GetType().Name);
            await Task.Delay(Pause, cancellation);
            return !cancellation.IsCancellationRequested;
        }

        [LoggerMessage(1001, LogLevel.Warning, "The cluster cannot be reached yet ({Error}); trying again")]
        private static partial void Waiting(ILogger log, string error);
    }
}
