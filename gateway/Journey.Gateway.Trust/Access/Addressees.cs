using Journey.Contracts.Access;
using Journey.Contracts.Staff;
using Journey.Gateway.Cluster.Wire;

namespace Journey.Gateway.Trust.Access;

/// <summary>Whose list may be read: one's own, and that of a role one has on a unit of one's own.</summary>
internal static class Addressees
{
    public static bool Reads(this Caller caller, string key)
    {
        if (caller.Scope.HasFlag(Scope.House) || key == StaffKeys.Person(caller.Staff)) return true;
        if (!key.StartsWith("role/", StringComparison.Ordinal)) return false;
        var (role, unit) = key["role/".Length..].Split('@', 2) is [var name, var code] ? (name, code) : (key["role/".Length..], Caller.EveryUnit);
        // The failsafe of the whole house is whoever is in charge of all of it.
        var needed = role == StaffRoles.HouseSupervisor ? StaffRoles.ChargeNurse : role;
        return caller.Roles.Any(r => WireName<Role>.Dashed(r) == needed)
            && (unit == Caller.EveryUnit ? caller.Units.Contains(Caller.EveryUnit) : caller.Covers(unit));
    }
}
