using System.Text;
using CsCheck;

namespace Journey.Hl7.Tests;

public class PropertyTests
{
    private static readonly DateTimeOffset Now = new(2024, 3, 31, 1, 2, 3, TimeSpan.Zero);

    private static readonly Gen<string> Words = Gen.OneOf(
        Gen.String[Gen.Char["ab|^~\\&\"\r\n\t #FSTREXHN.brüß李\u0001\u000B\u001C"], 0, 12],
        Gen.String[Gen.Char.AlphaNumeric, 0, 20],
        Gen.Const("\"\""), Gen.Const("\\"), Gen.Const("\\F\\"), Gen.Const("MSH|^~\\&|"), Gen.Const("\r\nPID|1"), Gen.Const("😀"));

    private static readonly Gen<Hl7Delimiters> Separators =
        Gen.OneOf(new[] { "|^~\\&", "#*%!$", "$^~\\&", "|@*/+" }.Select(s => Gen.Const(s)).ToArray()).Select(s => new Hl7Delimiters
        {
            Field = (byte)s[0], Component = (byte)s[1], Repetition = (byte)s[2], Escape = (byte)s[3], Subcomponent = (byte)s[4],
        });

    private static readonly byte[] Sample = Encoding.UTF8.GetBytes(
        "MSH|^~\\&|APP^1.2.3^ISO|FAC|J|H|20240331023000||ADT^A01^ADT_A01|MSG1|P|2.5.1|||AL|NE||UNICODE UTF-8\r" +
        "EVN|A01|20240331023000\rPID|1||4711^^^HOSP&1.2&ISO^MR~99^^^NHS||Döe^Jane\\T\\Co||19700101|F|||\"\"\r" +
        "PV1|1|I|ED^12^A^FAC||||||||||||||||V-1\rOBX|1|TX|A||line\rbreak\\.br\\x||\r\nBTS|1\rFTS|1\r");

    [Fact]
    public void Any_text_written_is_read_back() =>
        Gen.Select(Separators, Words.Array[0, 6], Words.Array[0, 4], Words.Array[0, 4]).Sample((separators, fields, components, subcomponents) =>
        {
            var writer = new Hl7MessageWriter(separators).Header("A", "B", "C", "D", Now, "ADT", "A01", "1").Segment("ZZZ");
            for (var i = 0; i < fields.Length; i++) writer.Field(i + 1, fields[i]);
            writer.Segment("ZZC").Field(2, components).Repeat(components).Field(4).Component(3, subcomponents);
            var message = Hl7Message.Parse(writer.ToArray());

            Assert.Equal(3, message.SegmentCount);
            for (var i = 0; i < fields.Length; i++) Assert.Equal(fields[i], message["ZZZ", i + 1].WholeText);
            for (var i = 0; i < components.Length; i++)
            {
                Assert.Equal(components[i], message["ZZC", 2].Component(i + 1).WholeText);
                Assert.Equal(components[i], message["ZZC", 2].Repetition(2).Component(i + 1).WholeText);
            }

            for (var i = 0; i < subcomponents.Length; i++) Assert.Equal(subcomponents[i], message["ZZC", 4][3, i + 1].Text);
        }, iter: 5_000);

    [Fact]
    public void Random_bytes_are_read_or_refused_but_never_throw() => Gen.Byte.Array[0, 300].Sample(Digest, iter: 4_000);

    [Fact]
    public void Random_bytes_after_a_header_are_read_or_refused_but_never_throw() =>
        Gen.Byte.Array[0, 300].Sample(tail => Digest([.. "MSH|^~\\&|A|B|C|D|2020||ADT^A01|1|P|2.5\r"u8, .. tail]), iter: 4_000);

    [Fact]
    public void Random_structure_is_read_or_refused_but_never_throws() =>
        Gen.String[Gen.Char["MSHBTPIDF|^~\\&#\r\n\u000B\u001C \"A1."], 0, 80]
        .Sample(text => Digest(Encoding.UTF8.GetBytes("MSH|" + text)), iter: 4_000);

