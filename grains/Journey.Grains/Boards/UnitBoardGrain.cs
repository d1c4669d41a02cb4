using System.Collections.Immutable;
using System.Diagnostics;
using Journey.Contracts;
using Journey.Contracts.Alerts;
using Journey.Contracts.Boards;
using Journey.Contracts.Staff;
using Journey.Contracts.Visits;
using Journey.Domain.Alerts;
using Journey.Domain.Families;
using Journey.Domain.Policies;
using Journey.Domain.Visits;
using Journey.Grains.Staff;
using Journey.Grains.Storage;
using Journey.Grains.Telemetry;
using Microsoft.Extensions.Logging;

namespace Journey.Grains.Boards;

/// <summary>
/// The board of one unit: rows told by visits, deltas to the gateways, and the deadlines of its visits in one queue with one timer.
/// Holds nothing that cannot be read anew from cards.
/// </summary>
[GrainType("unit-board")]
internal sealed partial class UnitBoardGrain(IJournal journal, ICards cards, Policy policy, TimeProvider clock, ISiloStatusOracle silos, BoardPulse pulse, DutyBook duty, ILogger<UnitBoardGrain> logger)
    : Grain, IUnitBoardGrain, IRemindable
{
    /// <summary>What one message changes travels together.</summary>
    private static readonly TimeSpan Coalesce = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// A busy board tells no more often than this. A delta's price is the number of its watchers, not of its rows: on a board with a hundred
    /// changes a second this is half the price of telling each 20 ms.
    /// </summary>
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(40);

    /// <summary>Totals are for a glance.</summary>
    private static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(200);

    /// <summary>How long half a swap waits for the other.</summary>
    private static readonly TimeSpan SwapPatience = TimeSpan.FromMilliseconds(500);

    /// <summary>Orleans refuses reminders under a minute. This one keeps the board awake and makes it compare itself with the cards.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromMinutes(1);

    /// <summary>How often the alert engine says that it lives.</summary>
    private static readonly TimeSpan CheckEvery = TimeSpan.FromSeconds(15);

    /// <summary>A visit's silo may hear of a shift a moment later than the board's.</summary>
    private static readonly TimeSpan Hearsay = TimeSpan.FromMilliseconds(500);

    /// <summary>How often it asks which rules are above their budget on the unit.</summary>
    private static readonly TimeSpan NoiseEvery = TimeSpan.FromHours(1);
    private static readonly TimeSpan NoiseRetry = TimeSpan.FromMinutes(1);

    /// <summary>A deadline this late has not been looked at as it should have been.</summary>
    private static readonly TimeSpan Lateness = TimeSpan.FromSeconds(3);

    /// <summary>In beats.</summary>
    private const int ComparedEvery = 2;

    private const int MaxReviewsAtOnce = 64;

    /// <summary>Of a delta that carries more changes only the first few have their traces followed to the browsers.</summary>
    private const int MaxTraces = 16;
    private const string ReminderName = "board-heartbeat";

    private readonly BoardRows rows = new();
    private readonly BoardTotals totals = new();
    private readonly Watchers<IBoardObserver> observers = new(clock);
    private readonly AlertBudget budget = new(policy.AlertBudget);
    private OwedIndex owed = null!;
    private BedDoubts doubts = null!;
    private DeadlineQueue deadlines = null!;
    private BedBook beds = null!;
    private string unit = "";
    private Guid epoch;
    private long version;

    /// <summary>The beds as of the last delta.</summary>
    private long bedsTold;
    private long firstChange;
    private bool isFlushDue;
    private long flushedAt;
    private IGrainTimer flush = null!;
    private IGrainTimer review = null!;
    private IGrainTimer shift = null!;
    private IGrainTimer noise = null!;
    private DateTimeOffset noiseDue;
    private readonly List<string> traces = [];
    private SilosThatLeft? left;
    private IDisposable? shifts;
    private int beats;

    /// <summary>Visits of which it is not known what is due by the rules as they are: an earlier version wrote the card, or a rule was turned on or off since.</summary>
    private readonly HashSet<VisitId> outdated = [];
    private IGrainTimer? beat;
    private IGrainTimer? patience;
    private IGrainTimer? report;
    private long reportedAt;
    private DateTimeOffset? alertsCheckedAt;
    private DateTimeOffset awakeSince;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        unit = BoardKeys.CodeOf(this.GetPrimaryKeyString());
        var now = awakeSince = clock.GetUtcNow();
        epoch = NameBasedGuid.Create(NameBasedGuid.Namespace, "epoch", unit, RuntimeIdentity, now.UtcTicks.ToString(System.Globalization.CultureInfo.InvariantCulture));
        review = this.RegisterGrainTimer(ReviewDue, new() { DueTime = Timeout.InfiniteTimeSpan, Period = Timeout.InfiniteTimeSpan });
        owed = new OwedIndex(unit, policy);
        shift = this.RegisterGrainTimer(ShiftBegan, new() { DueTime = Timeout.InfiniteTimeSpan, Period = Timeout.InfiniteTimeSpan });
        deadlines = new DeadlineQueue(clock, Review, wait => review.Change(wait, Timeout.InfiniteTimeSpan), MaxReviewsAtOnce);
        beds = new BedBook(unit, journal, cards, policy, clock);
        doubts = new BedDoubts(rows, row => beds.ReportedFreeAt(row.Visit, row.Location!));
        flush = this.RegisterGrainTimer(FlushDue, new() { DueTime = Timeout.InfiniteTimeSpan, Period = Timeout.InfiniteTimeSpan });
        await Activation.Read(async () =>
        {
            await beds.Load(cancellationToken);
            await Compare(cancellationToken);
        });
        rows.TakeChanges();
        await this.RegisterOrUpdateReminder(ReminderName, Heartbeat, Heartbeat);
        // From here on nothing fails: a board that did not wake up has no heartbeat to be missed.
        CheckAlerts();
        left = new SilosThatLeft(silos, CompareSoon);
        shifts = duty.Listen(BringOffDuty);
        BringOffDuty();
        // Beside everything else: it takes a while to count, and no board may wait for it. What it sets at the end holds whatever happened meanwhile.
        noise = this.RegisterGrainTimer(AskForNoise, new() { DueTime = TimeSpan.Zero, Period = Timeout.InfiniteTimeSpan, Interleave = true });
        beat = this.RegisterGrainTimer(Beat, new() { DueTime = CheckEvery, Period = CheckEvery });
        Report();
        TellOwed();
    }

    /// <summary>Whoever watches need not wait until it finds out by itself.</summary>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        // First, or it might be heard once more and then never again.
        beat?.Dispose();
        pulse.Forget(this);
        left?.Dispose();
        shifts?.Dispose();
        Flush();
        // With no silo left that works there is nobody to ask anew; the last one is on its way out, and so is whoever watches through it.
        if (silos.GetApproximateSiloStatuses(onlyActive: true).Count > 0) observers.Tell(o => o.Left(unit));
        return Task.CompletedTask;
    }

    public Task Announce(VisitNotice notice)
    {
        foreach (var part in rows.Arrange(notice)) Take(part);
        if (notice.Together is not null) patience ??= this.RegisterGrainTimer(LoseSwapPatience, new() { DueTime = SwapPatience, Period = Timeout.InfiniteTimeSpan });
        return Task.CompletedTask;
    }

    public async Task SetBed(CommandId id, Location bed, BedStatus status, DateTimeOffset occurredAt)
    {
        await beds.Record(id, bed, status, occurredAt);
        doubts.Judge(bed);
        Changed();
    }

    public Task<BoardSnapshot> Read() => Task.FromResult(Snapshot());

    public Task<BoardSnapshot> Watch(IBoardObserver observer)
    {
        // What is not sent yet goes to those who watch already; the newcomer's snapshot holds it.
        Flush();
        observers.Add(observer);
        return Task.FromResult(Snapshot());
    }

    public Task<BoardRenewal> Renew(IBoardObserver observer)
    {
        observers.Add(observer);
        return Task.FromResult(new BoardRenewal(unit, epoch, version, clock.GetUtcNow()));
    }

    public Task<ImmutableArray<ListItem>> OwedBy(string addressee) => Task.FromResult(owed.Of(addressee, clock.GetUtcNow()));

    public Task Wake() => Task.CompletedTask;

    public Task Reconsider()
    {
        var now = clock.GetUtcNow();
        foreach (var row in rows.Rows.Where(row => row.Status is VisitStatus.Expected or VisitStatus.Present or VisitStatus.OnLeave).ToArray())
        {
            outdated.Add(row.Visit);
            deadlines.Set(row.Visit, now);
        }

        noiseDue = now;
        noise.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    /// <summary>An hour after it was asked, and not after it was answered; what could not be answered is asked again soon.</summary>
    private async Task AskForNoise()
    {
        noiseDue = clock.GetUtcNow() + NoiseEvery;
        try
        {
            owed.SetNoise(await GrainFactory.GetGrain<IRulesGrain>(RuleKeys.House).OverBudget(unit));
            TellOwed();
        }
        catch (Exception e)
        {
            // What was known before holds until then.
            NotKept(logger, unit, e);
            noiseDue = clock.GetUtcNow() + NoiseRetry;
        }

        var left = noiseDue - clock.GetUtcNow();
        noise.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
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

    public Task Unwatch(IBoardObserver observer)
    {
        observers.Remove(observer);
        return Task.CompletedTask;
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        await Compare(CancellationToken.None);
        rows.ForgetLeft(10_000);
        Report();
        // A board that nobody looks at and that shows nobody has nothing to stay awake for.
        if (rows.Count == 0 && observers.Count == 0 && await this.GetReminder(ReminderName) is { } reminder) await this.UnregisterReminder(reminder);
    }

    /// <summary>Makes the board agree with the cards: at activation, and ever after in case an announcement was lost.</summary>
    private async Task Compare(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var since = now - policy.RollOff;
        var known = rows.Rows.Select(r => (r.Visit, r.Version)).ToArray();
        var found = new HashSet<VisitId>();
        var missed = false;
        foreach (var card in await cards.OnUnit(unit, since, cancellation))
        {
            var visit = new VisitId(card.Visit);
            found.Add(visit);
            if (rows.Find(visit) is { } row && row.Version >= card.Version) continue;
            missed = true;
            var read = VisitJson.ReadRow(card.Row.Span, out var isOutdated) with { Version = card.Version };
            isOutdated &= read.Status is VisitStatus.Expected or VisitStatus.Present or VisitStatus.OnLeave;
            if (isOutdated) outdated.Add(visit);
            Take(new VisitNotice(visit, card.Version, read, isOutdated ? now : card.NextDeadline, null));
        }

        foreach (var (visit, seen) in known)
        {
            if (found.Contains(visit) || rows.Find(visit)?.Version != seen) continue;
            missed = true;
            Take(new VisitNotice(visit, seen, null, null, null));
        }

        // Cards do not say which beds were left.
        if (!missed) return;
        await beds.Compare(cancellation);
        Changed();
    }

    /// <summary>Reads the cards where their mark is not the board's. A database that does not answer now is asked again with the next beat.</summary>
    private async Task CompareSoon()
    {
        try
        {
            if (await beds.Settle(CancellationToken.None))
            {
                foreach (var bed in beds.View) doubts.Judge(new Location(unit, bed.Room, bed.Bed));
                Changed();
            }

            var mark = await cards.Mark(unit, clock.GetUtcNow() - policy.RollOff);
            if (mark != new BoardMark(rows.Count, rows.Rows.Sum(row => row.Version))) await Compare(CancellationToken.None);
        }
        catch (Exception e)
        {
            NotCompared(logger, unit, e);
        }
    }

    private void Take(VisitNotice notice)
    {
        if (beds.Hear(notice)) Changed();
        var before = rows.Find(notice.Visit);
        if (notice.Row is { Location: { } place } at) notice = notice with { Row = at with { Location = beds.Spelled(place) } };
        if (notice.Row is { } row) notice = notice with { Row = budget.Mark(row, clock.GetUtcNow()) };
        if (!rows.Apply(notice)) return;
        doubts.Take(before, notice.Row);
        totals.Count(notice.Visit, before, notice.Row);
        owed.Set(notice.Visit, notice.Row);
        deadlines.Set(notice.Visit, notice.Row is null ? null : notice.NextDeadline);
        Changed();
    }

    /// <summary>Told behind: totals follow from what is durable already.</summary>
    private void Keep(Task write)
    {
        if (!write.IsCompletedSuccessfully) _ = Forgive(write);
    }

    private async Task Forgive(Task work)
    {
        try
        {
            await work;
        }
        catch (Exception e)
        {
            NotKept(logger, unit, e);
        }
    }

    private void Changed()
    {
        if (traces.Count < MaxTraces && Activity.Current is { Recorded: true, Id: { } trace }) traces.Add(trace);
        if (isFlushDue) return;
        isFlushDue = true;
        firstChange = clock.GetTimestamp();
        var wait = Between - clock.GetElapsedTime(flushedAt, firstChange);
        flush.Change(wait > Coalesce ? wait : Coalesce, Timeout.InfiniteTimeSpan);
    }

    private Task FlushDue()
    {
        Flush();
        return Task.CompletedTask;
    }

    private void Flush()
    {
        if (!isFlushDue) return;
        isFlushDue = false;
        ImmutableArray<string>? traced = traces.Count == 0 ? null : [.. traces];
        traces.Clear();
        var bedsChanged = beds.Revision != bedsTold;
        if (!rows.HasChanges && !bedsChanged) return;
        var now = clock.GetUtcNow();
        var (changed, removed) = rows.TakeChanges();
        Tell(new BoardDelta(unit, epoch, ++version, now, changed, removed, bedsChanged ? beds.View : null, traced) { AlertsCheckedAt = alertsCheckedAt });
        flushedAt = clock.GetTimestamp();
        bedsTold = beds.Revision;
        TellOwed();
        JourneyMeter.BoardLag.Record(clock.GetElapsedTime(firstChange).TotalMilliseconds);
        ReportSoon();
    }

    private Task ShiftBegan()
    {
        TellOwed();
        return Task.CompletedTask;
    }

    private void TellOwed()
    {
        var now = clock.GetUtcNow();
        foreach (var addressee in owed.TakeChanged(now)) Keep(GrainFactory.GetGrain<IOwedListGrain>(addressee).Hint(unit));
        shift.Change(owed.ChangesAt(now) is { } next ? next - now : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private void Tell(BoardDelta delta) => observers.Tell(o => o.Changed(delta));

    /// <summary>The alert engine's own heartbeat: boards show when it was last sure that nothing is overdue, and silence from it is itself an alarm.</summary>
    private async Task Beat()
    {
        // By itself and not by its reminder alone: after a failure of the network there can be two of one board for a while, and only one of them is reminded.
        if (++beats % ComparedEvery == 0) await CompareSoon();
        BringOffDuty();
        if (CheckAlerts() && !isFlushDue) Tell(new BoardDelta(unit, epoch, ++version, clock.GetUtcNow(), [], [], null) { AlertsCheckedAt = alertsCheckedAt });
    }

    private bool CheckAlerts()
    {
        var now = clock.GetUtcNow();
        var isSure = !deadlines.IsOverdue(now - Lateness);
        if (isSure) alertsCheckedAt = now;
        pulse.Hear(this, alertsCheckedAt ?? awakeSince, isSure ? 0 : deadlines.CountOverdue(now - Lateness));
        return isSure;
    }

    private Task LoseSwapPatience()
    {
        patience?.Dispose();
        patience = null;
        foreach (var half in rows.Halves()) Take(half);
        return Task.CompletedTask;
    }

    private Task ReviewDue()
    {
        deadlines.Work();
        return Task.CompletedTask;
    }

    /// <summary>Whoever goes off duty, or went before their time, is a deadline of their patients, whenever their shift was entered.</summary>
    private void BringOffDuty()
    {
        var now = clock.GetUtcNow();
        foreach (var row in rows.Rows)
            if (OffDuty.DueAt(row, duty.Duty, policy, now) is { } at) deadlines.Bring(row.Visit, at > now ? at : now + Hearsay);
    }

    private async Task Review(VisitId visit)
    {
        var grain = GrainFactory.GetGrain<IVisitGrain>(visit.Value);
        if (!outdated.Contains(visit))
        {
            await grain.Review();
            return;
        }

        await grain.Renew();
        outdated.Remove(visit);
    }

    /// <summary>At once when the last report is a while ago, else a while after it.</summary>
    private void ReportSoon()
    {
        var since = clock.GetElapsedTime(reportedAt);
        if (since >= ReportEvery) Report();
        else report ??= this.RegisterGrainTimer(ReportNow, new() { DueTime = ReportEvery - since, Period = Timeout.InfiniteTimeSpan });
    }

    private Task ReportNow()
    {
        Report();
        return Task.CompletedTask;
    }

    /// <summary>A unit that nobody knows, that shows nobody and has no bed is a typing error in an address, not a unit of the hospital.</summary>
    private void Report()
    {
        report?.Dispose();
        report = null;
        reportedAt = clock.GetTimestamp();
        if (rows.Count == 0 && beds.View.Length == 0 && policy.Unit(unit) is null) return;
        Keep(GrainFactory.GetGrain<IHospitalGrain>(BoardKeys.Hospital).Report(totals.Summary(unit, Name, beds.View.Length, clock.GetUtcNow())));
    }

    private BoardSnapshot Snapshot() => new(unit, Name, epoch, version, clock.GetUtcNow(), rows.All, beds.View) { AlertsCheckedAt = alertsCheckedAt };

    private string Name => policy.Unit(unit)?.Name ?? unit;

    [LoggerMessage(2202, LogLevel.Warning, "Unit {Unit}: it could not be compared with the cards; it is with the next beat.")]
    private static partial void NotCompared(ILogger logger, string unit, Exception exception);

    // 2203 retired.

    [LoggerMessage(2201, LogLevel.Warning, "Unit {Unit}: its totals could not be told; they are told again with the next change.")]
    private static partial void NotKept(ILogger logger, string unit, Exception exception);
}
