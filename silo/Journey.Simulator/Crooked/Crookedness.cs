namespace Journey.Simulator.Crooked;

/// <summary>
/// What happens to a hospital's messages on their way, and how its people really use their systems. Nothing by default. Shares are from 0 (never) to
/// 1 (always). Whatever is set, the truth stays what it was; only <see cref="Lost"/> makes it unknowable.
/// </summary>
public sealed record Crookedness
{
    /// <summary>Share of messages that never arrive.</summary>
    public double Lost { get; init; }

    /// <summary>Share of messages that arrive late, by up to <see cref="Delay"/>.</summary>
    public double Delayed { get; init; }

    /// <summary>How late at most; 3 h by default.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromHours(3);

    /// <summary>Share of messages that arrive a second time, byte for byte, up to <see cref="Delay"/> later.</summary>
    public double Repeated { get; init; }

    /// <summary>Messages overtake one another by as much; none by default.</summary>
    public TimeSpan Reordering { get; init; }

    /// <summary>
    /// By how much the clock of the second sender is ahead (negative: behind). It sends updates, orders and results under an application and facility
    /// of its own, about the same patients; with zero there is one sender. Ahead, what it says of a place it has not left yet cannot always be told
    /// from a move.
    /// </summary>
    public TimeSpan Skew { get; init; }

    /// <summary>Share of admissions from the emergency department that are an A01 under a new visit number, without an end of the old one.</summary>
    public double Renumbered { get; init; }

    /// <summary>Of those, the share that no A14 told of before.</summary>
    public double Unplanned { get; init; }

    /// <summary>Share of merges (A40) that arrive up to <see cref="Delay"/> late.</summary>
    public double LateMerges { get; init; }

    /// <summary>Share of merges that a second one, the other way round, follows within the minute.</summary>
    public double CircularMerges { get; init; }

    /// <summary>Share of messages after a merge that still go by the number that was given up.</summary>
    public double RetiredIds { get; init; }

    /// <summary>Everything at once, nothing of it lost.</summary>
    public static readonly Crookedness Usual = new()
    {
        Delayed = 0.05, Repeated = 0.05, Reordering = TimeSpan.FromMinutes(10), Skew = TimeSpan.FromSeconds(-40), Renumbered = 0.5, Unplanned = 0.3,
        LateMerges = 0.5,
        CircularMerges = 0.2, RetiredIds = 0.3,
    };
}
