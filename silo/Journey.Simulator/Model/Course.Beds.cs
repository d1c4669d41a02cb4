using System.Collections.Immutable;

namespace Journey.Simulator.Model;

/// <summary>Bed management and housekeeping: the one place where a bed gets or loses its holder.</summary>
internal sealed partial class Course
{
    private readonly ImmutableArray<BedSlot> _slots;
    private readonly List<BedRequest> _requests = [];
    private readonly Crew _emergencyCleaners = new(2);
    private readonly Crew _wardCleaners = new(2);
    private long _bedEvents;

    private sealed class BedRequest(Visit visit, Process process, int priority, long order, Func<FloorBed, bool> suits)
    {
        public Visit Visit { get; } = visit;
        public Process Process { get; } = process;
        public (int Priority, long Order) Rank { get; } = (priority, order);
        public Func<FloorBed, bool> Suits { get; set; } = suits;
        public BedSlot? Granted { get; set; }
    }

    /// <summary>Asks for a bed; <see cref="BedRequest.Granted"/> is set at once or when the process is woken.</summary>
    private BedRequest Ask(Visit visit, int priority, Func<FloorBed, bool> suits)
    {
        var request = new BedRequest(visit, _running, priority, _order++, suits);
        _requests.Add(request);
        Match(wake: false);
        return request;
    }

    private void Withdraw(BedRequest request)
    {
        _requests.Remove(request);
        if (request.Granted is not { } slot) return;
        slot.PromisedTo = null;
        Match();
    }

    private void Match(bool wake = true)
    {
        foreach (var request in _requests.OrderBy(r => r.Rank).ToList())
        {
            if (_slots.FirstOrDefault(s => s.Free && request.Suits(s.Bed)) is not { } slot) continue;
            slot.PromisedTo = request.Visit;
            request.Granted = slot;
            _requests.Remove(request);
            if (wake || request.Process != _running) Wake(request.Process);
        }
    }

    private static void Occupy(Visit visit, BedSlot slot)
    {
        if (slot.Holder is not null || (slot.PromisedTo is { } other && other != visit)) throw new InvalidOperationException($"{slot.Bed} is taken.");
        (slot.Holder, slot.PromisedTo, visit.Slot) = (visit, null, slot);
        visit.Facts = visit.Facts with { Location = slot.Bed };
    }

    /// <summary>Moves a patient (A02), to a bed or to a place without one; the bed left behind is dirty.</summary>
    private void Move(Visit visit, BedSlot? to, FloorBed? place = null)
    {
        var (from, left) = (visit.Facts.Location, visit.Slot);
        if (left is not null) left.Holder = null;
        visit.Slot = null;
        if (to is not null) Occupy(visit, to);
        else visit.Facts = visit.Facts with { Location = place };
        visit.Facts = visit.Facts with { PendingLocation = null };
        Adt(visit, "A02", visit.Facts with { PriorLocation = from });
        if (left is not null) Soil(left);
    }

    /// <summary>The patient is gone from the bed.</summary>
    private void Release(Visit visit)
    {
        if (visit.Slot is not { } slot) return;
        (slot.Holder, visit.Slot) = (null, null);
        Soil(slot);
    }

    private void Soil(BedSlot slot)
    {
        slot.State = BedState.Dirty;
        Start(Clean(slot));
    }

    private IEnumerable<TimeSpan> Clean(BedSlot slot)
    {
        var dice = Dice.For(_hospital.Seed, "clean", _bedEvents++);
        var emergency = slot.Bed.Unit == DemoFloor.Emergency.Code;
        var crew = emergency ? _emergencyCleaners : _wardCleaners;
        yield return dice.Minutes(0.3, 2);
        Tell(slot, BedState.Dirty);
        yield return dice.Minutes(emergency ? 2 : 5, emergency ? 6 : 20);       // until housekeeping has seen it
        foreach (var pause in crew.Take(this)) yield return pause;
        Tell(slot, BedState.Cleaning);
        yield return dice.Around(emergency ? 9 : 28, 0.3);
        crew.Give(this);
        Tell(slot, BedState.Clean);
        Match();
    }

    /// <summary>Now and then a bed is out of order for some hours.</summary>
    private IEnumerable<TimeSpan> Closures()
    {
        var dice = Dice.For(_hospital.Seed, "closures");
        foreach (var slot in _slots.Where(s => s.Free)) Tell(slot, BedState.Clean);
        while (true)
        {
            yield return dice.Minutes(4 * 60, 9 * 60);
            List<BedSlot> free;
            while ((free = [.. _slots.Where(s => s.Free)]).Count == 0) yield return dice.Minutes(10, 20);
            var slot = dice.Pick(free);
            Tell(slot, BedState.Closed);
            yield return dice.Minutes(90, 240);
            Tell(slot, BedState.Clean);
            Match();
        }
    }

    private void Tell(BedSlot slot, BedState state)
    {
        slot.State = state;
        _told.Add(new BedSent(++_sequence, _now, _now, Pathway.House, [slot.Bed.ToString()], slot.Bed, state));
    }

    /// <summary>Two patients of one ward change beds: to bring company together, or to put somebody near the nurses.</summary>
    private IEnumerable<TimeSpan> Swaps()
    {
        var dice = Dice.For(_hospital.Seed, "swaps");
        while (true)
        {
            yield return dice.Minutes(3 * 60, 7 * 60);
            var unit = dice.Pick([DemoFloor.Medical, DemoFloor.Surgical]);
            var settled = _present.Where(v => v is { Settled: true, Away: false, Gone: false } && v.Slot?.Bed.Unit == unit.Code).ToList();
            if (settled.Count < 2) continue;
            var one = dice.Pick(settled);
            var two = dice.Pick(settled.Where(v => v != one).ToList());
            (one.Slot, two.Slot) = (two.Slot, one.Slot);
            (one.Slot!.Holder, two.Slot!.Holder) = (one, two);
            one.Facts = one.Facts with { Location = one.Slot.Bed };
            two.Facts = two.Facts with { Location = two.Slot.Bed };
            var occurred = Max(one.Occurs(_now), two.Occurs(_now));
            _told.Add(new AdtSent(++_sequence, _now, occurred, one.Pathway, [.. one.Concerns(null), .. two.Concerns(null)], "A17", one.Person,
                one.Facts with { PriorLocation = two.Facts.Location })
            {
                Other = (two.Person, two.Facts with { PriorLocation = one.Facts.Location }),
            });
            foreach (var visit in new[] { one, two }) TellSoon(visit, 14, "Moved to another bed", null);
        }
    }

    private static DateTimeOffset Max(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
