using Journey.Api;
using Journey.Dashboard.Boards;
using Journey.Dashboard.SignIn;

namespace Journey.Dashboard.Tests;

/// <summary>What of a board is shown, and in which order.</summary>
public class ArrangingTests
{
    private static readonly Person Nobody = new(null!);

    [Fact]
    public void By_bed_every_bed_stands_in_its_natural_place_and_who_has_none_comes_after()
    {
        var board = Rows.Board(Rows.Here("Ten", "10"), Rows.Here("Two", "2"), Rows.Here("None") with { Acuity = 2 },
            Rows.Here("Urgent") with { Acuity = 1 });
        var sections = Arrangement.Sections(board, new(), "", Nobody);
        Assert.Equal([BoardSections.Beds, BoardSections.NoBed], sections.Select(s => s.Id));
        Assert.Equal(["1", "Two", "3", "Ten"], sections[0].Lines.Select(l => l.Row?.Patient.Name ?? l.Bed!.Name));
        Assert.Equal(["Urgent", "None"], sections[1].Lines.Select(l => l.Row!.Patient.Name));
    }

    [Fact]
    public void A_chair_in_the_waiting_room_is_no_bed() =>
        Assert.False(Arrangement.IsPlaced(Rows.Here("Seated", "C1") with { PlaceKind = PlaceKinds.Waiting }));

    [Theory]
    [InlineData(SortBy.Patient, "A,B,C"), InlineData(SortBy.Acuity, "C,A,B"), InlineData(SortBy.Stay, "B,C,A"), InlineData(SortBy.Alerts, "B,A,C"),
        InlineData(SortBy.Family, "A,C,B")]
    public void A_column_has_the_most_pressing_first(SortBy by, string order) => Assert.Equal(order, Order(new() { Sort = by }));

    [Fact]
    public void Turned_round_whoever_has_no_value_still_comes_last() => Assert.Equal("A,C,B", Order(new() { Sort = SortBy.Acuity, Reversed = true }));

    [Fact]
    public void A_bed_is_kept_for_who_is_expected_first()
    {
        var (later, sooner) = (Coming("Later", 60), Coming("Sooner", 10));
        var board = Rows.Board(later, sooner);
        Assert.Equal("Sooner", Arrangement.Sections(board, new(), "", Nobody)[0].Lines[0].KeptFor!.Patient.Name);

        static BoardRow Coming(string name, int minutes) =>
            Rows.Here(name) with
            {
                Status = VisitStatuses.Expected,
                Plan = new(PlanKinds.Admit, null, Rendered.Now.AddMinutes(minutes), Rendered.Now, "ED", null, "1")
            };
    }

    [Fact]
    public void Whoever_is_here_stands_in_the_section_of_their_kind_of_place_and_so_does_an_empty_bed()
    {
        var board = Rows.Board(At("Hallway", PlaceKinds.Hallway, "H1"), At("Fast", PlaceKinds.FastTrack, null), At("Chair", PlaceKinds.Waiting, null),
            At("Triage", PlaceKinds.Triage, null), Rows.Here("None"), At("Bed", PlaceKinds.Treatment, "1")) with
        {
            Beds = [new(null, "1", BedStatuses.Clean, null, null), new("HALL", "H2", BedStatuses.Clean, null, null) { PlaceKind = PlaceKinds.Hallway }],
        };
        Assert.Equal(
            [(BoardSections.Beds, "Bed"), (BoardSections.Hallway, "Hallway,H2"), (BoardSections.FastTrack, "Fast"), (BoardSections.WaitingRoom, "Chair"),
                (BoardSections.Triage, "Triage"), (BoardSections.NoBed, "None")],
            Arrangement.Sections(board, new(), "", Nobody)
                .Select(s => (s.Id, string.Join(',', s.Lines.Select(l => l.Row?.Patient.Name ?? l.Bed!.Name)))));

        static BoardRow At(string name, string kind, string? bed) => Rows.Here(name, bed, "HALL") with { PlaceKind = kind, Room = bed == "1" ? null : "HALL" };
    }

    private static readonly BoardQuery Everything = new()
    {
        Sort = SortBy.Family, Reversed = true, Acuities = [1, 2], Steps = [Steps.Seen], Alerts = true, FamilyWaiting = true, Unowned = true,
        Owed = true, Mine = true, Unseen = true, Boarding = true, Folded = [BoardSections.EmptyBeds],
        Columns = [BoardColumns.Patient, BoardColumns.Note], Density = BoardDensities.Touch,
    };

