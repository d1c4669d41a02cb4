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
    ];

    public static readonly ImmutableArray<StaffMember> TriageNurses = [new("N121", "Whitlowe", "Carla", "RN"), new("N122", "Osterhagen", "Niels", "RN")];

    public static readonly ImmutableArray<StaffMember> MedicalPhysicians =
        [new("D201", "Greymantle", "Victor", "MD"), new("D202", "Suzukawa-Lind", "Mika", "MD"), new("D203", "Abernatty", "Fiona", "MD")];

    public static readonly ImmutableArray<StaffMember> MedicalNurses =
    [
        new("N201", "Chandrapur", "Leela", "RN"), new("N202", "Fairbottle", "Owen", "RN"), new("N203", "Jankovar", "Mira", "RN"),
        new("N204", "Lockhaven", "Bess", "RN"), new("N205", "Quintanero", "Pablo", "RN"), new("N206", "Underhay", "Rose", "RN"),
    ];

    public static readonly ImmutableArray<StaffMember> SurgicalPhysicians =
        [new("D301", "Ironbridge", "Max", "MD"), new("D302", "Castelmare", "Giulia", "MD")];

    public static readonly ImmutableArray<StaffMember> SurgicalNurses =
    [
        new("N301", "Barleycombe", "Ann", "RN"), new("N302", "Eszterfalvi", "Dora", "RN"), new("N303", "Nightbourne", "Will", "RN"),
        new("N304", "Petrokova", "Olga", "RN"), new("N305", "Yarrowdale", "Kit", "RN"),
    ];

    public static readonly ImmutableArray<StaffMember> Liaisons =
        [new("L101", "Goodenberry", "Pat", "Family liaison"), new("L102", "Samaraweera-Lake", "Nimal", "Family liaison")];

    public static readonly StaffMember Charge = new("N100", "Castlebay", "Morgan", "RN, charge nurse");

    internal static ImmutableArray<StaffMember> NursesOf(string unit) =>
        unit switch { "MED" => MedicalNurses, "SURG" => SurgicalNurses, _ => EmergencyNurses };

    internal static ImmutableArray<StaffMember> PhysiciansOf(string unit) =>
        unit switch { "MED" => MedicalPhysicians, "SURG" => SurgicalPhysicians, _ => EmergencyPhysicians };
}
