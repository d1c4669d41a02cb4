using System.Text;
using Journey.Api;
using Journey.Simulator.Model;
using Microsoft.Extensions.Logging;

namespace Journey.Simulator.Feed;

/// <summary>
/// Somebody looks at the boards and takes some of the alerts: most are acknowledged within minutes, a few are put off or acted on at once,
/// and some stay for the person who tries the demo. What becomes of an alert hangs on its id alone.
/// </summary>
internal sealed partial class AlertDuty(StaffDesk desk, Run run, Tally tally, TimeProvider clock, double speed, ILogger log)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(15);
    private const int MostAtOnce = 4;
    private readonly HashSet<Guid> _done = [];

    public async Task Run(CancellationToken cancellation)
    {
        while (true)
        {
            await Task.Delay(Look, clock, cancellation);
            foreach (var unit in DemoFloor.Units)
            {
                if (await desk.Board(unit.Code, cancellation) is not { } board) continue;
                var open = board.Rows.SelectMany(row => row.Alerts.Select(alert => (Row: row, Alert: alert)));
                foreach (var (row, alert) in open.Where(o => IsDue(o.Alert, board.AsOf)).Take(MostAtOnce).ToList()) await Act(row, alert, cancellation);
            }
        }
    }

    private bool IsDue(Alert alert, DateTimeOffset now) =>
        alert.State == "raised" && !_done.Contains(alert.Id) && Plan(alert) is { } plan && alert.RaisedAt + plan.After <= now;

    private async Task Act(BoardRow row, Alert alert, CancellationToken cancellation)
    {
        if (_done.Count > 10_000) _done.Clear();
        _done.Add(alert.Id);
        var (path, body) = Plan(alert)!.Value.What switch
        {
            "snooze" => ("snooze", (object)new SnoozeRequest(clock.GetUtcNow().AddMinutes(20), "Waiting for results")),
            "resolve" => ("resolve", new ResolveRequest("Spoke with the patient")),
            _ => ("acknowledge", new AcknowledgeRequest(clock.GetUtcNow().AddMinutes(15))),
        };
        var by = row.Nurse ?? Staff.Charge.Name;
        var key = $"{run.Tag}-{path}-{alert.Id:N}";
        var (status, code) = await desk.Post($"{Paths.Visits}/{row.VisitId}/alerts/{alert.Id}/{path}", body, by, key, cancellation);
        if (status is >= 200 and < 300) tally.CountAlert();
        else NotTaken(log, path, status, code);
    }

    /// <summary>What is done about an alert and how long after it was raised; null for nothing.</summary>
    private (string What, TimeSpan After)? Plan(Alert alert)
    {
        var dice = Dice.For(run.Hospital.Seed, Encoding.Latin1.GetString(alert.Id.ToByteArray()));
        var after = dice.Minutes(1, 9) / Math.Max(1, speed);
        return dice.Unit() switch { < 0.5 => ("acknowledge", after), < 0.57 => ("snooze", after), < 0.72 => ("resolve", after), _ => null };
    }

    [LoggerMessage(5301, LogLevel.Debug, "An alert could not be taken ({Path}: {Status} {Code})")]
    private static partial void NotTaken(ILogger log, string path, int? status, string? code);
}
