using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Boards;
using Journey.Contracts.Visits;
using Journey.Domain.Beds;
using Journey.Domain.Policies;
using Journey.Grains.Storage;
using Journey.Grains.Streams;

namespace Journey.Grains.Boards;

/// <summary>
/// The beds of one unit: those of the policy pack, those that were reported (A20, in the unit's own stream), and those that somebody lay in, which is
/// written with the visits' own commits.
/// </summary>
internal sealed class BedBook(string unit, IJournal journal, ICards cards, Policy policy, TimeProvider clock)
{
    /// <summary>So many stays of a bed are looked at: the last one, and what comes to light when moves are taken back.</summary>
    public const int StaysPerBed = 8;

    /// <summary>
    /// A board is of use without its store too. So it does not give up its activation when the outcome of a report is unknown, but reads the stream
    /// again: see <see cref="Reread"/>.
    /// </summary>
    private readonly EventStream<BedReports, BedEvent> _stream = new(KnownStreams.Unit, StreamKinds.Unit + unit, journal, clock);
    private readonly Dictionary<Bed, ImmutableArray<Use>> _uses = [];
    private readonly Dictionary<VisitId, long> _latest = [];
    private ImmutableArray<BedView> _view = [];

    /// <summary>Grows whenever what <see cref="View"/> shows has changed.</summary>
    public long Revision { get; private set; }

    public ImmutableArray<BedView> View => _view;

    public async Task Load(CancellationToken cancellation)
    {
        await _stream.Open(cancellation);
        await Compare(cancellation);
    }

    /// <summary>Reads what became of a report whose outcome nobody knew. True when that changes what is shown.</summary>
    public async Task<bool> Reread(CancellationToken cancellation)
    {
        if (!_stream.IsBehind) return false;
        await _stream.CatchUp(cancellation);
        return Refresh();
    }

    /// <summary>Reads anew who lay where: nobody may have told.</summary>
    public async Task Compare(CancellationToken cancellation)
    {
        var stays = await cards.BedStays(unit, StaysPerBed, cancellation);
        _uses.Clear();
        foreach (var of in stays.GroupBy(stay => Bed.At(stay.Stay.Location)))
            _uses[of.Key] = [.. of.Select(stay => new Use(new VisitId(stay.Visit), stay.Stay))];
        Refresh();
    }

    /// <summary>Takes in which beds of the unit a visit is or was in. True when that changes what is shown.</summary>
    public bool Take(VisitNotice notice)
    {
        if (notice.Beds.IsDefault || _latest.GetValueOrDefault(notice.Visit) > notice.Version) return false;
        if (_latest.Count >= 10_000) _latest.Clear();
        _latest[notice.Visit] = notice.Version;
        foreach (var (bed, known) in _uses.Where(pair => pair.Value.Any(use => use.Visit == notice.Visit)).ToArray())
            _uses[bed] = known.RemoveAll(use => use.Visit == notice.Visit);
        foreach (var stay in notice.Beds)
        {
            var bed = Bed.At(stay.Location);
            _uses[bed] =
                [.. _uses.GetValueOrDefault(bed, []).Add(new(notice.Visit, stay)).OrderByDescending(use => use.Stay.Since).Take(StaysPerBed)];
        }

        foreach (var (bed, _) in _uses.Where(pair => pair.Value.IsEmpty).ToArray()) _uses.Remove(bed);
        return Refresh();
    }

    /// <summary>The location as the bed in it is spelled here: as the policy has it, else as it was first heard.</summary>
    public Location Spelled(Location location)
    {
        if (location.Bed is { Length: > 0 })
            foreach (var bed in _view)
                if (Location.IsSame(bed.Bed, location.Bed) && Location.IsSame(bed.Room, location.Room))
                    return location with { Room = bed.Room, Bed = bed.Bed };
        return location;
    }

    /// <summary>When the bed was said to be free, or to be made ready, since the visit came to it; null when it was not.</summary>
    public DateTimeOffset? ReportedFreeAt(VisitId visit, Location location)
    {
        if (location.Bed is not { Length: > 0 } || _stream.State.Find(Bed.At(location)) is not { Status: not BedStatus.Unknown } report) return null;
        foreach (var use in _uses.GetValueOrDefault(Bed.At(location), []))
            if (use.Visit == visit && use.Stay.Until is null) return report.At > use.Stay.Since ? report.At : null;
        return null;
    }

    /// <summary>Records what is said of a bed, durably when the task completes. Older news than what was said before changes nothing.</summary>
    public async Task Record(CommandId id, Location location, BedStatus status, DateTimeOffset occurredAt)
    {
        if (location.Bed is not { Length: > 0 }) return;
        var report = new BedReport(status, occurredAt);
        await _stream.Execute(id, Actor.System, (reports, _) => reports.Decide(Bed.At(location), report));
        Refresh();
    }

    private bool Refresh()
    {
        ImmutableArray<BedView> now =
        [
            .. (policy.Unit(unit)?.Beds ?? []).Select(bed => new Bed(bed.Room, bed.Bed)).Union(_stream.State.ByBed.Keys).Union(_uses.Keys)
                .OrderBy(bed => bed.Room, StringComparer.Ordinal).ThenBy(bed => bed.Name.Length).ThenBy(bed => bed.Name, StringComparer.Ordinal)
                .Select(ToView),
        ];
        if (now.SequenceEqual(_view)) return false;
        _view = now;
        Revision++;
        return true;
    }

    private BedView ToView(Bed bed)
    {
        var state = BedState.From(_stream.State.Find(bed), _uses.GetValueOrDefault(bed, []).Select(use => use.Stay));
        // The store keeps UTC. In UTC a bed looks the same whether its stays were told or read.
        var since = state.Since?.ToUniversalTime();
        return new(bed.Room, bed.Name, state.Status, since, state.Status is BedStatus.Dirty or BedStatus.Cleaning
            ? since + policy.BedTurnaround
            : null);
    }

    private readonly record struct Use(VisitId Visit, Stay Stay);
}
