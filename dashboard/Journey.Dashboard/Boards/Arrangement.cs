using Journey.Api;
using Journey.Dashboard.SignIn;
using Journey.Dashboard.Words;

namespace Journey.Dashboard.Boards;

/// <summary>A line of the board: a visit, or a bed that waits for one.</summary>
/// <param name="KeptFor">Who is expected in a bed that nobody lies in.</param>
/// <param name="ToVerify">The bed of somebody who has probably left it.</param>
public sealed record Line(Bed? Bed, BoardRow? Row, BoardRow? KeptFor = null, bool ToVerify = false)
{
    public object Key => Row is not null ? Row.VisitId : $"{Bed!.Room}/{Bed.Name}";
}

public sealed record Section(string Id, string Title, IReadOnlyList<Line> Lines);

/// <summary>Rows and beds put in order. Depends on instants only, never on the time that passes, so that nothing jumps about by itself.</summary>
public static class Arrangement
{
    /// <summary>Sections by kind of place, in order, with their heads.</summary>
    private static readonly (string Id, string Title)[] Places =
    [
        (BoardSections.Beds, "Beds"), (BoardSections.Hallway, "Hallway"), (BoardSections.FastTrack, "Fast track"),
        (BoardSections.WaitingRoom, "Waiting room"), (BoardSections.Triage, "Triage"), (BoardSections.NoBed, "No bed yet"),
    ];

    public static IReadOnlyList<Section> Sections(Board board, BoardQuery query, string text, Person person)
    {
        var withEmpty = !query.IsFiltering && !query.Folded.Contains(BoardSections.EmptyBeds) && text.Length == 0;
        var matching = board.Rows.Where(r => query.Matches(r, text, person)).ToLookup(BoardQuery.IsToVerify);
        var rows = matching[false].ToList();
        var here = rows.Where(r => r.Status == VisitStatuses.Present || r.Status == VisitStatuses.OnLeave && r.Bed is not null).ToList();
        var sections = new List<Section>();
        if (query.Sort == SortBy.Bed)
        {
            var beds = Beds(board, [.. here.Where(r => PlaceOf(r) != BoardSections.NoBed)], withEmpty, query.Reversed).ToLookup(PlaceOf);
            foreach (var (id, title) in Places)
                sections.Add(new(id, title, id switch
                {
                    BoardSections.NoBed => [.. Lines(Urgent(here.Where(r => PlaceOf(r) == id)))],
                    // Where nobody has a place of their own, who is most urgent comes first.
                    BoardSections.WaitingRoom => [.. beds[id].OrderBy(l => l.Row?.Acuity ?? 9).ThenBy(l => l.Row?.ArrivedAt)],
                    _ => [.. beds[id]],
                }));
        }
        else
        {
            sections.Add(new(BoardSections.Here, "Patients here", [.. Lines(Sorted(here, query))]));
            if (withEmpty) sections.Add(new(BoardSections.EmptyBeds, "Empty beds", [.. Beds(board, here, withEmpty: true, false).Where(l => l.Row is null)]));
        }
        sections.Add(new(BoardSections.OnLeave, "On leave", [.. Lines(rows.Where(r => r.Status == VisitStatuses.OnLeave && r.Bed is null))]));
        sections.Add(new(BoardSections.Expected, "Expected", [.. Lines(rows.Where(r => r.Status == VisitStatuses.Expected).OrderBy(r => r.ExpectedAt))]));
        // A filter shows whom its number counts; by name everybody is found.
        if (!query.IsFiltering) sections.Add(new(BoardSections.Verify, "To verify", [.. Lines(matching[true].OrderBy(r => r.HeardAt))]));
        sections.Add(new(BoardSections.Departed, "Recently departed",
            [.. Lines(rows.Where(r => r.Status == VisitStatuses.Departed).OrderByDescending(r => r.DepartedAt))]));
        sections.RemoveAll(s => s.Lines.Count == 0);
        return sections;
    }

    /// <summary>In a bed or a room of their own; a chair in the waiting room is neither.</summary>
    public static bool IsPlaced(BoardRow row) => row.PlaceKind != PlaceKinds.Waiting && Say.Place(row) is not null;

    /// <summary>In which section somebody stands who is here.</summary>
    private static string PlaceOf(BoardRow row) => PlaceOf(row.PlaceKind) is var place && place != BoardSections.Beds ? place
        : Say.Place(row) is null ? BoardSections.NoBed : place;

    private static string PlaceOf(Line line) => line.Row is { } row ? PlaceOf(row) : PlaceOf(line.Bed!.PlaceKind);

    private static string PlaceOf(string? kind) => kind switch
    {
        PlaceKinds.Hallway => BoardSections.Hallway,
        PlaceKinds.FastTrack => BoardSections.FastTrack,
        PlaceKinds.Waiting => BoardSections.WaitingRoom,
        PlaceKinds.Triage => BoardSections.Triage,
        _ => BoardSections.Beds,
    };

