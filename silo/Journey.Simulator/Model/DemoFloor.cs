using System.Collections.Immutable;

namespace Journey.Simulator.Model;

/// <summary>What the demo hospital is built of. Constant: a policy pack, a wall plan or a test may rely on every code here.</summary>
public static class DemoFloor
{
    /// <summary>MSH-4, PV1-3.4 and the assigning authority of every number.</summary>
    public const string Facility = "DEMO";

    /// <summary>MSH-3.</summary>
    public const string Application = "DEMOHIS";

    /// <summary>MSH-4 of the laboratory's own system, where it is another sender.</summary>
    public const string Laboratory = "DEMOLAB";

    /// <summary>MSH-3 of the laboratory's own system.</summary>
    public const string LaboratoryApplication = "DEMOLIS";

    /// <summary>Emergency: 16 rooms of one bed and four places in the hallway, besides places without a bed.</summary>
    public static readonly FloorUnit Emergency = new("ED", "Emergency department",
        [.. Numbered(1, 16).Select(n => new FloorBed("ED", $"R{n:00}", "1")), .. Numbered(1, 4).Select(n => new FloorBed("ED", "HALL", $"H{n}"))]);

    /// <summary>Medical ward: ten rooms of two beds.</summary>
    public static readonly FloorUnit Medical = new("MED", "Medical ward", TwoBedRooms("MED", 201, 10));

    /// <summary>Surgical ward: eight rooms of two beds.</summary>
    public static readonly FloorUnit Surgical = new("SURG", "Surgical ward", TwoBedRooms("SURG", 301, 8));

    public static readonly ImmutableArray<FloorUnit> Units = [Emergency, Medical, Surgical];

    /// <summary>Where walk-ins wait.</summary>
    public static readonly FloorBed WaitingRoom = new("ED", "WAIT", "");

    /// <summary>Where the triage nurses see them.</summary>
    public static readonly FloorBed Triage = new("ED", "TRIAGE", "");

    /// <summary>Chairs for small complaints.</summary>
    public static readonly FloorBed FastTrack = new("ED", "FT", "");

    /// <summary>Temporary locations (PV1-11): departments without patients of their own.</summary>
    public static readonly ImmutableArray<FloorBed> Departments =
        [new("IMG", "CT", ""), new("IMG", "XR", ""), new("IMG", "US", ""), new("IMG", "MR", "")];

    private static ImmutableArray<FloorBed> TwoBedRooms(string unit, int first, int rooms) =>
        [.. Numbered(first, rooms).SelectMany(n => new[] { new FloorBed(unit, $"{n}", "A"), new FloorBed(unit, $"{n}", "B") })];

    private static IEnumerable<int> Numbered(int first, int count) => Enumerable.Range(first, count);
}

/// <summary>A unit: PV1-3.1, what people call it, and its beds.</summary>
public sealed record FloorUnit(string Code, string Name, ImmutableArray<FloorBed> Beds);

/// <summary>A place: PV1-3 as unit^room^bed.</summary>
/// <param name="Name">The bed within the room; empty where there are only chairs.</param>
public sealed record FloorBed(string Unit, string Room, string Name)
{
    /// <summary>False for a place without a bed.</summary>
    public bool IsBed => Name.Length > 0;

    public override string ToString() => IsBed ? $"{Unit} {Room}-{Name}" : $"{Unit} {Room}";
}
