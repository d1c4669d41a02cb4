using Journey.Contracts;
using Journey.Contracts.Boards;
using Journey.Domain.Policies;
using Journey.Domain.Views;

namespace Journey.Domain.Tests.Views;

/// <summary>What a person keeps of boards.</summary>
public sealed class PersonViewsTests
{
    private static readonly BoardLayout Dense = new() { Density = BoardDensity.Dense, Columns = [BoardColumn.Patient, BoardColumn.Step] };

    [Fact]
    public void A_view_is_kept_under_its_name_and_replaced_under_it_with_the_same_number()
    {
        var views = Keep(Keep(Keep(PersonViews.None, "Fast track"), "Night"), "fast TRACK", Dense);
        Assert.Equal([(1, "fast TRACK"), (2, "Night")], views.Views.Select(view => (view.Number, view.Name)));
        Assert.Equal(BoardDensity.Dense, views.View(1)!.Layout.Density);
        Assert.Empty(views.Keep("fast TRACK", Dense with { Columns = [BoardColumn.Patient, BoardColumn.Step] }, Spec.At(1)).Events);
    }

    [Fact]
    public void The_number_of_a_view_that_was_deleted_is_never_anothers()
    {
        var views = Keep(Do(Keep(PersonViews.None, "Night"), v => v.Delete(1, Spec.At(1))), "Day");
        Assert.Equal([(2, "Day")], views.Views.Select(view => (view.Number, view.Name)));
        Assert.Equal(RefusalCodes.ViewUnknown, views.Delete(1, Spec.At(2)).Refusal!.Code);
    }

    [Fact]
    public void Nobody_keeps_more_than_can_be_chosen_from_and_what_is_kept_can_still_be_replaced()
    {
        var views = Enumerable.Range(1, PersonViews.Most).Aggregate(PersonViews.None, (v, n) => Keep(v, $"View {n}"));
        Assert.Equal(RefusalCodes.TooManyViews, views.Keep("One more", new(), Spec.At(1)).Refusal!.Code);
        Assert.Null(views.Keep("view 7", Dense, Spec.At(1)).Refusal);
    }

    [Fact]
    public void A_unit_is_shown_as_somebody_left_it_or_by_a_view_until_that_is_deleted()
    {
        var views = Do(Do(Keep(PersonViews.None, "Night"), v => v.Choose(new("ED", 1, null), Spec.At(1))),
            v => v.Choose(new("MED", null, Dense), Spec.At(2)));
        Assert.Equal(["ED", "MED"], views.Choices.Keys);
        Assert.Empty(views.Choose(new("MED", null, Dense), Spec.At(3)).Events);
        Assert.Equal(RefusalCodes.ViewUnknown, views.Choose(new("ED", 2, null), Spec.At(3)).Refusal!.Code);
        Assert.Equal(["MED"], Do(views, v => v.Delete(1, Spec.At(3))).Choices.Keys);
        Assert.Empty(Do(Do(views, v => v.Choose(new("MED", null, null), Spec.At(3))), v => v.Choose(new("ED", null, null), Spec.At(4))).Choices);
    }

    [Fact]
    public void An_id_says_which_book_and_which_view_and_whatever_is_no_id_says_none()
    {
        var book = ViewKeys.BookOf("staff/kim-reyes");
        Assert.Equal((book, 7), ViewKeys.Read(ViewKeys.Id(book, 7)));
        Assert.DoesNotContain("kim", book, StringComparison.Ordinal);
        foreach (var text in (string?[])[null, "", "7", "x-7", book, ViewKeys.Id(book, 7) + "x", $"{Guid.NewGuid():N}-", $"{Guid.NewGuid():N}--7"])
            Assert.Null(ViewKeys.Read(text));
    }

    [Fact]
    public void A_unit_says_how_its_board_is_shown_to_whoever_has_chosen_nothing()
    {
        var unit = Read("board: { columns: [location, patient, step, needs], sort: stay, density: dense, folded: [emptyBeds, departed] }").Policy!
            .Unit("MED")!;
        Assert.Equal([BoardColumn.Location, BoardColumn.Patient, BoardColumn.Step, BoardColumn.Needs], unit.Board!.Columns);
        Assert.Equal((BoardSort.Stay, BoardDensity.Dense), (unit.Board.Sort, unit.Board.Density));
        Assert.Equal([BoardSection.EmptyBeds, BoardSection.Departed], unit.Board.Folded);
    }

    [Theory]
    [InlineData("board: { columns: [location, step] }", "patient is missing")]
    [InlineData("board: { columns: [patient, patient] }", "names one twice")]
    [InlineData("board: { columns: [patient, shoe] }", "not 'shoe'")]
    [InlineData("board: { sort: colour }", "not 'colour'")]
    [InlineData("board: { only: [mine] }", "is not a key that is known here")]
    public void A_pack_whose_board_cannot_be_shown_is_refused_with_the_reason(string board, string says) =>
        Assert.Contains(Read(board).Errors, error => error.Message.Contains(says, StringComparison.Ordinal));

    private static PolicyReading Read(string board) =>
        PolicyReader.Read($"extends: default\nname: Ours\nversion: 3\nunits:\n  - code: MED\n    name: Ward\n    {board}\n");

    private static PersonViews Keep(PersonViews views, string name, BoardLayout? layout = null) =>
        Do(views, v => v.Keep(name, layout ?? new(), Spec.At(0)));

    private static PersonViews Do(PersonViews views, Func<PersonViews, Decision<ViewEvent>> decide)
    {
        var decision = decide(views);
        Assert.Null(decision.Refusal);
        return decision.Events.Aggregate(views, (v, e) => v.Fold(e));
    }
}
