using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Journey.Contracts.Access;
using Journey.Gateway.Membership;
using Journey.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

[assembly: AssemblyFixture(typeof(Journey.Gateway.Tests.Hosts.ProtectedCluster))]

namespace Journey.Gateway.Tests.Hosts;

/// <summary>
/// A silo as a process of its own on PostgreSQL, with certificates, at an address that other machines could reach where this one has such an address.
/// </summary>
public sealed class ProtectedCluster : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("journey-trust-").FullName;
    private readonly SemaphoreSlim _once = new(1);
    private PostgresServer? _postgres;
    private OwnProcess? _silo;

    public ClusterAuthority Authority { get; }
    public string Database { get; private set; } = "";
    public int SiloPort { get; } = Ports.Free();
    public int GatewayPort { get; } = Ports.Free();

    /// <summary>Loopback only where there is no other.</summary>
    public IPAddress Address { get; } = NetworkInterface.GetAllNetworkInterfaces().Where(network => network.OperationalStatus == OperationalStatus.Up)
        .SelectMany(network => network.GetIPProperties().UnicastAddresses).Select(own => own.Address)
        .FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address)) ?? IPAddress.Loopback;

    public ProtectedCluster() => Authority = new(Path.Combine(_folder, "authority"));

    /// <summary>With the first test that needs it.</summary>
    public async Task UntilStarted()
    {
        await _once.WaitAsync();
        try
        {
            if (_silo is not null) return;
            _postgres = await PostgresServer.Create();
            Database = await _postgres.CreateDatabase();
            var http = Ports.Free();
            _silo = OwnProcess.Start("Journey.Silo", [
                "Journey:Storage:Provider=PostgreSql", $"Journey:Storage:ConnectionString={Database}",
                $"Journey:Storage:KeyRing={Path.Combine(_folder, "keys")}", $"urls=http://127.0.0.1:{http}",
                $"Journey:Cluster:SiloPort={SiloPort}", $"Journey:Cluster:GatewayPort={GatewayPort}", $"Journey:Cluster:AdvertisedAddress={Address}",
                .. Authority.Settings(ClusterAuthority.Silo),
            ]);
            await OwnProcess.UntilReady(http, _silo);
        }
        finally
        {
            _once.Release();
        }
    }

    /// <summary>A client that anybody could write who has a gateway's certificate.</summary>
    /// <param name="seals">Whose key it seals callers with; none when null.</param>
    public async Task<IHost> Client(ClusterAuthority? seals = null)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = ("journey", "journey"));
            client.UseStaticClustering(new IPEndPoint(Address, GatewayPort));
            client.UseConnectionRetryFilter(async (_, stop) =>
            {
                await Task.Delay(200, stop);
                return true;
            });
            client.Services.AddOptions<ClientConnectionOptions>()
                .Configure<ILogger<ClusterCertificates>>((connections, log) => connections.ConfigureConnection(connection =>
                connection.UseClientTls(new ClusterCertificates(Trust(Authority, ClusterAuthority.Gateway), TimeProvider.System, log)
                    .Asks(ClusterAuthority.Silo))));
            if (seals is null) return;
            client.Services.AddSingleton(services =>
                new CallerSeal(File.ReadAllBytes(seals.CallerKeyFile), services.GetRequiredService<Orleans.Serialization.Serializer<Caller>>(),
                    TimeProvider.System));
            client.AddOutgoingGrainCallFilter<SealsCallers>();
        });
        var host = builder.Build();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        await host.StartAsync(patience.Token);
        return host;
    }

    internal static ClusterTrust Trust(ClusterAuthority authority, string name) => new()
    {
        CertificatePath = authority.CertificatePath(name), KeyPath = authority.KeyPath(name), AuthoritiesPath = authority.AuthoritiesPath,
        CallerKeyFile = authority.CallerKeyFile,
    };

    public async ValueTask DisposeAsync()
    {
        if (_silo is not null) await _silo.DisposeAsync();
        if (_postgres is not null) await _postgres.DisposeAsync();
        Authority.Dispose();
        _once.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
