using System.Collections.Frozen;
using System.Globalization;
using Journey.Contracts.Visits;
using Journey.Gateway.Feeds.Reading;
using Journey.Hl7;

namespace Journey.Gateway.Feeds.Profiles;

/// <summary>A feed with everything settled: what the mapping must know of who sent a message.</summary>
internal sealed record FeedProfile(
    string Name, string? SendingApplication, string? SendingFacility, TimeZoneInfo Zone, TimeSpan? ExpectedEvery,
    FrozenDictionary<PatientClass, string> DefaultUnits, FrozenSet<string> ConfidentialCodes)
{
    private static readonly Dictionary<PatientClass, string> BuiltIn = new()
    {
        [PatientClass.Emergency] = "ED", [PatientClass.Outpatient] = "OPD", [PatientClass.Other] = "UNPLACED",
    };

    public bool Matches(string application, string facility) =>
        (SendingApplication is null || string.Equals(SendingApplication, application, StringComparison.OrdinalIgnoreCase))
        && (SendingFacility is null || string.Equals(SendingFacility, facility, StringComparison.OrdinalIgnoreCase));

    /// <summary>By what else than its word the feed is known.</summary>
    public FeedBinding Binding { get; init; } = new([], null, []);

    /// <summary>What it may change beyond where patients are and how they are.</summary>
    public FeedMay May { get; init; } = FeedMay.Everything;

    /// <summary>Where a visit of a class stands while nobody said where it is.</summary>
    public string DefaultUnit(PatientClass? visitClass) =>
        DefaultUnits.TryGetValue(visitClass ?? PatientClass.Unknown, out var unit) ? unit : DefaultUnits[PatientClass.Other];

    /// <summary>The one feed when none is listed.</summary>
    public static FeedProfile From(FeedDefaults defaults) =>
        From(new FeedOptions { Name = defaults.Name }, defaults) with { May = Permissions(defaults.May) ?? FeedMay.Everything };

    public static FeedProfile From(FeedOptions feed, FeedDefaults defaults)
    {
        var units = new Dictionary<PatientClass, string>(BuiltIn);
        foreach (var (word, unit) in defaults.DefaultUnits.Concat(feed.DefaultUnits))
            units[Enum.Parse<PatientClass>(word, ignoreCase: true)] = unit.Trim();
        var binding = FeedBinding.From(feed);
        var minutes = feed.ExpectedEveryMinutes ?? defaults.ExpectedEveryMinutes;
        return new FeedProfile(feed.Name, feed.SendingApplication, feed.SendingFacility,
            TimeZoneInfo.FindSystemTimeZoneById(feed.TimeZone ?? defaults.TimeZone),
            minutes == 0 ? null : TimeSpan.FromMinutes(minutes), units.ToFrozenDictionary(),
            Words(defaults.ConfidentialCodes))
        {
            Binding = binding,
            May = Permissions(feed.May ?? defaults.May) ?? (binding.IsBound ? FeedMay.Everything : FeedMay.Unproven),
            Authorities = Table(defaults.Authorities, feed.Authorities, Authority.Parse),
            Place = PlacePattern.From(feed.Place, defaults.Place),
            Classes = Table(defaults.Classes, feed.Classes, word => Enum.Parse<PatientClass>(word, ignoreCase: true)),
            Acuities = Table(defaults.Acuities, feed.Acuities, level => int.Parse(level, CultureInfo.InvariantCulture)),
            AcuityAt = FieldPath.TryParse(feed.Acuity.Field ?? defaults.Acuity.Field, out var acuity) ? acuity : null,
            PlausibleEvent = TimeSpan.FromDays(feed.PlausibleDays ?? defaults.PlausibleDays),
            PlausibleStay = TimeSpan.FromDays(feed.PlausibleStayDays ?? defaults.PlausibleStayDays),
            ProcessingIds = Words(feed.ProcessingIds ?? defaults.ProcessingIds ?? "P"),
            AcknowledgesAlways = string.Equals(feed.Acknowledge ?? defaults.Acknowledge, "Always", StringComparison.OrdinalIgnoreCase),
            Charset = (feed.CharacterSet ?? defaults.CharacterSet) is { Length: > 0 } charset ? Hl7Charset.Find(charset) : null,
            BehindAfter = TimeSpan.FromMinutes(feed.BehindMinutes ?? defaults.BehindMinutes ?? 15),
            DownAfter = TimeSpan.FromSeconds(feed.DownAfterSeconds ?? defaults.DownAfterSeconds ?? 20),
        };
    }

    /// <summary>Spellings of who gives numbers out, by namespace or universal id.</summary>
    public required FrozenDictionary<string, Authority> Authorities { get; init; }

    /// <summary>Which fields say where the patient is.</summary>
    public required PlacePattern Place { get; init; }

    /// <summary>Site codes of PV1-2.</summary>
    public required FrozenDictionary<string, PatientClass> Classes { get; init; }

    /// <summary>Site codes of triage levels 1–5.</summary>
    public required FrozenDictionary<string, int> Acuities { get; init; }

    /// <summary>Where the triage level is said outside OBX; null for nowhere.</summary>
    public FieldPath? AcuityAt { get; init; }

    /// <summary>How long before its message an event may have happened.</summary>
    public required TimeSpan PlausibleEvent { get; init; }

    /// <summary>How long before a message a visit may have begun.</summary>
    public required TimeSpan PlausibleStay { get; init; }

    /// <summary>Values of MSH-11 that are accepted.</summary>
    public required FrozenSet<string> ProcessingIds { get; init; }

    /// <summary>Every message is answered, whatever it asks for.</summary>
    public bool AcknowledgesAlways { get; init; }

    /// <summary>What a message is read in that declares nothing and is not UTF-8; null for Windows-1252.</summary>
    public Hl7Charset? Charset { get; init; }

    /// <summary>From which age on, when they come, messages are those of a feed that is behind.</summary>
    public required TimeSpan BehindAfter { get; init; }

    /// <summary>How long a feed may have neither connection nor message before it is down.</summary>
    public required TimeSpan DownAfter { get; init; }

    /// <summary>What the words allow; null when nothing is said.</summary>
    private static FeedMay? Permissions(string? words) => words is null ? null
        : FeedBinding.Words(words).Aggregate(FeedMay.Nothing, (may, word) => may | Enum.Parse<FeedMay>(word, ignoreCase: true));

    private static FrozenSet<string> Words(string list) =>
        list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>What holds for every feed, and what one feed says otherwise.</summary>
    private static FrozenDictionary<string, T> Table<T>(Dictionary<string, string> all, Dictionary<string, string> one, Func<string, T> read)
    {
        var table = new Dictionary<string, T>(StringComparer.OrdinalIgnoreCase);
        foreach (var (code, value) in all.Concat(one)) table[code.Trim()] = read(value.Trim());
        return table.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
