using Journey.Contracts;
using Journey.Contracts.Boards;
using Journey.Contracts.Visits;

namespace Journey.Grains.Boards;

/// <summary>
/// How long those were in the house whose visit ended on a unit today. Looked at with every change of a row, and worked out only after somebody
/// left. No I/O, no clock.
/// </summary>
/// <param name="zone">In which a day begins.</param>
internal sealed class StayBook(TimeZoneInfo zone)
{
    private static readonly StaysToday None = new(0, null, null);

    private readonly Dictionary<VisitId, (DateOnly Day, int Minutes)> _ended = [];
    private StaysToday _today = None;
    private DateOnly _day;
    private bool _isOld = true;

    /// <summary>A visit's row took the place of another; null where there was or is none.</summary>
    public void Count(VisitId visit, VisitRow? before, VisitRow? after)
    {
        if (before?.Status != VisitStatus.Departed && after?.Status != VisitStatus.Departed) return;
        var ended = after is null ? null : End(after);
        if (ended is { } end ? _ended.TryGetValue(visit, out var known) && known == end : !_ended.ContainsKey(visit)) return;
        if (ended is { } now) _ended[visit] = now;
        else _ended.Remove(visit);
        _isOld = true;
    }

    /// <summary>The same object as long as it says the same.</summary>
    public StaysToday Today(DateTimeOffset now)
    {
        var day = DayOf(now);
        if (!_isOld && day == _day) return _today;
        (_isOld, _day) = (false, day);
        foreach (var (visit, end) in _ended)
            if (end.Day < day) _ended.Remove(visit);
        var minutes = _ended.Values.Where(end => end.Day == day).Select(end => end.Minutes).Order().ToArray();
        var today = minutes.Length == 0 ? None : new StaysToday(minutes.Length, NearestRank(minutes, 50), NearestRank(minutes, 90));
        return today == _today ? _today : _today = today;
    }

    /// <summary>The least value that so many percent do not exceed.</summary>
    private static int NearestRank(int[] sorted, int percent) => sorted[(sorted.Length * percent + 99) / 100 - 1];

    /// <summary>Null where it did not end, where nobody said so, and where nobody knows when it began. An admission that goes on is an end.</summary>
    private (DateOnly Day, int Minutes)? End(VisitRow row) =>
        row is { Status: VisitStatus.Departed, DepartedAt: { } left } && (row.DoorAt ?? row.ArrivedAt) is { } door
            && (!row.IsEndInferred || row.DepartedAs == DepartureKind.Admitted)
            ? (DayOf(left), Math.Max(0, (int)(left - door).TotalMinutes))
            : null;

    private DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);
}
