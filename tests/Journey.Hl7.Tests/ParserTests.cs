using System.Text;

namespace Journey.Hl7.Tests;

public class ParserTests
{
    private const string Admit =
        "MSH|^~\\&|APP^1.2.3^ISO|FAC|JOURNEY|HERE|20240331023000||ADT^A01^ADT_A01|MSG1|P^T|2.5.1^USA|||AL|NE||UNICODE UTF-8\r" +
        "EVN|A01|20240331023000\r" +
        "PID|1||4711^^^HOSP&1.2&ISO^MR~99^^^NHS||Doe^Jane||19700101|F|||\"\"\r" +
        "PV1|1|I|ED^12^A^FAC||||||||||||||||V-1\r" +
        "ZXY|anything\r" +
        "OBX|1|ST|A||one\r" +
        "OBX|2|ST|B||two\r";

    [Fact]
    public void The_header_tells_who_sent_what()
    {
        var message = Hl7Message.Parse(Admit);
        Assert.Equal(("ADT", "A01", "ADT_A01", "MSG1"), (message.Code, message.Trigger, message.Structure, message.ControlId));
        Assert.Equal(("APP", "FAC", "JOURNEY", "HERE"),
            (message.SendingApplication, message.SendingFacility, message.ReceivingApplication, message.ReceivingFacility));
        Assert.Equal(("P", "2.5.1"), (message.ProcessingId, message.Version));
        Assert.Equal((AckCondition.Always, AckCondition.Never, true), (message.AcceptAck, message.ApplicationAck, message.UsesEnhancedMode));
    }

    [Fact]
    public void A_message_without_conditions_is_in_original_mode()
    {
        var message = Hl7Message.Parse("MSH|^~\\&|A|B|C|D|2020||ADT^A01|1|P|2.5");
        Assert.Equal((AckCondition.Unspecified, AckCondition.Unspecified, false),
            (message.AcceptAck, message.ApplicationAck, message.UsesEnhancedMode));
    }

    [Theory]
    [InlineData(AckCondition.Always, true, true)]
    [InlineData(AckCondition.Always, false, true)]
    [InlineData(AckCondition.Never, true, false)]
    [InlineData(AckCondition.OnError, true, false)]
    [InlineData(AckCondition.OnError, false, true)]
    [InlineData(AckCondition.OnSuccess, true, true)]
    [InlineData(AckCondition.OnSuccess, false, false)]
    [InlineData(AckCondition.Unspecified, true, false)]
    public void A_condition_says_which_acknowledgement_is_wanted(AckCondition condition, bool success, bool wanted) =>
        Assert.Equal(wanted, condition.Wants(success));

    [Fact]
    public void Fields_repetitions_components_and_subcomponents_are_found()
    {
        var pid = Hl7Message.Parse(Admit)["PID"];
        Assert.Equal("4711", pid[3].Text);
        Assert.Equal("HOSP", pid[3].Component(4).Text);
        Assert.Equal("1.2", pid[3].Component(4).Subcomponent(2).Text);
        Assert.Equal("1.2", pid[3][4, 2].Text);
        Assert.Equal(2, pid[3].Repetitions.Count);
        Assert.Equal(["4711", "99"], pid[3].Repetitions.Select(r => r.Component(1).Text));
        Assert.Equal(["HOSP", "NHS"], pid[3].Repetitions.Select(r => r[4].Text));
        Assert.Equal("NHS", pid[3].Repetition(2).Component(4).Text);
        Assert.Equal(5, pid[3].ComponentCount);
        Assert.Equal("4711^^^HOSP&1.2&ISO^MR~99^^^NHS", pid[3].WholeText);
    }

    [Fact]
    public void What_was_not_sent_is_absent_and_never_an_error()
    {
        var message = Hl7Message.Parse(Admit);
        Assert.True(message["PV2", 3].IsAbsent);
        Assert.True(message["PID", 99].IsAbsent);
        Assert.True(message["PID", 2].IsAbsent);
        Assert.True(message["PID", 0].IsAbsent);
        Assert.True(message["PID", 3].Repetition(3).Component(1).Subcomponent(1).IsAbsent);
        Assert.True(message["PID", 5].Component(0).IsAbsent);
        Assert.True(default(Hl7Value).Component(1).Subcomponent(2).Repetition(1).IsAbsent);
        Assert.Equal("", default(Hl7Value).Text);
        Assert.Empty(message["PID", 2].Repetitions);
        Assert.False(message["PV2"].Exists);
        Assert.Equal(("", 0), (message["PV2"].Id, message["PV2"].FieldCount));
        Assert.False(message["much too long"].Exists);
    }

