using Journey.Api;
using Journey.Dashboard.Alerts;
using Journey.Dashboard.Boards;
using Journey.Dashboard.Families;
using Journey.Dashboard.Lists;
using Journey.Dashboard.Sheets;
using Journey.Dashboard.SignIn;
using Journey.Dashboard.Visits;
using Journey.Dashboard.Walls;
using Journey.Dashboard.Words;

namespace Journey.Dashboard.Tests;

/// <summary>What may be wrong is shown apart, with its evidence, and is one truth on all screens.</summary>
public class VerifyingTests
{
    private static readonly Person Nobody = new(null!);

    [Fact]
    public void Who_has_probably_left_stands_in_a_group_of_their_own_below_the_board()
    {
        var board = Rows.Board(Rows.Here("Here, Hanna", "2"), Rows.Gone("Gone, Gerd", "1"));
        var sections = Arrangement.Sections(board, new(), "", Nobody);
        Assert.Equal(["beds", "verify"], sections.Select(s => s.Id));
        Assert.Equal("Gone, Gerd", Assert.Single(sections[1].Lines).Row!.Patient.Name);
        Assert.Equal(["2", "3"], sections[0].Lines.Select(l => l.Bed!.Name)); // Bed 1 is neither taken nor free.
        Assert.Equal(["3"], Arrangement.EmptyBeds(board).Select(b => b.Name));
    }

    [Fact]
    public void A_filter_shows_whom_its_number_counts_and_a_name_finds_everybody()
    {
        var board = Rows.Board(Rows.Here("Here, Hanna", "2"), Rows.Gone("Gone, Gerd", "1"));
        Assert.DoesNotContain(Arrangement.Sections(board, new() { Alerts = true }, "", Nobody), s => s.Id == "verify");
        Assert.Equal(["verify"], Arrangement.Sections(board, new(), "gerd", Nobody).Select(s => s.Id));
    }

    [Fact]
    public void Their_alerts_and_families_are_on_no_other_list_either()
    {
        var board = Rows.Board(Rows.Gone("Gone, Gerd", "1"));
        Assert.Empty(OpenLine.AllOn([board]));
        Assert.Empty(Worklist.Lines([board], Rendered.Now));
        Assert.Empty(WallView.Needs(board, Rendered.Now));
    }

    [Fact]
    public async Task A_wall_shows_their_bed_to_be_verified_and_nobody_in_it()
    {
        var tiles = WallView.Tiles(Rows.Board(Rows.Gone("Gone, Gerd", "1")));
        Assert.All(tiles, tile => Assert.Null(tile.Row));
        Assert.Equal([true, false, false], tiles.Select(t => t.ToVerify));
        Assert.Equal("1 To verify", Rendered.Text(await Rendered.Html<WallTile>(("Line", tiles[0]))));
        Assert.Equal("2 Ready", Rendered.Text(await Rendered.Html<WallTile>(("Line", tiles[1]))));
    }

