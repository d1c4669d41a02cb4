using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Boards;
using Journey.Contracts.Visits;

namespace Journey.Domain.Policies;

/// <summary>A unit and the beds it is known to have; others appear when a message names them.</summary>
public sealed record UnitPolicy(string Code, string Name, ImmutableArray<BedPolicy> Beds)
{
    public Department Department { get; init; }

    /// <summary>The facility (PV1-3.4) whose unit this is, where several facilities send the same code; null otherwise.</summary>
    public string? Facility { get; init; }

    /// <summary>The code as that facility sends it.</summary>
    public string SentAs { get; init; } = Code;

    /// <summary><c>board</c>: how the unit's board is shown to whoever has no view of their own; null: as it is built in.</summary>
    public BoardLayout? Board { get; init; }
}

/// <summary>What a place is for. <c>*</c> stands for any text; a part that is null is not looked at.</summary>
public sealed record PlacePolicy(string? Unit, string? Room, string? Bed, PlaceKind Kind, Department Department)
{
    public bool Matches(Location location) => Matches(Unit, location.Unit) && Matches(Room, location.Room) && Matches(Bed, location.Bed);

    private static bool Matches(string? pattern, string? text) =>
        pattern is null || text is { Length: > 0 } && System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: true);
}

public sealed record BedPolicy(string? Room, string Bed);
