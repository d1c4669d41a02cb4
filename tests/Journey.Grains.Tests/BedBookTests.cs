using CsCheck;
using Journey.Contracts;
using Journey.Contracts.Boards;
using Journey.Contracts.Visits;
using Journey.Domain.Beds;
using Journey.Domain.Policies;
using Journey.Grains.Boards;

namespace Journey.Grains.Tests;

public sealed class BedBookTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private static readonly string[] Names = ["1", "2", "x", "X", "y"];

    private static readonly Gen<Stay> Stays =
        from bed in Gen.Int[0, 4]
        from since in Gen.Int[0, 20]
        from length in Gen.Int[0, 5]
        select new Stay(new Location("ED", "R", Names[bed]), Start.AddMinutes(since), length == 0 ? null : Start.AddMinutes(since + length));

    [Fact]
    public void Beds_kept_stay_by_stay_are_those_that_all_stays_together_give() =>
        Gen.Select(Gen.Int[0, 3], Stays.Array[0, 2]).Array[0, 20].Sample(news =>
    {
        var unit = new UnitPolicy("ED", "Emergency", [new("R", "1"), new("R", "2")]);
        var book = new BedBook("ED", null!, null!, PolicyReader.Default with { Units = [unit] }, TimeProvider.System);
        var told = new Dictionary<int, Stay[]>();
        var version = 0;
        // A bed that nobody listed has them all shown, as when they are read.
        foreach (var (visit, stays) in news.Prepend((9, [new Stay(new Location("ED", "R", "z"), Start, null)])))
        {
            told[visit] = stays;
            var before = (book.View, book.Revision);
            var changed = book.Take(new VisitNotice(new VisitId(new Guid(visit, 0, 0, new byte[8])), ++version, null, null, null, [.. stays]));
            Assert.Equal(changed, !before.View.SequenceEqual(book.View));
            Assert.Equal(changed, book.Revision > before.Revision);
        }

        var expected = told.Values.SelectMany(stays => stays).GroupBy(stay => Bed.At(stay.Location))
            .ToDictionary(stays => stays.Key, stays => BedState.From(null, stays));
        foreach (var bed in (Bed[])[new("R", "1"), new("R", "2")]) expected.TryAdd(bed, BedState.Unknown);
        Assert.Equal(expected.Count, book.View.Length);
        Assert.All(book.View, view => Assert.Equal(expected[new Bed(view.Room, view.Bed)], new BedState(view.Status, view.Since)));
    });
}
