using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Journey.Grains.Telemetry;

/// <summary>
/// The heartbeats of the boards that are awake in this silo. A board that is put to sleep, or moves, is taken out: it is not silent.
/// </summary>
internal sealed class BoardPulse
{
    private readonly ConcurrentDictionary<object, Heartbeat> _boards = new(ReferenceEqualityComparer.Instance);
    private readonly TimeProvider _clock;

    public BoardPulse(TimeProvider clock, IMeterFactory meters)
    {
        _clock = clock;
        var meter = meters.Create(JourneyMeter.Name);
        meter.CreateObservableGauge("journey.board.count", () => _boards.Count, "{board}", "Boards awake in this silo.");
        meter.CreateObservableGauge("journey.board.heartbeat.age", Oldest, "s",
            "Since the board that has waited longest was sure that no deadline is overdue; none without a board.");
        meter.CreateObservableGauge("journey.deadline.overdue", () => _boards.Values.Sum(beat => beat.Overdue), "{visit}",
            "Visits whose deadline passed more than 3 s ago without a look, at the last beat.");
    }

    /// <summary>Every 15 s.</summary>
    /// <param name="sureAt">When the board was last sure that nothing is overdue.</param>
    /// <param name="overdue">How many visits are.</param>
    public void Beat(object board, DateTimeOffset sureAt, int overdue) => _boards[board] = new Heartbeat(sureAt, overdue);

    public void Forget(object board) => _boards.TryRemove(board, out _);

    private IEnumerable<Measurement<double>> Oldest()
    {
        var beats = _boards.Values;
        if (beats.Count > 0) yield return new((_clock.GetUtcNow() - beats.Min(beat => beat.SureAt)).TotalSeconds);
    }

    private readonly record struct Heartbeat(DateTimeOffset SureAt, int Overdue);
}
