using Journey.Api;
using Journey.Dashboard.Boards;
using Journey.Dashboard.Lists;
using Journey.Dashboard.Walls;

namespace Journey.Dashboard.Tests;

/// <summary>A link to a unit leads to that unit, whatever it is called.</summary>
public class UnitLinkTests
{
    [Theory]
    [InlineData(".."), InlineData("."), InlineData("A/B"), InlineData("%2F"), InlineData("#"), InlineData("?"), InlineData("4 OST"),
        InlineData("4.OST"), InlineData("~2F"), InlineData("~"), InlineData("Ü"), InlineData("病棟")]
    public async Task What_a_link_writes_the_page_reads(string code)
    {
        var task = new ListItem(null, code, null, null, null,
            new Owed(Guid.NewGuid(), "verify", "probably-gone", "open", null, Rendered.Now, Rendered.Now), "1 to verify", null);
        var line = await Rendered.Html<ListLine>(("Item", task));
        var segment =
            line[(line.IndexOf("units/", StringComparison.Ordinal) + "units/".Length)..line.IndexOf("#section-verify", StringComparison.Ordinal)];
        Assert.Matches("^[A-Za-z0-9_~-]+$", segment);
        Assert.Equal(code, UnitSegment.Read(segment));
        var board = Rows.Board(Rows.Here("Here, Hanna", "1")) with { Unit = code, Name = "Odd ward" };
        Assert.Contains("Here, Hanna", await Rendered.Html<BoardPage>((board, false), [], ("Code", segment)), StringComparison.Ordinal);
        Assert.Contains("Odd ward", await Rendered.Html<WallPage>((board, true), [], ("Code", segment)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ED"), InlineData("ICU-4_2"), InlineData("4 OST"), InlineData("~"), InlineData("A~B"), InlineData("~4")]
    public void An_address_typed_by_hand_is_taken_as_it_is(string code) => Assert.Equal(code, UnitSegment.Read(code));

    [Fact]
    public void A_usual_code_stays_as_it_is() => Assert.Equal("ICU-4_2", UnitSegment.Encode("ICU-4_2"));
}
