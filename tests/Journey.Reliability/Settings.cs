using System.Globalization;
using Journey.Reliability.Faults;

namespace Journey.Reliability;

/// <summary>What is asked for on the command line.</summary>
/// <param name="Runs">Rounds of each fault.</param>
/// <param name="Faults">In this order.</param>
/// <param name="Logs">A folder for what the processes wrote; null keeps that of rounds that went wrong, in the temporary folder.</param>
internal sealed record Settings(int Runs, IReadOnlyList<Fault> Faults, string? Logs)
{
    public static string Usage =>
        $"""
        Usage: [--runs 10] [--logs <folder>] [--old <artifacts/bin of an older build>] [fault …]
        Faults: {string.Join(", ", AllFaults.List.Select(fault => fault.Name))}; all but "none" when none is named. With --old also: upgrade.
        """;

    /// <summary>Null when it cannot be understood.</summary>
    public static Settings? Read(string[] args)
    {
        var (runs, old, logs, names) = (10, (string?)null, (string?)null, new List<string>());
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--runs" && i + 1 < args.Length && int.TryParse(args[++i], CultureInfo.InvariantCulture, out runs) && runs > 0) continue;
            if (args[i] == "--old" && i + 1 < args.Length && Directory.Exists(old = args[++i])) continue;
            if (args[i] == "--logs" && i + 1 < args.Length && Directory.CreateDirectory(logs = args[++i]).Exists) continue;
            names.Add(args[i]);
        }

        var known = old is null ? AllFaults.List : [.. AllFaults.List, Upgrade.Fault(old)];
        if (names.Any(name => known.All(fault => fault.Name != name))) return null;
        return new(runs, names.Count == 0
            ? [.. known.Where(fault => fault.Name != "none")]
            : [.. names.Select(name => known.Single(fault => fault.Name == name))], logs);
    }
}
