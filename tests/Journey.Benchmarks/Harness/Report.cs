using System.Globalization;
using System.Runtime.InteropServices;

namespace Journey.Benchmarks.Harness;

/// <summary>Prints what was measured as Markdown, for docs/performance.md.</summary>
internal static class Report
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public static void Machine(string postgres)
    {
        Console.WriteLine(
            $"{Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1L << 30)} GB, {RuntimeInformation.OSDescription}, "
            + $"{RuntimeInformation.FrameworkDescription}, {postgres}; load before: {Load()}");
        Console.WriteLine();
    }

    /// <summary>The load averages, which tell whether others used the machine too.</summary>
    public static string Load() => File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]) : "unknown";

    public static void Title(string title)
    {
        Console.WriteLine($"### {title}");
        Console.WriteLine();
        Console.Error.WriteLine($"{title} (load {Load()})");
    }

    /// <summary>A line per leg; ratios are of medians, to the first leg.</summary>
    public static void Table(IReadOnlyList<Measured> legs)
    {
        Console.WriteLine("| leg | min | median | max | first ÷ this | p50 | p90 | p99 | longest |");
        Console.WriteLine("|--|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var leg in legs)
        {
            var ratio = ReferenceEquals(leg, legs[0]) ? "" : (legs[0].Median / leg.Median).ToString("0.00", Culture);
            Console.WriteLine($"| {leg.Name} | {Rate(leg.Rates.Min())} | **{Rate(leg.Median)}** {leg.Unit} | {Rate(leg.Rates.Max())} | {ratio} | "
                + $"{Times(leg.Latencies)} |");
        }

        Console.WriteLine();
        Costs("one of", [.. legs.Select(leg => (leg.Name, leg.Cost))]);
    }

    /// <summary>What one thing costs, under each name.</summary>
    public static void Costs(string what, params (string Name, Cost Cost)[] rows)
    {
        Console.WriteLine($"| {what} | CPU here | allocated here | CPU server | statements | journal commits | log | card updates that are HOT |");
        Console.WriteLine("|--|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var (name, cost) in rows)
        {
            var (server, done) = (cost.Server, cost.Done);
            var hot = server.CardUpdates == 0 ? "" : ((double)server.HotCardUpdates / server.CardUpdates).ToString("0 %", Culture);
            Console.WriteLine($"| {name} | {Micros(cost.Own / done)} | {Bytes(cost.Allocated / done)} | {Micros(server.Used / done)} | "
                + $"{Each(server.Calls / done)} | {Each(server.Commits / done)} | {Bytes(server.Log / done)} | {hot} |");
        }

        Console.WriteLine();
    }

    /// <summary>The statements of one leg that took the server longest.</summary>
    public static void Statements(Measured leg)
    {
        if (leg.Cost.Server.Statements is not { } statements)
        {
            Say("The server counts no statements: its pg_stat_statements is not installed.");
            return;
        }

        Console.WriteLine($"| {leg.Name}: statement | each | time each |");
        Console.WriteLine("|--|--:|--:|");
        foreach (var (text, ran) in statements.Where(pair => pair.Value.Calls > 0).OrderByDescending(pair => pair.Value.Time).Take(15))
            Console.WriteLine($"| `{Short(text)}` | {Each(ran.Calls / leg.Cost.Done)} | {Micros(ran.Time / leg.Cost.Done)} |");
        Console.WriteLine();
    }

    public static void Times(params (string Name, Latencies Times)[] rows)
    {
        Console.WriteLine("| time | count | p50 | p90 | p99 | longest |");
        Console.WriteLine("|--|--:|--:|--:|--:|--:|");
        foreach (var (name, times) in rows) Console.WriteLine($"| {name} | {times.Count.ToString("N0", Culture)} | {Times(times)} |");
        Console.WriteLine();
    }

    public static void Say(string line)
    {
        Console.WriteLine(line);
        Console.WriteLine();
    }

    public static void Budgets(params Budget[] budgets)
    {
        Console.WriteLine("| budget | wanted | measured | |");
        Console.WriteLine("|--|--:|--:|--|");
        foreach (var budget in budgets)
            Console.WriteLine($"| {budget.What} | {budget.Wanted} | {budget.Got} | {(budget.Met ? "met" : "**missed**")} |");
        Console.WriteLine($"| load after | | {Load()} | |");
        Console.WriteLine();
    }

    public static string Rate(double perSecond) => perSecond.ToString(perSecond < 100 ? "0.0" : "N0", Culture);

    public static string Time(TimeSpan time) => time.TotalMilliseconds switch
    {
        < 1 => time.TotalMicroseconds.ToString("0", Culture) + " µs",
        < 10 => time.TotalMilliseconds.ToString("0.0", Culture) + " ms",
        < 10_000 => time.TotalMilliseconds.ToString("0", Culture) + " ms",
        _ => time.TotalSeconds.ToString("0.0", Culture) + " s",
    };

    private static string Micros(TimeSpan time) =>
        time < TimeSpan.FromMicroseconds(0.5) ? "" : time.TotalMicroseconds.ToString(time.TotalMicroseconds < 10 ? "0.0" : "0", Culture) + " µs";

    private static string Each(double? count) => count is > 0 ? count.Value.ToString("0.000", Culture) : "";

    private static string Bytes(double bytes) => bytes < 1 ? "" : bytes.ToString("N0", Culture) + " B";

    private static string Short(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= 110 ? line : line[..110] + "…";
    }

    public static string Times(Latencies times) =>
        times.Count == 0 ? "| | | " : $"{Time(times.At(0.5))} | {Time(times.At(0.9))} | {Time(times.At(0.99))} | {Time(times.Max)}";
}

/// <summary>One budget of docs/performance.md and what came of it.</summary>
internal sealed record Budget(string What, string Wanted, string Got, bool Met)
{
    public static Budget AtLeast(string what, double times, Measured ours, Measured theirs)
    {
        var ratio = ours.Median / theirs.Median;
        return new(what, $"≥ {times.ToString("0.#", CultureInfo.InvariantCulture)} ×", ratio.ToString("0.00", CultureInfo.InvariantCulture) + " ×",
            ratio >= times);
    }

    public static Budget Below(string what, TimeSpan wanted, TimeSpan got) => new(what, "< " + Report.Time(wanted), Report.Time(got), got < wanted);
}