    [Fact]
    public void Null_is_told_from_absent()
    {
        var pid = Hl7Message.Parse(Admit)["PID"];
        Assert.Equal((Hl7ValueKind.Null, ""), (pid[11].Kind, pid[11].Text));
        Assert.Equal(Hl7ValueKind.Absent, pid[10].Kind);
        Assert.Equal(Hl7ValueKind.Present, pid[8].Kind);
        Assert.True(pid[11].IsNull);
        Assert.False(pid[11].HasValue);
    }

    [Fact]
    public void A_code_reads_the_same_with_or_without_its_description()
    {
        var message = Hl7Message.Parse("MSH|^~\\&|A|B|C|D|2020||ADT^A01|1|P|2.5\rPV1||I^Inpatient\rPV2|| I ");
        Assert.Equal("I", message["PV1", 2].Text);
        Assert.True(message["PV1", 2].Is("I"));
        Assert.True(message["PV2", 2].Is("I"));
        Assert.Equal("I", message["PV2", 2].Name);
        Assert.False(message["PV1", 2].Is("O"));
    }

    [Fact]
    public void Segments_come_in_order_and_can_be_asked_for_by_id()
    {
        var message = Hl7Message.Parse(Admit);
        Assert.Equal(["MSH", "EVN", "PID", "PV1", "ZXY", "OBX", "OBX"], message.Segments.Select(s => s.Id));
        Assert.Equal(["one", "two"], message.All("OBX").Select(s => s[5].Text));
        Assert.Equal([1, 2], message.All("OBX").Select(s => s.Sequence));
        Assert.Equal("OBX^2^5", message.SegmentAt(6).At(5).ToString());
        Assert.Equal(7, message.SegmentCount);
        Assert.Throws<ArgumentOutOfRangeException>(() => message.SegmentAt(7));
        Assert.Equal(19, message["PV1"].FieldCount);
    }

    [Fact]
    public void The_separators_are_fields_one_and_two_of_the_header()
    {
        var msh = Hl7Message.Parse(Admit)["MSH"];
        Assert.Equal(("|", "^~\\&", "APP"), (msh[1].Text, msh[2].Text, msh[3].Text));
        Assert.Equal(18, msh.FieldCount);
    }

    [Theory]
    [InlineData("\r")]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r\r")]
    [InlineData("\n\r")]
    [InlineData("\r\n\r\n")]
    [InlineData("\r \r")]
    [InlineData("\r||||\r")]
    [InlineData("\r  ")]
    [InlineData("\r\t")]
    [InlineData("\u001C\r\u000B")]
    public void Segments_end_in_many_ways(string end)
    {
        var message = Hl7Message.Parse(Admit.Replace("\r", end, StringComparison.Ordinal));
        Assert.Equal(["MSH", "EVN", "PID", "PV1", "ZXY", "OBX", "OBX"], message.Segments.Select(s => s.Id));
        Assert.Equal(("V-1", "two"), (message["PV1", 19].Text, message.SegmentAt(6)[5].Text));
        Assert.Equal("UNICODE UTF-8", message["MSH", 18].Text);
    }

    [Fact]
    public void Segment_ends_may_be_mixed_within_a_message()
    {
        var message = Hl7Message.Parse("MSH|^~\\&|A|B|C|D|2020||ADT^A01|1|P|2.5\rEVN|A01\nPID|1\r\nPV1|1\n\nPV2|1");
        Assert.Equal(["MSH", "EVN", "PID", "PV1", "PV2"], message.Segments.Select(s => s.Id));
    }

