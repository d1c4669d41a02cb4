using System.ComponentModel.DataAnnotations;
using Journey.Gateway.Cluster.Settings;

namespace Journey.Gateway.Feeds.Profiles;

/// <summary><c>Journey:Mllp</c>: the port hospital systems send to.</summary>
public sealed class MllpOptions : TlsOptions
{
    public const string Section = "Journey:Mllp";

    /// <summary>Whether the gateway listens at all; true by default.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>IP address to listen on; 127.0.0.1 by default. MLLP has no sign-in: reach further only within the hospital's own network.</summary>
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>TCP port, 0 (any free one) to 65535; 2575 by default.</summary>
    [Range(0, 65535, ErrorMessage = "Journey:Mllp:Port must be between 0 and 65535.")]
    public int Port { get; set; } = 2575;

    /// <summary>
    /// Largest message in bytes, 1,024–67,108,864; 8 MiB by default: documents and photographs are long. What is kept of them in the message log is
    /// cut.
    /// </summary>
    [Range(1024, 64 * 1024 * 1024, ErrorMessage = "Journey:Mllp:MaxFrameBytes must be between 1024 and 67108864.")]
    public int MaxFrameBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>
    /// How long a connection may go without a message before it is closed, in seconds, 0 (never) to 86,400; 0 by default: a quiet ward is no fault.
    /// </summary>
    [Range(0, 86_400, ErrorMessage = "Journey:Mllp:IdleTimeoutSeconds must be between 0 and 86400.")]
    public int IdleTimeoutSeconds { get; set; }

    /// <summary>Connections open at once, 1–10,000; 512 by default.</summary>
    [Range(1, 10_000, ErrorMessage = "Journey:Mllp:MaxConnections must be between 1 and 10000.")]
    public int MaxConnections { get; set; } = 512;

    /// <summary>
    /// Of these from one address, 1–10,000; 64 by default: a sender that opens connections without end takes no others' place. An address that a feed
    /// is bound to may have half of all. Where a balancer shows its own address to the gateway, its.
    /// </summary>
    [Range(1, 10_000, ErrorMessage = "Journey:Mllp:MaxConnectionsPerAddress must be between 1 and 10000.")]
    public int MaxConnectionsPerAddress { get; set; } = 64;

    /// <summary>
    /// Of these for feeds that are bound to an address or a certificate, from 0 to one less than all; a quarter by default once a feed is bound, else
    /// none.
    /// </summary>
    [Range(0, 9_999, ErrorMessage = "Journey:Mllp:ReservedConnections must be between 0 and 9999.")]
    public int? ReservedConnections { get; set; }

    /// <summary>
    /// How long a connection of no bound feed may go without its first message, in seconds, 5–3600; 60 by default. A sender that had nothing to say
    /// connects again.
    /// </summary>
    [Range(5, 3600, ErrorMessage = "Journey:Mllp:FirstMessageSeconds must be between 5 and 3600.")]
    public int FirstMessageSeconds { get; set; } = 60;

    /// <summary>How long a message is given to the grains again before it is answered with AE, in seconds, 1–25; 6 by default.</summary>
    [Range(1, 25, ErrorMessage = "Journey:Mllp:RetrySeconds must be between 1 and 25.")]
    public int RetrySeconds { get; set; } = 6;
}
