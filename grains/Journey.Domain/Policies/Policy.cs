using System.Collections.Immutable;
using Journey.Contracts.Alerts;
using Journey.Contracts.Families;
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
    public ImmutableDictionary<PatientClass, ImmutableArray<string>> Pathways { get; init; } = ImmutableDictionary<PatientClass, ImmutableArray<string>>.Empty;
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

    /// <summary><c>alert.dwell</c>: an alert that merely stopped to apply stays at least this long, so that a feed that wavers makes none flicker.</summary>
    public TimeSpan Dwell { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary><c>alert.expected</c>: by when who takes an alert is expected to have acted, unless they say so themselves.</summary>
    public TimeSpan ExpectedWithin { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary><c>alert.budget</c>: alerts per nurse and hour; those over it go to the charge nurse as a digest. The safety tier is never counted.</summary>
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
        code is not { Length: > 0 } ? null : Dispositions.TryGetValue(code, out var how) || Dispositions.TryGetValue(code.ToUpperInvariant(), out how) ? how : DepartureKind.Other;

    /// <summary><c>visit.close.after</c>: a visit of which nothing was heard or done for so long has ended, by class. A class that is not listed never ends so.</summary>
    public ImmutableDictionary<PatientClass, TimeSpan> CloseAfter { get; init; } = ImmutableDictionary<PatientClass, TimeSpan>.Empty;

    /// <summary><c>doubt.silent</c>: a patient of whom nothing was heard or done for so long is probably gone, by class.</summary>
    public ImmutableDictionary<PatientClass, TimeSpan> DoubtAfter { get; init; } = ImmutableDictionary<PatientClass, TimeSpan>.Empty;

    /// <summary>How long visits usually stay in a step, as measured; no pack says it.</summary>
    public StepNorms Norms { get; init; } = StepNorms.None;

    /// <summary>What codes that strangers see are made with; no pack says it.</summary>
    public HouseKey Key { get; init; } = new();

    /// <summary>Which rules call anybody, and where; no pack says it.</summary>
    public RuleWatch Watch { get; init; } = RuleWatch.Everywhere;

    /// <summary><c>evidence.min</c>: the share of visits, 0–1, of which a fact has to be reported for its rules to call anybody about a patient.</summary>
    public double EvidenceMin { get; init; } = 0.5;

    /// <summary><c>evidence.visits</c>: fewer finished visits on a unit say nothing of what is reported there.</summary>
    public int EvidenceVisits { get; init; } = 20;

    /// <summary><c>rule.budget</c>: how often one rule may call for each hour that a nurse is on duty.</summary>
    public double RuleBudget { get; init; } = 1;

    /// <summary><c>rule.acted.min</c>: the share, 0–1, of a rule's alerts that has to be acted on.</summary>
    public double RuleActedMin { get; init; } = 0.5;

    /// <summary>How a rule stands on a unit.</summary>
    public RuleStanding Standing(Rule rule, string unit) => Watch.Of(rule, unit, EvidenceMin, EvidenceVisits);

    /// <summary>Whether what a rule waits for is known to be reported on a unit, or of the house when it is empty.</summary>
    public bool IsReported(Rule rule, string unit) => rule.Awaits is { } fact && Watch.Reporting(unit, fact, EvidenceVisits) is { } reporting && reporting.Share >= EvidenceMin;

    /// <summary>Of what somebody said is not reported, and is by now: it holds no longer, and would silence nobody should reports fail again.</summary>
    public IEnumerable<KeyValuePair<(string Rule, string Unit), RuleDecision>> Overtaken =>
        Watch.Switches.Decided.Where(d => d.Value.To == RuleSwitch.NotReported && Rule(d.Key.Rule) is { } rule && IsReported(rule, d.Key.Unit));

    /// <summary><c>admission.link.within</c>: an inpatient visit that begins so soon after the door of an open emergency visit continues it.</summary>
    public TimeSpan LinkWithin { get; init; } = TimeSpan.FromHours(24);

    /// <summary><c>doubt.usual.from</c>: of how many visits that ended in a step the usual time there is measured; fewer say nothing. 10–1,000,000.</summary>
    public int UsualFrom { get; init; } = 100;

    /// <summary><c>feed.behind</c>: what was sent longer ago than this comes from a feed that is behind.</summary>
    public TimeSpan FeedBehind { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary><c>feed.settle</c>: how long nobody is called about a visit after a message that came so late: others may be behind it.</summary>
    public TimeSpan FeedSettle { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A unit whatever the case of its code.</summary>
    public UnitPolicy? Unit(string code) => Units.FirstOrDefault(u => string.Equals(u.Code, code, StringComparison.OrdinalIgnoreCase));

    /// <summary>A location in the policy's spelling of its unit and bed, qualified by its facility where the policy has several of that code.</summary>
    public Location Spelled(Location location)
    {
        location = InUnit(location);
        foreach (var bed in Unit(location.Unit)?.Beds ?? [])
            if (Location.IsSame(bed.Bed, location.Bed) && Location.IsSame(bed.Room, location.Room)) return location with { Room = bed.Room, Bed = bed.Bed };
        return location;
    }

    private Location InUnit(Location location)
    {
        if (location.Facility is { Length: > 0 } facility
            && Units.FirstOrDefault(u => string.Equals(u.Facility, facility, StringComparison.OrdinalIgnoreCase) && string.Equals(u.SentAs, location.Unit, StringComparison.OrdinalIgnoreCase)) is { } own)
            return location with { Unit = own.Code };
        return Unit(location.Unit) is { } unit && unit.Code != location.Unit ? location with { Unit = unit.Code } : location;
    }

    /// <summary>What a place is for, and the department it belongs to, as far as the policy says so; unknown where it does not.</summary>
    public (PlaceKind Kind, Department Department) Place(Location location)
    {
        foreach (var place in Places)
            if (place.Matches(location)) return (place.Kind, place.Department == Department.Unknown ? Unit(location.Unit)?.Department ?? Department.Unknown : place.Department);
        return (PlaceKind.Unknown, Unit(location.Unit)?.Department ?? Department.Unknown);
    }

    public Rule? Rule(string key) => Rules.FirstOrDefault(r => r.Key == key);

    public ImmutableArray<string> Pathway(PatientClass kind) =>
        Pathways.TryGetValue(kind, out var steps) || Pathways.TryGetValue(PatientClass.Other, out steps) ? steps : [];
}

/// <summary>A unit and the beds it is known to have; others appear when a message names them.</summary>
public sealed record UnitPolicy(string Code, string Name, ImmutableArray<BedPolicy> Beds)
{
    public Department Department { get; init; }

    /// <summary>The facility (PV1-3.4) whose unit this is, where several facilities send the same code; null otherwise.</summary>
    public string? Facility { get; init; }

    /// <summary>The code as that facility sends it.</summary>
    public string SentAs { get; init; } = Code;
}

/// <summary>What a place is for. <c>*</c> stands for any text; a part that is null is not looked at.</summary>
public sealed record PlacePolicy(string? Unit, string? Room, string? Bed, PlaceKind Kind, Department Department)
{
    public bool Matches(Location location) => Matches(Unit, location.Unit) && Matches(Room, location.Room) && Matches(Bed, location.Bed);

    private static bool Matches(string? pattern, string? text) =>
        pattern is null || text is { Length: > 0 } && System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: true);
}

public sealed record BedPolicy(string? Room, string Bed);

/// <summary>The moment a clock starts.</summary>
public enum ClockStart
{
    /// <summary>This visit's arrival.</summary>
    Arrived,
    /// <summary>The last time staff were with the patient, or the door.</summary>
    Contact,
    /// <summary>The decision to admit, while the patient is still in the emergency department.</summary>
    Boarding,
    /// <summary>The last word to the family, or the door.</summary>
    Told,
    /// <summary>A change of unit or bed the family was not told of.</summary>
    Moved,
    /// <summary>A family member asked.</summary>
    FamilyAsked,
    /// <summary>The time a word was promised for: due at once when it passes.</summary>
    Promise,
    /// <summary>The present step began.</summary>
    Step,
    /// <summary>A question was asked: due when its answer is.</summary>
    Question,
    /// <summary>A question was answered, and its asker has not said that the answer satisfies them.</summary>
    Answer,
    /// <summary>Something was asked for: due when it is wanted.</summary>
    Request,
    /// <summary>The patient came between owners.</summary>
    Handoff,
    /// <summary>No nurse is responsible.</summary>
    Unowned,
    /// <summary>Somebody promised something else than the next word to the family: due at once when its time passes.</summary>
    Promised,
    /// <summary>Wrong code words locked the check: somebody may be guessing.</summary>
    Guessed,
    /// <summary>Every delivery of an update to the family had ended, and it had reached nobody.</summary>
    Unreached,
    /// <summary>The door of the whole journey: of the emergency visit that this one continues, else this visit's arrival.</summary>
    Door,
}

public enum RuleKind { Touchpoint, Family, Question, Request, Handoff, Owner, Privacy }

/// <summary>What depends on an alert.</summary>
public enum Tier
{
    /// <summary>Somebody may come to harm: sounds, and nothing silences or counts it.</summary>
    Safety,
    /// <summary>Somebody waits.</summary>
    Service,
}

/// <summary>One rule: when which clock runs for whom, and how long it may.</summary>
/// <param name="Key">Stable, such as <c>ed.triage</c>.</param>
/// <param name="Says">What is waited for, in words for a board; no patient data.</param>
/// <param name="Classes">Empty: every class.</param>
/// <param name="Units">Empty: every unit.</param>
/// <param name="Steps">The visit must be in one of these; empty: any.</param>
/// <param name="Until">The clock stops for good once this step, or a later one of the pathway, is reached.</param>
/// <param name="NotBoarding">True: does not run while boarding, because another rule does.</param>
/// <param name="Targets">For every acuity, and for unknown acuity.</param>
/// <param name="Source">Where the numbers come from.</param>
/// <param name="ApprovedBy">Who approved them at this site.</param>
public sealed record Rule(
    string Key, RuleKind Kind, string Says, ImmutableArray<PatientClass> Classes, ImmutableArray<string> Units, ImmutableArray<string> Steps,
    ClockStart Starts, string? Until, bool NotBoarding, Targets Targets, string Source, string ApprovedBy)
{
    public Tier Tier { get; init; } = Tier.Service;

    /// <summary>True: what it would raise in the quiet hours waits until they end. Never of the safety tier.</summary>
    public bool Quiet { get; init; }

    /// <summary>Runs only while the patient is in a place of one of these departments; empty: anywhere.</summary>
    public ImmutableArray<Department> Departments { get; init; } = [];

    /// <summary>True: does not run while the patient is away from the bed, on the way or in a procedure.</summary>
    public bool NotAway { get; init; }

    /// <summary>Which kinds of questions or requests; empty: all.</summary>
    public ImmutableArray<string> About { get; init; } = [];

    /// <summary>Other targets for a clock that starts at other hours of the day.</summary>
    public ImmutableArray<HourlyTargets> At { get; init; } = [];

    /// <summary>Of a question, a promise, a request or a handoff: each has a clock of its own.</summary>
    public bool IsOfItems => Starts is ClockStart.Question or ClockStart.Answer or ClockStart.Request or ClockStart.Handoff or ClockStart.Promised;

    /// <summary>What ends its wait: a step, or one of <see cref="AwaitedFacts"/>. Null: somebody here began it, and can end it.</summary>
    public string? Awaits => Until ?? Starts switch
    {
        ClockStart.Boarding => AwaitedFacts.Moved,
        ClockStart.Door => AwaitedFacts.Left,
        ClockStart.Contact => AwaitedFacts.Contact,
        // Where nobody is named nobody reads a handoff back.
        ClockStart.Unowned or ClockStart.Handoff => AwaitedFacts.Nurse,
        ClockStart.Told or ClockStart.Moved => AwaitedFacts.Told,
        _ => null,
    };

    /// <summary>True: that somebody was with the patient or the family is what it waits for.</summary>
    public bool RestartsWhenActed => Awaits is null or AwaitedFacts.Contact or AwaitedFacts.Told;

    public bool IsAbout(string kind) => About.IsEmpty || About.Contains(kind, StringComparer.OrdinalIgnoreCase);
}

public sealed record HourlyTargets(Hours Hours, Targets Targets);

/// <summary>A rung of the escalation ladder.</summary>
/// <param name="To"><see cref="Assigned"/>, or a role.</param>
/// <param name="After">After the alert became a warning that nobody took.</param>
public sealed record Rung(string To, TimeSpan After)
{
    /// <summary>Whoever is responsible for the visit, or owns what is due.</summary>
    public const string Assigned = "assigned";
}

/// <summary><c>hotline</c>: the clocks of the non-emergency line (URAC).</summary>
/// <param name="Answer">Ring to answer.</param>
/// <param name="Callback">Promise to call back → call.</param>
/// <param name="Abandoned">The share of calls that may be given up by the caller, 0–1.</param>
public sealed record HotlinePolicy(TimeSpan Answer, TimeSpan Callback, double Abandoned)
{
    public HotlinePolicy() : this(TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(30), 0.05) { }
}

/// <summary><c>glass</c>: opening a visit in need that one has no part in.</summary>
public sealed record GlassPolicy
{
    /// <summary><c>lasts</c>: how long a grant opens the visit, at most a day.</summary>
    public TimeSpan Lasts { get; init; } = TimeSpan.FromMinutes(60);

    /// <summary><c>after</c>: how long a visit that has ended stays open to those it was open to, a day to ten years; whoever needs it later breaks the glass. What somebody still owes keeps it open.</summary>
    public TimeSpan After { get; init; } = Contracts.Access.VisitAccess.KeptOpen;

    /// <summary><c>limit</c>: how often one person may within an hour, 1–1000.</summary>
    public int Limit { get; init; } = 10;

    /// <summary><c>alert</c>: from how often within an hour on the privacy officer is told of one person, 1–1000, not more than <see cref="Limit"/>.</summary>
    public int Alert { get; init; } = 4;

    /// <summary><c>reasons</c>: what may be given as the reason; the privacy officer reads it.</summary>
    public ImmutableArray<Contracts.Access.GlassReason> Reasons { get; init; } =
        [new("emergency", "Emergency: the patient needs me now"), new("covering", "I cover for somebody of the care team"), new("consult", "I was asked for advice"), new("safety", "Somebody's safety is at stake")];
}

/// <summary><c>family</c>: how word reaches families.</summary>
public sealed record FamilyPolicy
{
    /// <summary><c>message.recall</c>, 0–20 min: how long an update waits before it leaves.</summary>
    public TimeSpan Recall { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary><c>link.lifetime</c>: how long a link to the family page opens it.</summary>
    public TimeSpan LinkLifetime { get; init; } = TimeSpan.FromDays(14);

    /// <summary><c>codeWord.misses</c>: so many wrong ones lock the check.</summary>
    public int CodeWordMisses { get; init; } = 5;

    /// <summary><c>codeWord.lock</c>: for so long.</summary>
    public TimeSpan CodeWordLock { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary><c>waitingRoom.code</c>: how often the codes of the waiting-room board change.</summary>
    public TimeSpan CodePeriod { get; init; } = TimeSpan.FromHours(4);

    /// <summary><c>waitingRoom.units</c>: the units whose waiting room has a public board, <c>*</c> for any text; none unless they are named.</summary>
    public ImmutableArray<string> WaitingRooms { get; init; } = [];

    public bool ShowsWaitingRoom(string unit) => WaitingRooms.Any(pattern => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, unit, ignoreCase: true));

    /// <summary><c>delivery.attempts</c>.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary><c>delivery.retry</c>: before the second attempt; twice as long before each that follows.</summary>
    public TimeSpan Retry { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary><c>delivery.timeout</c>: a channel that has not answered by then is asked no more.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>What may be sent, by key. Never a diagnosis, never anything of substance use, mental or reproductive health.</summary>
    public ImmutableArray<Template> Templates { get; init; } = [];

    /// <summary><c>notice</c>: what an SMS says, by language: that something stands on the family page. It holds nothing of the patient.</summary>
    public ImmutableDictionary<string, string> Notice { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary><c>subject</c>: the subject of a mail, by language. The mail holds the word itself, and may go to who has no page; it holds nothing of the patient.</summary>
    public ImmutableDictionary<string, string> Subject { get; init; } = ImmutableDictionary<string, string>.Empty.Add("en", "A message from the hospital");

    /// <summary>The channels that are set up, beside the family page; null: all. No pack says it.</summary>
    public ImmutableArray<string>? Ways { get; init; }

    /// <summary>Whether a channel is set up.</summary>
    public bool HasWay(string channel) => Ways is not { } ways || ways.Contains(channel);

    public Template? Template(string key) => Templates.FirstOrDefault(t => t.Key == key);
}

/// <summary>An update in several languages.</summary>
/// <param name="Says">What it is, for the staff who choose it.</param>
/// <param name="On">The step on which it is written by itself; null: by hand only.</param>
/// <param name="Texts">By language (BCP 47); <c>en</c> is always there.</param>
public sealed record Template(string Key, string Says, string? On, ImmutableDictionary<string, string> Texts)
{
    /// <summary>The same story in each language, always in the same order.</summary>
    public ImmutableArray<LocalText> Story => [.. Texts.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => new LocalText(t.Key, t.Value))];
}

/// <summary>Targets by acuity: index 1–5, and 0 for unknown. A missing entry means the rule does not apply to that acuity.</summary>
public sealed record Targets(ImmutableArray<Target?> ByAcuity)
{
    public Target? For(int? acuity) => ByAcuity[acuity is >= 1 and <= 5 ? acuity.Value : 0];
}

/// <summary>How long a clock may run. <c>Warn</c> ≤ <c>Max</c> ≤ <c>Critical</c>; null means no such stage.</summary>
public sealed record Target(TimeSpan? Warn, TimeSpan Max, TimeSpan? Critical);