    [Theory, InlineData(false), InlineData(true)]
    public void Every_filter_is_kept_in_the_address_and_read_from_it_again(bool viewHasThemAll)
    {
        var ground = viewHasThemAll ? Everything : new();
        foreach (var query in (BoardQuery[])[Everything, new(), Everything with { Alerts = false, Acuities = [], Folded = [] }])
        {
            var address = query.ToQuery(ground).ToDictionary(p => p.Key, p => (string?)p.Value);
            var read = BoardQuery.Parse(address["sort"], address["only"], address["acuity"], address["step"], address["fold"], ground);
            Assert.Equivalent(query.ToLayout() with { Columns = [], Density = "" }, read.ToLayout() with { Columns = [], Density = "" }, strict: true);
        }

        Assert.All(new BoardQuery().ToQuery(new()).Values, Assert.Null);
    }

    [Fact]
    public void A_view_says_all_of_it_and_what_nobody_knows_asks_for_nothing()
    {
        Assert.Equivalent(Everything.ToLayout(), BoardQuery.Of(Everything.ToLayout()).ToLayout(), strict: true);
        Assert.Equal(SortBy.Bed, BoardQuery.Of(new() { Sort = "moon" }).Sort);
        Assert.Equal([BoardColumns.Patient], Column.Shown([BoardColumns.Patient, "moon"], Nobody).Select(c => c.Name));
    }

    [Theory]
    [InlineData("nonsense", null), InlineData("-", null), InlineData("bed", "9,x,0")]
    public void An_address_typed_by_hand_shows_the_board_all_the_same(string sort, string? acuity)
    {
        var query = BoardQuery.Parse(sort, null, acuity, null, null, new());
        Assert.Equal(SortBy.Bed, query.Sort);
        Assert.Empty(query.Acuities);
    }

    [Fact]
    public void A_second_tap_on_a_column_turns_it_round()
    {
        var once = new BoardQuery().SortedBy(SortBy.Acuity);
        Assert.Equal((SortBy.Acuity, false), (once.Sort, once.Reversed));
        Assert.Equal((SortBy.Acuity, true), (once.SortedBy(SortBy.Acuity).Sort, once.SortedBy(SortBy.Acuity).Reversed));
    }

    [Theory]
    [InlineData("musterfrau", true), InlineData("must 12", true), InlineData("triaged must", true), InlineData("musterfrau 13", false),
        InlineData("stone", true)]
    public void Each_word_that_is_typed_must_be_found_somewhere_in_the_row(string text, bool found) => Assert.Equal(found, new BoardQuery().Matches(
        Rows.Here("Musterfrau, Erika", "12") with { Step = Steps.Triaged, Nurse = "Ada Stone" }, text, Nobody));

    [Fact]
    public void Who_is_between_two_nurses_is_nobodys() =>
        Assert.Equal([true, false, true, false], ((BoardRow[])
        [
            Rows.Here("None"), Rows.Here("Ada's") with { Nurse = "Ada" },
            Rows.Here("Between") with { Nurse = "Ada",
                Handoff = new(Guid.Empty, HandoffStates.Required, CareRoles.Nurse, "Ada", null, Rendered.Now, Rendered.Now, null, null) },
            Rows.Here("Left") with { Status = VisitStatuses.Departed },
        ]).Select(BoardQuery.IsUnowned));

    private static string Order(BoardQuery query)
    {
        var now = Rendered.Now;
        var board = Rows.Board(
            Rows.Here("A") with { Acuity = 3, ArrivedAt = now.AddHours(-1), Alerts = [Alert(Severities.Warning)], Family = Waits(-30) },
            Rows.Here("B") with { ArrivedAt = now.AddHours(-3), Alerts = [Alert(Severities.Critical)] },
            Rows.Here("C") with { Acuity = 1, ArrivedAt = now.AddHours(-2), Family = Waits(-10) });
        return string.Join(',', Arrangement.Sections(board, query, "", Nobody)[0].Lines.Select(l => l.Row!.Patient.Name));

        Alert Alert(string severity) =>
            new(Guid.NewGuid(), "ed.triage", AlertKinds.Touchpoint, "Triage", severity, AlertStates.Raised, now, now, null, null, null, null,
                null, null);
        Family Waits(int minutes) => new(now.AddMinutes(minutes), null, null, null, null, null, false, []);
    }
}
