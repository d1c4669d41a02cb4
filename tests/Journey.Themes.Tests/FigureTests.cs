using CsCheck;

namespace Journey.Themes.Tests;

public sealed class FigureTests
{
    private static readonly Gen<List<(float, bool)>> Judged = Gen.Select(Gen.Int[0, 20].Select(i => i / 20f), Gen.Bool).List[0, 40];

    [Fact]
    public void No_other_cut_agrees_better() => Judged.Sample(judged =>
    {
        var best = F1(judged, Cut.Best(judged));
        return Enumerable.Range(0, 41).All(i => F1(judged, i / 40f) <= best + 1e-9);
    });

    private static double F1(List<(float Confidence, bool Has)> judged, float cut) => new Agreement(
        judged.Count(one => one.Confidence >= cut && one.Has), judged.Count(one => one.Confidence >= cut && !one.Has),
        judged.Count(one => one.Confidence < cut && one.Has)).F1 ?? 0;

    [Fact]
    public void What_nobody_has_is_suggested_only_when_it_is_certain() => Assert.Equal(1, Cut.Best([(0.2f, false), (0.7f, false)]));

    [Fact]
    public void Agreement_is_precision_and_recall_in_one()
    {
        Assert.Equal(2.0 * 0.6 * 0.75 / (0.6 + 0.75), new Agreement(3, 2, 1).F1!.Value, 12);
        Assert.Equal(4, new Agreement(3, 2, 1).Support);
        Assert.Null(default(Agreement).F1);
        Assert.Equal(new Agreement(1, 1, 1), Agreement.Of("a",
        [
            (new HashSet<string> { "a" }, new HashSet<string> { "a" }), (new HashSet<string>(), new HashSet<string> { "a" }),
            (new HashSet<string> { "a" }, new HashSet<string> { "b" }), (new HashSet<string> { "b" }, new HashSet<string>()),
        ]));
    }

    [Fact]
    public void A_respondent_is_on_one_side_only_and_always_the_same()
    {
        var comments = Invented.Comments(400);
        var (first, rest) = Share.Split(comments, 75);
        Assert.Equal(comments.ToHashSet(), first.Concat(rest).ToHashSet());
        Assert.Empty(first.Select(comment => comment.Respondent).Intersect(rest.Select(comment => comment.Respondent)));
        Assert.InRange(first.Count, 300, 302);
        Assert.Equal(first, Share.Split(comments.AsEnumerable().Reverse(), 75).First.OrderBy(first.IndexOf));
    }
}
