using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;

namespace Journey.Hosting;

/// <summary>
/// <c>Journey:Cluster:Trust</c>: by what silos and gateways know each other. Needed as soon as they reach beyond one machine: whoever may speak to a
/// silo reads and writes every visit.
/// </summary>
public sealed class ClusterTrust
{
    public const string Section = "Journey:Cluster:Trust";
    private const int ShortestKey = 32;

    /// <summary>
    /// PEM file with this process's certificate, for server and client authentication; read again while it runs. With the two below it is mutual TLS.
    /// </summary>
    public string? CertificatePath { get; set; }

    /// <summary>PEM file with the key of <see cref="CertificatePath"/>.</summary>
    public string? KeyPath { get; set; }

    /// <summary>
    /// PEM file with the authorities, root first, that sign the certificates of this cluster's silos and gateways; nobody else's are trusted. One of
    /// the cluster's own, not the hospital's.
    /// </summary>
    public string? AuthoritiesPath { get; set; }

    /// <summary>The DNS name in every silo's certificate; <c>journey-silo</c> by default.</summary>
    public string SiloName { get; set; } = "journey-silo";

    /// <summary>
    /// The DNS name in every gateway's certificate; <c>journey-gateway</c> by default. It opens the gateways' port of a silo, and not the silos' own.
    /// </summary>
    public string GatewayName { get; set; } = "journey-gateway";

    /// <summary>
    /// A file of 32 random bytes or more, the same for silos and gateways: gateways seal with it who calls, and silos believe nobody else.
    /// </summary>
    public string? CallerKeyFile { get; set; }

    /// <summary>Whether the ports are protected.</summary>
    public bool IsMutualTls => Given(CertificatePath) && Given(KeyPath) && Given(AuthoritiesPath);

    public static ClusterTrust Read(IConfiguration configuration) => configuration.GetSection(Section).Get<ClusterTrust>() ?? new();

    /// <summary>What to set, in words that follow a refusal.</summary>
    public static string Remedy =>
        $"Set {Section}:CertificatePath, …:KeyPath, …:AuthoritiesPath and …:CallerKeyFile on every silo and gateway (docs/operations.md says how "
            + $"they are made)";

    /// <summary>This process's own certificate.</summary>
    public X509Certificate2 LoadCertificate()
    {
        // As a container and back: on some systems a key that came from PEM is in memory only, and TLS does not find it.
        using var read = X509Certificate2.CreateFromPemFile(CertificatePath!, KeyPath);
        return X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null);
    }

    public X509Certificate2Collection LoadAuthorities()
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(AuthoritiesPath!);
        return authorities;
    }

    /// <summary>The key that callers are sealed with; null where none is configured.</summary>
    public byte[]? LoadCallerKey() => Given(CallerKeyFile) ? File.ReadAllBytes(CallerKeyFile!) : null;

    /// <summary>What is wrong with the settings, each by its key.</summary>
    /// <param name="own">The name that this process's own certificate must hold.</param>
    public IEnumerable<string> Problems(string own)
    {
        var named = new[] { (nameof(CertificatePath), CertificatePath), (nameof(KeyPath), KeyPath), (nameof(AuthoritiesPath), AuthoritiesPath),
            (nameof(CallerKeyFile), CallerKeyFile) };
        var missing = named.Where(file => Given(file.Item2) && !File.Exists(file.Item2))
            .Select(file => $"{Section}:{file.Item1} names no file.").ToList();
        if (missing.Count > 0) return missing;
        var isAny = Given(CertificatePath) || Given(KeyPath) || Given(AuthoritiesPath);
        if (isAny && !(IsMutualTls && Given(CallerKeyFile))) return [$"{Section} is half set. {Remedy}, or none of the first three."];
        if (Given(CallerKeyFile) && new FileInfo(CallerKeyFile!).Length < ShortestKey)
            return [$"The key in {Section}:CallerKeyFile must have {ShortestKey} bytes or more."];
        return isAny && Objection(own) is { } doubt ? [doubt] : [];
    }

    /// <summary>What loading says of files that hold something else, or two that do not belong together.</summary>
    public static bool IsUnreadable(Exception e) => e is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException;

    private string? Objection(string own)
    {
        try
        {
            using var certificate = LoadCertificate();
            var authorities = LoadAuthorities();
            if (authorities.Count == 0) return $"{Section}:AuthoritiesPath holds no certificates in PEM.";
            foreach (var purpose in (string[])[ClusterPeer.Server, ClusterPeer.Client])
                if (purpose == ClusterPeer.Client || own == SiloName)
                    if (ClusterPeer.Objection(certificate, null, authorities, own, purpose) is { } objection)
                        return $"The certificate of {Section}:CertificatePath {objection}: every peer would refuse it.";
            return null;
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            return $"{Section}:CertificatePath, …:KeyPath and …:AuthoritiesPath must be readable PEM files, the first two a certificate and its key.";
        }
    }

    private static bool Given(string? path) => !string.IsNullOrWhiteSpace(path);
}

/// <summary>Whether a certificate is the one of a peer of this cluster.</summary>
public static class ClusterPeer
{
    /// <summary>Server authentication, as extended key usages name it.</summary>
    public const string Server = "1.3.6.1.5.5.7.3.1";

    /// <summary>Client authentication, as extended key usages name it.</summary>
    public const string Client = "1.3.6.1.5.5.7.3.2";

    /// <summary>
    /// Why it is not; null when it is. The machine's own authorities count for nothing, nor does a name outside of the certificate's list of names.
    /// </summary>
    /// <param name="sent">What a peer has sent along with it.</param>
    public static string? Objection(X509Certificate2 certificate, X509Certificate2Collection? sent, X509Certificate2Collection authorities,
        string name, string purpose)
    {
        if (!certificate.MatchesHostname(name, allowWildcards: false, allowCommonName: false)) return $"does not name {name}";
        // No revocation lists: a small authority publishes none. Certificates are short-lived, and who must be kept out at once is by another
        // authority.
        using var chain = new X509Chain
        {
            ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true, ApplicationPolicy = { new Oid(purpose) } },
        };
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        if (sent is not null) chain.ChainPolicy.ExtraStore.AddRange(sent);
        if (chain.Build(certificate)) return null;
        var states = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status);
        return states.HasFlag(X509ChainStatusFlags.NotTimeValid) ? "is not good today"
            : states.HasFlag(X509ChainStatusFlags.NotValidForUsage) ? $"is not for {(purpose == Server ? "server" : "client")} authentication"
            : $"is not by an authority of {ClusterTrust.Section}:AuthoritiesPath";
    }
}
