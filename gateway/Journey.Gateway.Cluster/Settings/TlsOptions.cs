using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Journey.Gateway.Cluster.Settings;

/// <summary>The certificate of a port, and whose certificates its clients must show.</summary>
public abstract class TlsOptions
{
    /// <summary>PKCS #12 file with the server's certificate and key; null for none.</summary>
    public string? CertificatePath { get; set; }

    /// <summary>File that holds the password of <see cref="CertificatePath"/>; null when it has none.</summary>
    public string? CertificatePasswordFile { get; set; }

    /// <summary>The password itself, for an environment variable that an orchestrator fills; null when it has none or is in a file.</summary>
    public string? CertificatePassword { get; set; }

    /// <summary>PEM file of authorities whose client certificates are required and trusted; null asks clients for none.</summary>
    public string? ClientAuthoritiesPath { get; set; }

    /// <summary>The certificate to show; null for none.</summary>
    internal X509Certificate2? LoadCertificate() => CertificatePath is null ? null : X509CertificateLoader.LoadPkcs12FromFile(
        CertificatePath, CertificatePasswordFile is { } file ? File.ReadAllText(file).TrimEnd('\r', '\n') : CertificatePassword);

    /// <summary>Whose certificates clients must show; null asks for none.</summary>
    internal X509Certificate2Collection? LoadClientAuthorities()
    {
        if (ClientAuthoritiesPath is null) return null;
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(ClientAuthoritiesPath);
        return authorities;
    }

    /// <summary>What is wrong with the settings, each by its key; none repeats a password.</summary>
    internal IEnumerable<string> Problems(string section)
    {
        if (CertificatePath is { } path && !File.Exists(path)) yield return $"{section}:CertificatePath names no file.";
        if (CertificatePasswordFile is { } file && !File.Exists(file)) yield return $"{section}:CertificatePasswordFile names no file.";
        if (ClientAuthoritiesPath is { } ca && !File.Exists(ca)) yield return $"{section}:ClientAuthoritiesPath names no file.";
        if (CertificatePasswordFile is not null && CertificatePassword is not null)
            yield return $"Set {section}:CertificatePasswordFile or {section}:CertificatePassword, not both.";
        if (File.Exists(CertificatePath) && !Loads(LoadCertificate))
            yield return $"{section}:CertificatePath is no PKCS #12 file with a key, or its password ({section}:CertificatePasswordFile or {section}:CertificatePassword) is wrong.";
        if (File.Exists(ClientAuthoritiesPath) && !Loads(LoadClientAuthorities))
            yield return $"{section}:ClientAuthoritiesPath holds no certificates in PEM.";
        if (ClientAuthoritiesPath is not null && CertificatePath is null)
            yield return $"{section}:ClientAuthoritiesPath needs {section}:CertificatePath.";
    }

    private static bool Loads(Func<object?> load)
    {
        try
        {
            return load() is X509Certificate2 { HasPrivateKey: true } or X509Certificate2Collection { Count: > 0 };
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
