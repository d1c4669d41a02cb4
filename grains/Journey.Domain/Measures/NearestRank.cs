namespace Journey.Domain.Measures;

/// <summary>
/// Quantiles by nearest rank: each is a value that really occurred, and everybody who counts gets the same. Half of an even number is the lower of
/// the two in the middle.
/// </summary>
public static class NearestRank
{
    /// <summary>The value at or below which so many of a hundred lie; null of none.</summary>
    /// <param name="sorted">In ascending order.</param>
    /// <param name="percent">1 to 100.</param>
    public static int? Of(IReadOnlyList<int> sorted, int percent)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(percent);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, 100);
        // In whole numbers: 0.9 × 10 is not always 9 in halves of halves.
        return sorted.Count == 0 ? null : sorted[(int)((((long)percent * sorted.Count) + 99) / 100) - 1];
    }
}
