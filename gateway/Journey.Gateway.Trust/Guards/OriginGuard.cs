using System.Net;
using Journey.Gateway.Cluster.Settings;
using Journey.Gateway.Trust.Identity;
using Journey.Gateway.Trust.Problems;
using Microsoft.Extensions.Options;

namespace Journey.Gateway.Trust.Guards;

/// <summary>
/// Any page open in a browser could call the gateway in the name of whoever uses it. What a browser says came from another origin is refused, and a
/// change that comes with a cookie must say where it came from. Where nobody signs in, or anybody may pick who they are, so is a host name that is
/// not this machine's (a name of somebody else's that resolves to 127.0.0.1), and whatever came through a proxy: it may come from any machine, and
/// looks as if it came from this one.
/// </summary>
internal sealed class OriginGuard(RequestDelegate next, IOptions<GatewayOptions> options, IOptions<IdentityOptions> identity,
    IConfiguration configuration)
{
    private readonly bool _isForThisMachine = !options.Value.AllowUnauthenticated && identity.Value.Authority.Length == 0;
    private readonly bool _isByOwnNames = !options.Value.AllowUnauthenticated
        && (identity.Value.Authority.Length == 0 || !HostNames.Given(configuration));

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (_isByOwnNames && !IsThisMachine(request.Host.Host)) return Refuse(context, "This host name is not served.");
        if (_isForThisMachine && NobodySignsIn.IsProxied(request))
            return Refuse(context, "Nobody is told apart here, so nothing that came through a proxy is served.");
        var origin = request.Headers.Origin is [{ Length: > 0 } said] ? said : null;
        // A form's page that gives no referrer has "null" for its origin; what the browser says of the site cannot be made up by a page.
        var isOurs = request.Headers["Sec-Fetch-Site"] == "same-origin" && origin is (null or "null");
        if (!isOurs && origin is not null && !IsSame(origin, request.Host)) return Refuse(context, "Another origin may not call this.");
        if (!isOurs && origin is null && request.Headers.Cookie.Count > 0 && !HttpMethods.IsGet(request.Method)
            && !HttpMethods.IsHead(request.Method))
            return Refuse(context, "A change made with a cookie must say where it comes from.");
        return next(context);
    }

    private static bool IsThisMachine(string host) =>
        host is "" or "localhost" || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static bool IsSame(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && string.Equals(uri.Authority, host.Value, StringComparison.OrdinalIgnoreCase);

    private static Task Refuse(HttpContext context, string detail) =>
        Problem.Create(StatusCodes.Status403Forbidden, Api.ProblemCodes.CrossOrigin, detail).ExecuteAsync(context);
}
