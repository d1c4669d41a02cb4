namespace Journey.Simulator.Model;

/// <summary>
/// What makes a real hospital's feed hard to read: how its people and its systems use it. The hospital itself stays the same; what is told of it is
/// not all true, or not at once. "One in" so many; 0 is never.
/// </summary>
public sealed record Habits
{
    /// <summary>
    /// One in so many admissions from the emergency department opens a visit of its own (A01, another number); half of them with no A14 before.
    /// </summary>
    public int NewNumbers { get; init; }

    /// <summary>One in so many departures from the emergency department is never entered: no A03.</summary>
    public int NoEnds { get; init; }

    /// <summary>One in so many departures is entered 10 to 45 minutes late: EVN-6 is before EVN-2.</summary>
    public int LateEnds { get; init; }

    /// <summary>One in so many arrivals is registered for somebody else who has a number; the next A08 gives the visit to the right person.</summary>
    public int WrongPatients { get; init; }

    /// <summary>After one in so many merges some desks go on by the number that was given up, for 15 to 60 minutes.</summary>
    public int RetiredIds { get; init; }

    /// <summary>Orders and results come from a laboratory system of its own (MSH-3, MSH-4), about the same patients.</summary>
    public bool OtherSender { get; init; }

    /// <summary>The waiting room has numbered chairs, in the field of the bed.</summary>
    public bool Chairs { get; init; }

    /// <summary>All that is told is true, and at once.</summary>
    public static readonly Habits None = new();

    /// <summary>Now and then, as in a well-kept house.</summary>
    public static readonly Habits Some = new() { NewNumbers = 4, NoEnds = 60, LateEnds = 15, WrongPatients = 90, RetiredIds = 3 };

    /// <summary>Often enough to meet everything within a few hours.</summary>
    public static readonly Habits Many =
        new() { NewNumbers = 2, NoEnds = 10, LateEnds = 4, WrongPatients = 12, RetiredIds = 1, OtherSender = true, Chairs = true };

    /// <summary>By their names in options and saved runs: <c>none</c>, <c>some</c>, <c>many</c>; null for any other.</summary>
    public static Habits? Named(string name) => name switch
    {
        "none" => None,
        "some" => Some,
        "many" => Many,
        _ => null,
    };
}
