using Journey.Contracts;
using Journey.Gateway.Feeds.Reading;
using Journey.Hl7;

namespace Journey.Gateway.Feeds.Profiles;

/// <summary>Which fields of a feed say where the patient is.</summary>
internal sealed record PlacePattern(FieldPath Unit, FieldPath Room, FieldPath Bed, FieldPath Facility)
{
    public static PlacePattern From(PlaceFields feed, PlaceFields defaults) => new(
        Path(feed.Unit ?? defaults.Unit, 1), Path(feed.Room ?? defaults.Room, 2), Path(feed.Bed ?? defaults.Bed, 3),
        Path(feed.Facility ?? defaults.Facility, 4));

    /// <summary>
    /// The assigned location. Null when not said; an empty part was said to be none. A room or bed without a unit is in the unit that is known, which
    /// only the visit can tell: then the unit is empty.
    /// </summary>
    public Location? Assigned(PersonPart part)
    {
        var (unitAt, roomAt, bedAt) = (Unit.Read(part), Room.Read(part), Bed.Read(part));
        var unit = Said.Value(unitAt, Said.Code);
        var (room, bed) = (Said.Text(roomAt, Said.Code), Said.Text(bedAt, Said.Code));
        var facility = Said.Value(Facility.Read(part), Said.Code);
        if (unit is not null) return new(unit, room, bed, facility);
        if (room is { Length: > 0 } || bed is { Length: > 0 }) return new("", room, bed, facility);
        if (unitAt.IsNull) return new("", room ?? "", bed ?? "");
        return room is null && bed is null ? null : new("", room, bed);
    }

    /// <summary>A point of care of another field (PL), its parts in the same components as those of PV1-3. Null when not said, or cleared.</summary>
    public Location? Other(Hl7Value field)
    {
        var (unit, room, bed) = (Part(field, Unit, 1), Part(field, Room, 2), Part(field, Bed, 3));
        // Sends a room without its unit: then that is all there is to name the place.
        if (unit is null) return (room ?? bed) is { } place ? new(place, null, null, Part(field, Facility, 4)) : null;
        return new(unit, room, bed, Part(field, Facility, 4));
    }

    private static string? Part(Hl7Value field, FieldPath path, int usual) =>
        Said.Value(field.Component(path is { Segment: "PV1", Field: 3, Component: { } component } ? component : usual), Said.Code);

    private static FieldPath Path(string? configured, int component) =>
        FieldPath.TryParse(configured, out var path) ? path : new("PV1", 3, component);
}
