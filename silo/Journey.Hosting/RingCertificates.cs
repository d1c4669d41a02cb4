using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection;

namespace Journey.Hosting;

/// <summary>
/// What seals the keys of a ring where they lie: whoever copies the folder alone reads nothing. The first certificate seals each key that is made,
/// all of them open.
/// </summary>
public static class RingCertificates
{
    /// <summary>What is wrong; null when nothing is.</summary>
    /// <param name="section">Whose ring it is, such as <c>Journey:Storage</c>.</param>
    public static string? Objection(IReadOnlyList<string> paths, string? passwordFile, string section)
    {
        if (passwordFile is not null && !File.Exists(passwordFile)) return $"{section}:KeyRingPasswordFile names no file.";
        foreach (var path in paths)
        {
            if (!File.Exists(path)) return $"{section}:KeyRingCertificates names no file.";
            try
            {
                using var certificate = Load(path, passwordFile);
                using var key = certificate.GetRSAPrivateKey();
                if (key is null) return $"{section}:KeyRingCertificates must be PKCS #12 files with an RSA key: keys are sealed for it.";
            }
            catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
            {
                return $"{section}:KeyRingCertificates must be PKCS #12 files with a key, all of the "
                    + $"password in {section}:KeyRingPasswordFile, or of none.";
            }
        }

        return null;
    }

    public static IDataProtectionBuilder SealedFor(this IDataProtectionBuilder ring, IReadOnlyList<string> paths, string? passwordFile)
    {
        var certificates = paths.Select(path => Load(path, passwordFile)).ToArray();
        return certificates is [var first, ..] ? ring.ProtectKeysWithCertificate(first).UnprotectKeysWithAnyCertificate(certificates) : ring;
    }

    private static X509Certificate2 Load(string path, string? passwordFile) =>
        X509CertificateLoader.LoadPkcs12FromFile(path, passwordFile is null ? null : File.ReadAllText(passwordFile).TrimEnd('\r', '\n'));
}
