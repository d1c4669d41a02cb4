using Journey.Api;
using Journey.Simulator.Feed;
using Journey.Simulator.Model;

namespace Journey.Simulator.Loop;

/// <summary>Something that somebody does over HTTP, once.</summary>
/// <param name="Key">Its idempotency key: one for ever.</param>
/// <param name="By">Who does it.</param>
internal sealed record Deed(string Key, string Path, object Body, string By)
{
    /// <summary>Told the id of what it made.</summary>
    public Action<Guid>? Done { get; init; }
}

/// <summary>Somebody who looks at a board's rows and sees what is theirs to do.</summary>
internal interface IDuty
{
    IEnumerable<Deed> Look(string unit, BoardRow row);
}

/// <summary>
/// What a person on the floor knows: the time, who works, and what they saw before. What becomes of a thing hangs on the run's seed and the
/// thing's id alone, so that two runs that meet the same do the same.
/// </summary>
internal sealed class Floor(Run run, Timeline timeline, double speed)
{
    private const int MostRemembered = 20_000;

    /// <summary>How far back things have come up when the loop begins: a board that is looked at first is not empty.</summary>
    private static readonly TimeSpan Reach = TimeSpan.FromMinutes(12);

    private static readonly TimeSpan Slot = TimeSpan.FromMinutes(5);
    private readonly Dictionary<string, DateTimeOffset> _seen = [];
    private DateTimeOffset? _looked;

    /// <summary>The server's time at this look.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>True during the first look.</summary>
    public bool IsOpening => _looked is null;

    /// <summary>The time of day that the staff have.</summary>
    public DateTimeOffset TimeOfDay => timeline.Hospital(Now);

    public void Begin(DateTimeOffset now) => Now = now;

    public void End() => _looked = Now;

    public Dice Dice(string purpose, object what) => Model.Dice.For(run.Hospital.Seed, $"{purpose} {what}");

    public TimeSpan Minutes(Dice dice, double from, double to) => dice.Minutes(from, to) / Math.Max(1, speed);

    /// <summary>True once so much time has gone since it was first asked about a thing.</summary>
    public bool IsDue(string what, TimeSpan after)
    {
        if (_seen.Count > MostRemembered) _seen.Clear();
        if (!_seen.TryGetValue(what, out var since)) _seen[what] = since = Now;
        return since + after <= Now;
    }

    /// <summary>When a thing that comes up so often an hour came up since the last look.</summary>
    public IEnumerable<DateTimeOffset> Happens(string what, double perHour)
    {
        var slot = Slot / Math.Max(1, speed);
        var from = _looked ?? Now - Reach / Math.Max(1, speed);
        for (var number = from.UtcTicks / slot.Ticks; number <= Now.UtcTicks / slot.Ticks; number++)
        {
            var dice = Model.Dice.For(run.Hospital.Seed, what, number);
            if (!dice.Chance(perHour * Slot.TotalHours)) continue;
            var at = new DateTimeOffset(number * slot.Ticks + (long)(slot.Ticks * dice.Unit()), TimeSpan.Zero);
            if (at > from && at <= Now) yield return at;
        }
    }

    public string Key(string what, object of) => $"{run.Tag}-{what}-{of}";

    public string Charge(string unit) => Staff.ChargeOf(unit, TimeOfDay).Name;

    public string Supervisor() => Staff.SupervisorAt(TimeOfDay).Name;

    public static string Liaison(Dice dice) => dice.Pick(Staff.Liaisons).Name;

    /// <summary>Whom patient and family turn to, or who looks after the whole unit.</summary>
    public string Contact(string unit, BoardRow row) => row.PointOfContact ?? row.Nurse ?? Charge(unit);

    /// <summary>A nurse of the unit who works now and is not <paramref name="than"/>.</summary>
    public string OtherNurse(string unit, string? than, Dice dice) => dice.Pick([.. Staff.NursesOf(unit, TimeOfDay).Where(n => n.Name != than)]).Name;

    public static string At(BoardRow row, string path) => $"{Paths.Visits}/{row.VisitId}/{path}";
}
