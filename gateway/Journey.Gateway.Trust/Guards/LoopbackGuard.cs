using System.Net;
using Journey.Gateway.Cluster.Settings;
using Journey.Gateway.Trust.Identity;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Journey.Gateway.Trust.Guards;

/// <summary>
/// Where nobody signs in, or everybody may pick who they are, nobody but this machine may reach the gateway, unless that is asked for in so many
/// words.
/// </summary>
internal static class LoopbackGuard
{
    /// <summary>Far more than the browsers of a hospital on one gateway, far less than what a process may hold.</summary>
    private const int MostConnections = 20_000;

    public static void Apply(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = 64 * 1024;
        // A browser sends its headers in one piece, and a body of 64 KiB in no time; the framework's own patience is three times as long.
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.MaxConcurrentConnections = kestrel.Limits.MaxConcurrentUpgradedConnections = MostConnections;
        kestrel.ConfigureEndpointDefaults(listen =>
        {
            if (listen.EndPoint is not IPEndPoint address || IPAddress.IsLoopback(address.Address)) return;
            var options = kestrel.ApplicationServices.GetRequiredService<IOptions<GatewayOptions>>().Value;
            var identity = kestrel.ApplicationServices.GetRequiredService<IOptions<IdentityOptions>>().Value;
            if (identity.IsServedHere)
                throw new OptionsValidationException(nameof(IdentityOptions), typeof(IdentityOptions), [PickedByAnybody(address)]);
            if (identity.Authority.Length == 0 && !options.AllowUnauthenticated)
                throw new OptionsValidationException(nameof(GatewayOptions), typeof(GatewayOptions), [Message(address)]);
            if (identity.Authority.Length > 0 && !HostNames.Given(kestrel.ApplicationServices.GetRequiredService<IConfiguration>()))
                throw new OptionsValidationException(HostNames.Key, typeof(GatewayOptions),
                    [$"Refusing to listen on {address}: {HostNames.Missing}"]);
        });
    }

    private static string PickedByAnybody(IPEndPoint address) =>
        $"Refusing to listen on {address}: in Development people are picked, not proven. Listen on 127.0.0.1, or set Journey:Identity:Authority to "
            + $"a provider of your own.";

    private static string Message(IPEndPoint address) =>
        $"Refusing to listen on {address}: nobody signs in, so whoever reaches this address sees every patient. Set Journey:Identity:Authority, "
        + $"listen on 127.0.0.1, " +
        "or set Journey:Gateway:AllowUnauthenticated=true if something in front of the gateway authenticates.";
}
