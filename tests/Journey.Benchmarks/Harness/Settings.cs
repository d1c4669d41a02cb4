using System.Globalization;

namespace Journey.Benchmarks.Harness;

/// <summary>What the command line asks for.</summary>
/// <param name="Leg">How long one leg of one round runs.</param>
/// <param name="Pairs">How often each leg runs, in turn with the others.</param>
/// <param name="Warm">How long one leg may take at most to be compiled before the first round; for cold, how long a start is looked at.</param>
/// <param name="Profile">Print where the first leg allocates.</param>
/// <param name="Connections">How many systems send to MLLP at a time.</param>
/// <param name="Visits">Visits for what counts visits (memory, deadlines due at once).</param>
internal sealed record Settings(IReadOnlyList<string> What, TimeSpan Leg, int Pairs, TimeSpan Warm, bool Profile, int Connections, int? Visits)
{
    public static readonly string[] All =
        ["parse", "commit", "audit", "trust", "mllp", "watch", "renew", "paint", "deadlines", "memory", "start", "cold", "curve"];

    /// <summary>Half an hour and more: not part of "all".</summary>
    private static readonly string[] Long = ["load"];

    public const string Usage = """
        dotnet run -c Release --project tests/Journey.Benchmarks --
            [all|parse|commit|audit|trust|mllp|watch|renew|paint|deadlines|memory|start|cold|curve|load]…
            [--seconds n]   one leg of one round, 8 by default, half of it for a point of the curve; for load, 1800 is half an hour
            [--pairs n]     rounds, 3 by default
            [--warm n]      seconds a leg may take at most to be compiled before the first round, and seconds of cold; 60 by default
            [--profile]     once the rounds are over, where the first leg allocates
            [--connections n]  systems that send to MLLP at a time, 64 by default
            [--visits n]    visits for memory (20,000), load (100,000) and for deadlines due at once (10,000)
        """;

    public static Settings? Read(string[] args)
    {
        var what = new List<string>();
        double seconds = 8, warm = 60;
        var profile = false;
        int pairs = 3, connections = 64;
        int? visits = null;
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] is "--seconds" or "--pairs" or "--warm" or "--connections" or "--visits")
            {
                if (i + 1 == args.Length || !double.TryParse(args[i + 1], CultureInfo.InvariantCulture, out var value) || value <= 0) return null;
                if (args[i] == "--seconds") seconds = value;
                else if (args[i] == "--pairs") pairs = (int)Math.Max(1, value);
                else if (args[i] == "--warm") warm = value;
                else if (args[i] == "--connections") connections = (int)Math.Max(1, value);
                else visits = (int)value;
                i++;
            }
            else if (args[i] == "--profile") profile = true;
            else if (args[i] == "all") what.AddRange(All);
            else if (All.Contains(args[i]) || Long.Contains(args[i])) what.Add(args[i]);
            else return null;
        }

        return new Settings(what.Count == 0 ? All : what, TimeSpan.FromSeconds(seconds), pairs, TimeSpan.FromSeconds(warm), profile, connections,
            visits);
    }
}
