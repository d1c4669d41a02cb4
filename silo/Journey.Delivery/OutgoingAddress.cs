using System.Net;
using System.Net.Sockets;

namespace Journey.Delivery;

/// <summary>A name led to an address within, which is not allowed.</summary>
internal sealed class PrivateAddressException() : IOException("The name leads to a private address.");

/// <summary>
/// Where a webhook may go: to the host that is configured, not where its answer sends it on to, and to no machine within by a name of without.
/// </summary>
internal static class OutgoingAddress
{
    /// <summary>RFC 1918, 6598, 3927, 4193, 4291 and what stands for this machine or none.</summary>
    private static readonly IPNetwork[] Private =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "224.0.0.0/3",
            "::/127", "fc00::/7", "fe80::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    public static HttpMessageHandler Handler(WebhookOptions options) => new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        // A name's addresses may change: what was judged once is judged again.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectCallback = (context, cancellation) => Connect(context.DnsEndPoint, MayGoAnywhere(options, context.DnsEndPoint.Host), cancellation),
    };

    public static bool IsPrivate(IPAddress address) =>
        (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address) is var plain && Array.Exists(Private, network => network.Contains(plain));

    /// <summary>
    /// What is configured as an address is meant, and so is a proxy of the environment: only the webhook's own name is asked where it leads.
    /// </summary>
    private static bool MayGoAnywhere(WebhookOptions options, string host) => options.AllowPrivateAddress
        || new Uri(options.Url) is var url
        && (url.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6 || url.IsLoopback
            || !url.IdnHost.Equals(host, StringComparison.OrdinalIgnoreCase));

    /// <summary>The addresses that are judged are those that are gone to: asked twice, a name may answer otherwise.</summary>
    private static async ValueTask<Stream> Connect(DnsEndPoint to, bool anywhere, CancellationToken cancellation)
    {
        var addresses = IPAddress.TryParse(to.Host.Trim('[', ']'), out var literal)
            ? [literal]
            : await Dns.GetHostAddressesAsync(to.Host, cancellation);
        if (!anywhere && Array.Exists(addresses, IsPrivate)) throw new PrivateAddressException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, to.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
