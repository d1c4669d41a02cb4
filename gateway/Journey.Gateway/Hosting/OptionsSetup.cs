using Journey.Gateway.Cluster.Settings;
using Journey.Gateway.Trust.Guards;
using Journey.Gateway.Trust.Identity;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Extensions.Options;

namespace Journey.Gateway.Hosting;

internal static class OptionsSetup
{
    /// <summary>The gateway's own sections, checked before the host starts: a wrong value stops it with the key's name.</summary>
    public static void AddGatewayOptions(this IServiceCollection services)
    {
        services.AddOptions<GatewayOptions>().BindConfiguration(GatewayOptions.Section).ValidateDataAnnotations()
            .Configure(o => o.FamilyAddress = string.IsNullOrWhiteSpace(o.FamilyAddress) ? null : o.FamilyAddress.Trim())
            .Validate(o => o.FamilyAddress is null
                || IsOrigin(o.FamilyAddress),
                "Journey:Gateway:FamilyAddress must be an https address without a path, such as https://families.hospital.example, or http on this "
                    + "machine.")
            .Validate<IOptions<IdentityOptions>>((o, identity) => o.WithoutSignIn || o.AllowUnauthenticated
                || !NobodySignsIn.Is(identity.Value), NobodySignsIn.Refusal)
            .Validate(o => KnownProxies.Read(o.Proxies) is not null,
                "Journey:Gateway:Proxies must be addresses and networks apart by commas, such as 10.1.2.3,10.2.0.0/16.")
            .Validate<IOptions<IdentityOptions>>((o, identity) => o.Proxies.Length == 0 || o.AllowUnauthenticated
                || identity.Value.Authority.Length > 0,
                "Journey:Gateway:Proxies needs Journey:Identity:Authority: behind a proxy that lets anybody through everybody would be staff.")
            .Validate<IOptions<IdentityOptions>, IConfiguration>((o, identity, configuration) => o.Proxies.Length == 0
                || identity.Value.Authority.Length == 0 || HostNames.Given(configuration), HostNames.Missing)
            .Validate<IConfiguration>((_, configuration) => !KnownProxies.BelievesEverybody(configuration),
                "ASPNETCORE_FORWARDEDHEADERS_ENABLED believes whoever says that they speak for somebody else: name the proxies in "
                    + "Journey:Gateway:Proxies instead.").ValidateOnStart();
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<GatewayOptions>>(KnownProxies.Configure);
        services.AddOptions<HostFilteringOptions>()
            .PostConfigure<IOptions<GatewayOptions>>((filter, gateway) => HostNames.AddOwn(filter, gateway.Value.FamilyAddress));
        services.AddHostedService<NobodySignsIn>();
        services.AddOptions<HttpsOptions>().BindConfiguration(HttpsOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<HttpsOptions>, HttpsOptionsValidator>();
    }

    private static bool IsOrigin(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri is { PathAndQuery: "/", Fragment: "", UserInfo: "" }
        && (uri.Scheme == Uri.UriSchemeHttps
            || uri.Scheme == Uri.UriSchemeHttp && (uri.IsLoopback || uri.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)));
}
