using System.ComponentModel.DataAnnotations;

namespace Journey.Gateway.Membership;

/// <summary><c>Journey:Cluster</c>: where a gateway of its own process finds the silos.</summary>
public sealed class ClusterClientOptions
{
    public const string Section = "Journey:Cluster";

    /// <summary>PostgreSQL with the cluster's membership table. It needs no rights on patient data.</summary>
    [Required(ErrorMessage = "Journey:Cluster:ConnectionString is required: the PostgreSQL database that holds the cluster's membership.")]
    public string ConnectionString { get; set; } = "";

    /// <summary>
    /// Lets the gateway speak to a PostgreSQL on another machine although its connection string asks for no encryption (<c>SSL Mode</c> of
    /// <c>Require</c>, <c>VerifyCA</c> or <c>VerifyFull</c>); false by default.
    /// </summary>
    public bool AllowPlaintext { get; set; }

    /// <summary>The cluster's id; <c>journey</c> by default. The same as the silos'.</summary>
    [Required(ErrorMessage = "Journey:Cluster:ClusterId must not be empty.")]
    public string ClusterId { get; set; } = "journey";

    /// <summary>The service's id; <c>journey</c> by default. The same as the silos'.</summary>
    [Required(ErrorMessage = "Journey:Cluster:ServiceId must not be empty.")]
    public string ServiceId { get; set; } = "journey";
}
