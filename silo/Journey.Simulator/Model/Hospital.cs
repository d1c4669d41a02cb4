using System.Collections.Immutable;

namespace Journey.Simulator.Model;

/// <summary>
/// A hospital as a story that is fixed by its seed and its start: the same two always tell the same events, as far as anybody cares to read.
/// Nothing in it knows of clocks, wires or how fast it is told.
/// </summary>
/// <param name="Seed">Which story.</param>
/// <param name="Start">When the emergency department opens its doors, in the hospital's own offset (daylight saving is not modelled).</param>
public sealed record Hospital(long Seed, DateTimeOffset Start)
{
    /// <summary>How far back the longest stay of the stock began.</summary>
    public static readonly TimeSpan StockReach = TimeSpan.FromHours(72);

    /// <summary>How its people and systems tell of it; part of the story as the seed is.</summary>
    public Habits Habits { get; init; } = Habits.None;

    /// <summary>
    /// The events in order, without end. First come the admissions of those who are on the wards already, with their true times before
    /// <see cref="Start"/>. Every enumeration tells the story anew from its beginning.
    /// </summary>
    public IEnumerable<HospitalEvent> Events() => new Course(this).Run();
}

/// <summary>
/// One telling. Every journey is an iterator that yields how long it waits; the queue resumes whoever is next. What must wait for a
/// bed or a colleague yields <see cref="Held"/> and is woken by whoever gives it up.
/// </summary>
internal sealed partial class Course
{
    /// <summary>Until somebody wakes the process.</summary>
    private static readonly TimeSpan Held = TimeSpan.MaxValue;

    private readonly Hospital _hospital;
    private readonly PriorityQueue<(Process Process, int Wake), (DateTimeOffset At, long Order)> _agenda = new();
    private readonly List<HospitalEvent> _told = [];
    private readonly Dictionary<string, double> _due = [];
    private DateTimeOffset _now;
    private Process _running = null!;
    private long _order;
    private long _sequence;

    public Course(Hospital hospital)
    {
        _hospital = hospital with { Start = Whole(hospital.Start) };
        _now = _hospital.Start - Hospital.StockReach;
        _slots = DemoFloor.Units.SelectMany(u => u.Beds).Select(b => new BedSlot(b)).ToImmutableArray();
        OpenWards();
        StartAt(_hospital.Start, Arrivals());
        StartAt(_hospital.Start, DirectAdmissions());
        StartAt(_hospital.Start, Swaps());
        StartAt(_hospital.Start, Closures());
        StartAt(_hospital.Start, ShiftChanges());
    }

    public IEnumerable<HospitalEvent> Run()
    {
        while (_agenda.TryDequeue(out var next, out var when))
        {
            if (next.Wake != next.Process.Wake) continue;                       // was woken by other means since
            _now = when.At;
            Resume(next.Process);
            foreach (var told in _told) yield return told;
            _told.Clear();
        }
    }

    private void Start(IEnumerable<TimeSpan> steps) => StartAt(_now, steps);

    private void StartAt(DateTimeOffset at, IEnumerable<TimeSpan> steps) => Schedule(new Process(steps.GetEnumerator()), at);

    /// <summary>Resumes a process as soon as those before it have had their turn.</summary>
    private void Wake(Process process)
    {
        process.Wake++;
        Schedule(process, _now);
    }

    private void Schedule(Process process, DateTimeOffset at) => _agenda.Enqueue((process, process.Wake), (Whole(at), _order++));

    /// <summary>Everything happens on a whole second, which is what the feed can say.</summary>
    private static DateTimeOffset Whole(DateTimeOffset at) => new(at.Ticks - at.Ticks % TimeSpan.TicksPerSecond, at.Offset);

    private void Resume(Process process)
    {
        process.Wake++;
        _running = process;
        if (process.Steps.MoveNext() && process.Steps.Current != Held) Schedule(process, _now + process.Steps.Current);
    }

    /// <summary>
    /// True for one in <paramref name="each"/> asked (0: for none), evenly rather than by chance: a rare thing shall happen on every day, for every
    /// seed.
    /// </summary>
    private bool OneIn(double each, string what)
    {
        if (each == 0) return false;
        var share = _due.GetValueOrDefault(what, 0.5 + 0.5 * Dice.For(_hospital.Seed, what).Unit()) + 1 / each;
        var now = share >= 1;
        _due[what] = now ? share - 1 : share;
        return now;
    }

    /// <summary>Sends a message about a visit as it is now.</summary>
    /// <param name="told">What the message says of the visit, where that is more than what is kept.</param>
    /// <param name="cancels">When the fact that is cancelled had occurred.</param>
    /// <param name="gaveUp">A bed that is free because of this message, although the message does not name it.</param>
    /// <param name="late">How long ago it happened: whoever enters it comes to it only now.</param>
    private void Adt(
        Visit visit, string trigger, VisitFacts? told = null, DateTimeOffset? cancels = null, bool withContacts = false, bool personOnly = false,
        FloorBed? gaveUp = null, TimeSpan late = default)
    {
        var occurred = visit.Occurs(_now - late - TimeSpan.FromSeconds(visit.Dice.Between(0, 75)));
        if (trigger is "A01" or "A04" && visit.Facts.AdmittedAt is null) visit.Facts = visit.Facts with { AdmittedAt = occurred };
        if (trigger is "A03") visit.Facts = visit.Facts with { DischargedAt = occurred };
        visit.LastOf[trigger] = occurred;
        var concerns = visit.Concerns(told);
        if (gaveUp is not null) concerns = concerns.Add(gaveUp.ToString());
        _told.Add(new AdtSent(++_sequence, _now, occurred, visit.Pathway, concerns, trigger, visit.CalledStill ?? visit.Person,
            personOnly ? null : Stamp(told ?? visit.Facts, visit))
        {
            CancelledAt = cancels,
            Contacts = withContacts ? visit.Contacts : [],
        });
    }

    /// <summary>Facts handed in were made before the times of this very message were known.</summary>
    private static VisitFacts Stamp(VisitFacts facts, Visit visit) =>
        facts with { AdmittedAt = visit.Facts.AdmittedAt, DischargedAt = visit.Facts.DischargedAt };

    private void Enter(Visit visit, StaffMember? by, StaffAct act, int lagSeconds = 20)
    {
        if (!visit.OnTheBooks || by is null) return;
        var occurred = visit.Occurs(_now - TimeSpan.FromSeconds(visit.Dice.Between(0, lagSeconds)));
        _told.Add(new StaffEntered(++_sequence, _now, occurred, visit.Pathway, visit.Concerns(null), visit.Facts.Number, by.Name, act));
    }

    private sealed class Process(IEnumerator<TimeSpan> steps)
    {
        public IEnumerator<TimeSpan> Steps { get; } = steps;

        /// <summary>Counts resumptions; an entry on the agenda with an older count is void.</summary>
        public int Wake { get; set; }
    }

    /// <summary>People of whom there are only so many; whoever finds none waits in line.</summary>
    private sealed class Crew(int size)
    {
        private readonly PriorityQueue<Process, (int Priority, long Order)> _line = new();
        private int _free = size;
        private long _order;

        public int Waiting => _line.Count;

        public IEnumerable<TimeSpan> Take(Course course, int priority = 0)
        {
            if (_free > 0)
            {
                _free--;
                yield break;
            }

            _line.Enqueue(course._running, (priority, _order++));
            yield return Held;                                                  // Give hands the place over, so it is not counted free in between
        }

        public void Give(Course course)
        {
            if (_line.TryDequeue(out var next, out _)) course.Wake(next);
            else _free++;
        }
    }
}
