using System.Collections.Frozen;
using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Staff;

namespace Journey.Domain.Staff;

/// <summary>
/// Until when people and roles are on duty, as far as shifts are kept. Of whom no shift is known nothing is concluded: a hospital that keeps its
/// shifts elsewhere must not find that nobody is there.
/// </summary>
public sealed class Duty
{
    public static readonly Duty Unknown = new(0, []);

    private readonly FrozenDictionary<string, ImmutableArray<Shift>> _people, _roles;

    private readonly FrozenDictionary<string, StaffMember> _members;

    /// <summary>The employees of each name, by the id that somebody has who was only named.</summary>
    private readonly FrozenDictionary<string, ImmutableArray<StaffMember>> _employees;

    /// <param name="version">Of the directory: a later one knows more.</param>
    /// <param name="members">Everybody it knows; none where that is not known.</param>
    public Duty(long version, ImmutableArray<Shift> shifts, ImmutableArray<StaffMember> members = default)
    {
        Version = version;
        _members = (members.IsDefault ? [] : members).ToFrozenDictionary(member => member.Id, StringComparer.Ordinal);
        _employees = _members.Values.Where(member => StaffIds.IsEmployee(member.Id))
            .GroupBy(member => StaffIds.Named(member.Name), StringComparer.Ordinal)
            .ToFrozenDictionary(name => name.Key, name => name.OrderBy(member => member.Id, StringComparer.Ordinal).ToImmutableArray(),
                StringComparer.Ordinal);
        _people = By(shifts, shift => Known(shift.Who.Id));
        _roles = By(shifts, shift => StaffKeys.Role(shift.Role, shift.Unit));
    }

    public long Version { get; }

    /// <summary>When they go off duty, or went; null when no shift of theirs is known.</summary>
    public DateTimeOffset? EndOf(string person, DateTimeOffset now) => End(_people, Known(person), now);

    /// <summary>When the last one in a role goes off duty, or went; null when nobody is known to have had it there.</summary>
    public DateTimeOffset? EndOf(string role, string unit, DateTimeOffset now) => End(_roles, StaffKeys.Role(role, unit), now);

    /// <summary>Who said that their shift was over at that time; null when it ran out.</summary>
    public Actor? EndedBy(string person, DateTimeOffset end)
    {
        foreach (var shift in _people.GetValueOrDefault(Known(person), []))
            if (shift.Until == end && shift.EndedBy is { } by) return by;
        return null;
    }

    /// <summary>
    /// Whom a name means: whoever says it of themselves, the one employee of that name, or somebody as the directory or their shift spells them.
    /// Whoever has another name is new here: an agency sends them tonight. A slip for a colleague's name there means nobody, and the name of several
    /// employees does not say which.
    /// </summary>
    /// <param name="by">Who says it; null when nobody says it of themselves.</param>
    public Meant Meant(Person who, Actor? by, string unit, DateTimeOffset now)
    {
        if (by is not null && (who.Id == by.Id || (by.Name is { } own && StaffIds.Named(own) == who.Id)))
            return new(new Person(by.Id, by.Name ?? who.Name), null);
        var called = _employees.GetValueOrDefault(who.Id, []);
        if (called.Length > 1) return new(null, ShiftNames.Ambiguous(called));
        if ((called is [var one] ? one : _members.GetValueOrDefault(who.Id)) is { } member) return new(new Person(member.Id, member.Name), null);
        if (StaffIds.IsEmployee(who.Id)) return new(null, ShiftNames.EmployeeUnknown);
        if (_people.TryGetValue(who.Id, out var theirs)) return new(theirs[^1].Who, null);
        var alike = Colleagues(unit, now).Where(name => ShiftNames.IsSlip(name, who.Name)).ToList();
        return alike.Count == 0 ? new(who, null) : new(null, ShiftNames.PersonUnknown(unit, alike));
    }

    /// <summary>Whether two ids are the same person's: of whom only a name is known is the one employee of that name.</summary>
    public bool IsSame(string id, string other) => Known(id) == Known(other);

    /// <summary>Who is on duty on a unit, and of whom the directory says that they work there, by name.</summary>
    public IEnumerable<string> Colleagues(string unit, DateTimeOffset now) => _roles.Values.SelectMany(shifts => shifts)
        .Where(shift => shift.Unit == unit && shift.From <= now && shift.Until > now).Select(shift => shift.Who.Name)
        .Concat(_members.Values.Where(member => member.Units.Contains(unit)).Select(member => member.Name)).Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal);

    private string Known(string id) => _employees.TryGetValue(id, out var called) && called.Length == 1 ? called[0].Id : id;

    /// <summary>Shifts that follow one another without a gap are one.</summary>
    private static DateTimeOffset? End(FrozenDictionary<string, ImmutableArray<Shift>> all, string key, DateTimeOffset now)
    {
        DateTimeOffset? end = null;
        foreach (var shift in all.GetValueOrDefault(key, []))
            if ((shift.From <= now || shift.From <= end) && !(end >= shift.Until)) end = shift.Until;
        return end;
    }

    private static FrozenDictionary<string, ImmutableArray<Shift>> By(ImmutableArray<Shift> shifts, Func<Shift, string> key) =>
        shifts.OrderBy(shift => shift.From).GroupBy(key, StringComparer.Ordinal)
        .ToFrozenDictionary(group => group.Key, group => group.ToImmutableArray(), StringComparer.Ordinal);
}

/// <summary>Whom a name means, or why it does not say.</summary>
public readonly record struct Meant(Person? Person, Refusal? Refusal);
