using System.Globalization;
using System.Net;
using Journey.Simulator.Hosting;
using Journey.Simulator.Model;

namespace Journey.Simulator;

/// <summary>What the executable was asked to do.</summary>
internal sealed record CommandLine
{
    public const string Help = """
        A demo hospital as an HL7 feed.

          --mllp HOST:PORT   where messages go                         127.0.0.1:2575
          --http URL         where staff enter what they do            http://127.0.0.1:5080
          --seed N           which story is told                       7
          --speed X          how many times as fast as life, 0.1-600   1
          --hours H          hours of the past told at once, 0-72      8
          --for HH:MM:SS     how long to go on after that              for ever (with --dump: not at all)
          --connections N    lines over which the past is told, 1-32   4
          --most N           events per second at most                 2000
          --zone NAME        the hospital's time zone                  UTC
          --state FILE       go on with the run in this file           none
          --habits NAME      how the feed is used: none, some, many    none
          --outages H        hours between outages of the network      none
          --no-staff         only the feed; nobody enters anything: no acuity, no nurse, no round
          --hang-up          a connection for each message
          --anyway           begin although the hospital has patients
          --dump             print the messages instead of sending them
          --verbose          say which entries were refused, and why
          --help             this text

        Ends with 0 when all is delivered, 1 when something was given up, 2 for wrong arguments, 3 when the
        hospital has patients already and there is no run to go on with.
        """;

    public DemoOptions Options { get; init; } = new() { BaseUrl = "http://127.0.0.1:5080" };
    public TimeSpan? For { get; init; }
    public bool Dump { get; init; }
    public bool Verbose { get; init; }
    public bool ShowHelp { get; init; }

    /// <summary>Reads the arguments; the error says what is wrong with which one.</summary>
    public static (CommandLine? Line, string? Error) Parse(IReadOnlyList<string> args)
    {
        var line = new CommandLine();
        var options = line.Options;
        for (var i = 0; i < args.Count; i++)
        {
            var name = args[i];
            switch (name)
            {
                case "--help" or "-h" or "-?":
                    return (line with { ShowHelp = true }, null);
                case "--dump":
                    line = line with { Dump = true };
                    continue;
                case "--verbose":
                    line = line with { Verbose = true };
                    continue;
                case "--no-staff":
                    options.BaseUrl = null;
                    continue;
                case "--hang-up":
                    options.ConnectPerMessage = true;
                    continue;
                case "--anyway":
                    options.StartAnyway = true;
                    continue;
            }

            if (!WithValue.Contains(name)) return (null, $"'{name}' is not understood. Try --help.");
            if (i + 1 >= args.Count) return (null, $"{name} needs a value. Try --help.");
            var value = args[++i];
            string? wrong;
            if (name == "--for")
            {
                wrong = TimeSpan.TryParse(value, CultureInfo.InvariantCulture, out var time) && time > TimeSpan.Zero
                    ? null
                    : "a time such as 00:10:00";
                line = line with { For = time };
            }
            else
            {
                wrong = Set(options, name, value);
            }

            if (wrong is not null) return (null, $"{name} must be {wrong}, not '{value}'.");
        }

        return (line, null);
    }

    private static readonly HashSet<string> WithValue =
        ["--mllp", "--http", "--seed", "--speed", "--hours", "--for", "--connections", "--most", "--zone", "--state", "--habits", "--outages"];

    private static string? Set(DemoOptions options, string name, string value)
    {
        switch (name)
        {
            case "--mllp":
                var colon = value.LastIndexOf(':');
                var port = 0;
                if (colon <= 0 || !Number(value[(colon + 1)..], 1, IPEndPoint.MaxPort, n => port = (int)n, whole: true)) return "HOST:PORT";
                (options.MllpAddress, options.MllpPort) = (value[..colon].Trim('[', ']'), port);
                return null;
            case "--http":
                if (!Uri.TryCreate(value, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")) return "an http or https address";
                options.BaseUrl = value;
                return null;
            case "--seed":
                if (!long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed)) return "a whole number";
                options.Seed = seed;
                return null;
            case "--speed":
                return Number(value, 0.1, 600, n => options.Speed = n) ? null : "between 0.1 and 600";
            case "--hours":
                return Number(value, 0, 72, n => options.HistoryHours = n) ? null : "between 0 and 72";
            case "--connections":
                return Number(value, 1, 32, n => options.Connections = (int)n, whole: true) ? null : "between 1 and 32";
            case "--most":
                return Number(value, 1, 100_000, n => options.MostPerSecond = (int)n, whole: true) ? null : "between 1 and 100000";
            case "--zone":
                options.TimeZone = value;
                return TimeZoneInfo.TryFindSystemTimeZoneById(value, out _) ? null : "the name of a time zone";
            case "--habits":
                options.Habits = value;
                return Habits.Named(value) is not null ? null : "none, some or many";
            case "--outages":
                return Number(value, 0, 48, n => options.OutageEveryHours = n) ? null : "between 0 and 48";
            default:
                options.StateFile = value;
                return null;
        }
    }

    private static bool Number(string value, double least, double most, Action<double> set, bool whole = false)
    {
        var style = whole ? NumberStyles.AllowLeadingSign : NumberStyles.Float;
        if (!double.TryParse(value, style, CultureInfo.InvariantCulture, out var number) || number < least || number > most) return false;
        set(number);
        return true;
    }
}