    [Fact]
    public void A_damaged_message_is_read_or_refused_but_never_throws() =>
        Gen.Select(Gen.Int[0, Sample.Length - 1], Gen.Byte, Gen.Int[0, 3], Gen.Int[0, Sample.Length]).Array[1, 8].Sample(changes =>
        {
            var bytes = Sample.ToList();
            foreach (var (at, value, kind, other) in changes)
            {
                var place = Math.Min(at, bytes.Count - 1);
                if (place < 0) break;
                if (kind == 0) bytes[place] = value;
                else if (kind == 1) bytes.RemoveAt(place);
                else if (kind == 2) bytes.Insert(place, value);
                else bytes.RemoveRange(Math.Min(place, other), Math.Min(Math.Abs(place - other), bytes.Count - Math.Min(place, other)) / 4);
            }

            Digest([.. bytes]);
        }, iter: 4_000);

    [Fact]
    public void A_message_cut_anywhere_is_read_or_refused_but_never_throws()
    {
        for (var length = 0; length <= Sample.Length; length++)
        {
            Digest(Sample[..length]);
            Digest(Sample[length..]);
        }
    }

    [Fact]
    public void Any_text_is_a_time_or_not_but_never_throws()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("America/Santiago");
        Gen.String[Gen.Char["0123456789+-.:TZ "], 0, 30].Sample(text => { Hl7Time.TryParse(text, zone, out _); });
        Gen.Select(Gen.Int[0, 9999], Gen.Int[0, 14], Gen.Int[0, 33], Gen.Int[0, 26], Gen.Int[0, 62]).Sample((y, mo, d, h, mi) =>
        {
            Hl7Time.TryParse($"{y:D4}{mo:D2}{d:D2}{h:D2}{mi:D2}", zone, Now, out _);
            Hl7Time.TryParse($"{y:D4}{mo:D2}{d:D2}{h:D2}{mi:D2}-1400", zone, out _);
        });
    }

    [Fact]
    public void Local_times_in_order_stay_in_order_through_a_year_of_clock_changes()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var instant = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
        DateTimeOffset? last = null;
        for (; instant.Year == 2024; instant = instant.AddMinutes(20))
        {
            var local = TimeZoneInfo.ConvertTime(instant, zone);
            Assert.True(Hl7Time.TryParse(local.ToString("yyyyMMddHHmmss"), zone, last, out var time));
            Assert.Equal(instant, time.Value);
            last = instant;
        }
    }

    /// <summary>Does with bytes everything the gateway may do.</summary>
    private static void Digest(byte[] bytes)
    {
        Hl7Batch.IsSingleMessage(bytes);
        var batch = Hl7Batch.Split(bytes);
        var acks = new List<ReadOnlyMemory<byte>>();
        foreach (var item in batch.Messages)
        {
            byte[] ack;
            if (Hl7Message.TryParse(item.Bytes, out var message, out var error))
            {
                Read(message);
                ack = Acknowledgement.Create(message, AckCode.AE, Now, "R", [new Hl7Error(Hl7ErrorCode.DataType, new("PID", 1, 3, 2), "x|y")]);
            }
            else
            {
                ack = Acknowledgement.ForUnparsable(item.Bytes, error, Now, "R");
            }

            if (message is not null) Assert.True(Hl7Message.TryParse(ack, out _, out _));
            acks.Add(ack);
        }

        Acknowledgement.ForBatch(batch, acks, Now, "B");
        if (Hl7Message.TryParse(bytes, out var whole, out var problem)) Read(whole);
        else Acknowledgement.ForUnparsable(bytes, problem, Now, "R");
    }

    private static void Read(Hl7Message message)
    {
        _ = (message.Code, message.Trigger, message.Structure, message.ControlId, message.AcceptAck, message.ProcessingId, message.SendingFacility);
        foreach (var segment in message.Segments)
        {
            _ = segment.At(1).ToString();
            for (var i = 0; i <= segment.FieldCount + 1; i++)
            {
                var field = segment[i];
                _ = (field.Text, field.WholeText, field.Name, field.Kind, field.TryGetInt64(out _), field.TryGetTime(TimeZoneInfo.Utc, out _));
                foreach (var repetition in field.Repetitions)
                {
                    for (var c = 1; c <= repetition.ComponentCount; c++) _ = repetition[c, 2].Text;
                }
            }
        }
    }
}
