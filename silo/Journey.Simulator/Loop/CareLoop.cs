using Journey.Api;
using Journey.Simulator.Feed;
using Journey.Simulator.Model;
using Microsoft.Extensions.Logging;

namespace Journey.Simulator.Loop;

/// <summary>
/// The people of the demo: they look at the boards and at the line every few seconds, and do what is theirs. Once the past is told they begin; what
/// they did is the server's to remember, so that a restart goes on with what stands there.
/// </summary>
internal sealed partial class CareLoop(StaffDesk desk, Run run, Timeline timeline, Tally tally, TimeProvider clock, double speed, ILogger log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private const int MostRemembered = 50_000;
    private readonly HashSet<string> _done = [];
    private readonly Floor _floor = new(run, timeline, speed);

    public async Task Run(CancellationToken cancellation)
    {
        var shifts = new Shifts(_floor, timeline);
        var (needs, handoffs) = (new NeedDuty(_floor), new HandoffDuty(_floor, path => desk.Get<HandoffContent>(path, cancellation)));
        IDuty[] duties = [new AlertDuty(_floor), new OwedDuty(_floor), new FamilyDuty(_floor), needs];
        var (line, relatives) = (new HotlineDuty(_floor), new Relatives(_floor, desk, tally));
        while (true)
        {
            _floor.Begin(clock.GetUtcNow());
            await Do(shifts.Enrol().Concat(shifts.Begin()), cancellation);
            var rows = new List<(string Unit, BoardRow Row)>();
            foreach (var unit in DemoFloor.Units)
                if (await desk.Board(unit.Code, cancellation) is { } board) rows.AddRange(board.Rows.Select(row => (unit.Code, row)));
            foreach (var (unit, row) in rows)
            {
                await Do(duties.SelectMany(duty => duty.Look(unit, row)), cancellation);
                await Do(await handoffs.Look(unit, row), cancellation);
                await relatives.Look(row, cancellation);
            }

            if (_floor.IsOpening) await Do(needs.Opening(rows), cancellation);
            if (await desk.Get<Hotline>(Paths.Hotline, cancellation) is { } calls)
                await Do(line.Look(calls, [.. rows.Select(r => r.Row).Where(r => r.Status == "present")]), cancellation);
            _floor.End();
            await Task.Delay(Pause, clock, cancellation);
        }
    }

    private async Task Do(IEnumerable<Deed> deeds, CancellationToken cancellation)
    {
        foreach (var deed in deeds)
        {
            if (_done.Count > MostRemembered) _done.Clear();
            if (!_done.Add(deed.Key)) continue;
            var answer = await desk.Post(deed.Path, deed.Body, deed.By, deed.Key, cancellation);
            if (answer.IsDone) tally.CountCared();
            else tally.CountDeclined();
            if (answer is { IsDone: true, Command: { } made }) deed.Done?.Invoke(made);
            else if (!answer.IsDone) Declined(log, deed.Path[(deed.Path.LastIndexOf('/') + 1)..], answer.Status, answer.Code);
        }
    }

    [LoggerMessage(5301, LogLevel.Debug, "The hospital declined what somebody wanted to do ({What}: {Status} {Code})")]
    private static partial void Declined(ILogger log, string what, int? status, string? code);
}
