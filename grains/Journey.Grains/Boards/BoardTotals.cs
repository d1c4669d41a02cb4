using Journey.Contracts;
using Journey.Contracts.Alerts;
using Journey.Contracts.Boards;
using Journey.Contracts.Visits;

namespace Journey.Grains.Boards;

/// <summary>
/// A board's totals, kept with every change of a row: counting hundreds of rows for each report would cost a large house more than all else its
/// boards do. No I/O, no clock.
/// </summary>
internal sealed class BoardTotals
{
    private readonly Dictionary<VisitId, DateTimeOffset> _waiting = [];

    /// <summary>How many lie in each bed: two in one bed take one, and a place in the hallway or a chair is none.</summary>
    private readonly Dictionary<Location, int> _taken = [];
    private int _present;
    private int _onLeave;
    private int _expected;
    private int _alerts;
    private int _critical;
    private int _unowned;
    private int _toVerify;

    /// <summary>A visit's row took the place of another; null where there was or is none.</summary>
    public void Count(VisitId visit, VisitRow? before, VisitRow? after)
    {
        if (before is not null) Add(before, -1);
        if (after is not null) Add(after, 1);
        if (after is { IsProbablyGone: false, Family.WaitingSince: { } since }) _waiting[visit] = since;
        else _waiting.Remove(visit);
    }

    public UnitSummary Summary(string unit, string name, int beds, DateTimeOffset now) => new(
        unit, name, _present, _onLeave, _expected, beds, _taken.Count, _alerts, _critical, _waiting.Count, _waiting.Count == 0
            ? null
            : _waiting.Values.Min(), _unowned, now)
    { ToVerify = _toVerify };

    private void Add(VisitRow row, int sign)
    {
        // Somebody who has probably left is shown, but not counted.
        if (row.IsProbablyGone)
        {
            _toVerify += sign;
            return;
        }

        if (row.Status == VisitStatus.Expected) _expected += sign;
        if (row.Status == VisitStatus.OnLeave) _onLeave += sign;
        if (row.Status == VisitStatus.Present) _present += sign;
        if (row is
            {
                Status: VisitStatus.Present or VisitStatus.OnLeave, Location: { Bed.Length: > 0 } bed,
                PlaceKind: not (PlaceKind.Hallway or PlaceKind.Waiting)
            }) Take(bed with { Facility = null }, sign);
        if (row is { Status: VisitStatus.Present, Nurse: null }) _unowned += sign;
        _alerts += sign * row.Alerts.Length;
        _critical += sign * row.Alerts.Count(alert => alert.Severity == Severity.Critical);
    }

    private void Take(Location bed, int sign)
    {
        var now = _taken.GetValueOrDefault(bed) + sign;
        if (now > 0) _taken[bed] = now;
        else _taken.Remove(bed);
    }
}
