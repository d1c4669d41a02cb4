using Journey.Contracts.Access;
using Journey.Contracts.Alerts;
using Journey.Contracts.Hotline;
using Journey.Contracts.Staff;
using Journey.Domain;
using Journey.Domain.Access;
using Journey.Domain.Hotline;
using Journey.Domain.Patients;
using Journey.Domain.Policies;
using Journey.Domain.Staff;
using Journey.Domain.Visits;
using Journey.Grains.Boards;
using Journey.Grains.Patients;

namespace Journey.Grains.Storage;

/// <summary>Every kind of stream in the journal, and where in what it holds sensitive texts lie. A stream that is none of these is not written.</summary>
public static class StreamKinds
{
    /// <summary>A visit's own stream; its id follows.</summary>
    public const string Visit = "visit/";

    /// <summary>A patient's own stream; their id follows.</summary>
    public const string Patient = "patient/";

    /// <summary>What a visit number names; the id of its book follows.</summary>
    public const string Number = "number/";

    /// <summary>The reports of a unit's beds; its code follows.</summary>
    public const string Unit = "unit/";

    /// <summary>Sessions; the day that they began on, or the walls', follows.</summary>
    public const string Sessions = "sessions/";

    private static readonly (string Name, bool IsPrefix, SensitiveShape Shape, Func<IReadOnlyList<StoredText>> Texts, Holding Holds)[] All =
    [
        (Visit, true, VisitJson.Shape, () => VisitJson.Texts, Holding.OnePerson), (Patient, true, PatientJson.Shape, () => PatientJson.Texts, Holding.OnePerson),
        (Number, true, SensitiveShape.OfKind<NumberPayload>("event", NumberPayload.Kind), SensitiveShape.TextsIn<NumberPayload>, Holding.OnePerson),
        (Unit, true, SensitiveShape.OfKind<BedPayload>("event", BedPayload.Kind), SensitiveShape.TextsIn<BedPayload>, Holding.Nobody), (Sessions, true, SessionJson.Shape, () => SessionJson.Texts, Holding.Nobody),
        (HotlineKeys.All, false, HotlineJson.Shape, () => HotlineJson.Texts, Holding.Lines("call")), (GlassKeys.All, false, GlassJson.Shape, () => GlassJson.Texts, Holding.Lines("grant")),
        (LookKeys.Prefix, true, LookJson.Shape, () => LookJson.Texts, Holding.Nobody), (FindingKeys.All, false, FindingJson.Shape, () => FindingJson.Texts, Holding.Nobody),
        (StaffKeys.All, false, StaffJson.Shape, () => StaffJson.Texts, Holding.Nobody), (RuleKeys.House, false, RuleJson.Shape, () => RuleJson.Texts, Holding.Nobody),
    ];

    /// <summary>Every kind by its name or prefix, with whose it is.</summary>
    public static IEnumerable<(string Name, Holding Holds)> Kinds => All.Select(kind => (kind.Name, kind.Holds));

    /// <summary>Where sensitive texts lie in the commits of a stream; null when it is of no kind that is known.</summary>
    public static SensitiveShape? ShapeOf(string stream)
    {
        foreach (var (name, isPrefix, shape, _, _) in All)
            if (isPrefix ? stream.StartsWith(name, StringComparison.Ordinal) : stream == name) return shape;
        return null;
    }

    /// <summary>Every text that any stream, or a visit's card, can hold.</summary>
    public static IEnumerable<StoredText> Texts => [.. All.SelectMany(kind => kind.Texts()).Concat(VisitJson.RowTexts).Distinct()];

    /// <summary>Every text that streams of a kind can hold.</summary>
    /// <param name="kind">Its name or prefix.</param>
    public static IReadOnlyList<StoredText> TextsOf(string kind) => All.Single(known => known.Name == kind).Texts();
}

/// <summary>Whose words a stream holds, and so what of it goes when a person is erased.</summary>
/// <param name="IsOnePersons">It is of one person, and goes as a whole.</param>
/// <param name="Line">It has lines about many persons, and their sensitive texts go: the property by which the events of one line are told. Null where there are none.</param>
public readonly record struct Holding(bool IsOnePersons, string? Line)
{
    public static readonly Holding OnePerson = new(true, null);

    /// <summary>Beds, staff, sessions, rules: whoever works here, and nothing of who is cared for.</summary>
    public static readonly Holding Nobody;

    /// <summary>An event that names a visit tells whose its line is.</summary>
    public static Holding Lines(string line) => new(false, line);
}
