namespace Journey.Domain.Measures;

/// <summary>
/// How long a wait lasts when those who still wait are counted too (Kaplan and Meier 1958). The average of the finished says too little: whoever
/// waits longest is the last to be in it.
/// </summary>
public static class Survival
{
    /// <summary>After how many minutes so many of a hundred waits are over; null when those watched so far do not reach that.</summary>
    /// <param name="finished">Minutes of the waits that ended.</param>
    /// <param name="open">Minutes of the waits that have lasted so long and go on.</param>
    /// <param name="percent">1 to 99.</param>
    public static int? Quantile(IReadOnlyList<int> finished, IReadOnlyList<int> open, int percent)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(percent);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, 99);
        var left = (double)(finished.Count + open.Count);
        var waiting = 1.0;
        var stillOpen = open.Order().ToArray();
        var gone = 0;
        foreach (var ended in finished.GroupBy(minutes => minutes).OrderBy(group => group.Key))
        {
            // Who was last seen waiting before this minute is not asked any more.
            for (; gone < stillOpen.Length && stillOpen[gone] < ended.Key; gone++) left--;
            waiting *= 1 - (ended.Count() / left);
            left -= ended.Count();
            if (waiting <= 1 - (percent / 100.0) + 1e-12) return ended.Key;
        }

        return null;
    }
}
