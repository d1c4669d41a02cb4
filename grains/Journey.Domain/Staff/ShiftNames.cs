using Journey.Contracts;
using Journey.Contracts.Staff;
using Journey.Contracts.Visits;
using Journey.Domain.Policies;

namespace Journey.Domain.Staff;

/// <summary>Whose shift it is, and as what, in the spelling that is known. A slip of the pen would be kept as the shift of nobody, and nobody would be called by it.</summary>
public static class ShiftNames
{
    private const int Few = 12;

    /// <summary>A role as it is known; null where no policy, no directory and no ladder has it.</summary>
    public static string? Role(StaffDirectory directory, Policy policy, string role) => Roles(directory, policy).FirstOrDefault(known => Same(known, role));

    /// <summary>A person as the directory spells them; null where the name is probably a slip for that of a colleague. Whoever has another name is new here: an agency sends them tonight.</summary>
    public static Person? Person(StaffDirectory directory, string role, string unit, Person who) =>
        directory.Members.TryGetValue(who.Id, out var member) ? new(member.Id, member.Name) : Alike(directory, role, unit, who).Any() ? null : who;

    public static Refusal RoleUnknown(StaffDirectory directory, Policy policy) =>
        new(RefusalCodes.RoleUnknown, $"No such role is known; known are {string.Join(", ", Roles(directory, policy).Order(StringComparer.Ordinal))}.");

    public static Refusal PersonUnknown(StaffDirectory directory, string role, string unit, Person who) =>
        new(RefusalCodes.PersonUnknown, $"Nobody of that name is known. As {role} on {unit} the directory has {Listed(Alike(directory, role, unit, who))}; an administrator adds somebody whose name is nearly the same.");

    /// <summary>There is no shift to end.</summary>
    public static Refusal ShiftUnknown(StaffDirectory directory, string role, string unit, DateTimeOffset now)
    {
        var there = directory.OnDuty(unit, now).Select(shift => $"{shift.Who.Name} as {shift.Role}").ToList();
        return new(RefusalCodes.ShiftUnknown, $"They have not begun a shift as {role} on {unit}. On duty there {(there.Count == 0 ? "is nobody" : $"are {Listed(there)}")}.");
    }

    private static IEnumerable<string> Roles(StaffDirectory directory, Policy policy) =>
        StaffRoles.All.Concat(policy.Ladder.Select(rung => rung.To).Where(to => to != Rung.Assigned)).Concat(directory.Members.Values.SelectMany(member => member.Roles)).Distinct(StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> Colleagues(StaffDirectory directory, string role, string unit) =>
        directory.Members.Values.Where(member => member.Roles.Any(of => Same(of, role)) && member.Units.Contains(unit)).Select(member => member.Name).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Alike(StaffDirectory directory, string role, string unit, Person who) => Colleagues(directory, role, unit).Where(name => IsSlip(name, who.Name));

    /// <summary>One letter too many, too few, another, or two in the wrong order.</summary>
    private static bool IsSlip(string meant, string typed)
    {
        var (a, b) = (meant.ToUpperInvariant(), typed.ToUpperInvariant());
        var begin = 0;
        while (begin < a.Length && begin < b.Length && a[begin] == b[begin]) begin++;
        var end = 0;
        while (end < a.Length - begin && end < b.Length - begin && a[^(end + 1)] == b[^(end + 1)]) end++;
        var (left, right) = (a[begin..^end], b[begin..^end]);
        return left.Length <= 1 && right.Length <= 1 || left.Length == 2 && right.Length == 2 && left[0] == right[1] && left[1] == right[0];
    }

    private static string Listed(IEnumerable<string> names) => names.ToList() is { Count: > Few } many ? $"{string.Join(", ", many.Take(Few))} and {many.Count - Few} more" : string.Join(", ", names);

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
