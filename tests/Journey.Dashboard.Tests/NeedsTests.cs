using Journey.Api;
using Journey.Dashboard.Boards;
using Journey.Dashboard.Words;

namespace Journey.Dashboard.Tests;

/// <summary>What one line says of what is wanted, and what the strip counts.</summary>
public class NeedsTests
{
    [Fact]
    public void Nothing_is_needed_where_nothing_is_open() => Assert.Null(Needs.First(Rows.Here("Calm"), Rendered.Now));

    [Fact]
    public void The_gravest_that_nobody_has_is_said_and_the_rest_is_a_number()
    {
        var row = Rows.Here("Busy") with
        {
            Alerts =
            [
                Alert("Taken", Severities.Critical, AlertStates.Acknowledged), Alert("Near", Severities.Warning),
                Alert("Grave", Severities.Critical),
            ],
            Doubts =
            [
                new(DoubtKinds.BedShared, "Another is shown there.", Rendered.Now, null),
                new(DoubtKinds.Silent, "Nothing heard.", Rendered.Now, null),
            ],
        };
        Assert.Equal(new Needs(Level.Over, "Grave", AlertStates.Raised, false, 3), Needs.First(row, Rendered.Now));
        Assert.Equal("Bed shared, and 1 more", Needs.First(row with { Alerts = [row.Alerts[0]] }, Rendered.Now)!.Whole);
    }

    [Fact]
    public void The_figures_count_whom_their_filters_show_each_with_the_longest_wait()
    {
        var now = Rendered.Now;
        var board = Rows.Board(
            Rows.Here("Unseen", "1") with { StepsAhead = [Steps.Seen], Nurse = "Ada", ArrivedAt = now.AddHours(-1) },
            Rows.Here("Longer", "2") with { StepsAhead = [Steps.Seen], ArrivedAt = now.AddHours(-3), Alerts = [Alert("Grave", Severities.Critical)] },
            Rows.Here("Boards") with { Step = Steps.Boarding, Alerts = [Alert("Taken", Severities.Critical, AlertStates.Acknowledged)] },
            Rows.Gone("Gone", "3"));
        var figures = Figures.Of(board);
        Assert.Equal((3, 1, 1, 0), (figures.Here, figures.Bedless, figures.ToVerify, figures.Ready));
        Assert.Equal(new Figure(2, now.AddHours(-3)), figures.Unseen);
        Assert.Equal(new Figure(1, now.AddHours(-1)), figures.Boarding);
        Assert.Equal(default, figures.Families);
        Assert.Equal((2, 1, 1), (figures.Unassigned, figures.Alerts, figures.Critical));
        foreach (var (query, count) in ((BoardQuery, int)[])
            [(new() { Unseen = true }, 2), (new() { Boarding = true }, 1), (new() { Unowned = true }, 2), (new() { Alerts = true }, 1)])
            Assert.Equal(count, Arrangement.Sections(board, query, "", new(null!)).Sum(s => s.Lines.Count));
    }

    [Fact]
    public void Empty_beds_are_folded_on_demand()
    {
        var board = Rows.Board(Rows.Here("Here", "1"));
        Assert.Equal(3, Assert.Single(Arrangement.Sections(board, new(), "", new(null!))).Lines.Count);
        Assert.Single(Assert.Single(Arrangement.Sections(board, new() { Folded = [BoardSections.EmptyBeds] }, "", new(null!))).Lines);
    }

    [Theory]
    [InlineData("Ewa Kowalewska-Bryd", "E. Kowalewska-Bryd"), InlineData("Ada", "Ada"), InlineData("", "")]
    [InlineData("Dr. Clara Chirurgin", "Dr. Clara Chirurgin")]
    public void A_colleague_is_named_as_a_line_has_room_for(string name, string shown) => Assert.Equal(shown, Say.Initial(name));

    private static Alert Alert(string says, string severity, string state = AlertStates.Raised) =>
        new(Guid.NewGuid(), "ed.triage", AlertKinds.Touchpoint, says, severity, state, Rendered.Now, Rendered.Now, null, null, null, null, null,
            null);
}
