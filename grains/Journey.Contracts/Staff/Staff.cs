using System.Collections.Immutable;
using Journey.Contracts.Access;
using Journey.Contracts.Alerts;
using Journey.Contracts.Care;
using Journey.Contracts.Visits;

namespace Journey.Contracts.Staff;

/// <summary>Roles by which an escalation ladder and a screen know people. A site's policy may name others in its ladder.</summary>
public static class StaffRoles
{
    public const string Nurse = "nurse";
    public const string ChargeNurse = "charge-nurse";
    public const string Provider = "provider";
    public const string FamilyLiaison = "family-liaison";
    public const string HouseSupervisor = "house-supervisor";
    public const string OperationsLead = "operations-lead";

    public static readonly ImmutableArray<string> All = [Nurse, ChargeNurse, Provider, FamilyLiaison, HouseSupervisor, OperationsLead];
}

/// <summary>
/// How members of staff are told apart. Whoever signs in is an employee, by the identifier their hospital knows them by; somebody who was only named
/// is that name, and a name opens nothing: others may bear it.
/// </summary>
public static class StaffIds
{
    public const string Employees = "employee/";
    public const string Names = "staff/";
    private const string Accounts = "account/";
    private const string Messages = "sent/";

    /// <param name="identifier">What the sign-in says in the claim that the site has chosen.</param>
    public static string Employee(string identifier) => Employees + identifier;

    /// <summary>Of somebody who signs in and of whom no identifier is said: they have a part in nothing.</summary>
    public static string Account(string subject) => Accounts + subject;

    /// <param name="name">However wide its gaps, in capitals or not.</param>
    public static string Named(string name) =>
        Names + string.Join('-', name.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>
    /// What a message calls somebody by is nobody's who signs in, however it is written: whoever may send would say who may open a visit.
    /// </summary>
    public static string Sent(string id) => id.Contains('/', StringComparison.Ordinal) ? Messages + id : id;

    public static bool IsEmployee(string id) => id.StartsWith(Employees, StringComparison.Ordinal);
}

/// <summary>A member of staff.</summary>
/// <param name="Id">Stable: see <see cref="StaffIds"/>.</param>
/// <param name="Roles">See <see cref="StaffRoles"/>; what they may be on a shift.</param>
/// <param name="Units">Where they usually work; empty: anywhere.</param>
[GenerateSerializer, Immutable, Alias("staff.member.v1")]
public sealed record StaffMember([property: Id(0)] string Id, [property: Id(1)] string Name, [property: Id(2)] ImmutableArray<string> Roles,
    [property: Id(3)] ImmutableArray<string> Units);

/// <summary>Somebody works on a unit in a role from one time to another.</summary>
[GenerateSerializer, Immutable, Alias("staff.shift.v1")]
public sealed record Shift([property: Id(0)] Person Who, [property: Id(1)] string Role, [property: Id(2)] string Unit,
    [property: Id(3)] DateTimeOffset From, [property: Id(4)] DateTimeOffset Until)
{
    /// <summary>Who said that it was over; null while it goes on, and when it ran out.</summary>
    [Id(5)] public Actor? EndedBy { get; init; }
}

/// <summary>Every shift that is known, those that ended too.</summary>
/// <param name="Version">The directory's.</param>
[GenerateSerializer, Immutable, Alias("staff.duty.v1")]
public sealed record DutyRoster([property: Id(0)] long Version, [property: Id(1)] ImmutableArray<Shift> Shifts)
{
    /// <summary>Everybody the directory knows. Not from a version before 2026-12.</summary>
    [Id(2)] public ImmutableArray<StaffMember> Members { get; init; } = [];
}

/// <summary>Everybody, and who is on duty where. Key: <see cref="StaffKeys.All"/>.</summary>
[Alias("journey.staff"), Answers(Askers.House)]
public interface IStaffGrain : IGrainWithStringKey
{
    /// <summary>Adds somebody, or changes what is known of them. Refused for a role that neither screens nor the policy's ladder know.</summary>
    [Alias("enrol"), Answers(Askers.Gateways)] Task<Outcome> Enrol(CommandId id, Actor by, StaffMember member);

    /// <summary>
    /// Somebody has signed in, or is told apart by an identifier for the first time: the directory knows them by it from now on, and by that name
    /// nobody else who was only named.
    /// </summary>
    [Alias("meet"), Answers(Askers.Gateways)] Task<Outcome> Meet(CommandId id, StaffMember member);

    /// <summary>Whom a name means on a unit; null where that is for nobody to say. See <see cref="RefusalCodes.PersonAmbiguous"/>.</summary>
    [Alias("meant"), Answers(Askers.Gateways)] Task<Person?> Meant(Person who, string unit);

