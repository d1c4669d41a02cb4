using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Journey.Domain.Measures;
using Journey.Measures.Usage;

namespace Journey.Measures.Logs;

/// <summary>Which columns of a log say what.</summary>
/// <param name="Phase">Whether an activity began or ended; null to look for it.</param>
internal sealed record LogColumns(string Case, string Activity, string Time, string? Phase);

/// <summary>An event log in a file of comma-, semicolon- or tab-separated values with a line of headings.</summary>
/// <param name="WithoutTime">How many lines have none.</param>
internal sealed record LogFile(List<LogLine> Lines, int WithoutTime)
{
    /// <summary>As many as are worth listing.</summary>
    private const int Listed = 40;

    public IEnumerable<string> Activities => Lines.Select(line => line.Activity).Distinct().Order(StringComparer.Ordinal).Take(Listed);

    /// <exception cref="InputException">The file cannot be read, lacks a column, or has a time that is none.</exception>
    public static async Task<LogFile> Read(string path, LogColumns columns, LogTime times)
    {
        try
        {
            using var text = new StreamReader(path);
            var form = new CsvConfiguration(CultureInfo.InvariantCulture) { DetectDelimiter = true, TrimOptions = TrimOptions.Trim };
            using var csv = new CsvReader(text, form);
            return await Read(csv, columns, times);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CsvHelperException)
        {
            // What a reader of CSV says of a line repeats the line, which may be a person's.
            throw new InputException(e is CsvHelperException ? $"'{path}' is no file of separated values." : e.Message, e);
        }
    }

    private static async Task<LogFile> Read(CsvReader csv, LogColumns columns, LogTime times)
    {
        if (!await csv.ReadAsync() || !csv.ReadHeader()) throw new InputException("The file is empty.");
        var headings = csv.HeaderRecord!;
        var (owner, activity, time) = (Index(headings, columns.Case), Index(headings, columns.Activity), Index(headings, columns.Time));
        var phase = columns.Phase is { } named ? Index(headings, named) : (int?)null;
        var rows = new List<string[]>();
        while (await csv.ReadAsync()) rows.Add(csv.Parser.Record!);
        phase ??= PhaseOf(rows, headings.Length);

        var (lines, without) = (new List<LogLine>(), 0);
        foreach (var row in rows)
        {
            if (row.Length <= Math.Max(owner, Math.Max(activity, time)) || row[time].Length == 0) without++;
            else lines.Add(new(row[owner], row[activity], times.Parse(row[time]) ?? throw NoTime(rows, row, headings[time]),
                phase is { } column && column < row.Length ? Phase(row[column]) : LogPhase.Whole));
        }

        return new(lines, without);
    }

    private static InputException NoTime(List<string[]> rows, string[] row, string column) =>
        new($"In line {rows.IndexOf(row) + 2} column '{column}' is no time that is understood: 2026-03-31 14:05:00, 2026-03-31T14:05:00+01:00, "
            + "31.03.2026 14:05 are; of others --format tells.");

    private static int Index(string[] headings, string column) =>
        Array.IndexOf(headings, column) is var index and >= 0 ? index
            : throw new InputException($"There is no column '{column}'. There are {string.Join(", ", headings)}.");

    /// <summary>The column that says nothing but whether something began or ended, as many logs have one; null where none does.</summary>
    private static int? PhaseOf(List<string[]> rows, int columns)
    {
        for (var i = 0; i < columns; i++)
        {
            var values = rows.Where(row => i < row.Length).Select(row => row[i]).Distinct(StringComparer.OrdinalIgnoreCase).Take(20).ToList();
            if (values.Exists(value => Phase(value) == LogPhase.Start) && values.Exists(value => Phase(value) == LogPhase.Complete)
                && values.TrueForAll(IsPhase)) return i;
        }

        return null;
    }

    /// <summary>The transitions of the standard lifecycle of XES (IEEE 1849).</summary>
    private static bool IsPhase(string text) =>
        text.ToUpperInvariant() is "START" or "COMPLETE" or "SCHEDULE" or "ASSIGN" or "REASSIGN" or "SUSPEND" or "RESUME" or "WITHDRAW"
            or "AUTOSKIP" or "MANUALSKIP" or "ATE_ABORT" or "PI_ABORT" or "UNKNOWN";

    private static LogPhase Phase(string text) => text.ToUpperInvariant() switch
    {
        "START" => LogPhase.Start,
        "COMPLETE" => LogPhase.Complete,
        "" => LogPhase.Whole,
        _ => LogPhase.Between,
    };
}
