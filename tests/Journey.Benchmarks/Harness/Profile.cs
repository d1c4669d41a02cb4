using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;
using Microsoft.Diagnostics.Tracing.Etlx;
using Microsoft.Diagnostics.Tracing.Parsers;
using Microsoft.Diagnostics.Tracing.Parsers.Clr;

namespace Journey.Benchmarks.Harness;

/// <summary>
/// Which types are allocated, and by which of our methods: from the runtime's own samples, one of about each 100 KB, with its stack.
/// </summary>
internal static partial class Profile
{
    private const int Frames = 40;
    private const int Types = 20;
    private const string Runtime = "Microsoft-Windows-DotNETRuntime";

    /// <summary>Runs <paramref name="leg"/> once more and prints what it allocated for each thing done.</summary>
    public static async Task Print(Leg leg, TimeSpan time)
    {
        var file = Path.Combine(Path.GetTempPath(), $"journey-{Guid.NewGuid():N}.nettrace");
        double done;
        long allocated;
        using (var session = await new DiagnosticsClient(Environment.ProcessId).StartEventPipeSessionAsync(
            [new(Runtime, System.Diagnostics.Tracing.EventLevel.Verbose, (long)ClrTraceEventParser.Keywords.GC)], requestRundown: true,
            circularBufferMB: 256, CancellationToken.None))
        {
            await using var written = File.Create(file);
            var copied = session.EventStream.CopyToAsync(written);
            allocated = GC.GetTotalAllocatedBytes();
            done = await leg.Run(time, new Latencies()) * time.TotalSeconds;
            allocated = GC.GetTotalAllocatedBytes() - allocated;
            await session.StopAsync(CancellationToken.None);
            await copied;
        }

        Print(leg, Samples(file), allocated / done);
        File.Delete(file);
    }

    private static List<Sample> Samples(string file)
    {
        var samples = new List<Sample>();
        var log = TraceLog.CreateFromEventPipeDataFile(file);
        using (var trace = TraceLog.OpenOrConvert(log))
        {
            foreach (TraceEvent each in trace.Events)
            {
                if (each is not GCAllocationTickTraceData tick) continue;
                var stack = new List<string>();
                for (var frame = tick.CallStack(); frame is not null; frame = frame.Caller) stack.Add(Plain(frame.CodeAddress.FullMethodName));
                samples.Add(new(Type(tick.TypeName), tick.AllocationAmount64, stack));
            }
        }

        File.Delete(log);
        return samples;
    }

    private static void Print(Leg leg, List<Sample> samples, double each)
    {
        var total = samples.Sum(sample => (double)sample.Bytes);
        Report.Say($"**What {leg.Name} allocates**: {each.ToString("N0", CultureInfo.InvariantCulture)} bytes each, from {samples.Count} samples.");
        Table("our innermost method", Frames, sample => [sample.Own], sample => $"{sample.Type} in {sample.Callee}");
        Table("our methods with all they call", Frames, sample => [.. sample.Stack.Where(Sample.IsOurs).Distinct()], sample => sample.Type);
        Table("type", Types, sample => [sample.Type], sample => sample.Own);
        Table("where none of ours is on the stack", Types, sample => sample.Own == Sample.Nobody ? [sample.Other] : [], sample => sample.Type);

        void Table(string what, int rows, Func<Sample, string[]> keys, Func<Sample, string> of)
        {
            Console.WriteLine($"| {what} | bytes each | share | mostly |");
            Console.WriteLine("|--|--:|--:|--|");
            foreach (var group in samples.SelectMany(sample => keys(sample).Select(key => (Key: key, Sample: sample))).GroupBy(pair => pair.Key)
                .Select(group => (group.Key, Bytes: group.Sum(pair => (double)pair.Sample.Bytes), Samples: group.Select(pair => pair.Sample)))
                .OrderByDescending(group => group.Bytes).Take(rows))
            {
                var mostly = group.Samples.GroupBy(of).OrderByDescending(part => part.Sum(sample => sample.Bytes)).Take(3)
                    .Select(part => $"{part.Key} {Share(part.Sum(sample => sample.Bytes) / group.Bytes)}");
                Console.WriteLine($"| `{group.Key}` | {(each * group.Bytes / total).ToString("N0", CultureInfo.InvariantCulture)} | "
                    + $"{Share(group.Bytes / total)} | {string.Join(", ", mostly)} |");
            }

            Console.WriteLine();
        }
    }

    private static string Share(double part) => part.ToString("0.0 %", CultureInfo.InvariantCulture);

    /// <summary>A method as one would write it: without parameters, and an async method's machine as the method.</summary>
    private static string Plain(string method)
    {
        var name = method.Split('(')[0];
        name = Machine().Replace(name, "$1");
        return Arity().Replace(name, "").Replace('+', '.');
    }

    /// <summary>A type without its arguments; what an async method keeps while it waits is named by the method.</summary>
    private static string Type(string name)
    {
        name = Arity().Replace(name.Replace('+', '.'), "");
        if (Waiting().Match(name) is { Success: true } box) return box.Groups[1].Value + " waiting";
        return name.Split('[')[0] + (name.EndsWith("[]", StringComparison.Ordinal) ? "[]" : "");
    }

    [GeneratedRegex(@"<([\w.]+)>d__\d+(?:`\d+)?(?:\[.*\])?\.MoveNext")]
    private static partial Regex Machine();

    [GeneratedRegex(@"AsyncStateMachineBox\[.*?([\w.]+\.<[^>]+>)")]
    private static partial Regex Waiting();

    [GeneratedRegex(@"`\d+")]
    private static partial Regex Arity();

    private sealed record Sample(string Type, long Bytes, List<string> Stack)
    {
        public const string Nobody = "none of ours";

        /// <summary>Our method nearest to the allocation.</summary>
        public string Own { get; } = Stack.Find(IsOurs) ?? Nobody;

        /// <summary>What it called.</summary>
        public string Callee => Stack.FindIndex(IsOurs) is var at and > 0 ? Stack[at - 1] : "itself";

        /// <summary>The library's method nearest to the allocation that is not the runtime's.</summary>
        public string Other =>
            Stack.Find(frame => frame.Length > 0 && !frame.StartsWith("System.", StringComparison.Ordinal)) ?? Stack.FirstOrDefault() ?? "";

        public static bool IsOurs(string frame) =>
            frame.StartsWith("Journey.", StringComparison.Ordinal) && !frame.StartsWith("Journey.Benchmarks.", StringComparison.Ordinal);
    }
}
