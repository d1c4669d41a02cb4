using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace Journey.Reliability.Machines;

/// <summary>A client of the cluster, to ask where a grain lives.</summary>
internal static class ClusterLink
{
    public static async Task<(IClusterClient Client, IAsyncDisposable Host)> Open(string connectionString)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = ("journey", "journey"));
            client.UseAdoNetClustering(store => (store.Invariant, store.ConnectionString) = ("Npgsql", connectionString));
            client.UseConnectionRetryFilter(async (_, cancellation) =>
            {
                await Task.Delay(500, cancellation);
                return true;
            });
        });
        var host = builder.Build();
        await host.StartAsync();
        return (host.Services.GetRequiredService<IClusterClient>(), (IAsyncDisposable)host);
    }
}
