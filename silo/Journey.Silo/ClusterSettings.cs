using System.ComponentModel.DataAnnotations;
using System.Net;
using Journey.Hosting;

namespace Journey.Silo;

/// <summary><c>Journey:Cluster</c>.</summary>
public sealed class ClusterSettings
{
    public const string Section = "Journey:Cluster";

    /// <summary>Silos with the same id form a cluster; <c>journey</c> by default.</summary>
    [Required(ErrorMessage = "Journey:Cluster:ClusterId must not be empty.")]
    public string ClusterId { get; set; } = "journey";

    /// <summary>Names the data across clusters and upgrades; <c>journey</c> by default. Never changes once there is data.</summary>
    [Required(ErrorMessage = "Journey:Cluster:ServiceId must not be empty.")]
    public string ServiceId { get; set; } = "journey";

    /// <summary>Silo to silo; 11111 by default.</summary>
    [Range(1, 65535, ErrorMessage = "Journey:Cluster:SiloPort must be between 1 and 65535.")]
    public int SiloPort { get; set; } = 11111;

    /// <summary>Gateway to silo; 30000 by default.</summary>
    [Range(1, 65535, ErrorMessage = "Journey:Cluster:GatewayPort must be between 1 and 65535.")]
    public int GatewayPort { get; set; } = 30000;

    /// <summary>The address other silos reach this one at, such as a pod's; loopback when not set.</summary>
    public string? AdvertisedAddress { get; set; }

    /// <summary>
    /// How many probes in a row, one a second, a silo may leave unanswered before it is voted out, 1–20; 2 by default: a dead silo's work goes on
    /// elsewhere within about three seconds. Raise it where machines are so busy that live silos are voted out.
    /// </summary>
    [Range(1, 20, ErrorMessage = "Journey:Cluster:MissedProbes must be between 1 and 20.")]
    public int MissedProbes { get; set; } = 2;

    internal static ClusterSettings Read(IConfiguration configuration) =>
        configuration.GetSection(Section).Get<ClusterSettings>() ?? new ClusterSettings();

    internal IPAddress Address()
    {
        if (AdvertisedAddress is null) return IPAddress.Loopback;
        return IPAddress.TryParse(AdvertisedAddress, out var address)
            ? address
            : throw new StartException($"Journey:Cluster:AdvertisedAddress must be an IP address, not '{AdvertisedAddress}'.");
    }
}
