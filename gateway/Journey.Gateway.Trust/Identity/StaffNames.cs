using Journey.Contracts.Access;
using Journey.Contracts.Staff;

namespace Journey.Gateway.Trust.Identity;

/// <summary>Addressees of lists as the outside names them.</summary>
internal static class StaffNames
{
    private const int Longest = 160;

    /// <summary>
    /// The key of a person's list by name, or of a role's (<c>role/charge-nurse@ED</c>); null when it is neither. One's own name is oneself, whoever
    /// else bears it.
    /// </summary>
    public static string? Addressee(string? addressee, Caller caller)
    {
        var text = addressee?.Trim() ?? "";
        if (text.Length is 0 or > Longest || text.Any(char.IsControl)) return null;
        if (!text.StartsWith("role/", StringComparison.Ordinal))
            return StaffKeys.Person(ActingStaff.Named(text).Id is var id && id == StaffIds.Named(caller.Name) ? caller.Staff : id);
        return text["role/".Length..].Split('@', 2) is [{ Length: > 0 } role, .. var unit]
            ? StaffKeys.Role(role, unit.Length == 1 ? unit[0] : "")
            : null;
    }
}
