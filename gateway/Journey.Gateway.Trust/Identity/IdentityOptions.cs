using System.ComponentModel.DataAnnotations;
using System.Net;
using Journey.Contracts.Access;
using Journey.Gateway.Cluster.Wire;
using Journey.Gateway.Trust.Access;

namespace Journey.Gateway.Trust.Identity;

/// <summary><c>Journey:Identity</c>: by whom people and systems are told apart. Any OpenID Connect provider will do.</summary>
public sealed class IdentityOptions
{
    public const string Section = "Journey:Identity";

    /// <summary>A claim that the provider of Development gives to scripts alone: they may name whom they act for.</summary>
    public const string ActsFor = "journey_acts_for";

    /// <summary>What somebody can be, as the role claim says it: the columns of the policy table.</summary>
    public static IReadOnlyList<string> EveryRole { get; } = [.. AccessTable.Columns.Select(WireName<Role>.Dashed)];

    /// <summary>The provider's issuer, https outside of this machine. Empty: nobody can sign in, and nobody but this machine is served.</summary>
    public string Authority { get; set; } = "";

    /// <summary>The client that people sign in with; it redirects to <c>/signin-oidc</c>.</summary>
    public string ClientId { get; set; } = "journey-dashboard";

    /// <summary>A file with that client's secret and nothing else. None: a public client, which PKCE protects alone.</summary>
    public string? ClientSecretFile { get; set; }

    /// <summary>What the tokens of systems must be made for.</summary>
    public string Audience { get; set; } = "journey";

    /// <summary>
    /// The clients (<c>client_id</c>, or <c>azp</c>) that may come with a bearer token: systems. A token of any other is refused: people sign in, and
    /// have a session that can be ended. None by default.
    /// </summary>
    public List<string> Systems { get; } = [];

    /// <summary>
    /// What the head of a bearer token must say that it is; <c>at+jwt</c> (RFC 9068) when none is named. A provider that says <c>JWT</c> has to be
    /// named so.
    /// </summary>
    public List<string> TokenTypes { get; } = [];

    /// <summary>The longest that a bearer token may be good for, in minutes, 1–1440; 60 by default. Nobody can end it before.</summary>
    [Range(1, 1440, ErrorMessage = "Journey:Identity:TokenMinutes must be between 1 and 1440.")]
    public int TokenMinutes { get; set; } = 60;

    /// <summary>The claim that holds what somebody is, once for each role.</summary>
    public string RoleClaim { get; set; } = "role";

    /// <summary>The claim that holds the codes of somebody's units; <c>*</c> is every one.</summary>
    public string UnitClaim { get; set; } = "unit";

    /// <summary>
    /// The claim that tells employees apart, unique and never given to somebody else: patients are assigned to it, and what is a colleague's is
    /// theirs by it. <c>sub</c> by default; an employee number (<c>employee_number</c>), where feeds and other systems know people by that. Whoever
    /// has none has a part in no visit.
    /// </summary>
    [Required(ErrorMessage = "Journey:Identity:EmployeeClaim names a claim.")]
    public string EmployeeClaim { get; set; } = "sub";

    /// <summary>
    /// The claim that says when somebody was born (<c>yyyy-MM-dd</c>); <c>birthdate</c> by default, as OpenID Connect has it. With it a patient who
    /// only bears an employee's name is told from the employee. Empty: it is not kept, whatever the provider says.
    /// </summary>
    public string BirthDateClaim { get; set; } = "birthdate";

    /// <summary>
    /// What the provider calls a role → what it is called here (<c>charge-nurse</c>, <c>nurse</c>, <c>provider</c> …). A name it does not hold is
    /// taken as it is.
    /// </summary>
    public Dictionary<string, string> Roles { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Automatic log-off after so many minutes without anybody doing anything (45 CFR 164.312(a)(2)(iii)), 1–480; 15 by default. A wall is not logged
    /// off.
    /// </summary>
    [Range(1, 480, ErrorMessage = "Journey:Identity:IdleMinutes must be between 1 and 480.")]
    public int IdleMinutes { get; set; } = 15;

    /// <summary>The longest that somebody stays signed in, whatever they do, in hours, 1–24; 12 by default: a shift.</summary>
    [Range(1, 24, ErrorMessage = "Journey:Identity:SessionHours must be between 1 and 24.")]
    public int SessionHours { get; set; } = 12;

    /// <summary>
    /// How often the provider is asked whether whoever does something is still known there, and with which roles and units, in seconds, 1–3600; 300
    /// by default. Only where it gives a refresh token.
    /// </summary>
    [Range(1, 3600, ErrorMessage = "Journey:Identity:RecheckSeconds must be between 1 and 3600.")]
    public int RecheckSeconds { get; set; } = 300;

    /// <summary>Asks for the scope <c>offline_access</c>, for providers that give a refresh token with it only.</summary>
    public bool OfflineAccess { get; set; }

    /// <summary>
    /// Where walls hang: networks such as <c>10.20.0.0/16, 2001:db8:20::/48</c>, several with commas. A wall's session is good from there only, and
    /// no screen elsewhere becomes one. Empty: anywhere.
    /// </summary>
    public string WallNetworks { get; set; } = "";

    /// <summary>Whether a wall may hang at this address; null of <see cref="WallNetworks"/> that cannot be read.</summary>
    internal bool? IsWallAt(IPAddress? address)
    {
        var said = WallNetworks.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var networks = said.Select(text => IPNetwork.TryParse(text, out var network) ? network : (IPNetwork?)null).ToArray();
        if (networks.Contains(null)) return null;
        var from = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        return said.Length == 0 || from is not null && networks.Any(network => network!.Value.Contains(from));
    }

    /// <summary>Where the keys that protect sessions are kept; several gateways share it. By default a folder of the data directory.</summary>
    public string? KeyRing { get; set; }

    /// <summary>
    /// PKCS #12 files with RSA keys that seal those keys where they lie; none by default. The first seals each key that is made from now on, all
    /// open.
    /// </summary>
    public List<string> KeyRingCertificates { get; } = [];

    /// <summary>A file with the password of all <see cref="KeyRingCertificates"/>; null when they have none.</summary>
    public string? KeyRingPasswordFile { get; set; }

    /// <summary>The folder of the host's data, where what belongs to signing in is kept unless configured otherwise.</summary>
    public static string DataFolder(IConfiguration configuration) =>
        configuration["Journey:DataDirectory"] is { Length: > 0 } folder ? folder : ".journey";

    /// <summary>Set by the host, not by configuration: the provider is part of this very process, and its address the host's own.</summary>
    internal bool IsServedHere { get; set; }
}
