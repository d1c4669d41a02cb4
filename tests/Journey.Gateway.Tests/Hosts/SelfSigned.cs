using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Journey.Gateway.Tests.Hosts;

/// <summary>Certificates of nobody's but their own.</summary>
internal static class SelfSigned
{
    private static readonly DateTimeOffset Once = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="until">A century on when not said.</param>
    public static X509Certificate2 Certificate(string name, DateTimeOffset? until = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name["CN=".Length..]);
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(Once, until ?? Once.AddYears(100));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null, X509KeyStorageFlags.Exportable);
    }
}
