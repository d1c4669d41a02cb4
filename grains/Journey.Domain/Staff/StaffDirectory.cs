using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Journey.Contracts;
using Journey.Contracts.Staff;

namespace Journey.Domain.Staff;

/// <summary>What is recorded of staff. Persisted by the names given here.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(Enrolled), "staff.enrolled.v1")]
[JsonDerivedType(typeof(ShiftBegun), "staff.shift-begun.v1")]
[JsonDerivedType(typeof(ShiftEnded), "staff.shift-ended.v1")]
public abstract record StaffEvent
{
    private protected StaffEvent() { }
}

public sealed record Enrolled(StaffMember Member) : StaffEvent;
public sealed record ShiftBegun(Shift Shift) : StaffEvent;
public sealed record ShiftEnded(string Member, string Unit, string Role, DateTimeOffset At) : StaffEvent;

/// <summary>Everybody, and the shifts that have not long ended.</summary>
public sealed record StaffDirectory
{
    /// <summary>How long a shift that has ended is kept in memory; the journal keeps all.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    public ImmutableSortedDictionary<string, StaffMember> Members { get; init; } = ImmutableSortedDictionary.Create<string, StaffMember>(StringComparer.Ordinal);
    public ImmutableArray<Shift> Shifts { get; init; } = [];

    public static readonly StaffDirectory Empty = new();

    public ImmutableArray<Shift> OnDuty(string? unit, DateTimeOffset now) =>
        [.. Shifts.Where(s => s.From <= now && s.Until > now && (unit is null || s.Unit == unit)).OrderBy(s => s.Unit, StringComparer.Ordinal).ThenBy(s => s.Role, StringComparer.Ordinal).ThenBy(s => s.Who.Name, StringComparer.Ordinal)];

    public StaffDirectory Fold(StaffEvent e) => e switch
    {
        Enrolled x => this with { Members = Members.SetItem(x.Member.Id, x.Member) },
        ShiftBegun x => this with { Shifts = Shifts.RemoveAll(s => IsSame(s, x.Shift.Who.Id, x.Shift.Unit, x.Shift.Role) || s.Until < x.Shift.From - Remembered).Add(x.Shift) },
        ShiftEnded x => this with { Shifts = [.. Shifts.Select(s => IsSame(s, x.Member, x.Unit, x.Role) && s.Until > x.At ? s with { Until = x.At } : s)] },
        _ => throw new InvalidOperationException($"No rule for the event {e.GetType().Name}."),
    };

    private static bool IsSame(Shift shift, string member, string unit, string role) => shift.Who.Id == member && shift.Unit == unit && shift.Role == role;
}

public static class StaffJson
{
    public static byte[] Write(Actor by, ImmutableArray<StaffEvent> events) => JsonSerializer.SerializeToUtf8Bytes(new StaffPayload(by, events), StaffJsonContext.Default.StaffPayload);

    public static ImmutableArray<StaffEvent> Read(ReadOnlySpan<byte> payload) =>
        (JsonSerializer.Deserialize(payload, StaffJsonContext.Default.StaffPayload) ?? throw new JsonException("An empty payload.")).Events;
}

internal sealed record StaffPayload(Actor By, ImmutableArray<StaffEvent> Events);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true,
    AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(StaffPayload))]
internal sealed partial class StaffJsonContext : JsonSerializerContext;
