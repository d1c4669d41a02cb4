using Journey.Contracts;
using Journey.Contracts.Staff;
using Journey.Domain.Policies;

namespace Journey.Domain.Staff;

/// <summary>
/// Who is meant by a name, and as what, in the spelling that is known. A slip of the pen would be kept as somebody who does not exist, and nobody
/// would be called by it.
/// </summary>
public static class ShiftNames
{
    private const int Few = 12;

    /// <summary>A role as it is known; null where no policy, no directory and no ladder has it.</summary>
    public static string? Role(StaffDirectory directory, Policy policy, string role) =>
        Roles(directory, policy).FirstOrDefault(known => Same(known, role));

    /// <summary>
    /// A role that somebody may be given: one that screens or the ladder know people by. Null for another, which nobody would be called by.
    /// </summary>
    public static string? RoleToGive(Policy policy, string role) => Given(policy).FirstOrDefault(known => Same(known, role));

    public static Refusal RoleUnknown(StaffDirectory directory, Policy policy) =>
        new(RefusalCodes.RoleUnknown,
            $"No such role is known; known are {string.Join(", ", Roles(directory, policy).Order(StringComparer.Ordinal))}.");

    /// <summary>Nobody there has that name, and somebody has nearly the same.</summary>
    internal static Refusal PersonUnknown(string unit, IEnumerable<string> alike) =>
        new(RefusalCodes.PersonUnknown,
            $"Nobody of that name is known. On {unit} there is {Listed(alike)}; an administrator adds somebody whose name is nearly the same.");

    internal static readonly Refusal EmployeeUnknown =
        new(RefusalCodes.PersonUnknown, "No employee has that identifier: whoever has not signed in yet is added by an administrator.");

    internal static Refusal Ambiguous(IEnumerable<StaffMember> called) => new(
        RefusalCodes.PersonAmbiguous,
        $"Several are called that: say which, as {Listed(called.Select(member => member.Units.IsEmpty ? member.Id : $"{member.Id} ({string.Join(", ", member.Units)})"))}.");

    /// <summary>A role that nobody would be called by.</summary>
    public static Refusal RoleNotGiven(Policy policy) =>
        new(RefusalCodes.RoleUnknown,
            $"No such role is known; known are {string.Join(", ", Given(policy).Order(StringComparer.Ordinal))}. The policy's ladder may name more.");

    /// <summary>There is no shift to end.</summary>
    public static Refusal ShiftUnknown(StaffDirectory directory, string role, string unit, DateTimeOffset now)
    {
        var there = directory.OnDuty(unit, now).Select(shift => $"{shift.Who.Name} as {shift.Role}").ToList();
        return new(RefusalCodes.ShiftUnknown,
            $"They have not begun a shift as {role} on {unit}. On duty there {(there.Count == 0 ? "is nobody" : $"are {Listed(there)}")}.");
    }

    private static IEnumerable<string> Given(Policy policy) =>
        StaffRoles.All.Concat(policy.Ladder.Select(rung => rung.To).Where(to => to != Rung.Assigned)).Distinct(StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> Roles(StaffDirectory directory, Policy policy) =>
        Given(policy).Concat(directory.Members.Values.SelectMany(member => member.Roles)).Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// One letter too many, too few, another, or two in the wrong order. <c>Agency nurse 1</c> and <c>2</c> are two: nobody numbers people by
    /// mistake.
    /// </summary>
    internal static bool IsSlip(string meant, string typed)
    {
        var (a, b) = (meant.ToUpperInvariant(), typed.ToUpperInvariant());
        var begin = 0;
        while (begin < a.Length && begin < b.Length && a[begin] == b[begin]) begin++;
        var end = 0;
        while (end < a.Length - begin && end < b.Length - begin && a[^(end + 1)] == b[^(end + 1)]) end++;
        var (left, right) = (a[begin..^end], b[begin..^end]);
        if (left.Any(char.IsDigit) || right.Any(char.IsDigit)) return false;
        return left.Length <= 1 && right.Length <= 1 || left.Length == 2 && right.Length == 2 && left[0] == right[1] && left[1] == right[0];
    }

    private static string Listed(IEnumerable<string> names) =>
        names.ToList() is { Count: > Few } many ? $"{string.Join(", ", many.Take(Few))} and {many.Count - Few} more" : string.Join(", ", names);

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
