using System.Text;

namespace Journey.Hl7.Tests;

public class AcknowledgementTests
{
    private static readonly DateTimeOffset Now = new(2024, 3, 31, 1, 2, 3, TimeSpan.Zero);
    private static readonly Hl7Error Missing =
        new(Hl7ErrorCode.RequiredFieldMissing, new("PID", 1, 3), "No patient identifier.") { Diagnostic = "trace-1" };

    [Fact]
    public void An_acknowledgement_turns_the_header_round()
    {
        var message = Hl7Message.Parse("MSH|^~\\&|APP^1.2^ISO|FAC|JOURNEY|HERE|2020||ADT^A08^ADT_A01|MSG\\T\\1|T|2.5.1|||AL|NE||8859/1");
        Assert.Equal(
            "MSH|^~\\&|JOURNEY|HERE|APP^1.2^ISO|FAC|20240331010203+0000||ACK^A08^ACK|R1|T|2.5.1||||||8859/1\rMSA|AA|MSG\\T\\1\r",
            Text(Acknowledgement.Create(message, AckCode.AA, Now, "R1")));
    }

    [Fact]
    public void A_modern_sender_gets_a_modern_err()
    {
        var message = Hl7Message.Parse("MSH|^~\\&|A|B|C|D|2020||ADT^A08|1|P|2.5");
        var text = Text(Acknowledgement.Create(message, AckCode.AR, Now, "R1", [Missing, Missing with { Severity = Hl7Severity.Warning }]));
        Assert.Contains("\rMSA|AR|1\rERR||PID^1^3|101^Required field missing^HL70357|E|||trace-1|No patient identifier.\rERR||PID^1^3|101^", text,
            StringComparison.Ordinal);
        Assert.Contains("|W|||trace-1", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2.1")]
    [InlineData("2.3")]
    [InlineData("2.4")]
    public void An_older_sender_gets_the_err_it_knows(string version)
    {
        var message = Hl7Message.Parse($"MSH|^~\\&|A|B|C|D|2020||ADT^A08|1|P|{version}");
        var text = Text(Acknowledgement.Create(message, AckCode.AR, Now, "R1", [Missing]));
        Assert.EndsWith($"|{version}\rMSA|AR|1|No patient identifier.\rERR|PID^1^3^101&Required field missing&HL70357\r", text,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("new")]
    [InlineData("3")]
    public void A_sender_of_unknown_version_gets_a_modern_err(string version)
    {
        var message = Hl7Message.Parse($"MSH|^~\\&|A|B|C|D|2020||ADT^A08|1|P|{version}");
        Assert.Contains("\rERR||PID^1^3|101^", Text(Acknowledgement.Create(message, AckCode.AE, Now, "R1", [Missing])), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("^~\\&#")]
    [InlineData("^")]
    [InlineData("^~&")]
    [InlineData("&#%@")]
    [InlineData("^~\\\\&")]
    public void The_senders_separators_are_used_and_completed(string encoding)
    {
        foreach (var version in new[] { "2.3", "2.7" })
        {
            var message = Hl7Message.Parse($"MSH|{encoding}|A|B|C|D|2020||ADT|1|P|{version}\rEVN|A08");
            var ack = Hl7Message.Parse(Acknowledgement.Create(message, AckCode.AE, Now, "R1", [Missing with { Text = "a|b^c" }]));
            Assert.Equal(message.Delimiters.Component, ack.Delimiters.Component);
            Assert.Equal(("ACK", "A08", "AE", "1"), (ack.Code, ack.Trigger, ack["MSA", 1].Text, ack["MSA", 2].Text));
            Assert.Equal("a|b^c", version == "2.3" ? ack["MSA", 3].Text : ack["ERR", 8].Text);
            Assert.Equal("101", version == "2.3" ? ack["ERR", 1][4].Text : ack["ERR", 3].Text);
        }
    }

    [Fact]
    public void A_message_without_control_id_or_trigger_is_acknowledged_all_the_same()
    {
        var ack = Hl7Message.Parse(Acknowledgement.Create(Hl7Message.Parse("MSH|^~\\&|||||||ORU"), AckCode.AA, Now, "R1"));
        Assert.Equal(("ACK", "", "AA", ""), (ack.Code, ack.Trigger, ack["MSA", 1].Text, ack["MSA", 2].Text));
        Assert.Equal(("P", "2.5"), (ack.ProcessingId, ack.Version));
    }

    [Fact]
    public void An_acknowledgement_speaks_the_character_set_of_the_sender()
    {
        var utf16 = Encoding.Unicode.GetBytes("MSH|^~\\&|Zoë|B|C|D|2020||ADT^A08|1|P|2.5");
        var ack = Acknowledgement.Create(Hl7Message.Parse(utf16), AckCode.AA, Now, "R1");
        Assert.Equal(0, ack[1]);
        Assert.Equal("Zoë", Hl7Message.Parse(ack).ReceivingApplication);
    }

    [Fact]
    public void An_unreadable_frame_is_answered_with_what_can_be_found_of_its_header()
    {
        var error = new Hl7Error(Hl7ErrorCode.SegmentSequence, new("MSH"), "Cut off.");
        var ack = Hl7Message.Parse(Acknowledgement.ForUnparsable("xxMSH|^~\\&|A|B|C|D|2020|||77|P|2.5\rjunk"u8.ToArray(), error, Now, "R1"));
        Assert.Equal(("AR", "77", "A"), (ack["MSA", 1].Text, ack["MSA", 2].Text, ack.ReceivingApplication));
        Assert.Equal("100", ack["ERR", 3].Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("MSH")]
    [InlineData("MSH|")]
    public void A_frame_without_a_header_is_answered_without_a_control_id(string frame)
    {
        Assert.False(Hl7Message.TryParse(Encoding.UTF8.GetBytes(frame), out _, out var error));
        var ack = Hl7Message.Parse(Acknowledgement.ForUnparsable(Encoding.UTF8.GetBytes(frame), error, Now, "R1"));
        Assert.Equal(("AR", "", "R1"), (ack["MSA", 1].Text, ack["MSA", 2].Text, ack.ControlId));
        Assert.True(ack["ERR", 3].HasValue);
    }

    [Fact]
    public void A_batch_is_answered_by_a_batch()
    {
        var bytes = "BHS|^~\\&|APP|FAC|X|Y|2020||||B1\rMSH|^~\\&|A|B|C|D|2020||ADT^A01|1|P|2.5\rMSH|^~\\&|A|B|C|D|2020||ADT^A08|2|P|2.5\rBTS|2\r"u8
            .ToArray();
        var batch = Hl7Batch.Split(bytes);
        var acks = batch.Messages.Select(m => (ReadOnlyMemory<byte>)Acknowledgement.Create(Hl7Message.Parse(m.Bytes), AckCode.AA, Now, "R" + m.Index))
            .ToArray();
        var reply = Hl7Batch.Split(Acknowledgement.ForBatch(batch, acks, Now, "RB"));
        Assert.Empty(reply.Warnings);
        Assert.Equal(["1", "2"], reply.Messages.Select(m => Hl7Message.Parse(m.Bytes)["MSA", 2].Text));
        var header = Assert.Single(reply.BatchHeaders);
        Assert.Equal(("X", "APP", "RB", "B1"), (header[3].Text, header[5].Text, header[11].Text, header[12].Text));
    }

    [Fact]
    public void An_empty_or_headless_batch_is_answered_too()
    {
        var reply = Hl7Batch.Split(Acknowledgement.ForBatch(Hl7Batch.Split("BTS|0"u8.ToArray()), [], Now, "RB"));
        Assert.True(reply.HasEnvelope);
        Assert.Empty(reply.Messages);
        Assert.Empty(reply.Warnings);
    }

    private static string Text(byte[] bytes) => Encoding.Latin1.GetString(bytes);
}
