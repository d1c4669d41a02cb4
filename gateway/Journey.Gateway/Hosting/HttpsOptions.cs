using System.Security.Cryptography.X509Certificates;
using Journey.Gateway.Cluster.Settings;
using Journey.Hl7.Mllp;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Options;

namespace Journey.Gateway.Hosting;

/// <summary>
/// <c>Journey:Https</c>: the certificate of every <c>https://</c> address among the URLs, and the mutual TLS option. Without it Kestrel's own
/// configuration holds.
/// </summary>
public sealed class HttpsOptions : TlsOptions
{
    public const string Section = "Journey:Https";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    internal static void Apply(KestrelServerOptions kestrel)
    {
        var options = kestrel.ApplicationServices.GetRequiredService<IOptions<HttpsOptions>>().Value;
        if (options.LoadCertificate() is not { } certificate) return;
        var authorities = options.LoadClientAuthorities();
        kestrel.ConfigureHttpsDefaults(https =>
        {
            https.ServerCertificate = certificate;
            if (authorities is null) return;
            https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
            https.ClientCertificateValidation = (client, _, _) => IsTrusted(client, authorities);
        });
    }

    /// <summary>As on the feed's port.</summary>
    private static bool IsTrusted(X509Certificate2 client, X509Certificate2Collection authorities)
    {
        using var chain = new X509Chain { ChainPolicy = MllpTrust.Policy(authorities) };
        chain.ChainPolicy.ApplicationPolicy.Add(new(ClientAuthentication));
        return chain.Build(client);
    }
}

internal sealed class HttpsOptionsValidator : IValidateOptions<HttpsOptions>
{
    public ValidateOptionsResult Validate(string? name, HttpsOptions options) =>
        options.Problems(HttpsOptions.Section).ToArray() is { Length: > 0 } problems
        ? ValidateOptionsResult.Fail(problems)
        : ValidateOptionsResult.Success;
}
