using Journey.Gateway.Trust.Identity;
using Microsoft.Extensions.Options;

namespace Journey.Gateway.Trust.Guards;

/// <summary>Keeps what the gateway says of patients out of logs and caches.</summary>
internal static class Discretion
{
    /// <summary>The framework logs every request with its query, and a search has a name in it.</summary>
    public static void AddDiscretion(this ILoggingBuilder logging) => logging
        .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning)
        .AddFilter("Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher", LogLevel.None);

    public static void UseDiscretion(this IApplicationBuilder app)
    {
        // Made with the first request: a wrong setting is told when the host starts, by its key.
        string? policy = null;
        app.Use((context, next) =>
        {
            var headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
            headers.ContentSecurityPolicy = policy ??= ContentPolicy(context.RequestServices.GetRequiredService<IOptions<IdentityOptions>>().Value);
            if (context.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000";
            if (Array.Exists(ServicePaths.Services, service => context.Request.Path.StartsWithSegments(service))) headers.CacheControl = "no-store";
            return next(context);
        });
    }

    /// <summary>
    /// Nothing but this site's own files, and no script that is written in a page: a name from a feed that holds one is a name. WebAssembly is
    /// compiled, which wants a word of its own. Signing out leads on to the provider's page, which counts as where a form goes.
    /// </summary>
    private static string ContentPolicy(IdentityOptions identity)
    {
        var provider = Uri.TryCreate(identity.Authority, UriKind.Absolute, out var authority)
            ? " " + authority.GetLeftPart(UriPartial.Authority)
            : "";
        return "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src 'self'; media-src "
            + "'self'; connect-src 'self'; "
            + $"form-action 'self'{provider}; base-uri 'self'; frame-ancestors 'none'";
    }
}
