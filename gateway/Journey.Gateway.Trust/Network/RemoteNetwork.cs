using System.Net;

namespace Journey.Gateway.Trust.Network;

/// <summary>What counts as one address where those are counted whom nobody knows.</summary>
internal static class RemoteNetwork
{
    private const int Given = 64;

    /// <summary>An IPv4 address; the /64 of an IPv6 address, for that is what one household or attacker is given, to choose from at will.</summary>
    public static IPAddress PrefixOf(IPAddress? address)
    {
        if (address is null) return IPAddress.None;
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        if (address.AddressFamily != System.Net.Sockets.AddressFamily.InterNetworkV6) return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(Given / 8).Clear();
        return new IPAddress(bytes);
    }
}
