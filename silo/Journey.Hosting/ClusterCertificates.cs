using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Orleans.Connections.Security;

namespace Journey.Hosting;

/// <summary>
/// This process's certificate and whose it trusts, as they are in their files: a new one counts with the next connection, without a restart. What is
/// connected stays connected.
/// </summary>
public sealed partial class ClusterCertificates(ClusterTrust trust, TimeProvider clock, ILogger<ClusterCertificates> log)
{
    /// <summary>The files are looked at no more often than this, however many come and try.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private (X509Certificate2 Own, X509Certificate2Collection Authorities, long Read)? _held;

    /// <summary>A port that only peers with this name are let into.</summary>
    public TlsOptions Takes(string name) => new()
    {
        LocalServerCertificateSelector = (_, _) => Current().Own,
        RemoteCertificateMode = RemoteCertificateMode.RequireCertificate,
        RemoteCertificateValidation = (peer, chain, _) => IsPeer(peer, chain, name, ClusterPeer.Client),
    };

    /// <summary>A connection to a peer that must prove to have this name, whatever its address.</summary>
    public TlsOptions Asks(string name) => new()
    {
        LocalClientCertificateSelector = (_, _, _, _, _) => Current().Own,
        OnAuthenticateAsClient = (_, options) => options.TargetHost = name,
        RemoteCertificateMode = RemoteCertificateMode.RequireCertificate,
        RemoteCertificateValidation = (peer, chain, _) => IsPeer(peer, chain, name, ClusterPeer.Server),
    };

    private bool IsPeer(X509Certificate2 peer, X509Chain? chain, string name, string purpose)
    {
        if (ClusterPeer.Objection(peer, chain?.ChainPolicy.ExtraStore, Current().Authorities, name, purpose) is not { } objection) return true;
        Refused(log, peer.Thumbprint, objection);
        return false;
    }

    private (X509Certificate2 Own, X509Certificate2Collection Authorities, long Read) Current()
    {
        lock (_gate)
        {
            if (_held is { } held && clock.GetElapsedTime(held.Read) < Fresh) return held;
            try
            {
                _held = (trust.LoadCertificate(), trust.LoadAuthorities(), clock.GetTimestamp());
            }
            catch (Exception e) when (_held is not null && ClusterTrust.IsUnreadable(e))
            {
                // Half of a pair has been replaced so far, or it was spoilt: the ones before are good until they expire.
                Unreadable(log, e.GetType().Name);
                _held = _held!.Value with { Read = clock.GetTimestamp() };
            }

            return _held!.Value;
        }
    }

    [LoggerMessage(1071, LogLevel.Warning, "A peer of the cluster was refused: its certificate ({Thumbprint}) {Objection}")]
    private static partial void Refused(ILogger log, string thumbprint, string objection);

    [LoggerMessage(1072, LogLevel.Error,
        "The cluster's certificate cannot be read again ({Error}); the one before is used on (Journey:Cluster:Trust)")]
    private static partial void Unreadable(ILogger log, string error);
}

/// <summary>Where no certificates are configured nothing is said to another machine.</summary>
public static class ThisMachineOnly
{
    /// <param name="refused">Told of each address that is refused.</param>
    public static void StayOnThisMachine(this IConnectionBuilder connections, Action<System.Net.EndPoint?> refused) =>
        connections.Use(next => context =>
    {
        if (context.RemoteEndPoint is System.Net.IPEndPoint { Address: var address } && System.Net.IPAddress.IsLoopback(address))
            return next(context);
        refused(context.RemoteEndPoint);
        throw new ConnectionAbortedException("The cluster's connections are not protected and stay on this machine (Journey:Cluster:Trust).");
    });
}
