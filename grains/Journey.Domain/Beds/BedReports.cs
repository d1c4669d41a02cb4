using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Journey.Contracts;
using Journey.Contracts.Boards;

namespace Journey.Domain.Beds;

/// <summary>What was said of a unit's beds. Persisted by the names given here.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(BedsReported), "unit.bed-status.v1")]
public abstract record BedEvent
{
    public static readonly EventCodec<BedEvent> Codec = new BareEventCodec<BedEvent>(BedJsonContext.Default.BedEvent);

    private protected BedEvent() { }
}

public sealed record BedsReported(ImmutableArray<BedFact> Beds) : BedEvent;

public sealed record BedFact(string? Room, string Bed, BedStatus Status, DateTimeOffset At);

/// <summary>A bed's state as housekeeping or a feed last said it.</summary>
public sealed record BedReport(BedStatus Status, DateTimeOffset At);

/// <summary>A bed of one unit, however it is spelled.</summary>
public readonly record struct Bed(string? Room, string Name)
{
    /// <summary>Of a location that names a bed.</summary>
    public static Bed At(Location location) => new(location.Room, location.Bed!);

    public bool Equals(Bed other) => Location.IsSame(Room, other.Room) && Location.IsSame(Name, other.Name);

    public override int GetHashCode() => HashCode.Combine(Room?.ToUpperInvariant(), Name.ToUpperInvariant());
}

/// <summary>The last report of each bed of one unit.</summary>
public sealed record BedReports(ImmutableDictionary<Bed, BedReport> ByBed)
{
    public static readonly BedReports None = new(ImmutableDictionary<Bed, BedReport>.Empty);

    public BedReport? Find(Bed bed) => ByBed.GetValueOrDefault(bed);

    /// <summary>What is new in a report. Older news than what was said before changes nothing.</summary>
    public ImmutableArray<BedEvent> Decide(Bed bed, BedReport report) =>
        Find(bed) is { } known && (known.At > report.At || known == report)
        ? []
        : [new BedsReported([new BedFact(bed.Room, bed.Name, report.Status, report.At)])];

    public BedReports Fold(BedEvent e) => e switch
    {
        BedsReported x => new(x.Beds.Aggregate(ByBed, (known, fact) => known.SetItem(new(fact.Room, fact.Bed), new(fact.Status, fact.At)))),
        _ => throw new InvalidOperationException($"No rule for the event {e.GetType().Name}."),
    };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(BedEvent))]
internal sealed partial class BedJsonContext : JsonSerializerContext;
