using System.Text;

namespace Journey.Hl7.Tests;

public class WriterTests
{
    private static readonly DateTimeOffset Now = new(2024, 3, 31, 1, 2, 3, TimeSpan.FromHours(1));

    [Fact]
    public void A_message_is_written_field_by_field()
    {
        var text = Text(new Hl7MessageWriter()
            .Header("SIM", "HOSP", "JOURNEY", "HOSP", Now, "ADT", "A01", "42", "ADT_A01")
            .Segment("EVN").Field(2, Now, Hl7Precision.Minute)
            .Segment("PID").Field(1, 1).Field(3, "4711", null, null, "HOSP", "MR").Repeat("99", null, null, "NHS").Field(5, "Doe", "Jane").Null(8)
            .Segment("PV1").Field(2, "I").Field(3).Component(1, "ED").Component(4, "FAC", "1.2", "ISO").Field(10, (string?)null)
            .Segment("ZZZ"));
        Assert.Equal(
            "MSH|^~\\&|SIM|HOSP|JOURNEY|HOSP|20240331010203+0100||ADT^A01^ADT_A01|42|P|2.5.1||||||UNICODE UTF-8\r" +
            "EVN||202403310102+0100\r" +
            "PID|1||4711^^^HOSP^MR~99^^^NHS||Doe^Jane|||\"\"\r" +
            "PV1||I|ED^^^FAC&1.2&ISO\r" +
            "ZZZ\r",
            text);
    }

    [Fact]
    public void Separators_in_text_are_escaped() =>
        Assert.Equal("NTE|a\\F\\b\\S\\c\\T\\d\\R\\e\\E\\f\\.br\\g\\X0D\\h\\X1C\\i\r",
            Text(new Hl7MessageWriter().Segment("NTE").Field(1, "a|b^c&d~e\\f\ng\rh\u001Ci")));

    [Fact]
    public void Two_quotes_as_text_are_not_the_null_value()
    {
        var bytes = new Hl7MessageWriter().Header("A", "B", "C", "D", Now, "ADT", "A01", "1").Segment("NTE").Field(3, "\"\"").Null(4).ToArray();
        var note = Hl7Message.Parse(bytes)["NTE"];
        Assert.Equal(("\"\"", false), (note[3].Text, note[3].IsNull));
        Assert.True(note[4].IsNull);
    }

    [Fact]
    public void Fields_must_rise() =>
        Assert.Throws<InvalidOperationException>(() => new Hl7MessageWriter().Segment("PID").Field(3, "x").Field(3, "y"));

    [Fact]
    public void Fields_need_a_segment() => Assert.Throws<InvalidOperationException>(() => new Hl7MessageWriter().Field(1, "x"));

    [Fact]
    public void Repetitions_need_a_field() => Assert.Throws<InvalidOperationException>(() => new Hl7MessageWriter().Segment("PID").Repeat("x"));

    [Theory]
    [InlineData("pid")]
    [InlineData("PIDX")]
    [InlineData("")]
    [InlineData("P|D")]
    public void Segment_ids_are_checked(string id) => Assert.Throws<ArgumentException>(() => new Hl7MessageWriter().Segment(id));

    [Fact]
    public void A_message_is_written_in_its_character_set()
    {
        foreach (var name in new[] { "8859/15", "UNICODE UTF-16", "UNICODE UTF-8" })
        {
            var bytes = new Hl7MessageWriter(charset: Hl7Charset.Find(name)).Header("A", "B", "C", "D", Now, "ADT", "A01", "1").Segment("PID")
                .Field(5, "Œuvre 5 €").ToArray();
            Assert.Equal("Œuvre 5 €", Hl7Message.Parse(bytes)["PID", 5].Text);
        }
    }

    private static string Text(Hl7MessageWriter writer) => Encoding.UTF8.GetString(writer.ToArray());
}
