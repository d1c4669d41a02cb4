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

    /// <summary>What visits told last. Without their stays where these were read anew since.</summary>
    private readonly Dictionary<VisitId, Told> _told = [];
    private readonly Dictionary<Bed, int> _places = [];

    /// <summary>Of the news that is being taken in.</summary>
    private readonly HashSet<Bed> _touched = [];

    /// <summary>What the policy says of each; asked once.</summary>
    private readonly Dictionary<Bed, PlaceKind> _kinds = [];

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
        foreach (var visit in _told.Keys) _told[visit] = new(_told[visit].Version, default);
        foreach (var of in stays.GroupBy(stay => Bed.At(stay.Stay.Location)))
            _uses[of.Key] = [.. of.Select(stay => new Use(new VisitId(stay.Visit), stay.Stay))];
        Refresh();
    }

    /// <summary>
    /// Takes in which beds of the unit a visit is or was in. True when that changes what is shown. Most news of a visit says of its beds what the
    /// last said, and costs nothing here; else it costs what the visit's own beds do.
    /// </summary>
    public bool Take(VisitNotice notice)
    {
        var known = _told.GetValueOrDefault(notice.Visit);
        if (notice.Beds.IsDefault || known.Version > notice.Version) return false;
        if (_told.Count >= 10_000) _told.Clear();
        _told[notice.Visit] = new(notice.Version, notice.Beds);
        if (!known.Beds.IsDefault && known.Beds.SequenceEqual(notice.Beds)) return false;
        var touched = _touched;
        touched.Clear();
        foreach (var bed in known.Beds.IsDefault ? BedsWith(notice.Visit) : known.Beds.Select(stay => Bed.At(stay.Location)))
        {
            if (!touched.Add(bed) || !_uses.TryGetValue(bed, out var uses)) continue;
            _uses[bed] = uses.RemoveAll(use => use.Visit == notice.Visit);
        }

        foreach (var stay in notice.Beds)
        {
            var bed = Bed.At(stay.Location);
            touched.Add(bed);
            _uses[bed] = With(_uses.GetValueOrDefault(bed, []), new(notice.Visit, stay));
        }

        foreach (var bed in touched)
            if (_uses.TryGetValue(bed, out var uses) && uses.IsEmpty) _uses.Remove(bed);
        return Refresh(touched);
    }

    /// <summary>Newest first, and no more than are looked at.</summary>
    private static ImmutableArray<Use> With(ImmutableArray<Use> uses, Use use)
    {
        var at = 0;
        while (at < uses.Length && uses[at].Stay.Since >= use.Stay.Since) at++;
        if (at == StaysPerBed) return uses;
        uses = uses.Insert(at, use);
        return uses.Length > StaysPerBed ? uses.RemoveAt(StaysPerBed) : uses;
    }

    private Bed[] BedsWith(VisitId visit) =>
        [.. _uses.Where(pair => pair.Value.Any(use => use.Visit == visit)).Select(pair => pair.Key)];

    /// <summary>The location as the bed in it is spelled here: as the policy has it, else as it was first heard.</summary>
    public Location Spelled(Location location)
    {
        if (location.Bed is { Length: > 0 })
            foreach (var bed in _view)
                if (Location.IsSame(bed.Bed, location.Bed) && Location.IsSame(bed.Room, location.Room))
                    return bed.Room == location.Room && bed.Bed == location.Bed ? location : location with { Room = bed.Room, Bed = bed.Bed };
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

    /// <summary>Shows anew the beds that were touched; all of them when one is new or gone.</summary>
    private bool Refresh(HashSet<Bed> touched)
    {
        ImmutableArray<BedView>.Builder? now = null;
        foreach (var bed in touched)
        {
            if (!_places.TryGetValue(bed, out var place) || !IsKnown(bed)) return Refresh();
            // As it is spelled here already.
            var view = ToView(new Bed(_view[place].Room, _view[place].Bed));
            if (view != _view[place]) (now ??= _view.ToBuilder())[place] = view;
        }

        if (now is null) return false;
        _view = now.MoveToImmutable();
        Revision++;
        return true;
    }

    private bool Refresh()
    {
        var beds = Listed().Union(_stream.State.ByBed.Keys).Union(_uses.Keys)
            .OrderBy(bed => bed.Room, StringComparer.Ordinal).ThenBy(bed => bed.Name.Length).ThenBy(bed => bed.Name, StringComparer.Ordinal)
            .ToArray();
        _places.Clear();
        for (var place = 0; place < beds.Length; place++) _places[beds[place]] = place;
        ImmutableArray<BedView> now = [.. beds.Select(ToView)];
        if (now.SequenceEqual(_view)) return false;
        _view = now;
        Revision++;
        return true;
    }

    private IEnumerable<Bed> Listed() => (policy.Unit(unit)?.Beds ?? []).Select(bed => new Bed(bed.Room, bed.Bed));

    private bool IsKnown(Bed bed) => _uses.ContainsKey(bed) || _stream.State.Find(bed) is not null || Listed().Contains(bed);

    private BedView ToView(Bed bed)
    {
        var state = BedState.From(_stream.State.Find(bed), _uses.GetValueOrDefault(bed, []).Select(use => use.Stay));
        // The store keeps UTC. In UTC a bed looks the same whether its stays were told or read.
        var since = state.Since?.ToUniversalTime();
        return new(bed.Room, bed.Name, state.Status, since, state.Status is BedStatus.Dirty or BedStatus.Cleaning
            ? since + policy.BedTurnaround
            : null)
        { Kind = KindOf(bed) };
    }

    private PlaceKind KindOf(Bed bed) =>
        _kinds.TryGetValue(bed, out var kind) ? kind : _kinds[bed] = policy.Place(new Location(unit, bed.Room, bed.Name)).Kind;

    private readonly record struct Use(VisitId Visit, Stay Stay);

    private readonly record struct Told(long Version, ImmutableArray<Stay> Beds);
}
