using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Journey.Gateway.Hosting;

/// <summary>Until people sign in, nobody but this machine may reach the gateway, unless that is asked for in so many words.</summary>
internal static class LoopbackGuard
{
    public static void Apply(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = 64 * 1024;
        kestrel.ConfigureEndpointDefaults(listen =>
        {
            if (listen.EndPoint is not IPEndPoint address || IPAddress.IsLoopback(address.Address)) return;
            var options = kestrel.ApplicationServices.GetRequiredService<IOptions<GatewayOptions>>().Value;
            if (!options.AllowUnauthenticated) throw new OptionsValidationException(nameof(GatewayOptions), typeof(GatewayOptions), [Message(address)]);
        });
    }

    private static string Message(IPEndPoint address) =>
        $"Refusing to listen on {address}: nobody has to sign in yet, so whoever reaches this address sees every patient. Listen on 127.0.0.1, " +
        "or set Journey:Gateway:AllowUnauthenticated=true if something in front of the gateway authenticates.";
}
