namespace Journey.Hl7.Tests;

public class DelimiterTests
{
    [Theory]
    [InlineData("^~\\&", "^~\\&")]
    [InlineData("^~&", "^~\\&")]
    [InlineData("^\\&", "^~\\&")]
    [InlineData("^~\\\\&", "^~\\&")]
    [InlineData("^~\\&#", "^~\\&#")]
    [InlineData("^~\\&amp;", "^~\\&")]
    [InlineData("^~\\& ", "^~\\&")]
    [InlineData("^", "^")]
    [InlineData("^~", "^~")]
    [InlineData("^~\\", "^~\\")]
    [InlineData("$%*@", "$%*@")]
    [InlineData("&", "^~\\&")]
    [InlineData(":~", ":~")]
    public void Encoding_characters_are_understood_even_with_one_lost_or_doubled(string sent, string understood)
    {
        var message = Hl7Message.Parse($"MSH|{sent}|A|B|C|D|2020||ADT|1|P|2.5");
        Assert.Equal(understood, message.Delimiters.EncodingCharacters);
        Assert.Equal("A", message["MSH", 3].Text);
    }

    [Fact]
    public void Other_separators_than_the_usual_ones_work_throughout()
    {
        var message = Hl7Message.Parse("MSH#*%!$#A#B#C#D#2020##ADT*A01#1#P#2.5\rPID###1*x$y%2*!F!!S!!T!!R!!E!");
        Assert.Equal("A01", message.Trigger);
        Assert.Equal("y", message["PID", 3][2, 2].Text);
        Assert.Equal("#*$%!", message["PID", 3].Repetition(2).Component(2).Text);
    }

    [Fact]
    public void A_message_without_subcomponents_may_use_the_ampersand_as_text() =>
        Assert.Equal("Tom & Jerry", Hl7Message.Parse("MSH|^~\\|A|B|C|D|2020||ADT|1|P|2.5\rNTE|||Tom & Jerry")["NTE", 3].Text);

    [Fact]
    public void A_doubled_escape_character_is_doubled_in_the_text_too() =>
        Assert.Equal("a|b", Hl7Message.Parse("MSH|^~\\\\&|A|B|C|D|2020||ADT|1|P|2.5\rNTE|||a\\\\F\\\\b")["NTE", 3].Text);

    [Fact]
    public void A_doubled_escape_character_in_the_header_alone_does_no_harm() =>
        Assert.Equal("a|b", Hl7Message.Parse("MSH|^~\\\\&|A|B|C|D|2020||ADT|1|P|2.5\rNTE|||a\\F\\b")["NTE", 3].Text);
}
