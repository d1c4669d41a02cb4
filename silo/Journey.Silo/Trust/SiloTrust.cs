using System.Net;
using Journey.Contracts.Access;
using Journey.Hosting;
using Orleans.Configuration;
using Orleans.Serialization;

namespace Journey.Silo.Trust;

/// <summary>A silo's side of <see cref="ClusterTrust"/>.</summary>
internal static partial class SiloTrust
{
    /// <exception cref="StartException">The settings are wrong, or others could reach the ports and nothing protects them.</exception>
    public static void UseTrust(this ISiloBuilder silo, ClusterTrust trust, IPAddress address)
    {
        if (trust.Problems(trust.SiloName).ToArray() is { Length: > 0 } problems) throw new StartException(string.Join(' ', problems));
        if (!trust.IsMutualTls && !IPAddress.IsLoopback(address))
            throw new StartException(
                $"Refusing to let others reach this silo at {address}: nothing protects its ports, and whoever speaks to them reads and writes "
                + $"every visit. {ClusterTrust.Remedy}, "
                + "or leave Journey:Cluster:AdvertisedAddress out for a cluster on this machine alone.");
        if (trust.IsMutualTls)
        {
            silo.Services.AddSingleton(trust).AddSingleton<ClusterCertificates>();
            silo.Services.AddOptions<SiloConnectionOptions>().Configure<ClusterCertificates>((connections, certificates) =>
            {
                connections.ConfigureSiloInboundConnection(port => port.UseServerTls(certificates.Takes(trust.SiloName)));
                connections.ConfigureGatewayInboundConnection(port => port.UseServerTls(certificates.Takes(trust.GatewayName)));
                connections.ConfigureSiloOutboundConnection(connection => connection.UseClientTls(certificates.Asks(trust.SiloName)));
            });
        }
        else
            silo.Services.AddOptions<SiloConnectionOptions>().Configure<ILogger<ClusterTrust>>((connections, log) =>
                connections.ConfigureSiloOutboundConnection(connection => connection.StayOnThisMachine(to => Unprotected(log, to))));

        if (trust.LoadCallerKey() is not { } key) return;
        silo.Services.AddSingleton(services =>
            new CallerSeal(key, services.GetRequiredService<Serializer<Caller>>(), services.GetRequiredService<TimeProvider>()));
        silo.AddIncomingGrainCallFilter<CallerCheck>();
    }

    [LoggerMessage(1074, LogLevel.Error,
        "Nothing is said to the silo at {Address}: it is on another machine, and this one has no certificates (Journey:Cluster:Trust)")]
    private static partial void Unprotected(ILogger log, EndPoint? address);
}
