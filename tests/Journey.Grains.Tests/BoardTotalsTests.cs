using CsCheck;
using Journey.Contracts;
using Journey.Contracts.Alerts;
using Journey.Contracts.Visits;
using Journey.Grains.Boards;

namespace Journey.Grains.Tests;

public sealed class BoardTotalsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private static readonly Gen<VisitRow?> Rows =
        from there in Gen.Frequency((4, Gen.Const(true)), (1, Gen.Const(false)))
        from status in Gen.Enum<VisitStatus>()
        from bed in Gen.Int[0, 3]
        from kind in Gen.Enum<PlaceKind>()
        from nurse in Gen.Bool
        from waits in Gen.Int[0, 3]
        from alerts in Gen.Enum<Severity>().Array[0, 3]
        select !there ? null : new VisitRow
        {
            Status = status, Location = bed == 0 ? null : new Location("ED", "1", bed == 1 ? "" : bed == 2 ? "7" : "8"), PlaceKind = kind,
            Nurse = nurse ? new Person("n", "Nurse") : null,
            Family = new(waits == 0 ? null : Now.AddMinutes(-waits), null, null, null, null, null, false, []),
            Alerts = [.. alerts.Select(severity =>
                new AlertView(Guid.NewGuid(), "rule", "touchpoint", "", severity, AlertState.Raised, Now, Now, null, null, null, null, null, null))],
        };

    [Fact]
    public void Totals_kept_change_by_change_are_those_that_counting_all_rows_gives() =>
        Gen.Select(Gen.Int[0, 4], Rows).Array[0, 30].Sample(changes =>
    {
        var (totals, rows) = (new BoardTotals(), new Dictionary<int, VisitRow>());
        foreach (var (visit, row) in changes)
        {
            totals.Count(new VisitId(new Guid(visit, 0, 0, new byte[8])), rows.GetValueOrDefault(visit), row);
            if (row is null) rows.Remove(visit);
            else rows[visit] = row;
        }

        var all = rows.Values;
        var waiting = all.Where(row => row.Family.WaitingSince is not null).ToArray();
        var summary = totals.Summary("ED", "Emergency", 9, Now);
        Assert.Equal(
            (all.Count(row => row.Status == VisitStatus.Present), all.Count(row => row.Status == VisitStatus.OnLeave), all
                .Count(row => row.Status == VisitStatus.Expected)),
            (summary.Present, summary.OnLeave, summary.Expected));
        // Two in one bed take one bed; the hallway and a chair are none.
        var lying = all.Where(row => row.Status is VisitStatus.Present or VisitStatus.OnLeave && !string.IsNullOrEmpty(row.Location?.Bed)
            && row.PlaceKind is not (PlaceKind.Hallway or PlaceKind.Waiting));
        Assert.Equal(lying.Select(row => row.Location!.Bed).Distinct().Count(), summary.OccupiedBeds);
        Assert.Equal((all.Sum(row => row.Alerts.Length), all.SelectMany(row => row.Alerts).Count(alert => alert.Severity == Severity.Critical)),
            (summary.OpenAlerts, summary.CriticalAlerts));
        Assert.Equal((waiting.Length, waiting.Min(row => row.Family.WaitingSince)), (summary.FamiliesWaiting, summary.LongestFamilyWaitSince));
        Assert.Equal(all.Count(row => row is { Status: VisitStatus.Present, Nurse: null }), summary.Unowned);
    });
}
