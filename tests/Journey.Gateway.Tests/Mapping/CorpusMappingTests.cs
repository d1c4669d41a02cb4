using Journey.Contracts.Intake;
using Journey.Gateway.Feeds.Mapping;
using Journey.Gateway.Feeds.Profiles;
using Journey.Hl7;

namespace Journey.Gateway.Tests.Mapping;

public class CorpusMappingTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset ReceivedAt = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Every_message_becomes_steps_or_is_kept_or_is_refused_with_a_reason()
    {
        var (steps, kept, refused) =
            Count(Corpus.SingleFiles().SelectMany(file => Hl7Batch.Split(File.ReadAllBytes(file)).Messages.Select(message => message.Bytes)));
        Assert.True(steps > 100, $"{steps} of the messages mean something");
        Assert.True(kept > 100, $"{kept} of the messages are kept");
        Assert.True(refused < 10, $"{refused} of the messages are refused");
    }

    [Theory]
    [InlineData("simhospital/stream-spring/messages.hl7s"), InlineData("simhospital/sample/messages.hl7s")]
    public void No_message_of_a_whole_simulated_hospital_is_refused(string file)
    {
        if (!File.Exists(Path.Combine(Corpus.Root(), file))) Assert.Skip($"The corpus has no {file}.");
        var (steps, _, refused) = Count(Corpus.Stream(file).Select(bytes => new ReadOnlyMemory<byte>(bytes)));
        Assert.True(steps > 300, $"{steps} of the messages mean something");
        Assert.Equal(0, refused);
    }

    private (int Steps, int Kept, int Refused) Count(IEnumerable<ReadOnlyMemory<byte>> messages)
    {
        var feed = FeedProfile.From(new FeedDefaults { TimeZone = "Europe/London", ProcessingIds = "P,T,D" });
        var reasons = new Dictionary<string, int>();
        var findings = new Dictionary<Finding, int>();
        var (steps, kept, refused) = (0, 0, 0);
        foreach (var bytes in messages)
        {
            if (!Hl7Message.TryParse(bytes, out var message, out var unreadable))
            {
                Note(reasons, unreadable);
                refused++;
                continue;
            }

            var mapped = MessageMapper.Map(message, bytes, feed, ReceivedAt);
            foreach (var finding in mapped.Findings) findings[finding] = findings.GetValueOrDefault(finding) + 1;
            if (mapped.Error is { } error)
            {
                Note(reasons, error);
                refused++;
            }
            else if (mapped.Message!.Steps.IsEmpty)
            {
                kept++;
            }
            else
            {
                Assert.All(mapped.Message.Steps.OfType<About>(), about => Assert.NotEqual(Guid.Empty, about.Patient.Id.Value));
                steps++;
            }
        }

        output.WriteLine($"{steps} with steps, {kept} kept, {refused} refused");
        foreach (var (finding, count) in findings) output.WriteLine($"  {count} × {finding.Field} {finding.Code ?? "not believed"}");
        foreach (var (reason, count) in reasons) output.WriteLine($"  {count} × {reason}");
        return (steps, kept, refused);
    }

    private static void Note(Dictionary<string, int> reasons, Hl7Error error)
    {
        Assert.False(string.IsNullOrWhiteSpace(error.Text));
        reasons[error.ToString()] = reasons.GetValueOrDefault(error.ToString()) + 1;
    }
}
