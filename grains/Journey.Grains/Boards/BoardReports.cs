using Journey.Contracts.Alerts;
using Journey.Contracts.Boards;
using Journey.Grains.Runtime;
using Microsoft.Extensions.Logging;

namespace Journey.Grains.Boards;

/// <summary>
/// What one board tells other grains: its totals to the hospital, and to lists that something they owe has changed. Nobody waits for it: all of it
/// follows from what is durable already.
/// </summary>
internal sealed partial class BoardReports
{
    /// <summary>Totals are for a glance.</summary>
    private static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(200);

    /// <summary>How often it asks which rules are above their budget on the unit.</summary>
    private static readonly TimeSpan NoiseEvery = TimeSpan.FromHours(1);
    private static readonly TimeSpan NoiseRetry = TimeSpan.FromMinutes(1);

    private readonly (string Unit, string Name) _board;
    private readonly BoardBook _book;
    private readonly OwedIndex _owed;
    private readonly IGrainFactory _grains;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Alarm _report;
    private readonly Alarm _shift;
    private readonly Alarm _noise;
    private DateTimeOffset _noiseDue;
    private long _reportedAt;

    public BoardReports(IGrainBase grain, string unit, string name, BoardBook book, OwedIndex owed, IGrainFactory grains, TimeProvider clock,
        ILogger logger)
    {
        (_board, _book, _owed, _grains, _clock, _logger) = ((unit, name), book, owed, grains, clock, logger);
        _report = new(grain, Report);
        _shift = new(grain, TellOwed);
        // Counting takes a while, and no call of the board may wait for it.
        _noise = new(grain, AskForNoise, interleaves: true);
    }

    /// <summary>At once when the last report is a while ago, else a while after it.</summary>
    public void ReportSoon()
    {
        var wait = ReportEvery - _clock.GetElapsedTime(_reportedAt);
        if (wait > TimeSpan.Zero) _report.SetOnce(wait);
        else Report();
    }

    public void Report()
    {
        _report.Stop();
        _reportedAt = _clock.GetTimestamp();
        if (_book.IsUnit) Send(Hospital.Report(_book.Summary(_board.Name, _clock.GetUtcNow())));
    }

    /// <summary>Hints to every list whose items changed. What the unit owes as a whole changes with its shifts too.</summary>
    public void TellOwed()
    {
        var now = _clock.GetUtcNow();
        foreach (var addressee in _owed.TakeChanged(now)) Send(_grains.OwedList(addressee).Hint(_board.Unit));
        if (_owed.ChangesAt(now) is { } next) _shift.Set(next - now);
        else _shift.Stop();
    }

    /// <summary>Asks now which rules are above their budget.</summary>
    public void AskForNoiseNow()
    {
        _noiseDue = _clock.GetUtcNow();
        _noise.Set(TimeSpan.Zero);
    }

    /// <summary>
    /// The hour runs from the question and not from its answer; what could not be answered is asked again soon, and what was known before holds until
    /// then.
    /// </summary>
    private async Task AskForNoise()
    {
        _noiseDue = _clock.GetUtcNow() + NoiseEvery;
        try
        {
            _owed.SetNoise(await _grains.GetGrain<IRulesGrain>(RuleKeys.House).OverBudget(_board.Unit));
            TellOwed();
        }
        catch (Exception e)
        {
            NotTold(_logger, _board.Unit, e);
            _noiseDue = _clock.GetUtcNow() + NoiseRetry;
        }

        // Somebody may have asked for it at once meanwhile.
        _noise.Set(_noiseDue - _clock.GetUtcNow());
    }

    /// <summary>Kept: making a reference is not free.</summary>
    private IHospitalGrain Hospital => field ??= _grains.GetGrain<IHospitalGrain>(BoardKeys.Hospital);

    private void Send(Task call) => Background.Run(call, e => NotTold(_logger, _board.Unit, e));

    [LoggerMessage(2201, LogLevel.Warning, "Unit {Unit}: its totals could not be told; they are told again with the next change.")]
    private static partial void NotTold(ILogger logger, string unit, Exception exception);
}
