using Journey.Contracts.Boards;
using Journey.Contracts.Visits;

namespace Journey.Gateway.Boards;

/// <summary>Boards, changes and totals as the public contract has them.</summary>
internal static class BoardViews
{
    public static Api.Board Board(BoardState board, Audience audience, IReadOnlyList<Api.Feed> feeds) => new(
        board.Unit, board.Name, board.Epoch, board.Version, board.AsOf, feeds,
        [.. Ordered(board.Rows.Values).Where(row => RowViews.Shows(row, audience)).Select(row => RowViews.Row(row, audience, board.Similar.Contains(row.Visit)))], RowViews.Beds(board.Beds)) { AlertsCheckedAt = board.AlertsCheckedAt };

    /// <summary>What changed between two states: rows, rows whose likeness to another began or ended, and beds.</summary>
    public static Api.BoardChange Change(BoardState before, BoardState after, Audience audience)
    {
        var changed = after.Rows.Values.Where(row => RowViews.Shows(row, audience)).Where(row =>
            !before.Rows.TryGetValue(row.Visit, out var earlier) || !ReferenceEquals(earlier, row)
            || before.Similar.Contains(row.Visit) != after.Similar.Contains(row.Visit));
        var removed = before.Rows.Values.Where(row => RowViews.Shows(row, audience) && !(after.Rows.TryGetValue(row.Visit, out var now) && RowViews.Shows(now, audience)))
            .Select(row => row.Visit.Value);
        return new(after.Unit, after.Epoch, after.Version, after.AsOf,
            [.. Ordered(changed).Select(row => RowViews.Row(row, audience, after.Similar.Contains(row.Visit)))], [.. removed],
            before.Beds == after.Beds ? null : RowViews.Beds(after.Beds)) { AlertsCheckedAt = after.AlertsCheckedAt };
    }

    /// <summary>Says no more than how true the board still is; or, with another epoch, that it must be fetched anew.</summary>
    public static Api.BoardChange Nothing(BoardState board) => new(board.Unit, board.Epoch, board.Version, board.AsOf, [], [], null) { AlertsCheckedAt = board.AlertsCheckedAt };

    /// <summary>The alerts that were raised, changed or resolved between two states.</summary>
    public static IEnumerable<Api.AlertChange> Alerts(BoardState before, BoardState after, Audience audience)
    {
        foreach (var row in after.Rows.Values)
        {
            before.Rows.TryGetValue(row.Visit, out var earlier);
            if (ReferenceEquals(earlier, row) || row.Alerts.IsDefaultOrEmpty || RowViews.Withholds(row, audience)) continue;
            foreach (var alert in row.Alerts)
            {
                if (earlier is not null && !earlier.Alerts.IsDefault && earlier.Alerts.Contains(alert)) continue;
                yield return new(after.Unit, row.Visit.Value, row.Location?.Bed, RowViews.Alert(alert, audience));
            }
        }

        foreach (var gone in Gone(before, after, audience)) yield return gone;
    }

    public static Api.Unit Unit(UnitSummary unit) => new(
        unit.Unit, unit.Name, unit.Present, unit.OnLeave, unit.Expected, unit.Beds, unit.OccupiedBeds, unit.OpenAlerts, unit.CriticalAlerts,
        unit.FamiliesWaiting, unit.LongestFamilyWaitSince, unit.Unowned, unit.AsOf);

    /// <summary>A row lists open alerts only: one that left it while its visit stayed was resolved.</summary>
    private static IEnumerable<Api.AlertChange> Gone(BoardState before, BoardState after, Audience audience)
    {
        foreach (var row in before.Rows.Values)
        {
            if (row.Alerts.IsDefaultOrEmpty || RowViews.Withholds(row, audience) || !after.Rows.TryGetValue(row.Visit, out var now) || ReferenceEquals(now, row)) continue;
            foreach (var alert in row.Alerts.Where(alert => alert.State != AlertState.Resolved && now.Alerts.All(other => other.Id != alert.Id)))
            {
                var resolved = alert with { State = AlertState.Resolved, ResolvedAt = after.AsOf };
                yield return new(after.Unit, row.Visit.Value, now.Location?.Bed, RowViews.Alert(resolved, audience));
            }
        }
    }

    private static IEnumerable<VisitRow> Ordered(IEnumerable<VisitRow> rows) =>
        rows.OrderBy(row => row.Location?.Room, StringComparer.Ordinal).ThenBy(row => row.Location?.Bed, StringComparer.Ordinal).ThenBy(row => row.ArrivedAt);
}