    [Theory]
    [InlineData("\uFEFF")]
    [InlineData("\u000B")]
    [InlineData("\r\n\r\n")]
    [InlineData("  ")]
    [InlineData("\u000B\uFEFF")]
    [InlineData("\0")]
    public void What_stands_before_the_header_does_no_harm(string before) => Assert.Equal("MSG1", Hl7Message.Parse(before + Admit).ControlId);

    [Theory]
    [InlineData("\u001C\r")]
    [InlineData("\u001C")]
    [InlineData("\0\0")]
    [InlineData("\u001A")]
    [InlineData("\r\n\u001C\r\n")]
    public void What_stands_after_the_end_does_no_harm(string after)
    {
        var message = Hl7Message.Parse(Admit.TrimEnd('\r') + after);
        Assert.Equal("two", message.SegmentAt(6)[5].Text);
        Assert.Equal(7, message.SegmentCount);
    }

    [Theory]
    [InlineData("line one\rline two")]
    [InlineData("line one\nline two")]
    [InlineData("line one\r\nline two")]
    public void A_raw_line_break_inside_a_field_is_kept_in_the_text(string note)
    {
        var message = Hl7Message.Parse("MSH|^~\\&|A|B|C|D|2020||ORU^R01|1|P|2.5\rOBX|1|TX|||" + note + "|mg|7\rNTE|1||after");
        Assert.Equal("line one\nline two", message["OBX", 5].Text);
        Assert.Equal(("mg", "7", "after"), (message["OBX", 6].Text, message["OBX", 7].Text, message["NTE", 3].Text));
    }

    [Theory]
    [InlineData("THE|rest")]
    [InlineData("5.1|||N^Not")]
    [InlineData("PID and more")]
    [InlineData("AND")]
    [InlineData("ob|x")]
    public void A_line_that_only_resembles_a_segment_is_judged_by_its_id_and_separator(string line)
    {
        var message = Hl7Message.Parse("MSH|^~\\&|A|B|C|D|2020||ORU^R01|1|P|2.5\rNTE|1||text\r" + line + "\rPID|1");
        Assert.Equal(line.StartsWith("THE|", StringComparison.Ordinal) ? 4 : 3, message.SegmentCount);
        Assert.Equal("1", message["PID", 1].Text);
    }

    [Fact]
    public void A_known_segment_without_any_field_is_a_segment()
    {
        var message = Hl7Message.Parse("MSH|^~\\&|A|B|C|D|2020||ADT^A01|1|P|2.5\rPV1\rZZZ\rPID|1");
        Assert.Equal(["MSH", "PV1", "ZZZ", "PID"], message.Segments.Select(s => s.Id));
        Assert.True(message["PV1", 1].IsAbsent);
    }

    [Fact]
    public void The_trigger_falls_back_to_the_event_segment() =>
        Assert.Equal("A08", Hl7Message.Parse("MSH|^~\\&|A|B|C|D|2020||ADT|1|P|2.1\rEVN|A08|2020").Trigger);

    [Theory]
    [InlineData("ADT_A01", "ADT", "A01")]
    [InlineData("ADT^ADT_A01", "ADT", "A01")]
    [InlineData("ADT^A01^ADT_A01", "ADT", "A01")]
    [InlineData("CUSTOM^PAT", "CUSTOM", "PAT")]
    [InlineData("MY_CUSTOM^X_1", "MY_CUSTOM", "X_1")]
    [InlineData(" ADT ^ A01 ", "ADT", "A01")]
    [InlineData("ORU", "ORU", "")]
    public void The_message_type_is_read_from_its_usual_forms(string type, string code, string trigger)
    {
        var message = Hl7Message.Parse($"MSH|^~\\&|A|B|C|D|2020||{type}|1|P|2.5\rPID|1");
        Assert.Equal((code, trigger), (message.Code, message.Trigger));
    }

    [Fact]
    public void A_sender_without_a_name_is_known_by_its_universal_id() =>
        Assert.Equal("1.2.3", Hl7Message.Parse("MSH|^~\\&|^1.2.3^ISO|B|C|D|2020||ADT^A01|1|P|2.5").SendingApplication);

