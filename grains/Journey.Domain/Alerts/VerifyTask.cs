using System.Globalization;
using Journey.Contracts;
using Journey.Contracts.Care;
using Journey.Contracts.Staff;
using Journey.Contracts.Visits;
using Journey.Domain.Policies;

namespace Journey.Domain.Alerts;

/// <summary>
/// Once a shift a unit's charge nurse is asked to look after those who have probably left: one task for the unit, however many they are. It begins
/// with the shift, or with the first row, and is over once no row is left; who joins them after that waits for the next shift. It follows from the
/// rows alone, those settled in the shift too, so that a board that was restarted asks neither again nor too little.
/// </summary>
public static class VerifyTask
{
    /// <summary>Whose list it is on; see <see cref="StaffKeys"/>.</summary>
    public static string Addressee(string unit) => StaffKeys.Role(StaffRoles.ChargeNurse, unit);

    /// <summary>The task of the shift at <paramref name="now"/>; null when nothing is to be done in it, or no more.</summary>
    /// <param name="rows">When each row of the unit last stood among those to verify.</param>
    public static ListItem? For(string unit, IReadOnlyCollection<Unverified> rows, Policy policy, DateTimeOffset now)
    {
        var left = rows.Count(row => row.Until is null);
        if (left == 0) return null;
        var (began, ends) = policy.Shifts.At(now, policy.TimeZone);
        DateTimeOffset? since = null;
        var until = began;
        foreach (var row in rows.Where(row => row.Until is null || row.Until > began).OrderBy(row => row.Since))
        {
            // Nobody was left to verify before this one: the task was over by then.
            if (since is not null && row.Since > until) break;
            since ??= row.Since > began ? row.Since : began;
            until = row.Until is null ? ends : row.Until > until ? row.Until.Value : until;
        }

        return since is null || until < ends ? null : new ListItem(
            default, unit, null, new PatientRef(),
            new OwedView(NameBasedGuid.Create(NameBasedGuid.Namespace, "verify", unit, began.UtcTicks.ToString(CultureInfo.InvariantCulture)),
                OwedKind.Verify, "probably-gone", "open", null, since.Value, ends),
            string.Create(CultureInfo.InvariantCulture, $"{left} to verify on {unit}"), null);
    }
}
