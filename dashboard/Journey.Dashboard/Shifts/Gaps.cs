using Journey.Api;

namespace Journey.Dashboard.Shifts;

/// <summary>What the next hour leaves uncovered on a unit, as far as the shifts that are kept tell.</summary>
public static class Gaps
{
    /// <summary>How far ahead somebody may still be found.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromHours(1);

    /// <summary>Nurses who go off duty within the hour, are on duty in no later shift, and have patients; who goes first, first.</summary>
    public static IReadOnlyList<(Shift Shift, Load Load)> Leaving(IReadOnlyList<Shift> shifts, IReadOnlyList<Load> loads, DateTimeOffset now) =>
    [
        .. from load in loads
           let last = shifts.Where(shift => shift.Name == load.Nurse).MaxBy(shift => shift.Until)
           where last is not null && last.Until > now && last.Until <= now + Ahead
           orderby last.Until, last.Name
           select (last, load),
    ];

    /// <summary>Roles that somebody has now and nobody from some time within the hour on, and that time.</summary>
    public static IReadOnlyList<(string Role, DateTimeOffset From)> Uncovered(IReadOnlyList<Shift> shifts, DateTimeOffset now) =>
    [
        .. from role in shifts.GroupBy(shift => shift.Role)
           where role.Any(shift => shift.From <= now && shift.Until > now)
           let until = CoveredUntil(role, now)
           where until <= now + Ahead
           orderby until, role.Key
           select (role.Key, until),
    ];

    /// <summary>Shifts that begin before the earlier ones end go on from them.</summary>
    private static DateTimeOffset CoveredUntil(IEnumerable<Shift> shifts, DateTimeOffset now) =>
        shifts.OrderBy(shift => shift.From).Aggregate(now, (until, shift) => shift.From <= until && shift.Until > until ? shift.Until : until);
}
