using System.Globalization;

namespace Journey.Benchmarks.Harness;

/// <summary>Processor time, which tells what a thing costs even while others use the machine.</summary>
internal static class Processor
{
    private static readonly double TicksPerSecond = 100;

    /// <summary>Used by this process so far.</summary>
    public static TimeSpan Own => Environment.CpuUsage.TotalTime;

    /// <summary>
    /// Used by all servers named <c>postgres</c> below <paramref name="parent"/>, itself included, ended ones too; zero where /proc is missing.
    /// </summary>
    public static TimeSpan Family(int parent)
    {
        double ticks = 0;
        if (!Directory.Exists("/proc/self")) return TimeSpan.Zero;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id)) continue;
            try
            {
                var stat = File.ReadAllText(Path.Combine(folder, "stat"));
                var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                if (id == parent) ticks += fields[11..15].Sum(Number);
                else if ((int)Number(fields[1]) == parent) ticks += fields[11..13].Sum(Number);
            }
            catch (IOException)
            {
                // It ended meanwhile.
            }
        }

        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
