using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Journey.Hl7.Mllp;

/// <summary>How a listener behaves.</summary>
public sealed record MllpServerOptions
{
    /// <summary>Address to listen on; loopback by default.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>TCP port, 0 (any free one) to 65535; 2575 by default.</summary>
    public int Port { get; init; } = 2575;

    /// <summary>Largest message accepted, in bytes, at least 1024; 1 MiB by default. A larger one is skipped and answered with AR.</summary>
    public int MaxFrameBytes { get; init; } = 1024 * 1024;

    /// <summary>Bytes read ahead of the frame being handled, per connection, at least 4096; 64 KiB by default.</summary>
    public int ReadAheadBytes { get; init; } = 64 * 1024;

    /// <summary>Connections open at once, at least 1; 512 by default. More are closed on arrival.</summary>
    public int MaxConnections { get; init; } = 512;

    /// <summary>Of these from one address, at least 1; 256 by default: whoever opens connections without end takes no others' place.</summary>
    public int MaxConnectionsPerAddress { get; init; } = 256;

    /// <summary>
    /// Of <see cref="MaxConnections"/>, those that only known senders get, from 0 (default) to one less than all: strangers may take the others,
    /// however many they are.
    /// </summary>
    public int ReservedConnections { get; init; }

    /// <summary>
    /// Whether an address is a known sender's before it has shown or said anything; none is by default. One address of those may have half of all
    /// connections.
    /// </summary>
    public Func<IPAddress, bool>? Reserves { get; init; }

    /// <summary>
    /// Whether a connection, its certificate shown, is a known sender's; none is by default. Such a one may wait for its first message as long as for
    /// every other.
    /// </summary>
    public Func<MllpConnectionInfo, bool>? Knows { get; init; }

    /// <summary>Connections waiting to be accepted, at least 1; 128 by default.</summary>
    public int Backlog { get; init; } = 128;

    /// <summary>
    /// How long a connection may go without a whole frame before it is closed; 5 minutes by default, <see cref="Timeout.InfiniteTimeSpan"/>
    /// for never.
    /// </summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long a new connection of nobody known may go without its first whole frame, whatever <see cref="IdleTimeout"/> says; 5 minutes by default.
    /// </summary>
    public TimeSpan FirstFrameTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a frame may take from its first byte to its last; 30 seconds by default.</summary>
    public TimeSpan FrameTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a handler may take before its token is set; 30 seconds by default. The sender then gets AE.</summary>
    public TimeSpan HandlerTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a sender may take to accept a reply; 30 seconds by default.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>TLS; null for plain TCP.</summary>
    public MllpServerTls? Tls { get; init; }

    /// <summary>Throws when a value is out of range, naming it.</summary>
    /// <exception cref="ArgumentException">A value is out of range.</exception>
    public void Validate()
    {
        Require(Port is >= 0 and <= 65535, nameof(Port), "must be between 0 and 65535");
        Require(MaxFrameBytes >= 1024, nameof(MaxFrameBytes), "must be at least 1024 bytes");
        Require(ReadAheadBytes >= 4096, nameof(ReadAheadBytes), "must be at least 4096 bytes");
        Require(MaxConnections >= 1, nameof(MaxConnections), "must be at least 1");
        Require(MaxConnectionsPerAddress >= 1, nameof(MaxConnectionsPerAddress), "must be at least 1");
        Require(ReservedConnections >= 0
            && ReservedConnections < MaxConnections, nameof(ReservedConnections), "must be at least 0 and less than MaxConnections");
        Require(Backlog >= 1, nameof(Backlog), "must be at least 1");
        Require(IsTime(IdleTimeout), nameof(IdleTimeout), "must be longer than zero");
        Require(IsTime(FirstFrameTimeout), nameof(FirstFrameTimeout), "must be longer than zero");
        Require(IsTime(FrameTimeout), nameof(FrameTimeout), "must be longer than zero");
        Require(IsTime(HandlerTimeout), nameof(HandlerTimeout), "must be longer than zero");
        Require(IsTime(SendTimeout), nameof(SendTimeout), "must be longer than zero");
    }

    private static bool IsTime(TimeSpan value) => value > TimeSpan.Zero || value == Timeout.InfiniteTimeSpan;

    private static void Require(bool condition, string name, string what)
    {
        if (!condition) throw new ArgumentException($"MLLP option {name} {what}.", name);
    }
}

/// <summary>TLS for a listener.</summary>
/// <param name="Certificate">The server's certificate, with its private key.</param>
public sealed record MllpServerTls(X509Certificate2 Certificate)
{
    /// <summary>True to refuse clients without a valid certificate.</summary>
    public bool RequireClientCertificate { get; init; }

    /// <summary>The authorities whose client certificates are trusted; null for those of the machine.</summary>
    public X509Certificate2Collection? ClientAuthorities { get; init; }

    /// <summary>How long a handshake may take; 10 seconds by default.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    internal SslServerAuthenticationOptions ToAuthenticationOptions() => new()
    {
        ServerCertificate = Certificate,
        ClientCertificateRequired = RequireClientCertificate,
        CertificateChainPolicy = ClientAuthorities is null ? null : MllpTrust.Policy(ClientAuthorities),
    };
}

/// <summary>Whose certificates are trusted.</summary>
public static class MllpTrust
{
    /// <summary>Trusts only the given authorities. No revocation lists: private authorities in hospitals rarely publish any.</summary>
    public static X509ChainPolicy Policy(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }
}
