using System.Net;
using Journey.Gateway.Cluster.Settings;
using Journey.Gateway.Trust.Identity;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using IPNetwork = System.Net.IPNetwork;

namespace Journey.Gateway.Trust.Guards;

/// <summary>
/// Where no provider is configured everybody at this machine is staff at the desk: only where that is asked for in so many words, and said again with
/// every start. The dashboard says it on every page.
/// </summary>
internal sealed partial class NobodySignsIn(IOptions<IdentityOptions> identity, ILogger<NobodySignsIn> log) : IHostedLifecycleService
{
    internal const string Refusal =
        "Nobody could sign in: set Journey:Identity:Authority to the provider that people sign in at, or Journey:Gateway:WithoutSignIn=true if "
            + "whoever uses this machine may see and change everything.";

    /// <summary>What a proxy adds to a request, whatever its maker.</summary>
    private static readonly string[] OfProxies =
        ["Forwarded", "Via", "X-Real-IP", "Client-IP", "X-Client-IP", "X-Cluster-Client-IP", "True-Client-IP", "CF-Connecting-IP", "Fastly-Client-IP",
            "Fly-Client-IP", "Proxy-Connection", "CDN-Loop"];
    private static readonly string[] Families = ["X-Forwarded", "X-Original-", "X-Envoy-", "X-ProxyUser-", "X-Azure-"];

    public static bool Is(IdentityOptions identity) => !identity.IsServedHere && identity.Authority.Length == 0;

    /// <summary>Whether the request came by way of another program, and so perhaps from another machine.</summary>
    public static bool IsProxied(HttpRequest request) => request.Headers.Keys.Any(name =>
        Array.Exists(Families, family => name.StartsWith(family, StringComparison.OrdinalIgnoreCase))
        || OfProxies.Contains(name, StringComparer.OrdinalIgnoreCase));

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (Is(identity.Value)) Told(log);
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(1003, LogLevel.Warning,
        "Nobody signs in here: whoever reaches this gateway sees and changes everything, and the trail knows nobody by name "
            + "(Journey:Identity:Authority)")]
    private static partial void Told(ILogger log);
}

/// <summary>
/// Which proxies are believed when they say for whom they ask, and that it was over TLS: <c>Journey:Gateway:Proxies</c>, and nobody else.
/// </summary>
internal static class KnownProxies
{
    /// <summary>The framework's own switch, which believes whoever asks.</summary>
    private const string Everybody = "ForwardedHeaders_Enabled";

    public static bool BelievesEverybody(IConfiguration configuration) => configuration.GetValue<bool>(Everybody);

    /// <summary>The networks of a list such as <c>10.1.2.3,10.2.0.0/16</c>; null when one of them is none.</summary>
    public static IReadOnlyList<IPNetwork>? Read(string list)
    {
        var networks = new List<IPNetwork>();
        foreach (var item in list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            if (IPAddress.TryParse(item, out var one)) networks.Add(new(one, one.GetAddressBytes().Length * 8));
            else if (IPNetwork.TryParse(item, out var network)) networks.Add(network);
            else return null;
        return networks;
    }

    /// <summary>The last proxy is the one that connected; those before it count as long as each is known.</summary>
    public static void Configure(ForwardedHeadersOptions forwarded, IOptions<GatewayOptions> options)
    {
        forwarded.ForwardLimit = null;
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var network in Read(options.Value.Proxies) ?? []) forwarded.KnownIPNetworks.Add(network);
        // Where no proxy is known the framework would believe every one.
        forwarded.ForwardedHeaders = forwarded.KnownIPNetworks.Count == 0
            ? ForwardedHeaders.None
            : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
    }
}
