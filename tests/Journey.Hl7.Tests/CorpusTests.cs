namespace Journey.Hl7.Tests;

public class CorpusTests
{
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    [Fact]
    public void Every_file_splits_into_messages_that_parse_or_say_what_is_wrong()
    {
        var (parsed, refused, without) = (0, new List<string>(), new List<string>());
        foreach (var file in Corpus.SingleFiles())
        {
            var batch = Hl7Batch.Split(File.ReadAllBytes(file));
            if (batch.Messages.Count == 0) without.Add(Path.GetFileName(file));
            foreach (var item in batch.Messages)
            {
                if (Hl7Message.TryParse(item.Bytes, out var message, out var error))
                {
                    ReadEverything(message);
                    parsed++;
                }
                else
                {
                    Assert.NotEmpty(error.Text);
                    refused.Add($"{Path.GetFileName(file)}: {error}");
                }
            }
        }

        Assert.Equal(["empty-batch.hl7"], without);
        Assert.Equal(["empty.hl7: 100 Segment sequence error at MSH^1: The message is empty."], refused);
        Assert.Equal(465, parsed);
    }

    [Theory]
    [InlineData("simhospital/sample/messages.hl7s", 1013)]
    [InlineData("simhospital/stream-spring/messages.hl7s", 2901)]
    public void Every_message_of_a_simulated_hospital_parses(string file, int expected)
    {
        var count = 0;
        foreach (var bytes in Corpus.Stream(file))
        {
            var message = Hl7Message.Parse(bytes);
            Assert.NotEmpty(message.ControlId);
            Assert.Equal(3, message.Trigger.Length);
            Assert.True(message["PID", 3].HasValue);
            Assert.True(message["MSH", 7].TryGetTime(London, out _));
            ReadEverything(message);
            count++;
        }

        Assert.Equal(expected, count);
        Assert.Equal(expected, Hl7Batch.Split(File.ReadAllBytes(Path.Combine(Corpus.Root(), file))).Messages.Count);
    }

    private static void ReadEverything(Hl7Message message)
    {
        foreach (var segment in message.Segments)
        {
            Assert.Equal(3, segment.Id.Length);
            for (var i = 1; i <= segment.FieldCount; i++)
            {
                _ = segment[i].WholeText;
                foreach (var repetition in segment[i].Repetitions)
                {
                    for (var c = 1; c <= repetition.ComponentCount; c++) _ = repetition.Component(c).Text;
                }
            }
        }
    }
}
