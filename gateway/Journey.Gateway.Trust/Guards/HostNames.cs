using System.Net.NetworkInformation;
using System.Net.Sockets;
using Microsoft.AspNetCore.HostFiltering;

namespace Journey.Gateway.Trust.Guards;

/// <summary>
/// Under which names the gateway is served: <c>AllowedHosts</c>, names apart by semicolons. Without it this machine's own names only, so whoever lets
/// others reach the gateway says how they call it: an address that somebody else's name leads to would otherwise be answered under that name.
/// </summary>
internal static class HostNames
{
    public const string Key = "AllowedHosts";

    public const string Missing = Key
        + " must say by which names browsers know this gateway, such as journey.hospital.example, apart by semicolons; * is any.";

    public static bool Given(IConfiguration configuration) => !string.IsNullOrWhiteSpace(configuration[Key]);

    /// <summary>
    /// Probes and Prometheus ask this machine by its address, whatever browsers call it; and where families have a host of their own, it is known.
    /// </summary>
    public static void AddOwn(HostFilteringOptions filter, string? families)
    {
        if (filter.AllowedHosts.Contains("*")) return;
        filter.AllowedHosts = [.. filter.AllowedHosts, .. families is null ? [] : (string[])[new Uri(families).Host], "localhost",
            .. NetworkInterface.GetAllNetworkInterfaces().SelectMany(network => network.GetIPProperties().UnicastAddresses)
            .Select(own => own.Address.AddressFamily == AddressFamily.InterNetworkV6
                ? $"[{new System.Net.IPAddress(own.Address.GetAddressBytes())}]"
                : own.Address.ToString())];
    }
}
