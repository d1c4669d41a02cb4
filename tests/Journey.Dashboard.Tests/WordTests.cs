using Journey.Api;
using Journey.Client.Live;
using Journey.Dashboard.Words;

namespace Journey.Dashboard.Tests;

/// <summary>Codes, spans and severities as people read them.</summary>
public class WordTests
{
    private static readonly DateTimeOffset Now = Rendered.Now;

    [Theory]
    [InlineData(0, "<1 min"), InlineData(1, "1 min"), InlineData(59, "59 min"), InlineData(60, "1 h 00"), InlineData(1439, "23 h 59"),
        InlineData(1440, "1 d 0 h"), InlineData(3000, "2 d 2 h")]
    public void A_span_is_said_in_its_own_magnitude(int minutes, string text) => Assert.Equal(text, Elapsed.Text(minutes));

    [Theory]
    [InlineData(-12, "12 min left"), InlineData(0, "due now"), InlineData(14, "over by 14 min")]
    public void A_target_says_how_long_is_left_or_by_how_much_it_is_over(int past, string text) =>
        Assert.Equal(text, Target.Left(Now, Now.AddMinutes(past)));

    [Theory]
    [InlineData(15, Level.Ok), InlineData(16, Level.Near), InlineData(19, Level.Near), InlineData(20, Level.Over)]
    public void Without_a_warning_of_its_own_a_clock_turns_in_its_last_fifth(int after, Level level) =>
        Assert.Equal(level, Target.At(Now, Now.AddMinutes(20), Now.AddMinutes(after)).Level);

    [Fact]
    public void Every_severity_has_its_level_and_one_that_is_not_known_alarms_nobody()
    {
        Assert.Equal([Level.Ok, Level.Near, Level.Over],
            ((string[])[Severities.Notice, Severities.Warning, Severities.Critical]).Select(Say.Severity));
        Assert.Equal(Level.Ok, Say.Severity("unheard-of"));
    }

    [Theory]
    [InlineData("2", "10"), InlineData("A2", "A10"), InlineData("a1", "B1"), InlineData("9", "9A"), InlineData("02", "3")]
    public void Bed_two_comes_before_bed_ten(string first, string second)
    {
        Assert.True(NaturalOrder.Instance.Compare(first, second) < 0);
        Assert.True(NaturalOrder.Instance.Compare(second, first) > 0);
    }

    [Theory]
    [InlineData(Steps.Decided, "Decision made"), InlineData(Steps.DischargePending, "Discharge pending"),
        InlineData("a-sites-own_step", "A sites own step")]
    public void A_code_without_a_word_of_its_own_is_shown_as_it_is(string step, string says) => Assert.Equal(says, Say.Step(step));

    [Theory]
    [InlineData(3, "3 d"), InlineData(40, "1 mo"), InlineData(400, "13 mo"), InlineData(800, "2 y"), InlineData(-1, "")]
    public void An_age_is_said_as_at_the_bedside(int days, string text)
    {
        var today = DateOnly.FromDateTime(Now.Date);
        Assert.Equal(text, Moment.Age(today.AddDays(-days), today));
    }

    [Fact]
    public void A_refused_board_says_why()
    {
        var board = new LiveBoard("ED", wall: false);
        Assert.Null(Say.Refusal(board));
        board.Refuse(ProblemCodes.UnitUnknown);
        Assert.Equal("No unit has the code “ED”.", Say.Refusal(board));
        board.Refuse(ProblemCodes.AccessDenied);
        Assert.Equal("The board of “ED” is not open to you.", Say.Refusal(board));
    }
}
