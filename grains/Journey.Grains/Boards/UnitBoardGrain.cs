using System.Collections.Immutable;
using System.Globalization;
using Journey.Contracts;
using Journey.Contracts.Boards;
using Journey.Contracts.Staff;
using Journey.Contracts.Visits;
using Journey.Domain.Families;
using Journey.Domain.Policies;
using Journey.Grains.Runtime;
using Journey.Grains.Staff;
using Journey.Grains.Storage;
using Journey.Grains.Telemetry;
using Microsoft.Extensions.Logging;

namespace Journey.Grains.Boards;

/// <summary>
/// The board of one unit: visits tell it how they stand, and it tells the gateways, reviews the visits when their deadlines come, and reports to the hospital.
/// Holds nothing that cannot be read anew from cards.
/// </summary>
[GrainType("unit-board")]
internal sealed partial class UnitBoardGrain(IJournal journal, ICards cards, Policy policy, TimeProvider clock, ISiloStatusOracle silos, BoardPulse pulse, DutyBook duty, ILogger<UnitBoardGrain> logger)
    : Grain, IUnitBoardGrain, IRemindable
{
    /// <summary>How long half a swap waits for the other.</summary>
    private static readonly TimeSpan SwapPatience = TimeSpan.FromMilliseconds(500);

    /// <summary>Orleans refuses reminders under a minute. This one keeps the board awake and makes it compare itself with the cards.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromMinutes(1);

    /// <summary>How often the alert engine says that it lives.</summary>
    private static readonly TimeSpan CheckEvery = TimeSpan.FromSeconds(15);

    /// <summary>In beats.</summary>
    private const int ReconciledEvery = 2;
    private const string ReminderName = "board-heartbeat";

    private readonly BoardRows rows = new();
    private string unit = "";
    private OwedIndex owed = null!;
    private BoardDeadlines deadlines = null!;
    private BoardBook book = null!;
    private BoardFeed feed = null!;
    private BoardReports reports = null!;
    private Alarm swaps = null!;
    private SilosThatLeft? left;
    private IDisposable? shifts;
    private IGrainTimer? beat;
    private int beats;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Assemble();
        await Activation.Read(() => book.Load(cancellationToken));
        await this.RegisterOrUpdateReminder(ReminderName, Heartbeat, Heartbeat);
        // From here on nothing may fail: Orleans would not wake the board, and yet it would count as one whose heartbeat is missing.
        deadlines.Check();
        left = new SilosThatLeft(silos, Reconcile);
        shifts = duty.Listen(deadlines.ReviewWhoGoesOffDuty);
        deadlines.ReviewWhoGoesOffDuty();
        reports.AskForNoiseNow();
        beat = this.RegisterGrainTimer(Beat, new() { DueTime = CheckEvery, Period = CheckEvery });
        reports.Report();
        reports.TellOwed();
    }

    private void Assemble()
    {
        unit = BoardKeys.CodeOf(this.GetPrimaryKeyString());
        var epoch = NameBasedGuid.Create(NameBasedGuid.Namespace, "epoch", unit, RuntimeIdentity, clock.GetUtcNow().UtcTicks.ToString(CultureInfo.InvariantCulture));
        var beds = new BedBook(unit, journal, cards, policy, clock);
        owed = new OwedIndex(unit, policy);
        deadlines = new BoardDeadlines(this, rows, GrainFactory, duty, pulse, policy, clock);
        feed = new BoardFeed(this, unit, Name, epoch, rows, beds, deadlines, clock, () =>
        {
            reports.TellOwed();
            reports.ReportSoon();
        });
        book = new BoardBook(unit, rows, beds, owed, deadlines, cards, policy, clock, feed.Changed);
        reports = new BoardReports(this, unit, Name, book, owed, GrainFactory, clock, logger);
        swaps = new Alarm(this, () =>
        {
            foreach (var half in rows.Halves()) book.Take(half);
        });
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        // First: a beat after this would count the board as awake for ever.
        beat?.Dispose();
        deadlines.Stop();
        left?.Dispose();
        shifts?.Dispose();
        feed.Flush();
        // The last silo that works is on its way out, and whoever watches through it too: there is nobody whom they could ask instead.
        if (silos.GetApproximateSiloStatuses(onlyActive: true).Count > 0) feed.TellLeft();
        return Task.CompletedTask;
    }

    public Task Announce(VisitNotice notice)
    {
        foreach (var part in rows.Arrange(notice)) book.Take(part);
        if (notice.Together is not null) swaps.SetOnce(SwapPatience);
        return Task.CompletedTask;
    }

    public Task SetBed(CommandId id, Location bed, BedStatus status, DateTimeOffset occurredAt) => book.SetBed(id, bed, status, occurredAt);

    public Task<BoardSnapshot> Read() => Task.FromResult(feed.Snapshot());

    public Task<BoardSnapshot> Watch(IBoardObserver observer) => Task.FromResult(feed.Watch(observer));

    public Task<BoardRenewal> Renew(IBoardObserver observer) => Task.FromResult(feed.Renew(observer));

    public Task Unwatch(IBoardObserver observer)
    {
        feed.Unwatch(observer);
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<ListItem>> OwedBy(string addressee) => Task.FromResult(owed.Of(addressee, clock.GetUtcNow()));

    public Task Wake() => Task.CompletedTask;

    public Task Reconsider()
    {
        deadlines.Reconsider();
        reports.AskForNoiseNow();
        return Task.CompletedTask;
    }

    public Task<WaitingRoom> WaitingRoom()
    {
        var now = clock.GetUtcNow();
        return Task.FromResult(new WaitingRoom(Name,
        [
            .. rows.Rows.Where(r => r is { Status: VisitStatus.Present, IsProbablyGone: false } && !r.IsHidden && !r.Patient.Deceased)
                .Select(r => (Row: r, Code: WaitingRoomCodes.Of(r.Visit, unit, policy, now))).Where(line => line.Code is not null)
                .Select(line => new WaitingRoomLine(line.Code!, line.Row.Step, line.Row.Family.WaitingSince is not null))
                .OrderBy(line => line.Code, StringComparer.Ordinal),
        ], now) { IsShown = policy.Family.ShowsWaitingRoom(unit) });
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        await book.Compare(CancellationToken.None);
        rows.ForgetLeft(10_000);
        reports.Report();
        // A board that nobody looks at and that shows nobody has nothing to stay awake for.
        if (rows.Count == 0 && feed.Watchers == 0 && await this.GetReminder(ReminderName) is { } reminder) await this.UnregisterReminder(reminder);
    }

    /// <summary>Makes the board agree with the cards, in case a visit could not tell it of a change. A database that does not answer now is asked again with the next beat.</summary>
    private async Task Reconcile()
    {
        try
        {
            await book.Reconcile();
        }
        catch (Exception e)
        {
            NotCompared(logger, unit, e);
        }
    }

    /// <summary>The alert engine's own heartbeat: boards show when it was last sure that nothing is overdue, and silence from it is itself an alarm.</summary>
    private async Task Beat()
    {
        // Not by the reminder alone: after a failure of the network two silos may have a board of the same unit for a while, and only one of them is reminded.
        if (++beats % ReconciledEvery == 0) await Reconcile();
        deadlines.ReviewWhoGoesOffDuty();
        if (deadlines.Check() && !feed.IsDue) feed.TellChecked();
    }

    private string Name => policy.Unit(unit)?.Name ?? unit;

    [LoggerMessage(2202, LogLevel.Warning, "Unit {Unit}: it could not be compared with the cards; it is with the next beat.")]
    private static partial void NotCompared(ILogger logger, string unit, Exception exception);

    // 2203 retired.
}
