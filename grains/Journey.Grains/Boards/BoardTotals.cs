using Journey.Contracts;
using Journey.Contracts.Alerts;
using Journey.Contracts.Boards;
using Journey.Contracts.Visits;

namespace Journey.Grains.Boards;

/// <summary>A board's totals, kept with every change of a row: counting hundreds of rows for each report would cost a large house more than all else its boards do. No I/O, no clock.</summary>
internal sealed class BoardTotals
{
    private readonly Dictionary<VisitId, DateTimeOffset> waiting = [];

    /// <summary>How many lie in each bed: two in one bed take one, and a place in the hallway or a chair is none.</summary>
    private readonly Dictionary<Location, int> taken = [];
    private int present;
    private int onLeave;
    private int expected;
    private int alerts;
    private int critical;
    private int unowned;
    private int toVerify;

    /// <summary>A visit's row took the place of another; null where there was or is none.</summary>
    public void Count(VisitId visit, VisitRow? before, VisitRow? after)
    {
        if (before is not null) Add(before, -1);
        if (after is not null) Add(after, 1);
        if (after is { IsProbablyGone: false, Family.WaitingSince: { } since }) waiting[visit] = since;
        else waiting.Remove(visit);
    }

    public UnitSummary Summary(string unit, string name, int beds, DateTimeOffset now) => new(
        unit, name, present, onLeave, expected, beds, taken.Count, alerts, critical, waiting.Count, waiting.Count == 0 ? null : waiting.Values.Min(), unowned, now) { ToVerify = toVerify };

    private void Add(VisitRow row, int sign)
    {
        // Somebody who has probably left is shown, but not counted.
        if (row.IsProbablyGone)
        {
            toVerify += sign;
            return;
        }

        if (row.Status == VisitStatus.Expected) expected += sign;
        if (row.Status == VisitStatus.OnLeave) onLeave += sign;
        if (row.Status == VisitStatus.Present) present += sign;
        if (row is { Status: VisitStatus.Present or VisitStatus.OnLeave, Location: { Bed.Length: > 0 } bed, PlaceKind: not (PlaceKind.Hallway or PlaceKind.Waiting) }) Take(bed with { Facility = null }, sign);
        if (row is { Status: VisitStatus.Present, Nurse: null }) unowned += sign;
        alerts += sign * row.Alerts.Length;
        critical += sign * row.Alerts.Count(alert => alert.Severity == Severity.Critical);
    }

    private void Take(Location bed, int sign)
    {
        var now = taken.GetValueOrDefault(bed) + sign;
        if (now > 0) taken[bed] = now;
        else taken.Remove(bed);
    }
}
