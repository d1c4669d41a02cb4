using System.Collections.Immutable;
using Journey.Simulator.Feed;
using Journey.Simulator.Model;

namespace Journey.Simulator.Crooked;

/// <summary>A message as it arrives.</summary>
public sealed record ArrivingMessage(DateTimeOffset ArrivesAt, ReadOnlyMemory<byte> Bytes);

/// <summary>
/// A simulated hospital as a receiver really hears it, with the truth beside it: for properties that hold whatever the feed is like. Seeded: the same
/// hospital, crookedness and seed give the same bytes in the same order.
/// </summary>
public sealed class CrookedFeed
{
    private readonly Crookedness _how;
    private readonly Dice _dice;
    private readonly Dictionary<string, string> _renumbered = [];
    private readonly Dictionary<string, string> _retired = [];
    private readonly List<ArrivingMessage> _arriving = [];

    private CrookedFeed(Crookedness how, long seed) => (_how, _dice) = (how, Dice.For(seed, "crooked"));

    /// <summary>In the order in which they arrive.</summary>
    public ImmutableArray<ArrivingMessage> Messages { get; private set; } = [];

    public Truth Truth { get; private set; } = null!;

    /// <param name="hospital">With whatever habits; but what its story leaves out (<see cref="Habits.NoEnds"/>) the truth does not know
    /// either.</param>
    /// <param name="length">How much of the hospital's time from its start on; what happened before the start comes too.</param>
    public static CrookedFeed Create(Hospital hospital, TimeSpan length, Crookedness how, long seed)
    {
        var end = hospital.Start + length;
        var story = hospital.Events().TakeWhile(told => told.At < end).ToList();
        var run = new Run(hospital);
        var rendering = new Hl7Rendering(run, Timeline.Begin(hospital.Start - Hospital.StockReach, end, 1));
        var feed = new CrookedFeed(how, seed) { Truth = Truth.From(story) };
        var admitted = feed.Admissions(story);
        foreach (var told in story)
            if (rendering.Render(told) is { } message) feed.Tell(told, new Hl7Text(message), admitted);
        feed.Messages = [.. feed._arriving.OrderBy(message => message.ArrivesAt)];
        return feed;
    }

    /// <summary>The event with which each visit that began in the emergency department is admitted, as far as that gives it a new number.</summary>
    private Dictionary<string, (long Sequence, bool Planned)> Admissions(List<HospitalEvent> story)
    {
        var emergencies = new HashSet<string>();
        var admissions = new Dictionary<string, (long, bool)>();
        foreach (var told in story.OfType<AdtSent>().Where(told => told.Visit is not null))
        {
            if (told.Trigger == "A04") emergencies.Add(told.Visit!.Number);
            if (told.Visit!.Class == "I" && emergencies.Remove(told.Visit.Number) && _dice.Chance(_how.Renumbered))
                admissions.Add(told.Visit.Number, (told.Sequence, !_dice.Chance(_how.Unplanned)));
        }

        return admissions;
    }

    private void Tell(HospitalEvent told, Hl7Text text, Dictionary<string, (long Sequence, bool Planned)> admitted)
    {
        var merge = told as AdtSent is { PriorNumber: not null } merging ? merging : null;
        if (text.First("PV1", 19) is { Length: > 0 } number && admitted.TryGetValue(number, out var admission))
        {
            if (told is AdtSent { Trigger: "A14" } && !admission.Planned) return;
            if (told.Sequence == admission.Sequence)
            {
                _renumbered[number] = $"I{number}";
                text.Trigger("A01");
                // A system that opens a new visit says of it when that one began.
                text.SetFirst("PV1", 44, text.First("EVN", 6));
            }
        }

        text.Replace("PV1", 19, _renumbered);
        if (merge is not null) _retired[merge.Person.Number] = merge.PriorNumber!;
        else if (_retired.TryGetValue(text.First("PID", 3), out var old) && _dice.Chance(_how.RetiredIds)) text.SetFirst("PID", 3, old);
        if (_how.Skew != TimeSpan.Zero && told is OrderSent or AdtSent { Trigger: "A08" or "A54" or "A31" }) Second(text);
        if (_dice.Chance(_how.Lost)) return;
        var at = told.At + _how.Reordering * _dice.Unit();
        if (_dice.Chance(_how.Delayed) || (merge is not null && _dice.Chance(_how.LateMerges))) at += _how.Delay * _dice.Unit();
        var bytes = text.ToArray();
        _arriving.Add(new(at, bytes));
        if (_dice.Chance(_how.Repeated)) _arriving.Add(new(at + _how.Delay * _dice.Unit(), bytes));
        if (merge is null || !_dice.Chance(_how.CircularMerges)) return;
        text.SetFirst("PID", 3, merge.PriorNumber!);
        text.SetFirst("MRG", 1, merge.Person.Number);
        text.SetFirst("MSH", 10, $"C{text.First("MSH", 10)}");
        foreach (var (segment, field) in Times) text.Shift(segment, field, TimeSpan.FromSeconds(30));
        _arriving.Add(new(at + TimeSpan.FromSeconds(30), text.ToArray()));
    }

    /// <summary>Where a message says when it was sent, recorded and meant.</summary>
    private static readonly ImmutableArray<(string Segment, int Field)> Times = [("MSH", 7), ("EVN", 2), ("EVN", 6)];

    private void Second(Hl7Text text)
    {
        text.SetFirst("MSH", 3, DemoFloor.LaboratoryApplication);
        text.SetFirst("MSH", 4, DemoFloor.Laboratory);
        foreach (var (segment, field) in Times) text.Shift(segment, field, _how.Skew);
    }
}
