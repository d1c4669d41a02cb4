using Journey.Contracts;
using Journey.Contracts.Visits;

namespace Journey.Grains.Boards;

/// <summary>
/// What rows and beds of one board say against each other: two patients in one bed, a patient in a bed that was reported free. No I/O, no clock.
/// </summary>
internal sealed class BedDoubts(BoardRows rows, Func<VisitRow, DateTimeOffset?> reportedFreeAt)
{
    private readonly Dictionary<Location, HashSet<VisitId>> _occupants = [];

    /// <summary>A row took the place of another, or left: every row of the beds that this concerns is as it must be now when this returns.</summary>
    public void Take(VisitRow? before, VisitRow? after)
    {
        var (from, to) = (BedOf(before), BedOf(after));
        if (from is not null && before is not null && _occupants.TryGetValue(from, out var there))
        {
            there.Remove(before.Visit);
            if (there.Count == 0) _occupants.Remove(from);
        }

        if (to is not null)
        {
            if (!_occupants.TryGetValue(to, out var here)) _occupants[to] = here = [];
            here.Add(after!.Visit);
        }

        if (from is not null && from != to) Judge(from);
        if (to is not null) Judge(to);
    }

    /// <summary>The bed's state was reported.</summary>
    public void Judge(Location bed)
    {
        if (!_occupants.TryGetValue(Key(bed), out var here)) return;
        foreach (var visit in here)
        {
            if (rows.Find(visit) is not { } row) continue;
            var own = row.Doubts.RemoveAll(d => d.Kind is DoubtKind.BedShared or DoubtKind.BedReportedFree);
            var doubts = own.AddRange(Find(row, here));
            if (!doubts.SequenceEqual(row.Doubts)) rows.Amend(row with { Doubts = doubts });
        }
    }

    private IEnumerable<Doubt> Find(VisitRow row, HashSet<VisitId> here)
    {
        foreach (var visit in here)
        {
            if (visit == row.Visit || rows.Find(visit) is not { } other || Outweighs(row, other)) continue;
            yield return new Doubt(DoubtKind.BedShared, "Another patient is shown in the same bed.", Later(row, other), visit);
            break;
        }

        if (reportedFreeAt(row) is { } at && !(row.PlaceVerifiedAt >= at))
            yield return new Doubt(DoubtKind.BedReportedFree, "The bed was reported free after the patient came to it.", at);
    }

    /// <summary>Somebody saw this patient here after the other was said to be, and nobody saw the other since.</summary>
    private static bool Outweighs(VisitRow row, VisitRow other) =>
        row.PlaceVerifiedAt is { } seen && !(other.PlaceVerifiedAt > seen) && !(other.PlaceSaid?.At > seen);

    private static DateTimeOffset Later(VisitRow row, VisitRow other)
    {
        var (a, b) = (row.PlaceSaid?.At ?? row.HeardAt, other.PlaceSaid?.At ?? other.HeardAt);
        return a > b ? a : b;
    }

    /// <summary>The bed a patient lies in, as far as the row is believed; null when in none.</summary>
    private static Location? BedOf(VisitRow? row) =>
        row is { Status: VisitStatus.Present or VisitStatus.OnLeave, Location: { Bed.Length: > 0 } bed, IsProbablyGone: false } ? Key(bed) : null;

    private static Location Key(Location bed) => bed with { Facility = bed.Facility?.ToUpperInvariant() };
}
