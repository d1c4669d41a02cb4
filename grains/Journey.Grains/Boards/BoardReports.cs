using Journey.Contracts.Alerts;
using Journey.Contracts.Boards;
using Journey.Contracts.Staff;
using Journey.Grains.Runtime;
using Microsoft.Extensions.Logging;

namespace Journey.Grains.Boards;

/// <summary>
/// What one board tells other grains: its totals to the hospital, and to lists that something they owe has changed. Nobody waits for it: all of it follows from what is durable already.
/// </summary>
internal sealed partial class BoardReports
{
    /// <summary>Totals are for a glance.</summary>
    private static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(200);

    /// <summary>How often it asks which rules are above their budget on the unit.</summary>
    private static readonly TimeSpan NoiseEvery = TimeSpan.FromHours(1);
    private static readonly TimeSpan NoiseRetry = TimeSpan.FromMinutes(1);

    private readonly (string Unit, string Name) board;
    private readonly BoardBook book;
    private readonly OwedIndex owed;
    private readonly IGrainFactory grains;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private readonly Alarm report;
    private readonly Alarm shift;
    private readonly Alarm noise;
    private DateTimeOffset noiseDue;
    private long reportedAt;

    public BoardReports(IGrainBase grain, string unit, string name, BoardBook book, OwedIndex owed, IGrainFactory grains, TimeProvider clock, ILogger logger)
    {
        (board, this.book, this.owed, this.grains, this.clock, this.logger) = ((unit, name), book, owed, grains, clock, logger);
        report = new(grain, Report);
        shift = new(grain, TellOwed);
        // Counting takes a while, and no call of the board may wait for it.
        noise = new(grain, AskForNoise, interleaves: true);
    }

    /// <summary>At once when the last report is a while ago, else a while after it.</summary>
    public void ReportSoon()
    {
        var wait = ReportEvery - clock.GetElapsedTime(reportedAt);
        if (wait > TimeSpan.Zero) report.SetOnce(wait);
        else Report();
    }

    public void Report()
    {
        report.Stop();
        reportedAt = clock.GetTimestamp();
        if (book.IsUnit) Send(grains.GetGrain<IHospitalGrain>(BoardKeys.Hospital).Report(book.Summary(board.Name, clock.GetUtcNow())));
    }

    /// <summary>Hints to every list whose items changed. What the unit owes as a whole changes with its shifts too.</summary>
    public void TellOwed()
    {
        var now = clock.GetUtcNow();
        foreach (var addressee in owed.TakeChanged(now)) Send(grains.GetGrain<IOwedListGrain>(addressee).Hint(board.Unit));
        if (owed.ChangesAt(now) is { } next) shift.Set(next - now);
        else shift.Stop();
    }

    /// <summary>Asks now which rules are above their budget.</summary>
    public void AskForNoiseNow()
    {
        noiseDue = clock.GetUtcNow();
        noise.Set(TimeSpan.Zero);
    }

    /// <summary>The hour runs from the question and not from its answer; what could not be answered is asked again soon, and what was known before holds until then.</summary>
    private async Task AskForNoise()
    {
        noiseDue = clock.GetUtcNow() + NoiseEvery;
        try
        {
            owed.SetNoise(await grains.GetGrain<IRulesGrain>(RuleKeys.House).OverBudget(board.Unit));
            TellOwed();
        }
        catch (Exception e)
        {
            NotTold(logger, board.Unit, e);
            noiseDue = clock.GetUtcNow() + NoiseRetry;
        }

        // Somebody may have asked for it at once meanwhile.
        noise.Set(noiseDue - clock.GetUtcNow());
    }

    private void Send(Task call) => Background.Run(call, e => NotTold(logger, board.Unit, e));

    [LoggerMessage(2201, LogLevel.Warning, "Unit {Unit}: its totals could not be told; they are told again with the next change.")]
    private static partial void NotTold(ILogger logger, string unit, Exception exception);
}
