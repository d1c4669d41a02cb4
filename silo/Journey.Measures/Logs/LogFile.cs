using Journey.Domain.Measures;
using Journey.Hosting.Usage;

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
        var table = await Table.Read(path);
        var (owner, activity, time) = (table.Column(columns.Case), table.Column(columns.Activity), table.Column(columns.Time));
        var phase = columns.Phase is { } named ? table.Column(named) : PhaseOf(table);
        var (lines, without) = (new List<LogLine>(), 0);
        foreach (var (i, row) in table.Rows.Index())
        {
            if (row.Length <= Math.Max(owner, Math.Max(activity, time)) || row[time].Length == 0) without++;
            else lines.Add(new(row[owner], row[activity], times.Parse(row[time]) ?? throw NoTime(i + 2, columns.Time),
                phase is { } column && column < row.Length ? Phase(row[column]) : LogPhase.Whole));
        }

        return new(lines, without);
    }

    private static InputException NoTime(int line, string column) =>
        new($"In line {line} column '{column}' is no time that is understood: 2026-03-31 14:05:00, 2026-03-31T14:05:00+01:00, 31.03.2026 14:05 are; "
            + "of others --format tells.");

    /// <summary>The column that says nothing but whether something began or ended, as many logs have one; null where none does.</summary>
    private static int? PhaseOf(Table table)
    {
        for (var i = 0; i < table.Columns; i++)
        {
            var values = table.Rows.Where(row => i < row.Length).Select(row => row[i]).Distinct(StringComparer.OrdinalIgnoreCase).Take(20).ToList();
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