    [Fact]
    public async Task The_task_of_a_shift_leads_from_the_list_to_the_group_on_the_board()
    {
        var task = new ListItem(null, "ED", null, null, null,
            new Owed(Guid.NewGuid(), "verify", "probably-gone", "open", null, Rendered.Now.AddHours(-1), Rendered.Now.AddHours(9)),
            "3 to verify on ED", null);
        var line = await Rendered.Html<ListLine>(("Item", task));
        Assert.Contains("3 to verify on ED they have probably left: still here, or gone? To verify ED", Rendered.Text(line),
            StringComparison.Ordinal);
        Assert.Contains("href=\"units/ED#section-verify\"", line, StringComparison.Ordinal);
        Assert.Contains("id=\"section-verify\"",
            await Rendered.Html<BoardPage>((Rows.Board(Rows.Gone("Gone, Gerd", "1")), false), [], ("Code", "ED")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_to_verify_tells_the_evidence_and_offers_two_taps()
    {
        var text = Rendered.Text(await Rendered.Html<ToVerifyLine>(("Row", Rows.Gone("Gone, Gerd", "1"))));
        Assert.Equal(
            "1 Gone, Gerd Roomed Nothing heard or done for 13 h since Sun 21:00 Still here : Gone, Gerd (bed 1) Left… how and when, Gone, Gerd "
                + "(bed 1)", text);
        text = Rendered.Text(await Rendered.Html<ToVerifyLine>(("Row", Rows.Gone("Confidential", "1") with { Withheld = true, Doubts = [] })));
        Assert.Equal("1 Confidential Probably gone last heard of 08:25", text);
    }

    [Fact]
    public async Task Another_doubt_is_a_chip_in_words_and_its_sheet_settles_it()
    {
        var other = Guid.NewGuid();
        var row = Rows.Here("Shared, Sven",
            "1") with
        {
            Doubts = [new("bed-shared", "Another patient is shown in bed 1.", Rendered.Now, other),
                new("bed-reported-free", "The bed was reported free.", Rendered.Now, null)]
        };
        var chips = await Rendered.Html<RowDoubts>(("Row", row));
        Assert.Equal(
            "Bed shared : Another patient is shown in bed 1. Settle it for Shared, Sven (bed 1) Bed reported free : The bed was reported free. "
                + "Settle it for Shared, Sven (bed 1)", Rendered.Text(chips));
        Assert.Contains("mark-doubt", chips, StringComparison.Ordinal);
        var sheet = await Rendered.Html<DoubtsSheet>(("Row", row));
        Assert.Contains($"visits/{other}", sheet, StringComparison.Ordinal);
        Assert.EndsWith("At this bed Left… Cancel", Rendered.Text(sheet), StringComparison.Ordinal);
        sheet = await Rendered.Html<DoubtsSheet>(
            ("Row", row with { Status = "departed", Doubts = [new("after-departure", "A result came at 09:50.", Rendered.Now, null)] }));
        Assert.EndsWith("Has left Is here: back on the board Cancel", Rendered.Text(sheet), StringComparison.Ordinal);
        row = row with { Doubts = [new("time-not-believed", "A message gave a time that cannot be (EVN-2).", Rendered.Now, null)] };
        Assert.StartsWith("Time not believed :", Rendered.Text(await Rendered.Html<RowDoubts>(("Row", row))), StringComparison.Ordinal);
        Assert.EndsWith("Times as shown Left… Cancel", Rendered.Text(await Rendered.Html<DoubtsSheet>(("Row", row))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task How_somebody_left_is_never_chosen_beforehand_and_when_is_what_the_evidence_says()
    {
        var sheet = await Rendered.Html<LeftSheet>(("Row", Rows.Gone("Gone, Gerd", "1")));
        Assert.Contains("Who left: Gone, Gerd (bed 1)", sheet, StringComparison.Ordinal);
        Assert.All(Say.DepartureChoices, kind => Assert.Contains(kind.Says, Rendered.Text(sheet), StringComparison.Ordinal));
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(sheet, " checked"));
        Assert.Matches("checked[^>]*>\\s*<span>When last heard of, Sun 21:00",
            sheet); // As the line says, whatever else was recorded of the row since.
        Assert.DoesNotContain("08:25", sheet, StringComparison.Ordinal);
        Assert.Matches("data-testid=\"sheet-send\" disabled", sheet);
        Assert.Matches("checked[^>]*>\\s*<span>Now", await Rendered.Html<LeftSheet>(("Row", Rows.Here("Here, Hanna", "1"))));
    }

    [Theory]
    [InlineData("silent", true, "When last heard of, 09:14", "When last heard of, 09:14"),
        InlineData("elsewhere", true, "When placed under another visit, 09:14", "When placed under another visit, 09:14")]
    [InlineData("bed-reported-free", false, "When the bed was reported free, 09:14", "Now"), InlineData("bed-shared", false, "Now", "Now")]
    public async Task Every_doubt_that_says_when_somebody_left_is_a_time_to_choose(string kind, bool gone, string offered, string chosen)
    {
        var sheet = await Rendered.Html<LeftSheet>(
            ("Row", Rows.Here("Here, Hanna", "1") with { ProbablyGone = gone, Doubts = [new(kind, "", Rendered.Now.AddMinutes(-46), null)] }));
        Assert.Contains($"<span>{offered}</span>", sheet, StringComparison.Ordinal);
        Assert.Matches($" checked[^>]*>\\s*<span>{chosen}</span>", sheet);
    }

    [Fact]
    public async Task A_row_that_continues_an_emergency_visit_says_from_where_and_counts_from_the_door()
    {
        var ed = Guid.NewGuid();
        var row = Rows.Here("Ward, Wanda", "1") with
        {
            DoorAt = Rendered.Now.AddHours(-5),
            Links = [new("admitted-from", ed, "V1", "ED", Rendered.Now.AddHours(-5))],
            PlaceKind = "hallway"
        };
        var html = await Rendered.Html<BoardLine>(("Row", row));
        Assert.Matches($"href=\"visits/{ed}\"[^>]*>from ED, door 05:00<", await Rendered.Html<BoardDrawer>(("Row", row)));
        Assert.Contains("5 h 00", Rendered.Text(html), StringComparison.Ordinal);
        Assert.StartsWith("1 Hallway Ward, Wanda", Rendered.Text(html), StringComparison.Ordinal);
        Assert.Equal("From ED, door 05:00 (visit V1)", Rendered.Text(await Rendered.Html<OtherVisits>(("Row", row))));
        Assert.Equal("Place: 09:00, ADT",
            Rendered.Text(await Rendered.Html<SaidBy>(("Said", new Freshness(Rendered.Now.AddHours(-1), "ADT")), ("What", "Place"))));
    }

    [Fact]
    public async Task A_visit_that_goes_on_is_linked_without_the_unit_it_was_on_once()
    {
        VisitLink[] links = [new("admitted-to", Guid.NewGuid(), "V2", "ICU", Rendered.Now),
            new("elsewhere-as", Guid.NewGuid(), "V3", "ICU", Rendered.Now), new("mother-of", Guid.NewGuid(), null, "ICU", null)];
        var text = Rendered.Text(await Rendered.Html<OtherVisits>(("Row", Rows.Here("Left, Lena") with { Links = links })));
        Assert.Equal("Admitted, another visit continues this one (visit V2) Now under another visit (visit V3) Newborn", text);
    }

    [Theory]
    [InlineData(null, null, "–"), InlineData("FT", null, "FT"), InlineData("FT", "3", "FT-3"), InlineData(null, "3", "3"),
        InlineData("R1", "R12", "R12"), InlineData("", "", "–")]
    public async Task A_place_is_shown_as_far_as_it_is_known(string? room, string? bed, string shown)
    {
        var row = Rows.Here("Place, Paula", bed, room);
        Assert.StartsWith(shown + (shown == "–" ? " No bed" : "") + " Place, Paula", Rendered.Text(await Rendered.Html<BoardLine>(("Row", row))),
            StringComparison.Ordinal);
        Assert.Equal(shown == "–" ? BoardSections.NoBed : BoardSections.Beds, Arrangement.Sections(Rows.Board(row), new(), "paula", Nobody)[0].Id);
        Assert.Equal(BoardSections.WaitingRoom, Arrangement.Sections(Rows.Board(row with { PlaceKind = "waiting" }), new(), "paula", Nobody)[0].Id);
    }

    [Fact]
    public async Task A_departed_row_says_how_and_that_it_was_concluded()
    {
        var row = Rows.Here("Left, Lena", "1") with { Status = "departed", DepartedAt = Rendered.Now, DepartedAs = "admitted", EndInferred = true };
        Assert.Contains("Departed 10:00, Admitted (concluded)", Rendered.Text(await Rendered.Html<BoardLine>(("Row", row))),
            StringComparison.Ordinal);
        Assert.Equal(("Left before being seen", null),
            (Say.Departure(row with { DepartedAs = "left-before-evaluation", EndInferred = false }), Say.Departure(row with { DepartedAs = null })));
    }

    [Theory]
    [InlineData(30, "1 min"), InlineData(95, "1 min"), InlineData(1500, "25 min"), InlineData(32_900, "9 h"), InlineData(300_000, "3 d")]
    public async Task A_feed_that_is_behind_is_said_in_its_own_magnitude(int seconds, string words)
    {
        Feed[] feeds = [new("ADT", "behind", Rendered.Now, 1) { BehindSeconds = seconds }, new("LAB", "live", Rendered.Now, 1)];
        Assert.Equal($"ADT is {words} behind, catching up — calls about its visits wait.",
            Rendered.Text(await Rendered.Html<FeedsBehind>(("All", feeds))));
        Assert.Equal(Level.Near, Say.FeedLevel(feeds[0]));
        Assert.Equal("", Rendered.Text(await Rendered.Html<FeedsBehind>(("All", new[] { feeds[1] }))));
    }

    [Fact]
    public async Task What_was_said_of_the_feeds_is_not_known_while_the_page_is_not_live() =>
        Assert.Equal("Feed not known", Rendered.Text(await Rendered.Html<Boards.Feeds>(("All", new[] { new Feed("ADT", "live", Rendered.Now, 1) }))));
}
