namespace Journey.Domain.Measures;

/// <summary>One line of an event log that anybody may have written.</summary>
/// <param name="Case">Whose journey.</param>
/// <param name="Activity">What happened.</param>
/// <param name="At">When.</param>
/// <param name="Phase">Whether it began or ended then, where a log says that in two lines.</param>
public readonly record struct LogLine(string Case, string Activity, DateTimeOffset At, LogPhase Phase = LogPhase.Whole);

/// <summary>What a line of a log tells of its activity, as the lifecycle of XES (IEEE 1849) has it.</summary>
public enum LogPhase
{
    /// <summary>That it happened; the log knows no begin and end.</summary>
    Whole,

    /// <summary>That it began.</summary>
    Start,

    /// <summary>That it ended.</summary>
    Complete,

    /// <summary>Anything else: scheduled, suspended, resumed. No clock starts or stops by it.</summary>
    Between,
}

/// <summary>The wait from one activity to another in an event log.</summary>
public static class EventLog
{
    /// <summary>
    /// Each case's wait from the first <paramref name="from"/> (where it began, if the log says so) to the first <paramref name="to"/> after it
    /// (where it ended). A case that has not come so far goes on until the last line of the log; one whose only <paramref name="to"/> lies before is
    /// unusable; one without <paramref name="from"/> does not count.
    /// </summary>
    /// <param name="over">By how many minutes to ask who took longer.</param>
    public static WaitSummary Wait(IReadOnlyCollection<LogLine> lines, string from, string to, IEnumerable<int> over)
    {
        var (finished, open) = (new List<TimeSpan>(), new List<TimeSpan>());
        var end = lines.Count == 0 ? default : lines.Max(line => line.At);
        foreach (var journey in lines.GroupBy(line => line.Case))
        {
            if (Earliest(journey.Where(line => line.Activity == from && line.Phase is (LogPhase.Whole or LogPhase.Start))) is not { } began) continue;
            var ends = journey.Where(line => line.Activity == to && line.Phase is (LogPhase.Whole or LogPhase.Complete) && line != began).ToList();
            if (Earliest(ends.Where(line => line.At >= began.At)) is { } reached) finished.Add(reached.At - began.At);
            else if (Earliest(ends) is { } before && from != to) finished.Add(before.At - began.At);
            else open.Add(end - began.At);
        }

        return WaitSummary.Of(finished, open, over);
    }

    private static LogLine? Earliest(IEnumerable<LogLine> lines) => lines.OrderBy(line => line.At).Cast<LogLine?>().FirstOrDefault();
}
