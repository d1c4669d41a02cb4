using Journey.Dashboard.Boards;

namespace Journey.Dashboard.Tests;

/// <summary>Lines that are chosen to do one thing for all of them.</summary>
public class PickedTests
{
    private static readonly Guid[] Shown = [.. Enumerable.Range(1, 6).Select(n => new Guid(n, 0, 0, new byte[8]))];

    [Fact]
    public void A_second_press_lets_go_and_with_shift_all_between_are_chosen()
    {
        var picked = Picked.None.Turn(Shown[1], Shown, false).Turn(Shown[4], Shown, true);
        Assert.Equal([1, 2, 3, 4], At(picked));
        Assert.Equal([1, 2, 4], At(picked.Turn(Shown[3], Shown, false)));
        Assert.Equal([0, 1, 2, 3, 4], At(picked.Turn(Shown[0], Shown, true)));
        Assert.Equal([2], At(Picked.None.Turn(Shown[2], Shown, true)));
    }

    [Fact]
    public void All_are_chosen_and_then_none_and_whoever_is_shown_no_more_is_not_chosen()
    {
        var all = Picked.None.Turn(Shown[1], Shown, false).All(Shown);
        Assert.Equal(6, all.Visits.Count);
        Assert.Empty(all.All(Shown).Visits);
        Assert.Equal([0, 1], At(all.Of(Shown[..2])));
        Assert.Same(all, all.Of(Shown));
    }

    private static int[] At(Picked picked) => [.. Enumerable.Range(0, Shown.Length).Where(n => picked.Has(Shown[n]))];
}
