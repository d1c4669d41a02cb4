using System.Collections.Immutable;
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
    public static readonly EventCodec<StaffEvent> Codec = new EventListCodec<StaffEvent>(StaffJsonContext.Default.EventListStaffEvent);

    private protected StaffEvent() { }
}

public sealed record Enrolled(StaffMember Member) : StaffEvent;
public sealed record ShiftBegun(Shift Shift) : StaffEvent;

/// <param name="By">Who said so; null in what versions before 2026-12 wrote.</param>
public sealed record ShiftEnded(string Member, string Unit, string Role, DateTimeOffset At, Actor? By = null) : StaffEvent;

/// <summary>Everybody, and the shifts that have not long ended.</summary>
public sealed record StaffDirectory
{
    /// <summary>How long a shift that has ended is kept in memory, so that who had it is known to be off duty; the journal keeps all.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(31);

    /// <summary>For how long the hours that nurses worked are counted.</summary>
    private static readonly TimeSpan Counted = TimeSpan.FromDays(31);

    public ImmutableSortedDictionary<string, StaffMember> Members { get; init; } =
        ImmutableSortedDictionary.Create<string, StaffMember>(StringComparer.Ordinal);
    public ImmutableArray<Shift> Shifts { get; init; } = [];

    /// <summary>Shifts of nurses that are over, oldest first, for as long as hours are counted.</summary>
    public ImmutableList<Shift> Worked { get; init; } = [];

    public static readonly StaffDirectory Empty = new();

    /// <summary>For how many hours nurses were on duty on each unit between two times.</summary>
    public ImmutableDictionary<string, double> NurseHours(DateTimeOffset from, DateTimeOffset until) => Worked.Concat(Shifts.Where(IsNurse))
        .Select(s => (s.Unit, Hours: ((s.Until < until ? s.Until : until) - (s.From > from ? s.From : from)).TotalHours)).Where(s => s.Hours > 0)
        .GroupBy(s => s.Unit).ToImmutableDictionary(unit => unit.Key, unit => unit.Sum(s => s.Hours));

    public ImmutableArray<Shift> OnDuty(string? unit, DateTimeOffset now) => [.. OnDutyOrComing(unit, now).Where(s => s.From <= now)];

    public ImmutableArray<Shift> OnDutyOrComing(string? unit, DateTimeOffset now) =>
        [.. Shifts.Where(s => s.Until > now && (unit is null || s.Unit == unit)).OrderBy(s => s.Unit, StringComparer.Ordinal)
            .ThenBy(s => s.Role, StringComparer.Ordinal).ThenBy(s => s.Who.Name, StringComparer.Ordinal).ThenBy(s => s.From)];

    public StaffDirectory Fold(StaffEvent e) => e switch
    {
        // Whoever was only named is the employee of that name: there is one line for them.
        Enrolled x =>
            this with
            {
                Members = (StaffIds.IsEmployee(x.Member.Id) ? Members.Remove(StaffIds.Named(x.Member.Name)) : Members)
                .SetItem(x.Member.Id, x.Member)
            },
        ShiftBegun x => Begin(x.Shift),
        ShiftEnded x =>
            this with
            {
                Shifts = [.. Shifts.Select(s => IsSame(s, x.Member, x.Unit, x.Role) && s.Until > x.At ? s with { Until = x.At, EndedBy = x.By } : s)]
            },
        _ => throw new InvalidOperationException($"No rule for the event {e.GetType().Name}."),
    };

    private StaffDirectory Begin(Shift begun)
    {
        var over = Shifts.Where(s => IsSame(s, begun.Who.Id, begun.Unit, begun.Role) || s.Until < begun.From - Remembered).ToHashSet();
        return this with
        {
            Shifts = Shifts.RemoveAll(over.Contains).Add(begun),
            Worked = Add(over.Where(IsNurse).Select(s => s.Until > begun.From ? s with { Until = begun.From } : s), begun.From)
        };
    }

    private ImmutableList<Shift> Add(IEnumerable<Shift> over, DateTimeOffset now)
    {
        var worked = Worked.AddRange(over.Where(s => s.Until > s.From));
        while (worked is [{ Until: var until }, ..] && until < now - Counted) worked = worked.RemoveAt(0);
        return worked;
    }

    private static bool IsNurse(Shift shift) => shift.Role == StaffRoles.Nurse;

    private static bool IsSame(Shift shift, string member, string unit, string role) =>
        shift.Who.Id == member && shift.Unit == unit && shift.Role == role;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(EventList<StaffEvent>))]
internal sealed partial class StaffJsonContext : JsonSerializerContext;
