using System.Security.Cryptography;
using Journey.Gateway.Trust.Access;
using Scalar.AspNetCore;

namespace Journey.Gateway.Http.Description;

/// <summary>
/// The description as a page to read and to try, for whoever develops against it: in Development only, from the package's own files, and asking no
/// other host for anything.
/// </summary>
internal static class ApiReferencePage
{
    /// <summary>Below <c>/openapi</c>, where nothing is a page of the dashboard's: elsewhere than in Development it is not found.</summary>
    public const string Path = "/openapi/reference";

    public static void MapApiReferencePage(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment()) return;
        app.MapScalarApiReference(Path, (options, http) =>
        {
            var nonce = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
            http.Response.Headers.ContentSecurityPolicy = ContentPolicy(nonce);
            options.WithTitle("Journey: HTTP interface").AddDocument(ApiDescription.Name).WithOpenApiRoutePattern("/openapi/{documentName}.json");
            options.WithNonce(nonce).DisableTelemetry().DisableDefaultFonts().DisableAgent().DisableMcp();
            options.ShowDeveloperTools = DeveloperToolsVisibility.Never;
            options.HideClientButton = true;
        }).Needs(Operation.ReadDescription);
    }

    /// <summary>
    /// The page writes its styles into itself while it runs, which the policy of all other pages forbids. It shows no patient, and what runs are this
    /// site's own files and scripts with the nonce of this answer.
    /// </summary>
    private static string ContentPolicy(string nonce) =>
        $"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
        + "connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";
}
