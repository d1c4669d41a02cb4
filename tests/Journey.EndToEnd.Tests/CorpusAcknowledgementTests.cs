using System.Collections.Concurrent;
using System.Text;
using Journey.Hl7.Mllp;

namespace Journey.EndToEnd.Tests;

/// <summary>Every message of the corpus over MLLP: what is answered, and that nothing breaks the listener.</summary>
public sealed class CorpusAcknowledgementTests
{
    private const int Connections = 6;

    [Fact]
    public async Task Every_message_is_answered_once_and_rightly_and_no_connection_is_lost()
    {
        var frames = Corpus.Frames();
        await using var journey = await JourneyProcess.Start(("Journey:Feed:TimeZone", "Europe/London"), ("Journey:Feed:ProcessingIds", "P,T,D"));
        var wrong = new ConcurrentQueue<string>();
        var codes = frames.Select(frame => Expected(frame.Payload)).SelectMany(answers => answers?.All.Select(one => one.Code) ?? ["none"])
            .ToHashSet();
        Assert.True(codes.IsSupersetOf(["AA", "AR", "CA", "none"]), $"The corpus asks for {string.Join(' ', codes)} only.");
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Line()));

        Assert.True(wrong.IsEmpty, $"{wrong.Count} of {frames.Count}:\n{string.Join('\n', wrong.Take(60))}\n{journey.Output}");
        Assert.True(journey.IsRunning, journey.Output);
        await using var fresh = await MllpClient.ConnectAsync("127.0.0.1", journey.MllpPort);
        var admission =
            "MSH|^~\\&|E2E|HOME|||20240101120000||ADT^A01|after-all|P|2.5\rEVN|A01|20240101120000\rPID|1||E2E-1^^^HOME^MR||Doe^Jo\rPV1|1|I|LAST^1^1\r"u8;
        var answer = new Plain((await fresh.SendAsync(admission.ToArray())).Span);
        Assert.Equal(("AA", "after-all"), (answer.Field("MSA", 1), answer.Field("MSA", 2)));
        Assert.Contains((await journey.AllBoards()).Single(board => board.Unit == "LAST").Rows, row => row.Patient.Number == "E2E-1");
        journey.SaysNothingOf(NamesIn(frames));

        async Task Line()
        {
            await using var client = await MllpClient.ConnectAsync("127.0.0.1", journey.MllpPort, new() { Timeout = TimeSpan.FromSeconds(60) });
            while (Interlocked.Increment(ref next) is var i && i < frames.Count)
            {
                var (name, payload) = frames[i];
                var expected = Expected(payload);
                try
                {
                    if (expected is null)
                    {
                        await client.PostAsync(payload);
                        continue;
                    }

                    var reply = Encoding.Latin1.GetString((await client.SendAsync(payload)).Span);
                    if (Wrong(expected, reply) is { } why) wrong.Enqueue($"{name}: {why}\n    {reply.Replace("\r", "\n    ")}");
                }
                catch (Exception e)
                {
                    wrong.Enqueue($"{name}: {e.Message}");
                    return;
                }
            }
        }
    }

    /// <summary>What a batch is answered with, one for each message; one of a single message; null when its sender wants no answer at all.</summary>
    private static Answers? Expected(byte[] payload)
    {
        var text = Encoding.Latin1.GetString(payload);
        var lines = text.Split('\r', '\n').Select(line => line.TrimStart('\x0B', ' ', '\xEF', '\xBB', '\xBF')).ToArray();
        var isBatch = lines.Any(line => line.Length >= 3 && line[..3] is "FHS" or "BHS" or "BTS" or "FTS");
        var messages = new List<string>();
        foreach (var line in lines)
        {
            if (line.StartsWith("MSH", StringComparison.Ordinal)) messages.Add(line);
            else if (messages.Count > 0 && line.Length >= 3 && line[..3] is not ("FHS" or "BHS" or "BTS" or "FTS")) messages[^1] += "\r" + line;
        }

        if (messages.Count == 0 && !isBatch) return new(false, [new("AR", "")]);
        var answers = messages.Select(message => Expected(new Plain(Encoding.Latin1.GetBytes(message)))).Where(answer => answer is not null)
            .Select(answer => answer!).ToArray();
        if (!isBatch && messages.Count == 1) return answers.Length == 0 ? null : new(false, answers);
        return new(true, answers);
    }

    private static One? Expected(Plain message)
    {
        var accepted = IsAcceptable(message);
        var (accept, application) = (message.Field("MSH", 15).ToUpperInvariant(), message.Field("MSH", 16).ToUpperInvariant());
        if (accept.Length == 0 && application.Length == 0) return new(accepted ? "AA" : "AR", message.ControlId);
        if (Wants(application)) return new(accepted ? "AA" : "AR", message.ControlId);
        return Wants(accept) ? new(accepted ? "CA" : "CR", message.ControlId) : null;

        bool Wants(string condition) => condition switch { "AL" => true, "SU" => accepted, "ER" => !accepted, _ => false };
    }

    /// <summary>A message about a patient must say who. Everything else is kept at least.</summary>
    private static bool IsAcceptable(Plain message)
    {
        if (!message.Code.Equals("ADT", StringComparison.OrdinalIgnoreCase)) return true;
        if (!int.TryParse(message.Trigger.TrimStart('A'), out var number) || number is < 1 or > 62 or 19 or (>= 56 and <= 60)) return true;
        if (number == 20) return message.Part("NPU", 1, 1).Length > 0;
        if (number is 24 or 37) return true;
        var identified = message.Has("PID") && Enumerable.Range(2, 3).Any(field => message.Part("PID", field, 1).Length > 0);
        if (number == 17) return identified && message.Count("PID") == 2 && message.Count("PV1") == 2;
        if (number is 18 or 30 or 34 or 36 or 39 or 40 or 43 or 46 or 47) return identified && message.Part("MRG", 1, 1).Length > 0;
        return identified && (number is not (35 or 41 or 42 or 44 or 45 or 49 or 50 or 51) || message.Has("MRG"));
    }

    private static string? Wrong(Answers expected, string reply)
    {
        var plain = new Plain(Encoding.Latin1.GetBytes(reply));
        if (expected.IsBatch != reply.StartsWith("BHS", StringComparison.Ordinal))
            return expected.IsBatch ? "a batch needs a batch in reply" : "a batch in reply to one message";
        var given = reply.Split('\r').Where(line => line.StartsWith("MSA", StringComparison.Ordinal)).Select(line => line.Split(line[3]))
            .Select(msa => new One(msa.ElementAtOrDefault(1) ?? "", msa.ElementAtOrDefault(2)?.Trim() ?? "")).ToArray();
        if (!given.SequenceEqual(expected.All))
            return $"expected {string.Join(' ', expected.All.AsEnumerable())}, got {string.Join(' ', given.AsEnumerable())}";
        var refusals = given.Count(one => one.Code is "AR" or "CR");
        return refusals > 0 && reply.Split('\r').Count(line => line.StartsWith("ERR", StringComparison.Ordinal)) < refusals
            ? "a refusal without ERR"
            : null;
    }

    /// <summary>Family names that are no everyday word of a log line, nor the place whose time the feed's zone is named after.</summary>
    private static IEnumerable<string> NamesIn(List<(string Name, byte[] Payload)> frames) => frames
        .SelectMany(frame => new Plain(frame.Payload).Names)
        .Where(name => name.Length >= 5 && char.IsUpper(name[0]) && name.All(char.IsLetter) && name is not "London").Distinct();

    private sealed record Answers(bool IsBatch, One[] All);

    private sealed record One(string Code, string ControlId);
}
