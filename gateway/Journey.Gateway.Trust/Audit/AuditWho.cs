using System.Collections.Immutable;
using Journey.Contracts.Access;
using Journey.Contracts.Audit;
using Journey.Gateway.Cluster.Wire;
using Journey.Gateway.Trust.Access;
using Journey.Gateway.Trust.Identity;

namespace Journey.Gateway.Trust.Audit;

/// <summary>Who calls, as the trail names them.</summary>
internal static class AuditWho
{
    public const string Nobody = "anonymous";

    public static AuditParty Identify(HttpContext http)
    {
        var callers = http.RequestServices.GetRequiredService<Callers>();
        var caller = http.Operation() is null ? callers.Identify(http, Operation.ReadSelf) : http.Caller();
        if (caller.Id.Length == 0) return new AuditParty(Nobody, null, Address: Address(http));
        if (!callers.SignIn) return new AuditParty(caller.Id, caller.Name, Address: Address(http));
        var roles = caller.Roles.Select(WireName<Role>.Dashed).ToImmutableArray();
        var units = string.Join(',', caller.Units);
        var authority = roles.Length == 0 ? null : string.Join(' ', roles.Select(role => units.Length == 0 ? role : $"{role}@{units}"));
        return new AuditParty(caller.Id, caller.Name, roles, authority, Address(http), http.User.FindFirst(Account.Session)?.Value);
    }

    public static string? Address(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString() : null;
}
