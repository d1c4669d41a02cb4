namespace Journey.Contracts;

/// <summary>
/// A point of care: PV1-3 is unit^room^bed^facility. Null: nothing said. In what a message says, an empty room or bed was said to be none
/// (<c>""</c>).
/// </summary>
[GenerateSerializer, Immutable, Alias("journey.location.v1")]
public sealed record Location([property: Id(0)] string Unit, [property: Id(1)] string? Room = null, [property: Id(2)] string? Bed = null,
    [property: Id(3)] string? Facility = null)
{
    /// <summary>
    /// A room and a bed are the same whatever the case in which a sender writes them; which spelling is shown, the policy says, or who came first.
    /// </summary>
    public bool Equals(Location? other) =>
        other is not null && Unit == other.Unit && Facility == other.Facility && IsSame(Room, other.Room) && IsSame(Bed, other.Bed);

    public override int GetHashCode() => HashCode.Combine(Unit, Facility, Room?.ToUpperInvariant(), Bed?.ToUpperInvariant());

    /// <summary>Whether two names of a room or a bed name the same one.</summary>
    public static bool IsSame(string? one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Something put the patient in a place.</summary>
[GenerateSerializer, Immutable, Alias("visit.placing.v1")]
public sealed record Placing([property: Id(0)] Location Location, [property: Id(1)] DateTimeOffset At);
