using System.Collections.Immutable;
using System.Globalization;
using Journey.Contracts;
using Journey.Contracts.Boards;
using Journey.Contracts.Staff;
using Journey.Domain.Families;
using Journey.Domain.Policies;
using Journey.Grains.Runtime;
using Journey.Grains.Staff;
using Journey.Grains.Storage;
using Journey.Grains.Telemetry;
using Microsoft.Extensions.Logging;

namespace Journey.Grains.Boards;

/// <summary>
/// The board of one unit: visits tell it how they stand, and it tells the gateways, reviews the visits when their deadlines come, and reports to the
/// hospital. Holds nothing that cannot be read anew from cards.
/// </summary>
[GrainType("unit-board")]
internal sealed partial class UnitBoardGrain(IJournal journal, ICards cards, Policy policy, TimeProvider clock, ISiloStatusOracle silos,
    BoardPulse pulse, DutyBook duty, ILogger<UnitBoardGrain> logger)
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

    private readonly BoardRows _rows = new();
    private string _unit = "";
    private OwedIndex _owed = null!;
    private BoardDeadlines _deadlines = null!;
    private BoardBook _book = null!;
    private BoardFeed _feed = null!;
    private BoardReports _reports = null!;
    private Alarm _swaps = null!;
    private SilosThatLeft? _left;
    private IDisposable? _shifts;
    private IGrainTimer? _beat;
    private int _beats;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Assemble();
        await Activation.Read(() => _book.Load(cancellationToken));
        await this.RegisterOrUpdateReminder(ReminderName, Heartbeat, Heartbeat, cancellationToken);
        // From here on nothing may fail: Orleans would not wake the board, and yet it would count as one whose heartbeat is missing.
        _deadlines.Check();
        _left = new SilosThatLeft(silos, Reconcile);
        _shifts = duty.Listen(_deadlines.ReviewWhoGoesOffDuty);
        _deadlines.ReviewWhoGoesOffDuty();
        _reports.AskForNoiseNow();
        _beat = this.RegisterGrainTimer(Beat, new() { DueTime = CheckEvery, Period = CheckEvery });
        _reports.Report();
        _reports.TellOwed();
    }

    private void Assemble()
    {
        _unit = BoardKeys.CodeOf(this.GetPrimaryKeyString());
        var epoch = NameBasedGuid.Create(NameBasedGuid.Namespace, "epoch", _unit, RuntimeIdentity,
            clock.GetUtcNow().UtcTicks.ToString(CultureInfo.InvariantCulture));
        var beds = new BedBook(_unit, journal, cards, policy, clock);
        var stays = new StayBook(policy.TimeZone);
        _owed = new OwedIndex(_unit, policy);
        _deadlines = new BoardDeadlines(this, _rows, GrainFactory, duty, pulse, policy, clock);
        _feed = new BoardFeed(this, _unit, Name, epoch, _rows, beds, stays, _deadlines, clock, () =>
        {
            _reports.TellOwed();
            _reports.ReportSoon();
        });
        _book = new BoardBook(_unit, _rows, beds, stays, _owed, _deadlines, cards, policy, clock, _feed.Changed);
        _reports = new BoardReports(this, _unit, Name, _book, _owed, GrainFactory, clock, logger);
        _swaps = new Alarm(this, () =>
        {
            foreach (var half in _rows.Halves()) _book.Take(half);
        });
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        // First: a beat after this would count the board as awake for ever.
        _beat?.Dispose();
        _deadlines.Stop();
        _left?.Dispose();
        _shifts?.Dispose();
        _feed.Flush();
        // The last silo that works is on its way out, and whoever watches through it too: there is nobody whom they could ask instead.
        if (silos.GetApproximateSiloStatuses(onlyActive: true).Count > 0) _feed.TellLeft();
        return Task.CompletedTask;
    }

    public Task Announce(VisitNotice notice)
    {
        foreach (var part in _rows.Arrange(notice)) _book.Take(part);
        if (notice.Together is not null) _swaps.SetOnce(SwapPatience);
        return Task.CompletedTask;
    }

    public Task SetBed(CommandId id, Location bed, BedStatus status, DateTimeOffset occurredAt) => _book.SetBed(id, bed, status, occurredAt);

    public Task<BoardSnapshot> Read() => Task.FromResult(_feed.Snapshot());

    public Task<BoardSnapshot> Watch(IBoardObserver observer) => Task.FromResult(_feed.Watch(observer));

    public Task<BoardRenewal> Renew(IBoardObserver observer) => Task.FromResult(_feed.Renew(observer));

    public Task Unwatch(IBoardObserver observer)
    {
        _feed.Unwatch(observer);
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<ListItem>> OwedBy(string addressee) => Task.FromResult(_owed.OwedBy(addressee, clock.GetUtcNow()));

    public Task Wake() => Task.CompletedTask;

    public Task Reconsider()
    {
        _deadlines.Reconsider();
        _reports.AskForNoiseNow();
        return Task.CompletedTask;
    }

    public Task<WaitingRoom> WaitingRoom()
    {
        var now = clock.GetUtcNow();
        return Task.FromResult(new WaitingRoom(Name,
        [
            .. _rows.Rows.Where(r => r is { Status: VisitStatus.Present, IsProbablyGone: false } && !r.IsHidden && !r.Patient.Deceased)
                .Select(r => (Row: r, Code: WaitingRoomCodes.CodeFor(r.Visit, _unit, policy, now))).Where(line => line.Code is not null)
                .Select(line => new WaitingRoomLine(line.Code!, line.Row.Step, line.Row.Family.WaitingSince is not null))
                .OrderBy(line => line.Code, StringComparer.Ordinal),
        ], now)
        { IsShown = policy.Family.ShowsWaitingRoom(_unit) });
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        await _book.Compare(CancellationToken.None);
        _rows.ForgetLeft(10_000);
        _reports.Report();
        // A board that nobody looks at and that shows nobody has nothing to stay awake for.
        if (_rows.Count == 0 && _feed.Watchers == 0 && await this.GetReminder(ReminderName) is { } reminder) await this.UnregisterReminder(reminder);
    }

    /// <summary>
    /// Makes the board agree with the cards, in case a visit could not tell it of a change. A database that does not answer now is asked again with
    /// the next beat.
    /// </summary>
    private async Task Reconcile()
    {
        try
        {
            await _book.Reconcile();
        }
        catch (Exception e)
        {
            NotCompared(logger, _unit, e);
        }
    }

    /// <summary>
    /// The alert engine's own heartbeat: boards show when it was last sure that nothing is overdue, and silence from it is itself an alarm.
    /// </summary>
    private async Task Beat()
    {
        // Not by the reminder alone: after a failure of the network two silos may have a board of the same unit for a while, and only one of them is
        // reminded.
        if (++_beats % ReconciledEvery == 0) await Reconcile();
        _deadlines.ReviewWhoGoesOffDuty();
        if (_deadlines.Check() && !_feed.IsDue) _feed.TellChecked();
    }

    private string Name => policy.Unit(_unit)?.Name ?? _unit;

    [LoggerMessage(2202, LogLevel.Warning, "Unit {Unit}: it could not be compared with the cards; it is with the next beat.")]
    private static partial void NotCompared(ILogger logger, string unit, Exception exception);

    // 2203 retired.
}
