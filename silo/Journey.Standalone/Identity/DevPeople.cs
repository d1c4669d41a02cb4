using System.Collections.Immutable;
using Journey.Domain.Policies;
using Journey.Simulator.Model;

namespace Journey.Standalone.Identity;

/// <summary>Somebody who can be picked at the sign-in page of Development.</summary>
internal sealed record DevPerson(string Id, string Name, string Title, ImmutableArray<string> Roles, ImmutableArray<string> Units);

/// <summary>
/// One for each role, and for each unit where the role is of a unit. Those who work in the demo hospital are the people its story is told of.
/// </summary>
internal sealed class DevPeople
{
    public DevPeople(Policy policy)
    {
        var people = ImmutableArray.CreateBuilder<DevPerson>();
        foreach (var unit in policy.Units)
        {
            Add(Works(unit.Code, () => Staff.ChargeOf(unit.Code, Noon))
                ?? $"Charge {unit.Code}", $"Charge nurse, {unit.Name}", ["charge-nurse"], [unit.Code]);
            Add(Works(unit.Code, () => Staff.NursesOf(unit.Code, Noon)[0]) ?? $"Nurse {unit.Code}", $"Nurse, {unit.Name}", ["nurse"], [unit.Code]);
            Add(Works(unit.Code, () => Physicians(unit.Code)[0]) ?? $"Provider {unit.Code}", $"Provider, {unit.Name}", ["provider"], [unit.Code]);
        }

        Add(Staff.Liaisons[0].Name, "Family liaison, every unit", ["family-liaison"], ["*"]);
        Add("Olive Operations", "Operations lead", ["operations-lead"], ["*"]);
        Add("Ines Interface", "Integration engineer", ["integration-engineer"], []);
        Add("Petra Privacy", "Privacy officer", ["privacy-officer"], []);
        Add("Ada Admin", "Administrator", ["administrator"], []);
        foreach (var unit in policy.Units) Add($"Wall {unit.Code}", $"Wall display, {unit.Name}", ["wall-display"], [unit.Code]);
        All = people.ToImmutable();

        void Add(string name, string title, ImmutableArray<string> roles, ImmutableArray<string> units) =>
            people.Add(new("dev-" + name.ToLowerInvariant().Replace(' ', '-'), name, title, roles, units));
    }

    public ImmutableArray<DevPerson> All { get; }

    private static readonly DateTimeOffset Noon = new(2000, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static string? Works(string unit, Func<StaffMember> who) => DemoFloor.Units.Any(u => u.Code == unit) ? who().Name : null;

    private static ImmutableArray<StaffMember> Physicians(string unit) =>
        unit switch { "MED" => Staff.MedicalPhysicians, "SURG" => Staff.SurgicalPhysicians, _ => Staff.EmergencyPhysicians };

    public DevPerson? Find(string? id) => All.FirstOrDefault(person => person.Id == id);
}
