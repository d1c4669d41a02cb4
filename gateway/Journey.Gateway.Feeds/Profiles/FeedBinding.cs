using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Journey.Hl7.Mllp;

namespace Journey.Gateway.Feeds.Profiles;

/// <summary>
/// By what, other than its own word, a feed is known: where it sends from, and the certificate it shows. Each that is configured must hold.
/// </summary>
/// <param name="Sources">Networks; none for any.</param>
/// <param name="Subject">The certificate's subject; null for any.</param>
/// <param name="Thumbprints">SHA-256 of the certificate in hexadecimal, one of these; none for any.</param>
internal sealed record FeedBinding(IReadOnlyList<IPNetwork> Sources, string? Subject, IReadOnlyCollection<string> Thumbprints)
{
    public static FeedBinding From(FeedOptions feed) => new(
        [.. Words(feed.Sources).Select(word => TryNetwork(word, out var network) ? network : throw new FormatException(word))],
        feed.CertificateSubject is { Length: > 0 } subject && TrySubject(subject, out var name) ? name : null,
        Words(feed.CertificateThumbprints).Select(Plain).ToHashSet(StringComparer.OrdinalIgnoreCase));

    /// <summary>Whether anything but MSH-3 and MSH-4 tells the feed.</summary>
    public bool IsBound => Sources.Count > 0 || AsksCertificate;

    public bool AsksCertificate => Subject is not null || Thumbprints.Count > 0;

    /// <summary>Whether the feed sends from this address; false when any address would do.</summary>
    public bool Reserves(IPAddress address) => Sources.Count > 0 && Has(address);

    /// <summary>Whether a connection is the feed's, as far as it is bound.</summary>
    public bool Holds(MllpConnectionInfo connection) =>
        (Sources.Count == 0 || connection.Remote is IPEndPoint { Address: var address } && Has(address))
        && (Subject is null || connection.ClientCertificateSubject is { } shown
            && TrySubject(shown, out var name) && string.Equals(name, Subject, StringComparison.OrdinalIgnoreCase))
        && (Thumbprints.Count == 0 || connection.ClientCertificateThumbprint is { } thumbprint && Thumbprints.Contains(thumbprint));

    /// <summary>A network such as <c>10.20.0.0/16</c>, or one address.</summary>
    public static bool TryNetwork(string text, out IPNetwork network)
    {
        network = default;
        if (text.Contains('/', StringComparison.Ordinal)) return IPNetwork.TryParse(text, out network);
        if (!IPAddress.TryParse(text, out var address)) return false;
        network = new(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128);
        return true;
    }

    /// <summary>A subject in one spelling, whatever the spaces: <c>CN=lab, O=Hospital</c>.</summary>
    public static bool TrySubject(string text, out string name)
    {
        name = "";
        try
        {
            name = new X500DistinguishedName(text).Decode(X500DistinguishedNameFlags.Reversed);
            return name.Length > 0;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    public static bool IsThumbprint(string word) => Plain(word) is { Length: 2 * SHA256.HashSizeInBytes } hex && hex.All(char.IsAsciiHexDigit);

    public static IEnumerable<string> Words(string? list) =>
        (list ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>As openssl writes it, with a colon after each byte, or without.</summary>
    private static string Plain(string thumbprint) => thumbprint.Replace(":", "", StringComparison.Ordinal);

    /// <summary>A listener for both kinds of addresses shows those of the older kind as such of the newer.</summary>
    private bool Has(IPAddress address) =>
        (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address) is var plain && Sources.Any(network => network.Contains(plain));
}
