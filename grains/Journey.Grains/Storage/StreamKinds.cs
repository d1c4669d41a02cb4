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

    private static readonly (string Name, bool IsPrefix, SensitiveShape Shape)[] All =
    [
        (Visit, true, VisitJson.Shape), (Patient, true, PatientJson.Shape), (Number, true, SensitiveShape.OfKind<NumberPayload>("event", NumberPayload.Kind)),
        (Unit, true, SensitiveShape.OfKind<BedPayload>("event", BedPayload.Kind)), (Sessions, true, SessionJson.Shape), (LookKeys.Prefix, true, LookJson.Shape),
        (HotlineKeys.All, false, HotlineJson.Shape), (GlassKeys.All, false, GlassJson.Shape), (FindingKeys.All, false, FindingJson.Shape), (StaffKeys.All, false, StaffJson.Shape), (RuleKeys.House, false, RuleJson.Shape),
    ];

    /// <summary>Where sensitive texts lie in the commits of a stream; null when it is of no kind that is known.</summary>
    public static SensitiveShape? ShapeOf(string stream)
    {
        foreach (var (name, isPrefix, shape) in All)
            if (isPrefix ? stream.StartsWith(name, StringComparison.Ordinal) : stream == name) return shape;
        return null;
    }

    /// <summary>Every text that any stream, or a visit's card, can hold.</summary>
    public static IEnumerable<StoredText> Texts =>
    [
        .. new[]
        {
            VisitJson.Texts, PatientJson.Texts, SensitiveShape.TextsIn<NumberPayload>(), SensitiveShape.TextsIn<BedPayload>(), SessionJson.Texts, HotlineJson.Texts, GlassJson.Texts,
            LookJson.Texts, FindingJson.Texts, StaffJson.Texts, RuleJson.Texts, VisitJson.RowTexts,
        }.SelectMany(texts => texts).Distinct(),
    ];
}
