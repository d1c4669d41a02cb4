using Journey.Api;

namespace Journey.Dashboard.Boards;

/// <summary>How many, and since when the one who has waited longest; null when nobody does.</summary>
public readonly record struct Figure(int Count, DateTimeOffset? Longest)
{
    public static Figure Of(IEnumerable<BoardRow> rows, Func<BoardRow, DateTimeOffset?> since)
    {
        var all = rows.ToList();
        return new(all.Count, all.Min(since));
    }
}

/// <summary>The unit in numbers; whoever has probably left is in none of them but their own.</summary>
public sealed record Figures
{
    /// <summary>Present on the unit.</summary>
    public int Here { get; private init; }

    /// <summary>Present, and in no bed or room of their own.</summary>
    public int Bedless { get; private init; }

    public int Expected { get; private init; }
    public int OnLeave { get; private init; }
    public int ToVerify { get; private init; }

    /// <summary>Empty beds that somebody can lie in now.</summary>
    public int Ready { get; private init; }

    /// <summary>Empty beds that are not.</summary>
    public int NotReady { get; private init; }

    public Figure Unseen { get; private init; }
    public Figure Boarding { get; private init; }
    public Figure Families { get; private init; }
    public int Unassigned { get; private init; }
    public int HandoffPending { get; private init; }
    public int Alerts { get; private init; }

    /// <summary>Of <see cref="Alerts"/> those with a critical one.</summary>
    public int Critical { get; private init; }

    /// <summary>Of those who left today; null where that is not known.</summary>
    public StaysToday? Stays { get; private init; }

    public static Figures Of(Board board)
    {
        var rows = board.Rows.Where(r => !BoardQuery.IsToVerify(r)).ToList();
        var present = rows.Where(r => r.Status == VisitStatuses.Present).ToList();
        var empty = Arrangement.EmptyBeds(board);
        var ready = empty.Count(b => b.Status is BedStatuses.Clean or BedStatuses.Unknown);
        return new()
        {
            Here = present.Count,
            Bedless = present.Count(r => !Arrangement.IsPlaced(r)),
            Expected = rows.Count(r => r.Status == VisitStatuses.Expected),
            OnLeave = rows.Count(r => r.Status == VisitStatuses.OnLeave),
            ToVerify = board.Rows.Count - rows.Count,
            Ready = ready,
            NotReady = empty.Count - ready,
            Unseen = Figure.Of(rows.Where(BoardQuery.IsUnseen), BoardQuery.Door),
            Boarding = Figure.Of(rows.Where(BoardQuery.IsBoarding), r => r.StepSince),
            Families = Figure.Of(rows.Where(BoardQuery.IsFamilyWaiting), r => r.Family.WaitingSince),
            Unassigned = rows.Count(BoardQuery.IsUnowned),
            HandoffPending = present.Count(r => r.Handoff is not null),
            Alerts = rows.Count(BoardQuery.NeedsAction),
            Critical = rows.Count(r => r.Alerts.Any(a => a is { State: AlertStates.Raised, Severity: Severities.Critical })),
            Stays = board.Stays,
        };
    }
}