    [Theory]
    [InlineData("", "100 MSH^1")]
    [InlineData("\r\n \u000B\u001C", "100 MSH^1")]
    [InlineData("PID|1", "100 MSH^1")]
    [InlineData("GET / HTTP/1.1\r\n\r\n", "100 MSH^1")]
    [InlineData("MSH", "102 MSH^1^1")]
    [InlineData("MSHA^~\\&A", "102 MSH^1^1")]
    [InlineData("MSH|", "101 MSH^1^2")]
    [InlineData("MSH||A|B", "101 MSH^1^2")]
    [InlineData("MSH|ABCD|A|B", "102 MSH^1^2")]
    [InlineData("MSH|!@#$%*|A|B", "102 MSH^1^2")]
    [InlineData("MSH|^~\\&", "101 MSH^1^9")]
    [InlineData("MSH|^~\\&|A|B|C|D|2020|||1|P|2.5", "101 MSH^1^9")]
    [InlineData("MSH|^~\\&|A|B|C|D|2020||\"\"|1|P|2.5", "101 MSH^1^9")]
    [InlineData("MSH|^~\\&|A|B|C|D|2020||^A01|1|P|2.5", "101 MSH^1^9")]
    [InlineData("MSH|^~\\&|A|B|C|D|2020||ADT^A01|1|P|2.5\rMSH|^~\\&|A|B|C|D|2020||ADT^A01|2|P|2.5", "100 MSH^2")]
    public void What_cannot_be_read_says_where_and_why(string text, string expected)
    {
        Assert.False(Hl7Message.TryParse(Encoding.UTF8.GetBytes(text), out var message, out var error));
        Assert.Null(message);
        Assert.Equal(expected, $"{(int)error.Code} {error.Location}");
        Assert.EndsWith(".", error.Text, StringComparison.Ordinal);
        var thrown = Assert.Throws<Hl7Exception>(() => Hl7Message.Parse(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(error, thrown.Error);
    }

    [Fact]
    public void Numbers_and_times_are_read_without_making_strings()
    {
        var message = Hl7Message.Parse("MSH|^~\\&|A|B|C|D|20240102030405+0100||ADT^A01|1|P|2.5\rPV1| 12 |x|12345678901234567890");
        Assert.True(message["PV1", 1].TryGetInt64(out var number));
        Assert.Equal(12, number);
        Assert.False(message["PV1", 2].TryGetInt64(out _));
        Assert.False(message["PV1", 3].TryGetInt64(out _));
        Assert.True(message["MSH", 7].TryGetTime(TimeZoneInfo.Utc, out var time));
        Assert.Equal(new DateTimeOffset(2024, 1, 2, 3, 4, 5, TimeSpan.FromHours(1)), time.Value);
        Assert.False(message["PV1", 9].TryGetTime(TimeZoneInfo.Utc, out _));
    }

    [Fact]
    public void A_megabyte_of_headers_is_judged_in_an_instant()
    {
        foreach (var part in new[] { "MSH", "MSH|", "MSH|^~\\&\r", "|", "\\", "\r\n", "MSH|^~\\&|||||||ADT\r" })
        {
            var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(part, 1_000_000 / part.Length)));
            foreach (var item in Hl7Batch.Split(bytes).Messages.Take(10)) _ = Hl7Message.TryParse(item.Bytes, out _, out _);
            _ = Hl7Message.TryParse(bytes, out var message, out _);
            Hl7Message.FindHeader(bytes);
            byte[] inside = [.. "MSH|^~\\&|||||||ADT\rNTE|||"u8, .. bytes];
            if (Hl7Message.TryParse(inside, out message, out _)) Assert.NotNull(message["NTE", 3].WholeText);
        }
    }

    [Fact]
    public void The_header_is_found_in_bytes_that_are_not_a_message()
    {
        var header = Hl7Message.FindHeader("garbage MSH|^~\\&|A|B|C|D|2020||ADT^A01|77|P|2.5\rMSH|^~\\&|x"u8.ToArray());
        Assert.Equal("77", header!.ControlId);
        Assert.Null(Hl7Message.FindHeader("no header here"u8.ToArray()));
        Assert.Equal("9", Hl7Message.FindHeader("MSHMSH|^~\\&|||||||ADT^A01|9"u8.ToArray())!.ControlId);
    }
}
