using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Journey.Silo.Witness;

/// <summary>
/// <c>Journey:Audit:Syslog</c>: the audit record repository that is told once an hour where the trail stands. Off while no host is named.
/// </summary>
public sealed class SyslogOptions
{
    public const string Section = "Journey:Audit:Syslog";

    /// <summary>A syslog receiver; empty turns it off.</summary>
    public string Host { get; set; } = "";

    /// <summary>6514 by default (RFC 5425).</summary>
    [Range(1, 65535, ErrorMessage = "Journey:Audit:Syslog:Port must be between 1 and 65535.")]
    public int Port { get; set; } = 6514;

    /// <summary>
    /// PEM file with the authorities of which one must have signed the receiver's certificate; those of the system when none is named.
    /// </summary>
    public string? AuthoritiesPath { get; set; }

    /// <summary>PEM file with this silo's own certificate and its key, for a receiver that asks for one (IHE ATNA, node authentication).</summary>
    public string? CertificatePath { get; set; }

    /// <summary>TCP without TLS (RFC 6587), to a relay on this machine only; false by default.</summary>
    public bool Plain { get; set; }

    public bool IsOn => Host.Length > 0;

    internal bool IsLoopback => Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));
}
