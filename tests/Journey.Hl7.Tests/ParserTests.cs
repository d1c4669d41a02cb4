namespace Journey.Hl7.Tests;

public class ParserTests
{
    [Fact]
    public void A_message_is_read() => Assert.Equal("ADT", Hl7Message.Parse("MSH|^~\\&|A|B|C|D|2020||ADT^A01|1|P|2.5\r").Code);
}
