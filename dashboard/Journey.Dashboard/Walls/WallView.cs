using Journey.Api;
using Journey.Dashboard.Boards;
using Journey.Dashboard.Words;

namespace Journey.Dashboard.Walls;

/// <summary>What somebody at four metres must see first: one reason per patient, the most pressing.</summary>
/// <param name="At">When it was due; for a family that waits, since when.</param>
public sealed record Need(BoardRow Row, Level Level, bool IsFamily, string Says, DateTimeOffset At, string? Owner)
{
    public string Words(DateTimeOffset now) =>
        IsFamily && Row.Family.WaitingSince is { } waiting ? Elapsed.Text(waiting, now) : Target.Short(At, now);
}

/// <summary>A wall made of a board at one moment.</summary>
public static class WallView
{
    /// <summary>
    /// Patients who need something now: open alerts nobody has put off, families who wait, targets passed. Worst first, then longest.
    /// </summary>
    public static IReadOnlyList<Need> Needs(Board board, DateTimeOffset now) =>
        [.. board.Rows.Where(r => r is { Status: VisitStatuses.Present, ProbablyGone: false }).Select(r => NeedOf(r, now)).OfType<Need>()
            .OrderByDescending(n => n.Level).ThenBy(n => n.Owner is not null).ThenBy(n => n.At)];

    /// <summary>
    /// The tiles: every bed in its place, then patients without one. The bed of somebody who has probably left is neither taken nor free.
    /// </summary>
    public static IReadOnlyList<Line> Tiles(Board board)
    {
        var here = board.Rows.Where(r => !r.ProbablyGone
            && (r.Status == VisitStatuses.Present || r.Status == VisitStatuses.OnLeave && r.Bed is not null)).ToList();
        var byBed = here.ToLookup(r => (r.Room, r.Bed));
        var (kept, unsure) = (Arrangement.Kept(board), Arrangement.ToVerify(board));
        var known = board.Beds.Select(b => (b.Room, (string?)b.Name)).ToHashSet();
        var beds = board.Beds.SelectMany(b => byBed[(b.Room, b.Name)] is var rows && rows.Any()
            ? rows.Select(r => new Line(b, r))
            : [unsure.Contains((b.Room, b.Name)) ? new Line(b, null, ToVerify: true) : new Line(b, null, kept[(b.Room, b.Name)].FirstOrDefault())])
            .Concat(here.Where(r => Say.Place(r) is not null && !known.Contains((r.Room, r.Bed))).Select(r => new Line(null, r)))
            .OrderBy(l => l.Bed is { } bed ? Say.Bed(bed.Room, bed.Name) : Say.Bed(l.Row!.Room, l.Row.Bed), NaturalOrder.Instance);
        return [.. beds, .. here.Where(r => Say.Place(r) is null).OrderBy(r => r.Acuity ?? 9).ThenBy(r => r.ArrivedAt)
            .Select(r => new Line(null, r))];
    }

    /// <summary>A patient whose name is withheld still lies in the bed.</summary>
    public static string Name(BoardRow row) => row.Patient.Name.Length == 0 ? "Name withheld" : row.Patient.Name;

    /// <summary>Columns and rows that fill a landscape space with tiles about half as wide again as high.</summary>
    public static (int Columns, int Rows) Grid(int tiles, double width = 1220, double height = 920)
    {
        var best = (Columns: 1, Rows: Math.Max(1, tiles), Size: 0.0);
        for (var columns = 1; columns <= 12; columns++)
        {
            var rows = Math.Max(1, (tiles + columns - 1) / columns);
            // The type that fits is bounded by the tile's height and by its width; this is which of the two gives out first.
            var size = Math.Min(width / columns / 1.75, height / rows);
            if (size > best.Size) best = (columns, rows, size);
        }
        return (best.Columns, best.Rows);
    }

    private static Need? NeedOf(BoardRow row, DateTimeOffset now)
    {
        var alert = row.Alerts.Where(a => a.State is AlertStates.Raised or AlertStates.Acknowledged && a.Severity != Severities.Notice)
            .OrderByDescending(a => Say.Severity(a.Severity)).ThenBy(a => a.State != AlertStates.Raised).ThenBy(a => a.RaisedAt).FirstOrDefault();
        if (alert is not null)
            return new(row, Say.Severity(alert.Severity), alert.Kind == AlertKinds.Family, alert.Says, alert.DueAt,
                alert.State == AlertStates.Acknowledged ? alert.Owner : null);
        if (row.Clock is { } clock && clock.DueAt <= now) return new(row, Level.Near, false, clock.Says, clock.DueAt, null);
        return row.Family.WaitingSince is { } waiting ? new(row, Level.Near, true, "Family is waiting", waiting, null) : null;
    }
}
