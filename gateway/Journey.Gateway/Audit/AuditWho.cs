using System.Collections.Immutable;
using Journey.Contracts.Audit;
using Journey.Gateway.Staff;

namespace Journey.Gateway.Audit;

/// <summary>Who calls, as the trail names them.</summary>
internal static class AuditWho
{
    public static AuditParty Of(HttpContext http)
    {
        var user = http.User;
        if (user.Identity is not { IsAuthenticated: true })
        {
            var staff = ActingStaff.Of(http);
            return new AuditParty(staff.Id, staff.Name, Address: Address(http));
        }

        var roles = user.FindAll("role").Select(claim => claim.Value).Distinct().ToImmutableArray();
        var units = string.Join(',', user.FindAll("unit").Select(claim => claim.Value).Distinct());
        return new AuditParty(
            user.FindFirst("sub")?.Value ?? user.FindFirst("client_id")?.Value ?? "unknown", user.FindFirst("name")?.Value, roles,
            roles.Length == 0 ? null : string.Join(' ', roles.Select(role => units.Length == 0 ? role : $"{role}@{units}")), Address(http), user.FindFirst("sid")?.Value);
    }

    public static string? Address(HttpContext http) => http.Connection.RemoteIpAddress is { } address ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString() : null;
}
