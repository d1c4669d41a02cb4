using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Journey.Testing;

/// <summary>
/// An authority of a cluster's own, as an operator or cert-manager makes one, with the certificates and the key of <c>Journey:Cluster:Trust</c> in a
/// folder.
/// </summary>
public sealed class ClusterAuthority : IDisposable
{
    public const string Silo = "journey-silo";
    public const string Gateway = "journey-gateway";
    private static readonly Oid Server = new("1.3.6.1.5.5.7.3.1");
    private static readonly Oid Client = new("1.3.6.1.5.5.7.3.2");
    private readonly string _folder;
    private X509Certificate2 _root;
    private X509Certificate2? _before;

    public ClusterAuthority(string folder)
    {
        _folder = Directory.CreateDirectory(folder).FullName;
        _root = Root();
        File.WriteAllText(AuthoritiesPath, _root.ExportCertificatePem());
        File.WriteAllBytes(CallerKeyFile, RandomNumberGenerator.GetBytes(32));
        foreach (var name in (string[])[Silo, Gateway]) Issue(name);
    }

    public string AuthoritiesPath => Path.Combine(_folder, "ca.crt");
    public string CallerKeyFile => Path.Combine(_folder, "caller.key");
    public string CertificatePath(string name) => Path.Combine(_folder, name + ".crt");
    public string KeyPath(string name) => Path.Combine(_folder, name + ".key");

    /// <summary>A certificate in files of its own, in place of the one before.</summary>
    /// <param name="until">How many days from now it is good; one that is not good any more when negative.</param>
    public void Issue(string name, int until = 30, bool forServers = true, bool forClients = true)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([.. forServers ? (Oid[])[Server] : [], .. forClients ? (Oid[])[Client] : []], false));
        using var certificate = request.Create(_root, TimeProvider.System.GetUtcNow().AddDays(-60), TimeProvider.System.GetUtcNow().AddDays(until),
            RandomNumberGenerator.GetBytes(16));
        File.WriteAllText(CertificatePath(name), certificate.ExportCertificatePem());
        File.WriteAllText(KeyPath(name), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>
    /// Another authority that is trusted beside this one, and signs from now on: the first step of changing it. <see cref="Retire"/> is the last,
    /// once everything has a certificate of the new one.
    /// </summary>
    public void Succeed()
    {
        (_before, _root) = (_root, Root());
        File.WriteAllText(AuthoritiesPath, _before.ExportCertificatePem() + "\n" + _root.ExportCertificatePem());
    }

    /// <summary>What the one before signed is trusted no more.</summary>
    public void Retire()
    {
        File.WriteAllText(AuthoritiesPath, _root.ExportCertificatePem());
        _before?.Dispose();
        _before = null;
    }

    /// <summary>What a process is told: <c>Journey:Cluster:Trust:…=…</c>.</summary>
    public string[] Settings(string name) => [
        $"Journey:Cluster:Trust:CertificatePath={CertificatePath(name)}", $"Journey:Cluster:Trust:KeyPath={KeyPath(name)}",
        $"Journey:Cluster:Trust:AuthoritiesPath={AuthoritiesPath}", $"Journey:Cluster:Trust:CallerKeyFile={CallerKeyFile}",
    ];

    public void Dispose()
    {
        _root.Dispose();
        _before?.Dispose();
    }

    private static X509Certificate2 Root()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=invented cluster", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        return request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-90), TimeProvider.System.GetUtcNow().AddDays(90));
    }
}
