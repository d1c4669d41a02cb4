using System.Net;
using Journey.Contracts.Access;
using Journey.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Serialization;

namespace Journey.Gateway.Membership;

/// <summary>A gateway's side of <see cref="ClusterTrust"/>.</summary>
internal static class GatewayTrust
{
    public static void UseTrust(this IClientBuilder client, ClusterTrust trust)
    {
        if (trust.Problems(trust.GatewayName).ToArray() is { Length: > 0 } problems)
            throw new OptionsValidationException(ClusterTrust.Section, typeof(ClusterTrust), problems);
        client.Services.AddSingleton<UnprotectedSilos>();
        if (trust.IsMutualTls)
        {
            client.Services.AddSingleton(trust).AddSingleton<ClusterCertificates>();
            client.Services.AddOptions<ClientConnectionOptions>().Configure<ClusterCertificates>((connections, certificates) =>
                connections.ConfigureConnection(connection => connection.UseClientTls(certificates.Asks(trust.SiloName))));
        }
        else
            client.Services.AddOptions<ClientConnectionOptions>()
                .Configure<UnprotectedSilos>((connections, silos) =>
                    connections.ConfigureConnection(connection => connection.StayOnThisMachine(silos.Refuse)));

        if (trust.LoadCallerKey() is not { } key) return;
        client.Services.AddSingleton(services =>
            new CallerSeal(key, services.GetRequiredService<Serializer<Caller>>(), services.GetRequiredService<TimeProvider>()));
        client.AddOutgoingGrainCallFilter<SealsCallers>();
    }
}

/// <summary>Silos on other machines that nothing is said to, for nothing would protect it.</summary>
internal sealed partial class UnprotectedSilos(ILogger<UnprotectedSilos> log)
{
    private volatile EndPoint? _last;

    public void Refuse(EndPoint? silo)
    {
        _last = silo;
        Refused(log, silo);
    }

    /// <exception cref="OptionsValidationException">There is one.</exception>
    public void ThrowIfAny()
    {
        if (_last is { } silo)
            throw new OptionsValidationException(ClusterTrust.Section, typeof(ClusterTrust),
                [$"The silo at {silo} is on another machine, and nothing protects what is said to it. {ClusterTrust.Remedy}."]);
    }

    [LoggerMessage(1002, LogLevel.Error,
        "Nothing is said to the silo at {Silo}: it is on another machine, and this gateway has no certificates (Journey:Cluster:Trust)")]
    private static partial void Refused(ILogger log, EndPoint? silo);
}

/// <summary>Every call goes with the gateway's word for who makes it, or that it is the gateway's own.</summary>
internal sealed class SealsCallers(CallerSeal seal) : IOutgoingGrainCallFilter
{
    public Task Invoke(IOutgoingGrainCallContext context)
    {
        Caller.Proof = seal.Seal(Caller.Current ?? Caller.Gateway);
        return context.Invoke();
    }
}
