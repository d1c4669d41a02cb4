using Journey.Api;
using Journey.Dashboard.Boards;
using Journey.Dashboard.Words;

namespace Journey.Dashboard.Alerts;

/// <summary>An open alert with the row it stands on.</summary>
public sealed record OpenLine(Board Board, BoardRow Row, Alert Alert)
{
    /// <summary>Untaken before taken, critical first, then the one that waits longest. Depends on no clock: nothing jumps by itself.</summary>
    public static IReadOnlyList<OpenLine> AllOn(IEnumerable<Board> boards) => [
        .. boards.SelectMany(b => b.Rows.Where(r => !BoardQuery.IsToVerify(r)), (board, row) => (board, row))
            .SelectMany(x => x.row.Alerts.Where(BoardQuery.IsOpen), (x, alert) => new OpenLine(x.board, x.row, alert))
            .OrderBy(l => l.Alert.State switch { AlertStates.Raised => 0, AlertStates.Acknowledged => 1, _ => 2 })
            .ThenByDescending(l => Say.Severity(l.Alert.Severity)).ThenByDescending(l => l.Alert.Safety).ThenBy(l => l.Alert.RaisedAt),
    ];
}
