using System.Collections.Frozen;
using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Staff;
using Journey.Contracts.Visits;

namespace Journey.Domain.Staff;

/// <summary>
/// Until when people and roles are on duty, as far as shifts are kept. Of whom no shift is known nothing is concluded: a hospital that keeps its shifts elsewhere
/// must not find that nobody is there.
/// </summary>
public sealed class Duty
{
    public static readonly Duty Unknown = new(0, []);

    private readonly FrozenDictionary<string, ImmutableArray<Shift>> people, roles;

    private readonly FrozenDictionary<string, StaffMember> members;

    /// <param name="version">Of the directory: a later one knows more.</param>
    /// <param name="members">Everybody it knows; none where that is not known.</param>
    public Duty(long version, ImmutableArray<Shift> shifts, ImmutableArray<StaffMember> members = default)
    {
        Version = version;
        this.members = (members.IsDefault ? [] : members).ToFrozenDictionary(member => member.Id, StringComparer.Ordinal);
        people = By(shifts, shift => shift.Who.Id);
        roles = By(shifts, shift => StaffKeys.Role(shift.Role, shift.Unit));
    }

    public long Version { get; }

    /// <summary>When they go off duty, or went; null when no shift of theirs is known.</summary>
    public DateTimeOffset? EndOf(string person, DateTimeOffset now) => End(people, person, now);

    /// <summary>When the last one in a role goes off duty, or went; null when nobody is known to have had it there.</summary>
    public DateTimeOffset? EndOf(string role, string unit, DateTimeOffset now) => End(roles, StaffKeys.Role(role, unit), now);

    /// <summary>Who said that their shift was over at that time; null when it ran out.</summary>
    public Actor? EndedBy(string person, DateTimeOffset end)
    {
        foreach (var shift in people.GetValueOrDefault(person, []))
            if (shift.Until == end && shift.EndedBy is { } by) return by;
        return null;
    }

    /// <summary>Somebody as the directory or their shift spells them; null where the name is probably a slip for that of a colleague there. Whoever has another name is new here.</summary>
    public Person? Meant(Person who, string unit, DateTimeOffset now)
    {
        if (members.TryGetValue(who.Id, out var member)) return new(member.Id, member.Name);
        if (people.TryGetValue(who.Id, out var theirs)) return theirs[^1].Who;
        return Colleagues(unit, now).Any(name => ShiftNames.IsSlip(name, who.Name)) ? null : who;
    }

    /// <summary>Who is on duty on a unit, and of whom the directory says that they work there, by name.</summary>
    public IEnumerable<string> Colleagues(string unit, DateTimeOffset now) => roles.Values.SelectMany(shifts => shifts)
        .Where(shift => shift.Unit == unit && shift.From <= now && shift.Until > now).Select(shift => shift.Who.Name)
        .Concat(members.Values.Where(member => member.Units.Contains(unit)).Select(member => member.Name)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>Shifts that follow one another without a gap are one.</summary>
    private static DateTimeOffset? End(FrozenDictionary<string, ImmutableArray<Shift>> all, string key, DateTimeOffset now)
    {
        DateTimeOffset? end = null;
        foreach (var shift in all.GetValueOrDefault(key, []))
            if ((shift.From <= now || shift.From <= end) && !(end >= shift.Until)) end = shift.Until;
        return end;
    }

    private static FrozenDictionary<string, ImmutableArray<Shift>> By(ImmutableArray<Shift> shifts, Func<Shift, string> key) =>
        shifts.OrderBy(shift => shift.From).GroupBy(key, StringComparer.Ordinal).ToFrozenDictionary(group => group.Key, group => group.ToImmutableArray(), StringComparer.Ordinal);
}
