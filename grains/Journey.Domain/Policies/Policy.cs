using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Alerts;
using Journey.Contracts.Visits;

namespace Journey.Domain.Policies;

/// <summary>What a site decided: units, pathways, and the rules by which a clock becomes an alert. Data, never constants in code.</summary>
public sealed record Policy
{
    public string Name { get; init; } = "";

    /// <summary>Grows with every change; recorded nowhere else, so a pack says its own.</summary>
    public int Version { get; init; }
    public ImmutableArray<UnitPolicy> Units { get; init; } = [];

    /// <summary>The steps of a visit by class, in order.</summary>
    public ImmutableDictionary<PatientClass, ImmutableArray<string>> Pathways { get; init; } =
        ImmutableDictionary<PatientClass, ImmutableArray<string>>.Empty;
    public ImmutableArray<Rule> Rules { get; init; } = [];

    /// <summary><c>board.rolloff</c>: how long a closed visit stays visible for look-back.</summary>
    public TimeSpan RollOff { get; init; } = TimeSpan.FromHours(48);

    /// <summary><c>undo.window</c>: how long after it was recorded a staff command may be taken back.</summary>
    public TimeSpan UndoWindow { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary><c>alert.snooze.max</c>.</summary>
    public TimeSpan MaxSnooze { get; init; } = TimeSpan.FromMinutes(60);

    /// <summary><c>bed.turnaround</c> max: dirty → clean.</summary>
    public TimeSpan BedTurnaround { get; init; } = TimeSpan.FromMinutes(60);

    /// <summary><c>timeZone</c>: where hours of day are counted.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary><c>quiet.hours</c>: what a rule with <c>quiet</c> would raise then waits until they end. Null: there are none.</summary>
    public Hours? QuietHours { get; init; }

    /// <summary><c>shifts</c>: when the house's shifts begin; by these it is asked once a shift what the boards doubt.</summary>
    public ShiftTimes Shifts { get; init; } = new([new(7, 0), new(19, 0)]);

    /// <summary>
    /// <c>alert.dwell</c>: an alert that merely stopped to apply stays at least this long, so that a feed that wavers makes none flicker.
    /// </summary>
    public TimeSpan Dwell { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary><c>alert.expected</c>: by when who takes an alert is expected to have acted, unless they say so themselves.</summary>
    public TimeSpan ExpectedWithin { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// <c>alert.budget</c>: alerts per nurse and hour; those over it go to the charge nurse as a digest. The safety tier is never counted.
    /// </summary>
    public int AlertBudget { get; init; } = 6;

    /// <summary>The escalation ladder; its last rung is the failsafe recipient, which no pack can do without.</summary>
    public ImmutableArray<Rung> Ladder { get; init; } =
        [new(Rung.Assigned, TimeSpan.Zero), new("charge-nurse", TimeSpan.FromMinutes(5)), new("house-supervisor", TimeSpan.FromMinutes(15))];
    public FamilyPolicy Family { get; init; } = new();
    public HotlinePolicy Hotline { get; init; } = new();
    public GlassPolicy Glass { get; init; } = new();
    public SnoopingPolicy Snooping { get; init; } = new();

    /// <summary><c>places</c>: what a place is for; the first that matches counts.</summary>
    public ImmutableArray<PlacePolicy> Places { get; init; } = [];

    /// <summary><c>dispositions</c>: how a visit ended, by PV1-36.</summary>
    public ImmutableDictionary<string, DepartureKind> Dispositions { get; init; } = ImmutableDictionary<string, DepartureKind>.Empty;

    /// <summary>How a visit ended by a disposition code; null when none was given. A code that the policy does not know is another end.</summary>
    public DepartureKind? Departure(string? code) =>
        code is not { Length: > 0 } ? null : Dispositions.TryGetValue(code, out var how) || Dispositions.TryGetValue(code.ToUpperInvariant(), out how)
        ? how
        : DepartureKind.Other;

    /// <summary>
    /// <c>visit.close.after</c>: a visit of which nothing was heard or done for so long has ended, by class. A class that is not listed never ends
    /// so.
    /// </summary>
    public ImmutableDictionary<PatientClass, TimeSpan> CloseAfter { get; init; } = ImmutableDictionary<PatientClass, TimeSpan>.Empty;

    /// <summary><c>doubt.silent</c>: a patient of whom nothing was heard or done for so long is probably gone, by class.</summary>
    public ImmutableDictionary<PatientClass, TimeSpan> DoubtAfter { get; init; } = ImmutableDictionary<PatientClass, TimeSpan>.Empty;

    /// <summary>How long visits usually stay in a step, as measured; no pack says it.</summary>
    public StepNorms Norms { get; init; } = StepNorms.None;

    /// <summary>What codes that strangers see are made with; no pack says it.</summary>
    public HouseKey Key { get; init; } = new();

    /// <summary>Which rules call anybody, and where; no pack says it.</summary>
    public RuleWatch Watch { get; init; } = RuleWatch.Everywhere;

    /// <summary>
    /// <c>evidence.min</c>: the share of visits, 0–1, of which a fact has to be reported for its rules to call anybody about a patient.
    /// </summary>
    public double EvidenceMin { get; init; } = 0.5;

    /// <summary><c>evidence.visits</c>: fewer finished visits on a unit say nothing of what is reported there.</summary>
    public int EvidenceVisits { get; init; } = 20;

    /// <summary><c>rule.budget</c>: how often one rule may call for each hour that a nurse is on duty.</summary>
    public double RuleBudget { get; init; } = 1;

    /// <summary><c>rule.acted.min</c>: the share, 0–1, of a rule's alerts that has to be acted on.</summary>
    public double RuleActedMin { get; init; } = 0.5;

    /// <summary>How a rule stands on a unit.</summary>
    public RuleStanding Standing(Rule rule, string unit) => Watch.Standing(rule, unit, EvidenceMin, EvidenceVisits);

    /// <summary>Whether what a rule waits for is known to be reported on a unit, or of the house when it is empty.</summary>
    public bool IsReported(Rule rule, string unit) =>
        rule.Awaits is { } fact && Watch.Reporting(unit, fact, EvidenceVisits) is { } reporting && reporting.Share >= EvidenceMin;

    /// <summary>
    /// Of what somebody said is not reported, and is by now: it holds no longer, and would silence nobody should reports fail again.
    /// </summary>
    public IEnumerable<KeyValuePair<(string Rule, string Unit), RuleDecision>> Overtaken =>
        Watch.Switches.Decided.Where(d => d.Value.To == RuleSwitch.NotReported && Rule(d.Key.Rule) is { } rule && IsReported(rule, d.Key.Unit));

    /// <summary>
    /// <c>admission.link.within</c>: an inpatient visit that begins so soon after the door of an open emergency visit continues it.
    /// </summary>
    public TimeSpan LinkWithin { get; init; } = TimeSpan.FromHours(24);

    /// <summary>
    /// <c>doubt.usual.from</c>: of how many visits that ended in a step the usual time there is measured; fewer say nothing. 10–1,000,000.
    /// </summary>
    public int UsualFrom { get; init; } = 100;

    /// <summary><c>feed.behind</c>: what was sent longer ago than this comes from a feed that is behind.</summary>
    public TimeSpan FeedBehind { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary><c>feed.settle</c>: how long nobody is called about a visit after a message that came so late: others may be behind it.</summary>
    public TimeSpan FeedSettle { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A unit whatever the case of its code.</summary>
    public UnitPolicy? Unit(string code) => Units.FirstOrDefault(u => string.Equals(u.Code, code, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// A location in the policy's spelling of its unit and bed, qualified by its facility where the policy has several of that code.
    /// </summary>
    public Location Spelled(Location location)
    {
        location = InUnit(location);
        foreach (var bed in Unit(location.Unit)?.Beds ?? [])
            if (Location.IsSame(bed.Bed, location.Bed) && Location.IsSame(bed.Room, location.Room))
                return location with { Room = bed.Room, Bed = bed.Bed };
        return location;
    }

    private Location InUnit(Location location)
    {
        if (location.Facility is { Length: > 0 } facility
            && Units.FirstOrDefault(u => string.Equals(u.Facility, facility, StringComparison.OrdinalIgnoreCase)
                && string.Equals(u.SentAs, location.Unit, StringComparison.OrdinalIgnoreCase)) is { } own)
            return location with { Unit = own.Code };
        return Unit(location.Unit) is { } unit && unit.Code != location.Unit ? location with { Unit = unit.Code } : location;
    }

    /// <summary>What a place is for, and the department it belongs to, as far as the policy says so; unknown where it does not.</summary>
    public (PlaceKind Kind, Department Department) Place(Location location)
    {
        foreach (var place in Places)
            if (place.Matches(location))
                return (place.Kind, place.Department == Department.Unknown ? Unit(location.Unit)?.Department
                    ?? Department.Unknown : place.Department);
        return (PlaceKind.Unknown, Unit(location.Unit)?.Department ?? Department.Unknown);
    }

    public Rule? Rule(string key) => Rules.FirstOrDefault(r => r.Key == key);

    public ImmutableArray<string> Pathway(PatientClass kind) =>
        Pathways.TryGetValue(kind, out var steps) || Pathways.TryGetValue(PatientClass.Other, out steps) ? steps : [];
}
