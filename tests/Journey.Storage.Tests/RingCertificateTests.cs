using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Journey.Storage.Sealing;

namespace Journey.Storage.Tests;

/// <summary>Whoever copies the folder of the ring alone reads nothing that it sealed.</summary>
public sealed class RingCertificateTests : IDisposable
{
    private static readonly byte[] Plain = Encoding.UTF8.GetBytes("At ten.");
    private readonly string _folder = Directory.CreateTempSubdirectory("journey-ring-").FullName;

    [Fact]
    public void A_key_lies_sealed_and_opens_with_its_certificate_alone()
    {
        var (first, second) = (Certificate("first"), Certificate("second"));
        byte[] written;
        using (var ring = Ring(first)) written = ring.Seal(Plain, "text", "1");
        var key = File.ReadAllText(Assert.Single(Directory.GetFiles(Rings)));
        Assert.Contains("EncryptedData", key, StringComparison.Ordinal);
        Assert.DoesNotContain("<masterKey", key, StringComparison.Ordinal);

        using (var again = Ring(first)) Assert.Equal(Plain, again.Open(written, "text", "1"));
        using (var other = Ring(second)) Assert.Throws<StorageException>(() => other.Open(written, "text", "1"));
        using var bare = Ring();
        Assert.Throws<StorageException>(() => bare.Open(written, "text", "1"));
    }

    [Fact]
    public void A_new_certificate_seals_new_keys_and_the_old_one_opens_what_it_sealed()
    {
        var (first, second) = (Certificate("first"), Certificate("second"));
        byte[] bare, old, written;
        using (var ring = Ring()) bare = ring.Seal(Plain, "text", "1");
        using (var ring = Ring(first))
        {
            ring.Rotate();
            old = ring.Seal(Plain, "text", "1");
        }

        using (var ring = Ring(second, first))
        {
            ring.Rotate();
            written = ring.Seal(Plain, "text", "1");
            foreach (var each in new[] { bare, old, written }) Assert.Equal(Plain, ring.Open(each, "text", "1"));
        }

        using var later = Ring(second);
        Assert.Equal(Plain, later.Open(written, "text", "1"));
        Assert.Throws<StorageException>(() => later.Open(old, "text", "1"));
    }

    [Fact]
    public void What_cannot_be_used_is_said_by_its_key()
    {
        Assert.Contains("Journey:Storage:KeyRingCertificates", Objection("/no/such/file"), StringComparison.Ordinal);
        var text = Path.Combine(_folder, "text.pfx");
        File.WriteAllText(text, "no certificate");
        Assert.Contains("Journey:Storage:KeyRingCertificates", Objection(text), StringComparison.Ordinal);
        using var curve = ECDsa.Create();
        Assert.Contains("RSA", Objection(Write("curve", new CertificateRequest("CN=curve", curve, HashAlgorithmName.SHA256))),
            StringComparison.Ordinal);
        Assert.Equal("", Objection(Certificate("right")));

        string Objection(string path)
        {
            var options = new StorageOptions { DataDirectory = _folder };
            options.KeyRingCertificates.Add(path);
            return new StorageOptionsValidator().Validate(null, options).FailureMessage ?? "";
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Rings => Path.Combine(_folder, "storage-keys");

    private KeyRing Ring(params string[] certificates)
    {
        var options = new StorageOptions { DataDirectory = _folder };
        options.KeyRingCertificates.AddRange(certificates);
        return new KeyRing(options, TimeProvider.System);
    }

    private string Certificate(string name)
    {
        using var key = RSA.Create(2048);
        return Write(name, new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    private string Write(string name, CertificateRequest request)
    {
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(1));
        var path = Path.Combine(_folder, name + ".pfx");
        File.WriteAllBytes(path, made.Export(X509ContentType.Pkcs12));
        return path;
    }
}
