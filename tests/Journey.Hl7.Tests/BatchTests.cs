using System.Text;

namespace Journey.Hl7.Tests;

public class BatchTests
{
    private const string One = "MSH|^~\\&|A|B|C|D|2020||ADT^A01|1|P|2.5\rPID|1\r";
    private const string Two = "MSH|^~\\&|A|B|C|D|2020||ADT^A08|2|P|2.5\rPID|1\r";
    private const string FileHeader = "FHS|^~\\&|APP|FAC|X|Y|2020\r";
    private const string BatchHeader = "BHS|^~\\&|APP|FAC|X|Y|2020||||B1\r";

    [Fact]
    public void A_single_message_is_a_batch_of_one()
    {
        var batch = Split(One);
        Assert.Equal(["1"], Ids(batch));
        Assert.False(batch.HasEnvelope);
        Assert.Empty(batch.Warnings);
        Assert.False(batch.FileHeader.Exists);
    }

    [Fact]
    public void A_whole_envelope_is_opened_without_complaint()
    {
        var batch = Split(FileHeader + BatchHeader + One + Two + "BTS|2\rFTS|1\r");
        Assert.Equal(["1", "2"], Ids(batch));
        Assert.True(batch.HasEnvelope);
        Assert.Empty(batch.Warnings);
        Assert.Equal("APP", batch.FileHeader[3].Text);
        Assert.Equal("B1", Assert.Single(batch.BatchHeaders)[11].Text);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void Line_ends_of_files_are_understood(string end)
    {
        var batch = Split((FileHeader + BatchHeader + One + Two + "BTS|2\rFTS|1\r").Replace("\r", end, StringComparison.Ordinal));
        Assert.Equal(["1", "2"], Ids(batch));
        Assert.Empty(batch.Warnings);
    }

    [Fact]
    public void Several_batches_in_a_file_are_counted_separately()
    {
        var batch = Split(FileHeader + BatchHeader + One + "BTS|1\r" + BatchHeader + Two + "BTS|1\rFTS|2\r");
        Assert.Equal(["1", "2"], Ids(batch));
        Assert.Empty(batch.Warnings);
        Assert.Equal(2, batch.BatchHeaders.Count);
    }

    [Fact]
    public void An_empty_batch_has_no_messages_and_a_warning_when_it_claims_some()
    {
        var batch = Split(FileHeader + BatchHeader + "BTS|2\rFTS|1\r");
        Assert.Empty(batch.Messages);
        Assert.Equal("The batch claims 2 messages and has 0.", Assert.Single(batch.Warnings).Text);
        Assert.Empty(Split(FileHeader + BatchHeader + "BTS|0\rFTS|1\r").Warnings);
    }

    [Theory]
    [InlineData(BatchHeader + One + Two, "The batch has no trailer.")]
    [InlineData(One + Two + "BTS|2\r", "A batch trailer without a header.")]
    [InlineData(BatchHeader + One + Two + "BTS|7\r", "The batch claims 7 messages and has 2.")]
    [InlineData(FileHeader + BatchHeader + One + Two + "BTS|2\r", "The file has no trailer.")]
    [InlineData(BatchHeader + One + BatchHeader + Two + "BTS|1\r", "A batch starts before the one above it has ended.")]
    [InlineData(FileHeader + BatchHeader + One + Two + "BTS|2\rFTS|3\r", "The file claims 3 batches and has 1.")]
    [InlineData(BatchHeader + One + Two + "BTS\rFTS\r", "A file trailer without a header.")]
    public void What_is_wrong_with_an_envelope_is_told_and_the_messages_are_used(string text, string warning)
    {
        var batch = Split(text);
        Assert.Equal(["1", "2"], Ids(batch));
        var told = Assert.Single(batch.Warnings);
        Assert.Equal((warning, Hl7Severity.Warning), (told.Text, told.Severity));
    }

    [Fact]
    public void Several_messages_without_an_envelope_are_split()
    {
        var batch = Split(One + Two);
        Assert.Equal(["1", "2"], Ids(batch));
        Assert.Equal([0, One.Length], batch.Messages.Select(m => m.Offset));
        Assert.False(batch.HasEnvelope);
    }

    [Fact]
    public void Framing_bytes_and_marks_between_messages_are_left_out()
    {
        var batch = Split("\u000B" + One + "\u001C\r\u000B" + Two + "\u001C\r\uFEFF" + One);
        Assert.Equal(["1", "2", "1"], Ids(batch));
    }

    [Fact]
    public void The_word_msh_inside_a_field_starts_nothing()
    {
        var batch = Split("MSH|^~\\&|A|B|C|D|2020||ADT^A01|1|P|2.5\rNTE|1||see MSH|^~\\& above\rMSHX is no header");
        Assert.Equal(["1"], Ids(batch));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r\n")]
    [InlineData("nothing like a message")]
    public void Bytes_without_a_message_are_one_that_is_refused(string text)
    {
        var only = Assert.Single(Split(text).Messages);
        Assert.False(Hl7Message.TryParse(only.Bytes, out _, out var error));
        Assert.Equal(Hl7ErrorCode.SegmentSequence, error.Code);
    }

    [Fact]
    public void Bytes_before_the_first_message_are_not_lost()
    {
        var batch = Split("EVN|A01\rPID|cut off\r" + One);
        Assert.Equal(2, batch.Messages.Count);
        Assert.False(Hl7Message.TryParse(batch.Messages[0].Bytes, out _, out _));
        Assert.Equal("1", Hl7Message.Parse(batch.Messages[1].Bytes).ControlId);
    }

    [Fact]
    public void A_message_in_utf16_is_split_too() =>
        Assert.Equal(["1", "2"], Ids(Hl7Batch.Split(Encoding.Unicode.GetBytes(One + Two))));

    [Theory]
    [InlineData(One, true)]
    [InlineData("\u000B" + One, true)]
    [InlineData(One + "\r\n" + Two, false)]
    [InlineData(One + "\u001C\r\u000B" + Two, false)]
    [InlineData(One + "BTS|1\r", false)]
    [InlineData(BatchHeader + One, false)]
    [InlineData("PID|1", false)]
    [InlineData("", false)]
    public void The_usual_case_is_told_cheaply(string text, bool single) =>
        Assert.Equal(single, Hl7Batch.IsSingleMessage(Encoding.UTF8.GetBytes(text)));

    private static Hl7Batch Split(string text) => Hl7Batch.Split(Encoding.UTF8.GetBytes(text));

    private static IEnumerable<string> Ids(Hl7Batch batch) => batch.Messages.Select(m => Hl7Message.Parse(m.Bytes).ControlId);
}