    /// <summary>Somebody starts a shift; one they have on that unit in that role is replaced.</summary>
    [Alias("begin-shift"), Answers(Askers.Gateways)] Task<Outcome> BeginShift(CommandId id, Actor by, Shift shift);

    /// <summary>A shift ends now. Unchanged where it was over already; refused where there never was one.</summary>
    [Alias("end-shift"), Answers(Askers.Gateways)] Task<Outcome> EndShift(CommandId id, Actor by, string member, string unit, string role);

    /// <summary>For how many hours nurses were on duty on each unit between two times, at most the last 31 days.</summary>
    [Alias("nurse-hours")] Task<ImmutableDictionary<string, double>> NurseHours(DateTimeOffset from, DateTimeOffset until);

    [Alias("members"), Answers(Askers.Gateways)] Task<ImmutableArray<StaffMember>> Members();

    /// <summary>Who is on duty now: on one unit, or everywhere when <paramref name="unit"/> is null.</summary>
    [Alias("on-duty"), Answers(Askers.Gateways)] Task<ImmutableArray<Shift>> OnDuty(string? unit);

    /// <summary>Who is on duty now and whose shift is kept for later: on one unit, or everywhere when <paramref name="unit"/> is null.</summary>
    [Alias("on-duty-or-coming"), Answers(Askers.Gateways)] Task<ImmutableArray<Shift>> OnDutyOrComing(string? unit);

    /// <summary>
    /// Subscribes for <see cref="Boards.BoardKeys.Lease"/>; renew before it ends. Answers with every shift that is known; null where nothing has
    /// changed since <paramref name="known"/>.
    /// </summary>
    [Alias("watch-duty")] Task<DutyRoster?> WatchDuty(IDutyObserver observer, long known);
}

/// <summary>A silo that hears of shifts.</summary>
[Alias("journey.duty-observer")]
public interface IDutyObserver : IGrainObserver
{
    [Alias("duty-changed")] Task DutyChanged(DutyRoster roster);
}

/// <summary>One line of a list: something owed on a visit, or by a unit as a whole.</summary>
/// <param name="Visit">The default value for what a unit owes as a whole, which concerns no single patient.</param>
/// <param name="Patient">Of nobody for what a unit owes as a whole.</param>
/// <param name="Says">For an alert what the policy calls it, for what a unit owes what is to be done; null otherwise.</param>
/// <param name="Severity">For an alert; null otherwise.</param>
[GenerateSerializer, Immutable, Alias("staff.list-item.v1")]
public sealed record ListItem(
    [property: Id(0)] VisitId Visit, [property: Id(1)] string Unit, [property: Id(2)] Location? Location, [property: Id(3)] PatientRef Patient,
    [property: Id(4)] OwedView Owed, [property: Id(5)] string? Says, [property: Id(6)] Severity? Severity);

/// <summary>Everything one addressee owes, across units, the one due first in front.</summary>
[GenerateSerializer, Immutable, Alias("staff.list.v1")]
public sealed record OwedList([property: Id(0)] string Addressee, [property: Id(1)] long Version, [property: Id(2)] DateTimeOffset AsOf,
    [property: Id(3)] ImmutableArray<ListItem> Items);

/// <summary>A gateway process that watches lists. Calls only write to a bounded channel and return.</summary>
[Alias("journey.list-observer")]
public interface IListObserver : IGrainObserver
{
    [Alias("list-changed")] Task ListChanged(OwedList list);
}

/// <summary>
/// What one addressee owes. Key: <see cref="StaffKeys.Person"/> or <see cref="StaffKeys.Role"/>. Holds nothing that boards do not hold.
/// </summary>
[Alias("journey.owed-list"), Answers(Askers.House)]
public interface IOwedListGrain : IGrainWithStringKey
{
    /// <summary>A board has something new for this addressee: it is asked again, soon.</summary>
    [Alias("hint")] Task Hint(string unit);

    [Alias("read"), Answers(Askers.Gateways)] Task<OwedList> Read();

    /// <summary>Subscribes for <see cref="Boards.BoardKeys.Lease"/>; renew before it ends.</summary>
    [Alias("watch"), Answers(Askers.Gateways)] Task<OwedList> Watch(IListObserver observer);

    [Alias("unwatch")] Task Unwatch(IListObserver observer);
}

/// <summary>Keys, each with a literal prefix.</summary>
public static class StaffKeys
{
    public const string All = "staff-directory/all";

    /// <summary>A person, by their staff id.</summary>
    public static string Person(string id) => "person/" + id;

    /// <summary>Whoever is on duty in a role; <paramref name="unit"/> is empty for a role of the whole house.</summary>
    public static string Role(string role, string unit) =>
        role == StaffRoles.HouseSupervisor || unit.Length == 0 ? "role/" + role : $"role/{role}@{unit}";
}
