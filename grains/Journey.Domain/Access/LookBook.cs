using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Journey.Contracts.Access;

namespace Journey.Domain.Access;

/// <summary>What one person looked at, and what was found in it. Persisted by the names given here.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(LooksCarried), "looks.carried.v1")]
[JsonDerivedType(typeof(ShiftTurned), "looks.shift-turned.v1")]
[JsonDerivedType(typeof(LookNoted), "looks.noted.v1")]
[JsonDerivedType(typeof(FindingRaised), "looks.finding-raised.v1")]
[JsonDerivedType(typeof(FindingSettled), "looks.finding-settled.v1")]
public abstract record LookEvent
{
    public static readonly EventCodec<LookEvent> Codec = new EventListCodec<LookEvent>(AccessJsonContext.Default.EventListLookEvent);

    private protected LookEvent() { }
}

/// <summary>The week's stream begins with what counts of the weeks before.</summary>
public sealed record LooksCarried(LookBook Book) : LookEvent;

/// <summary>What follows is of another shift of the house.</summary>
public sealed record ShiftTurned(DateTimeOffset Began) : LookEvent;
public sealed record LookNoted(Look Look) : LookEvent;

/// <summary>Found, or grown since: the same id, with more.</summary>
public sealed record FindingRaised(Finding Finding) : LookEvent;

/// <summary>What it was about was done after all, in time.</summary>
public sealed record FindingSettled(Guid Finding) : LookEvent;

/// <summary>A glass that was broken, until something is done in the visit or it is too late.</summary>
public sealed record OpenGlass(Guid Finding, Guid Visit, DateTimeOffset Until);

/// <summary>Searches without an opening between them.</summary>
/// <param name="First">The first one's entry.</param>
/// <param name="Count">How many; what is typed and shown letter by letter is one.</param>
public sealed record SearchRun(Guid First, int Count, DateTimeOffset Last);

/// <summary>What counts of what one person looked at: the shift that runs, and how it usually is.</summary>
public sealed record LookBook
{
    /// <summary>How many shifts say what is usual.</summary>
    public const int RememberedShifts = 20;

    /// <summary>How many findings are known again. Older ones may be found anew, and the list knows them for longer.</summary>
    public const int RememberedFindings = 200;

    /// <summary>Searches this close to each other are one: pages search while somebody types.</summary>
    public static readonly TimeSpan OneSearch = TimeSpan.FromSeconds(30);

    /// <summary>Whom they have a part in, or are responsible for, is theirs to open, however many these are.</summary>
    private const LookSigns Business = LookSigns.HasPart | LookSigns.InCharge;

    public static readonly LookBook Empty = new();

    /// <summary>When the shift began that is counted; null before the first.</summary>
    public DateTimeOffset? Shift { get; init; }

    /// <summary>Whom they opened in it without a part: patients, or visits of patients that are not known.</summary>
    public ImmutableHashSet<Guid> Opened { get; init; } = [];

    /// <summary>How many that were in earlier shifts, the latest last; shifts without any are not counted, for they were off.</summary>
    public ImmutableArray<int> Usual { get; init; } = [];

    /// <summary>What was found, the latest last.</summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];
    public ImmutableArray<OpenGlass> Glass { get; init; } = [];

    /// <summary>Null while the last thing they did was to open somebody.</summary>
    public SearchRun? Searches { get; init; }

    public Finding? Find(Guid id) => Findings.FirstOrDefault(finding => finding.Id == id);

    public LookBook Fold(LookEvent e) => e switch
    {
        LooksCarried c => c.Book,
        ShiftTurned t => this with
        {
            Shift = t.Began,
            Opened = [],
            Searches = null,
            Glass = [.. Glass.Where(glass => glass.Until > t.Began)],
            Usual = Opened.IsEmpty ? Usual : [.. Usual.Add(Opened.Count).TakeLast(RememberedShifts)],
        },
        LookNoted n => Note(n.Look),
        FindingRaised r => Raise(r.Finding),
        FindingSettled s =>
            this with
            {
                Glass = [.. Glass.Where(glass => glass.Finding != s.Finding)],
                Findings = [.. Findings.Select(f => f.Id == s.Finding ? f with { IsSettled = true } : f)]
            },
        _ => throw new InvalidOperationException($"No rule for the event {e.GetType().Name}."),
    };

    private LookBook Note(Look look) => look.Kind switch
    {
        LookKind.Opened =>
            this with
            {
                Searches = null,
                Opened = (look.Signs & Business) != 0 || (look.Patient ?? look.Visit) is not { } whom ? Opened : Opened.Add(whom),
            },
        LookKind.Searched =>
            this with
            {
                Searches = Searches is not { } run
                ? new(look.Id, 1, look.At)
                : run with { Count = look.At - run.Last > OneSearch ? run.Count + 1 : run.Count, Last = look.At > run.Last ? look.At : run.Last }
            },
        LookKind.BrokeGlass or LookKind.Did => this,
        _ => throw new InvalidOperationException($"No rule for {look.Kind}."),
    };

    private LookBook Raise(Finding finding)
    {
        var others = Findings.RemoveAll(f => f.Id == finding.Id);
        return this with
        {
            Findings = [.. others.Add(finding).TakeLast(RememberedFindings)],
            Glass = finding is { Rule: FindingRule.GlassUnused, Visit: { } visit } ? Glass.Add(new(finding.Id, visit, finding.StandsFrom)) : Glass,
        };
    }
}
