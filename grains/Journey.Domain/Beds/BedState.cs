using Journey.Contracts.Boards;
using Journey.Contracts.Visits;

namespace Journey.Domain.Beds;

/// <summary>
/// The state of a bed and since when. Nobody has to say that a bed became dirty: it follows from who lay in it and left. So it is as durable as those
/// visits are, and a move that is taken back takes back what it did to the beds.
/// </summary>
public sealed record BedState(BedStatus Status, DateTimeOffset? Since)
{
    public static readonly BedState Unknown = new(BedStatus.Unknown, null);

    /// <summary>
    /// The latest counts. Who enters in the moment another leaves finds a bed that is in use, not one to be cleaned: beds are swapped so. Who left in
    /// the moment they entered, as messages that know only seconds may say, left it all the same.
    /// </summary>
    public static BedState From(BedReport? report, IEnumerable<Stay> stays)
    {
        DateTimeOffset? entered = null, left = null;
        var inUse = false;
        foreach (var stay in stays)
        {
            entered = Later(entered, stay.Since);
            if (stay.Until is { } until) left = Later(left, Later(until, stay.Since));
            else inUse = true;
        }

        if (report is not null && !(entered > report.At) && !(left > report.At)) return new(report.Status, report.At);
        if (inUse) return new(BedStatus.Clean, entered);
        return left is null ? Unknown : new(BedStatus.Dirty, left);
    }

    private static DateTimeOffset Later(DateTimeOffset? a, DateTimeOffset b) => a > b ? a.Value : b;
}
