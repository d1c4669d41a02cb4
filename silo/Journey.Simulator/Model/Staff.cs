using System.Collections.Immutable;

namespace Journey.Simulator.Model;

/// <summary>Who works in the demo hospital. Invented; ASCII, because a name also travels in an HTTP header.</summary>
public static class Staff
{
    public static readonly ImmutableArray<StaffMember> EmergencyPhysicians =
    [
        new("D101", "Marlowick", "Helen", "MD"), new("D102", "Bannerjee-Holt", "Arun", "MD"), new("D103", "Stonequist", "Peter", "MD"),
        new("D104", "Okonfor", "Grace", "MD"), new("D105", "Valdemoro", "Luis", "MD"), new("D106", "Pinewright", "Sally", "PA"),
    ];

    public static readonly ImmutableArray<StaffMember> EmergencyNurses =
    [
        new("N101", "Applecross", "Jamie", "RN"), new("N102", "Delaquille", "Monique", "RN"), new("N103", "Hartsprung", "Tomas", "RN"),
        new("N104", "Kowalewska-Bryd", "Ewa", "RN"), new("N105", "Mbekinde", "Thandi", "RN"), new("N106", "Rosenthorn", "Ilse", "RN"),
        new("N107", "Silverbrook", "Dan", "RN"), new("N108", "Tranmere", "Linh", "RN"),
        new("N109", "Umbershaw", "Ade", "RN"), new("N110", "Vintermoor", "Sigrid", "RN"), new("N111", "Wexcombe", "Paul", "RN"),
        new("N112", "Zellmarsh", "Noor", "RN"),
    ];

    public static readonly ImmutableArray<StaffMember> TriageNurses =
        [new("N121", "Whitlowe", "Carla", "RN"), new("N122", "Osterhagen", "Niels", "RN")];

    public static readonly ImmutableArray<StaffMember> MedicalPhysicians =
        [new("D201", "Greymantle", "Victor", "MD"), new("D202", "Suzukawa-Lind", "Mika", "MD"), new("D203", "Abernatty", "Fiona", "MD")];

    public static readonly ImmutableArray<StaffMember> MedicalNurses =
    [
        new("N201", "Chandrapur", "Leela", "RN"), new("N202", "Fairbottle", "Owen", "RN"), new("N203", "Jankovar", "Mira", "RN"),
        new("N204", "Lockhaven", "Bess", "RN"), new("N205", "Quintanero", "Pablo", "RN"), new("N206", "Underhay", "Rose", "RN"),
        new("N207", "Drovewell", "Hana", "RN"), new("N208", "Eastlock", "Gus", "RN"),
    ];

    public static readonly ImmutableArray<StaffMember> SurgicalPhysicians =
        [new("D301", "Ironbridge", "Max", "MD"), new("D302", "Castelmare", "Giulia", "MD")];

    public static readonly ImmutableArray<StaffMember> SurgicalNurses =
    [
        new("N301", "Barleycombe", "Ann", "RN"), new("N302", "Eszterfalvi", "Dora", "RN"), new("N303", "Nightbourne", "Will", "RN"),
        new("N304", "Petrokova", "Olga", "RN"), new("N305", "Yarrowdale", "Kit", "RN"),
        new("N306", "Fenbridge", "Lou", "RN"),
    ];

    public static readonly ImmutableArray<StaffMember> Liaisons =
        [new("L101", "Goodenberry", "Pat", "Family liaison"), new("L102", "Samaraweera-Lake", "Nimal", "Family liaison")];

    /// <summary>Who answers the non-emergency line.</summary>
    public static readonly ImmutableArray<StaffMember> Operators =
        [new("O101", "Ringmere", "Faye", "Hotline"), new("O102", "Callowhay", "Ben", "Hotline")];

    /// <summary>Of each unit two: one by day, one by night.</summary>
    private static readonly ImmutableDictionary<string, ImmutableArray<StaffMember>> ChargeNurses =
        ImmutableDictionary<string, ImmutableArray<StaffMember>>.Empty
        .Add("ED", [new("N100", "Castlebay", "Morgan", "RN, charge nurse"), new("N120", "Duskwater", "Robin", "RN, charge nurse")])
        .Add("MED", [new("N200", "Highmoor", "Vera", "RN, charge nurse"), new("N220", "Owlgarth", "Finn", "RN, charge nurse")])
        .Add("SURG", [new("N300", "Sunderlake", "Iris", "RN, charge nurse"), new("N320", "Moonriver", "Jack", "RN, charge nurse")]);

    private static readonly ImmutableArray<StaffMember> Supervisors =
        [new("S101", "Overbrook", "Dana", "RN, house supervisor"), new("S102", "Latimoor", "Cyril", "RN, house supervisor")];

    /// <summary>Shifts begin at seven and at seven.</summary>
    public static bool IsDay(DateTimeOffset at) => at.Hour is >= 7 and < 19;

    /// <summary>Half of a unit's nurses work by day, the others by night.</summary>
    public static ImmutableArray<StaffMember> NursesOf(string unit, DateTimeOffset at) =>
        [.. (unit switch { "MED" => MedicalNurses, "SURG" => SurgicalNurses, _ => EmergencyNurses }).Where((_, i) => i % 2 == 0 == IsDay(at))];

    public static StaffMember ChargeOf(string unit, DateTimeOffset at) => ChargeNurses.GetValueOrDefault(unit, ChargeNurses["ED"])[IsDay(at) ? 0 : 1];

    public static StaffMember SupervisorAt(DateTimeOffset at) => Supervisors[IsDay(at) ? 0 : 1];

    internal static ImmutableArray<StaffMember> PhysiciansOf(string unit) =>
        unit switch { "MED" => MedicalPhysicians, "SURG" => SurgicalPhysicians, _ => EmergencyPhysicians };

    /// <summary>Everybody with the role they work in and the unit; the house's own belong to the emergency department, where they sit.</summary>
    internal static IEnumerable<(StaffMember Who, string Role, string Unit)> All()
    {
        foreach (var unit in DemoFloor.Units.Select(u => u.Code))
        {
            foreach (var nurse in NursesOf(unit, Day).Concat(NursesOf(unit, Night))) yield return (nurse, "nurse", unit);
            foreach (var physician in PhysiciansOf(unit)) yield return (physician, "provider", unit);
            foreach (var charge in ChargeNurses[unit]) yield return (charge, "charge-nurse", unit);
        }

        foreach (var triage in TriageNurses) yield return (triage, "nurse", "ED");
        foreach (var liaison in Liaisons) yield return (liaison, "family-liaison", "ED");
        foreach (var supervisor in Supervisors) yield return (supervisor, "house-supervisor", "ED");
        foreach (var answering in Operators) yield return (answering, "family-liaison", "ED");
    }

    /// <summary>Whether somebody works in the shift of a moment. Physicians, triage, liaisons and the line do not change in this hospital.</summary>
    internal static bool Works(StaffMember who, string role, string unit, DateTimeOffset at) => role switch
    {
        "nurse" => TriageNurses.Contains(who) || NursesOf(unit, at).Contains(who),
        "charge-nurse" => ChargeOf(unit, at) == who,
        "house-supervisor" => SupervisorAt(at) == who,
        _ => true,
    };

    private static readonly DateTimeOffset Day = new(2000, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Night = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
}
