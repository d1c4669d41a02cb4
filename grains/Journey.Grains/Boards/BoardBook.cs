using Journey.Contracts;
using Journey.Contracts.Boards;
using Journey.Contracts.Visits;
using Journey.Domain.Alerts;
using Journey.Domain.Policies;
using Journey.Domain.Visits;
using Journey.Grains.Storage;

namespace Journey.Grains.Boards;

/// <summary>
/// What one board knows: its rows and what they say against each other, its beds, its totals, and what it owes. All of it can be read anew from
/// cards.
/// </summary>
/// <param name="changed">Called when something that the board shows has changed.</param>
internal sealed class BoardBook(string unit, BoardRows rows, BedBook beds, StayBook stays, OwedIndex owed, BoardDeadlines deadlines, ICards cards,
    Policy policy, TimeProvider clock, Action changed)
{
    /// <summary>The longest that a day may be.</summary>
    private static readonly TimeSpan Day = TimeSpan.FromHours(25);

    private readonly BoardTotals _totals = new();
    private readonly AlertBudget _budget = new(policy.AlertBudget);
    private readonly BedDoubts _doubts = new(rows, row => beds.ReportedFreeAt(row.Visit, row.Location!));

    /// <summary>
    /// False for a unit that nobody knows, that shows nobody and has no bed: a typing error in an address, and no unit of the hospital.
    /// </summary>
    public bool IsUnit => rows.Count > 0 || beds.View.Length > 0 || policy.Unit(unit) is not null;

    public UnitSummary Summary(string name, DateTimeOffset now) => _totals.Summary(unit, name, beds.View.Length, now);

    public async Task Load(CancellationToken cancellation)
    {
        await beds.Load(cancellation);
        await Compare(cancellation);
        rows.TakeChanges();
    }

    /// <summary>Takes in what a visit says of itself. News that is older than what is known changes nothing.</summary>
    public void Take(VisitNotice notice)
    {
        if (beds.Take(notice)) changed();
        var before = rows.Find(notice.Visit);
        if (notice.Row is { } told && Shown(told) is var shown && !ReferenceEquals(shown, told)) notice = notice with { Row = shown };
        if (!rows.Apply(notice)) return;
        _doubts.Take(before, notice.Row);
        _totals.Count(notice.Visit, before, notice.Row);
        stays.Count(notice.Visit, before, notice.Row);
        owed.Set(notice.Visit, notice.Row);
        deadlines.Set(notice.Visit, notice.Row is null ? null : notice.NextDeadline);
        changed();
    }

    /// <summary>As this board shows the row. Nearly always that is as the visit told it, and the very same.</summary>
    private VisitRow Shown(VisitRow row)
    {
        if (row.Location is { } place && beds.Spelled(place) is var spelled && !ReferenceEquals(spelled, place))
            row = row with { Location = spelled };
        return _budget.Mark(row, clock.GetUtcNow());
    }

    public async Task SetBed(CommandId id, Location bed, BedStatus status, DateTimeOffset occurredAt)
    {
        await beds.Record(id, bed, status, occurredAt);
        _doubts.Judge(bed);
        changed();
    }

    /// <summary>Reads the cards and takes in what the board missed: who is on it, and who left.</summary>
    public async Task Compare(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var known = rows.Rows.Select(r => (r.Visit, r.Version)).ToArray();
        var found = new HashSet<VisitId>();
        var missed = false;
        var closed = new List<VisitRow>();
        foreach (var card in await cards.OnUnit(unit, now - (policy.RollOff > Day ? policy.RollOff : Day), cancellation))
        {
            var visit = new VisitId(card.Visit);
            if (card.ClosedAt < now - policy.RollOff)
            {
                closed.Add(VisitJson.ReadRow(card.Row.Span, out _));
                continue;
            }

            found.Add(visit);
            if (rows.Find(visit) is { } row && row.Version >= card.Version) continue;
            missed = true;
            var read = VisitJson.ReadRow(card.Row.Span, out var isOutdated) with { Version = card.Version };
            isOutdated &= read.Status is VisitStatus.Expected or VisitStatus.Present or VisitStatus.OnLeave;
            if (isOutdated) deadlines.Outdate(visit);
            Take(new VisitNotice(visit, card.Version, read, isOutdated ? now : card.NextDeadline, null));
        }

        foreach (var (visit, seen) in known)
        {
            // A row that changed while the cards were read is newer than they are.
            if (found.Contains(visit) || rows.Find(visit)?.Version != seen) continue;
            missed = true;
            Take(new VisitNotice(visit, seen, null, null, null));
        }

        // Off the board before their day is over: they count still.
        foreach (var row in closed) stays.Count(row.Visit, null, row);
        // Cards do not say which beds were left.
        if (!missed) return;
        await beds.Compare(cancellation);
        changed();
    }

    /// <summary>
    /// As <see cref="Compare"/>, where the mark of the cards is not the board's; and reads the bed reports again when the outcome of one is unknown.
    /// </summary>
    public async Task Reconcile()
    {
        if (await beds.Reread(CancellationToken.None))
        {
            foreach (var bed in beds.View) _doubts.Judge(new Location(unit, bed.Room, bed.Bed));
            changed();
        }

        var mark = await cards.Mark(unit, clock.GetUtcNow() - policy.RollOff);
        if (mark != new BoardMark(rows.Count, rows.Rows.Sum(row => row.Version))) await Compare(CancellationToken.None);
    }
}
