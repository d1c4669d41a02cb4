using Journey.Domain;
using Journey.Domain.Visits;

namespace Journey.Grains.Storage;

/// <summary>
/// Every kind of stream in the journal, and where in what it holds sensitive texts lie. A stream that is none of these is not written.
/// </summary>
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

    /// <summary>Every kind by its name or prefix, with whose it is.</summary>
    public static IEnumerable<(string Name, Holding Holds)> Kinds => KnownStreams.All.Select(kind => (kind.Name, kind.Holds));

    /// <summary>Where sensitive texts lie in the commits of a stream; null when it is of no kind that is known.</summary>
    public static SensitiveShape? ShapeOf(string stream)
    {
        foreach (var kind in KnownStreams.All)
            if (kind.Has(stream)) return kind.Json.Shape;
        return null;
    }

    /// <summary>Every text that any stream, or a visit's card, can hold.</summary>
    public static IEnumerable<StoredText> Texts => [.. KnownStreams.All.SelectMany(kind => kind.Json.Texts).Concat(VisitJson.RowTexts).Distinct()];

    /// <summary>Every text that streams of a kind can hold.</summary>
    /// <param name="kind">Its name or prefix.</param>
    public static IReadOnlyList<StoredText> TextsOf(string kind) => KnownStreams.All.Single(known => known.Name == kind).Json.Texts;
}
