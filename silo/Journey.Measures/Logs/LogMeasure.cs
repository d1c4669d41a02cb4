using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Journey.Domain.Measures;
using Journey.Hosting.Usage;

namespace Journey.Measures.Logs;

/// <summary><c>measures log</c>: how long it took from one activity to another in an event log that anybody wrote, as one line of JSON.</summary>
internal static class LogMeasure
{
    public const string Verb = "log";

    public const string Usage =
        "measures log <file.csv> --case <column> --activity <column> --time <column> --from <activity> --to <activity>"
        + " [--over <minutes>,<minutes>…] [--zone <time zone of times without one>] [--format <of times, as dd/MM/yyyy HH:mm>]"
        + " [--phase <column of start and complete>]";

    /// <summary>Over how many minutes to ask when nobody says: one, two, four, eight and twelve hours.</summary>
    private static readonly int[] Usual = [60, 120, 240, 480, 720];

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task<int> Run(string[] args, TextWriter output, TextWriter errors)
    {
        var options = new Options(args, Usage, "case", "activity", "time", "from", "to", "over", "zone", "format", "phase");
        if (options.Words is not [var file]) throw options.Wrong("One file is needed.");
        var columns = new LogColumns(options.Required("case"), options.Required("activity"), options.Required("time"), options["phase"]);
        var (from, to) = (options.Required("from"), options.Required("to"));
        var over = options["over"] is { } text ? Minutes(text) ?? throw options.Wrong($"'{text}' is no list of whole minutes.") : Usual;
        var zone = options["zone"] is not { } name ? TimeZoneInfo.Utc
            : TimeZoneInfo.TryFindSystemTimeZoneById(name, out var found) ? found : throw options.Wrong($"There is no time zone '{name}'.");

        var log = await LogFile.Read(file, columns, new(zone, options["format"]));
        foreach (var activity in new[] { from, to })
        {
            if (!log.Lines.Exists(line => line.Activity == activity))
                throw new InputException($"The log has no activity '{activity}'. It has {string.Join(", ", log.Activities)}.");
        }

        if (log.WithoutTime > 0) await errors.WriteLineAsync($"{log.WithoutTime} lines have no time and were passed over.");
        await output.WriteLineAsync(Line(from, to, EventLog.Wait(log.Lines, from, to, over)).ToJsonString(Readable));
        return 0;
    }

    private static JsonObject Line(string from, string to, WaitSummary wait) => new()
    {
        ["from"] = from, ["to"] = to, ["unit"] = "min", ["n"] = wait.N, ["median"] = wait.Median, ["p90"] = wait.P90,
        ["medianInterval95"] = wait.MedianInterval is { } trusted ? new JsonArray(trusted.Low, trusted.High) : null,
        ["shares"] = new JsonObject(wait.Longer.Select(pair => KeyValuePair.Create<string, JsonNode?>(
            pair.Key.ToString(CultureInfo.InvariantCulture), wait.N == 0 ? null : (double)pair.Value / wait.N))),
        ["over"] = new JsonObject(wait.Longer.Select(pair => KeyValuePair.Create<string, JsonNode?>(
            pair.Key.ToString(CultureInfo.InvariantCulture), pair.Value))),
        ["open"] = wait.Open, ["longestOpen"] = wait.LongestOpen, ["unusable"] = wait.Unusable, ["medianWithOpen"] = wait.MedianOfAll,
        ["p90WithOpen"] = wait.P90OfAll,
    };

    private static int[]? Minutes(string text)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var minutes = parts.Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : -1).ToArray();
        return minutes.Length == 0 || minutes.Contains(-1) ? null : [.. minutes.Distinct()];
    }
}
