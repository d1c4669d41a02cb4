using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Alerts;
using Journey.Contracts.Boards;
using Journey.Contracts.Visits;
using Journey.Gateway.Live.Views;
using Journey.Gateway.Trust.Access;

namespace Journey.Gateway.Live.Boards;

/// <summary>Boards, changes and totals as the public contract has them.</summary>
internal static class BoardViews
{
    public static Api.Board Board(BoardState board, Audience audience, IReadOnlyList<Api.Feed> feeds) => new(
        board.Unit, board.Name, board.Epoch, board.Version, board.AsOf, feeds,
        [.. Ordered(board.Rows.Values).Where(row => RowViews.Shows(row, audience))
            .Select(row => RowViews.Row(row, audience, board.Similar.Contains(row.Visit)))],
            RowViews.Beds(board.Beds))
    { AlertsCheckedAt = board.AlertsCheckedAt, Stays = Stays(board, audience) };

    /// <summary>What changed with a step: rows, rows whose likeness to another began or ended, and beds.</summary>
    public static Api.BoardChange Change(BoardStep step, Audience audience)
    {
        var (before, after) = (step.Before, step.After);
        var (changed, removed) = (new List<VisitRow>(), new List<Guid>());
        foreach (var visit in step.Visits)
        {
            var (earlier, now) = (Shown(before, visit), Shown(after, visit));
            if (now is null)
            {
                if (earlier is not null) removed.Add(audience == Audience.Wall ? WallRows.KeyOf(visit.Value) : visit.Value);
            }
            else if (!ReferenceEquals(earlier, now) || before.Similar.Contains(visit) != after.Similar.Contains(visit))
            {
                changed.Add(now);
            }
        }

        return new(after.Unit, after.Epoch, after.Version, after.AsOf,
            [.. Ordered(changed).Select(row => RowViews.Row(row, audience, after.Similar.Contains(row.Visit)))], removed,
            before.Beds == after.Beds ? null : RowViews.Beds(after.Beds))
        { AlertsCheckedAt = after.AlertsCheckedAt, Stays = before.Stays == after.Stays ? null : Stays(after, audience) };

        VisitRow? Shown(BoardState board, VisitId visit) => board.Rows.TryGetValue(visit, out var row) && RowViews.Shows(row, audience) ? row : null;
    }

    /// <summary>Says no more than how true the board still is; or, with another epoch, that it must be fetched anew.</summary>
    public static Api.BoardChange Nothing(BoardState board) =>
        new(board.Unit, board.Epoch, board.Version, board.AsOf, [], [], null) { AlertsCheckedAt = board.AlertsCheckedAt };

    /// <summary>
    /// The alerts that were raised, changed or resolved with a step. A row lists open alerts only: one that left it while its visit stayed was
    /// resolved.
    /// </summary>
    public static IEnumerable<Api.AlertChange> Alerts(BoardStep step, Audience audience)
    {
        // A wall has them on its rows.
        if (audience == Audience.Wall) yield break;
        foreach (var visit in step.Visits)
        {
            if (!step.After.Rows.TryGetValue(visit, out var now)) continue;
            step.Before.Rows.TryGetValue(visit, out var earlier);
            if (ReferenceEquals(earlier, now)) continue;
            var (open, before) = (Open(now), Open(earlier));
            if (!RowViews.Withholds(now, audience))
                foreach (var alert in open.Where(alert => RowViews.Tells(alert.Kind, audience) && !before.Contains(alert)))
                    yield return Told(now, alert);
            if (earlier is not null && !RowViews.Withholds(earlier, audience))
                foreach (var alert in before.Where(alert => RowViews.Tells(alert.Kind, audience) && alert.State != AlertState.Resolved
                    && open.All(other => other.Id != alert.Id)))
                    yield return Told(now, alert with { State = AlertState.Resolved, ResolvedAt = step.After.AsOf });
        }

        static ImmutableArray<AlertView> Open(VisitRow? row) => row is null || row.Alerts.IsDefault ? [] : row.Alerts;

        Api.AlertChange Told(VisitRow row, AlertView alert) =>
            new(step.After.Unit, row.Visit.Value, row.Location?.Bed, RowViews.Alert(alert, audience));
    }

    public static Api.Unit Unit(UnitSummary unit) => new(
        unit.Unit, unit.Name, unit.Present, unit.OnLeave, unit.Expected, unit.Beds, unit.OccupiedBeds, unit.OpenAlerts, unit.CriticalAlerts,
        unit.FamiliesWaiting, unit.LongestFamilyWaitSince, unit.Unowned, unit.AsOf)
    { ToVerify = unit.ToVerify };

    /// <summary>A wall says nothing of who has left.</summary>
    private static Api.StaysToday? Stays(BoardState board, Audience audience) =>
        audience == Audience.Wall || board.Stays is not { } stays ? null : new(stays.Ended, stays.MedianMinutes, stays.P90Minutes);

    private static IEnumerable<VisitRow> Ordered(IEnumerable<VisitRow> rows) =>
        rows.OrderBy(row => row.Location?.Room, StringComparer.Ordinal).ThenBy(row => row.Location?.Bed, StringComparer.Ordinal)
        .ThenBy(row => row.ArrivedAt);
}
