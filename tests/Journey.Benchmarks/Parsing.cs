using System.Diagnostics;
using System.Text;
using Journey.Benchmarks.Harness;
using Journey.Hl7;
using Journey.Testing;

namespace Journey.Benchmarks;

/// <summary>
/// One thread: bytes to a parsed message and ten fields read as text, beside a parser of <c>string.Split</c> that knows no escapes.
/// </summary>
internal static class Parsing
{
    private const int Block = 200;

    public static async Task Run(Settings settings)
    {
        Report.Title("parse");
        var people = new Admissions("P", wards: 20);
        byte[][] messages = [.. Enumerable.Range(0, 64).SelectMany(people.Course)];
        var legs = await Rounds.Run(settings, Leg("Journey.Hl7", messages, Ours), Leg("string.Split", messages, Split));
        Report.Table(legs);
        Report.Say($"{messages.Length} different messages, {messages.Average(m => m.Length):N0} bytes each; one thread.");
        Report.Budgets(Budget.AtLeast("messages/s beside string.Split (no budget of its own)", 1, legs[0], legs[1]));
    }

    private static Leg Leg(string name, byte[][] messages, Func<byte[], int> read) => new(name, "messages/s", (time, latencies) =>
    {
        var started = Stopwatch.GetTimestamp();
        long count = 0, characters = 0;
        while (Stopwatch.GetElapsedTime(started) < time)
        {
            var at = Stopwatch.GetTimestamp();
            for (var i = 0; i < Block; i++) characters += read(messages[count++ % messages.Length]);
            latencies.Add(Stopwatch.GetElapsedTime(at) / Block);
        }

        if (characters == 0) throw new InvalidOperationException("Nothing was read.");
        return Task.FromResult(count / Stopwatch.GetElapsedTime(started).TotalSeconds);
    });

    private static int Ours(byte[] bytes)
    {
        var message = Hl7Message.Parse(bytes);
        var (pid, pv1) = (message["PID"], message["PV1"]);
        var place = pv1[3];
        return message.Code.Length + message.Trigger.Length + message.ControlId.Length + pid[3].Component(1).Text.Length + pid[5]
            .Component(1).Text.Length
            + pid[5].Component(2).Text.Length + pid[7].Text.Length + pv1[2].Text.Length + place.Component(1).Text.Length
            + place.Component(3).Text.Length
            + pv1[19].Component(1).Text.Length + pv1[44].Text.Length;
    }

    private static int Split(byte[] bytes)
    {
        var segments = new Dictionary<string, string[]>();
        foreach (var line in Encoding.UTF8.GetString(bytes).Split('\r', StringSplitOptions.RemoveEmptyEntries))
        {
            var fields = line.Split('|');
            segments.TryAdd(fields[0], fields);
        }

        var (msh, pid, pv1) = (segments["MSH"], segments["PID"], segments["PV1"]);
        var type = msh[8].Split('^');
        var name = pid[5].Split('^');
        var place = pv1[3].Split('^');
        return type[0].Length + type[1].Length + msh[9].Length + pid[3].Split('^')[0].Length + name[0].Length
            + name[1].Length + pid[7].Length + pv1[2].Length + place[0].Length + place[2].Length
            + pv1[19].Split('^')[0].Length + (pv1.Length > 44 ? pv1[44].Length : 0);
    }
}
