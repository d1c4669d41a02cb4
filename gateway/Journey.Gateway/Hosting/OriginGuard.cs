using System.Net;
using Journey.Gateway.Problems;
using Microsoft.Extensions.Options;

namespace Journey.Gateway.Hosting;

/// <summary>
/// Nobody signs in yet, so any page open in a browser on this machine could call the gateway. What a browser says came from another
/// origin is refused, and so is a host name that is not this machine's (a name of somebody else's that resolves to 127.0.0.1).
/// </summary>
internal sealed class OriginGuard(RequestDelegate next, IOptions<GatewayOptions> options)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (!options.Value.AllowUnauthenticated && !IsThisMachine(request.Host.Host)) return Refuse(context, "This host name is not served.");
        if (request.Headers.Origin is [{ Length: > 0 } origin] && !IsSame(origin, request.Host)) return Refuse(context, "Another origin may not call this.");
        return next(context);
    }

    private static bool IsThisMachine(string host) =>
        host is "" or "localhost" || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static bool IsSame(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && string.Equals(uri.Authority, host.Value, StringComparison.OrdinalIgnoreCase);

    private static Task Refuse(HttpContext context, string detail) =>
        Problem.Of(StatusCodes.Status403Forbidden, ProblemCodes.CrossOrigin, detail).ExecuteAsync(context);
}