    private static IEnumerable<BoardRow> Urgent(IEnumerable<BoardRow> rows) => rows.OrderBy(r => r.Acuity ?? 9).ThenBy(r => r.ArrivedAt);

    /// <summary>Beds of whom nobody is sure any more that they lie there: neither taken nor free.</summary>
    public static HashSet<(string? Room, string? Bed)> ToVerify(Board board) =>
        [.. board.Rows.Where(r => BoardQuery.IsToVerify(r) && r.Bed is not null).Select(r => (r.Room, r.Bed))];

    /// <summary>Beds that nobody holds, not even somebody who has probably left: those are ready once somebody has looked.</summary>
    public static IReadOnlyList<Bed> EmptyBeds(Board board)
    {
        var held = board.Rows.Where(r => r.Bed is not null && r.Status is VisitStatuses.Present or VisitStatuses.OnLeave).Select(r => (r.Room, r.Bed))
            .ToHashSet();
        return [.. board.Beds.Where(b => !held.Contains((b.Room, b.Name)))];
    }

    /// <summary>Who is to come into each bed of this unit: of several the one who is expected first.</summary>
    public static ILookup<(string? Room, string? Bed), BoardRow> Kept(Board board) => board.Rows
        .Where(r => r.Plan is { Kind: PlanKinds.Admit or PlanKinds.Transfer, Bed: not null } plan && plan.Unit == board.Unit
            && (plan.Room, plan.Bed) != (r.Room, r.Bed)
            && r.Status is VisitStatuses.Expected or VisitStatuses.Present or VisitStatuses.OnLeave)
        .OrderBy(r => r.Plan!.ExpectedAt ?? r.Plan.Since).ToLookup(r => (r.Plan!.Room, r.Plan.Bed));

    private static List<Line> Beds(Board board, List<BoardRow> here, bool withEmpty, bool reversed)
    {
        var held = here.Where(r => r.Bed is not null).ToLookup(r => (r.Room, r.Bed));
        var (kept, unsure) = (Kept(board), ToVerify(board));
        var lines = new List<Line>();
        foreach (var bed in board.Beds)
        {
            foreach (var row in held[(bed.Room, bed.Name)]) lines.Add(new(bed, row));
            if (withEmpty && !held.Contains((bed.Room, bed.Name)) && !unsure.Contains((bed.Room, bed.Name)))
                lines.Add(new(bed, null, kept[(bed.Room, bed.Name)].FirstOrDefault()));
        }
        // A bed nobody configured is still a bed somebody lies in.
        var known = board.Beds.Select(b => (b.Room, (string?)b.Name)).ToHashSet();
        foreach (var row in here)
            if (!known.Contains((row.Room, row.Bed))) lines.Add(new(null, row));
        var ordered = lines.OrderBy(l => Name(l), NaturalOrder.Instance);
        return reversed ? [.. ordered.Reverse()] : [.. ordered];

        static string Name(Line line) => line.Bed is { } bed ? Say.Bed(bed.Room, bed.Name) : Say.Bed(line.Row!.Room, line.Row.Bed);
    }

    private static IEnumerable<Line> Lines(IEnumerable<BoardRow> rows) => rows.Select(r => new Line(null, r));

    /// <summary>The most pressing first; whoever has no value in this column comes last whichever way round.</summary>
    private static IEnumerable<BoardRow> Sorted(List<BoardRow> rows, BoardQuery query) => query.Sort switch
    {
        SortBy.Patient => By(rows, r => r.Patient.Name, query, StringComparer.OrdinalIgnoreCase),
        SortBy.Acuity => By(rows, r => r.Acuity, query).ThenBy(r => r.ArrivedAt),
        SortBy.Step => By(rows, r => (DateTimeOffset?)r.StepSince, query),
        SortBy.Target => By(rows, r => r.Clock?.DueAt, query),
        SortBy.Stay => By(rows, BoardQuery.Door, query),
        SortBy.Team => By(rows, r => r.Nurse ?? "", query, StringComparer.OrdinalIgnoreCase),
        SortBy.Plan => By(rows, r => r.Plan?.ExpectedAt ?? r.Plan?.Since, query),
        SortBy.Family => By(rows, r => r.Family.WaitingSince, query).ThenBy(r => r.Family.NextDueAt ?? DateTimeOffset.MaxValue),
        SortBy.Alerts => By(rows, r => r.Alerts.Where(BoardQuery.IsOpen).Select(a => (int?)-Weight(a)).Min(), query)
            .ThenBy(r => r.Alerts.Select(a => (DateTimeOffset?)a.RaisedAt).Min()),
        _ => rows,
    };

    private static int Weight(Alert alert) => (int)Say.Severity(alert.Severity) * 2 + (alert.State == AlertStates.Raised ? 1 : 0);

    private static IOrderedEnumerable<BoardRow> By<T>(List<BoardRow> rows, Func<BoardRow, T?> key, BoardQuery query, IComparer<T?>? comparer = null)
    {
        var known = rows.OrderBy(r => key(r) is null);
        return query.Reversed ? known.ThenByDescending(key, comparer) : known.ThenBy(key, comparer);
    }
}
