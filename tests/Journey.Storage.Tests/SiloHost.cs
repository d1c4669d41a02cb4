using System.Net;
using Journey.Storage.Setup;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace Journey.Storage.Tests;

/// <summary>A real silo with the store as production registers it; on PostgreSQL its membership and reminders live there too.</summary>
public sealed class SiloHost : IAsyncDisposable
{
    private readonly IHost _host;

    private SiloHost(IHost host) => _host = host;

    public IServiceProvider Services => _host.Services;

    public static async Task<SiloHost> Start(Database database, string serviceId = "journey")
    {
        var options = new StorageOptions();
        database.Configure(options);
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Journey:Storage:Provider"] = options.Provider,
            ["Journey:Storage:ConnectionString"] = options.ConnectionString,
            ["Journey:DataDirectory"] = options.DataDirectory,
            ["Journey:Storage:KeyRing"] = options.KeyRing,
        });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var (silo, gateway) = (Ports.Free(), Ports.Free());
        builder.UseOrleans(orleans =>
        {
            orleans.AddJourneyStorage(builder.Configuration);
            orleans.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = ("test", serviceId));
            if (options.Provider == StorageProviders.PostgreSql)
            {
                orleans.UseAdoNetClustering(o =>
                    o.Configure<StorageConnection>((c, store) => (c.Invariant, c.DataSource) = (store.Invariant, store.DataSource)));
                orleans.UseAdoNetReminderService(o =>
                    o.Configure<StorageConnection>((r, store) => (r.Invariant, r.DataSource) = (store.Invariant, store.DataSource)));
                orleans.ConfigureEndpoints(IPAddress.Loopback, silo, gateway);
            }
            else
            {
                orleans.UseLocalhostClustering(silo, gateway, serviceId: serviceId, clusterId: "test");
            }
        });
        var host = builder.Build();
        await host.StartAsync();
        return new SiloHost(host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable disposable) await disposable.DisposeAsync();
    }
}
