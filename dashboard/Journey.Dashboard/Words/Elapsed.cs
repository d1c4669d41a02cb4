namespace Journey.Dashboard.Words;

/// <summary>Spans of time in words, whole minutes: a board that shows seconds is a board that flickers.</summary>
public static class Elapsed
{
    /// <summary>Whole minutes from <paramref name="since"/> to <paramref name="now"/>, rounded down; negative before it.</summary>
    public static long Minutes(DateTimeOffset since, DateTimeOffset now) => (long)Math.Floor((now - since).TotalMinutes);

    public static string Text(DateTimeOffset since, DateTimeOffset now) => Text(Minutes(since, now));

    public static string Text(long minutes) => minutes switch
    {
        < 1 => "<1 min",
        < 60 => $"{minutes} min",
        < 24 * 60 => $"{minutes / 60} h {minutes % 60:00}",
        _ => $"{minutes / (24 * 60)} d {minutes / 60 % 24} h",
    };

    /// <summary>Hours and minutes where a label says that it is a time that passed: <c>1:18</c>.</summary>
    public static string Short(long minutes) => $"{minutes / 60}:{minutes % 60:00}";

    /// <summary>Seconds too, for how old a board is that has stopped being live.</summary>
    public static string Precise(TimeSpan span) =>
        span < TimeSpan.FromMinutes(1) ? $"{Math.Max(0, (int)span.TotalSeconds)} s" : Text((long)span.TotalMinutes);

    /// <summary>
    /// A number that changes exactly when any text made from these instants changes (each term only ever grows),
    /// so that a row can ask once a second whether it must be drawn again.
    /// </summary>
    public static long Fingerprint(DateTimeOffset now, params ReadOnlySpan<DateTimeOffset?> instants)
    {
        long sum = 0;
        foreach (var instant in instants)
            if (instant is { } at)
                sum += Minutes(at, now);
        return sum;
    }
}
