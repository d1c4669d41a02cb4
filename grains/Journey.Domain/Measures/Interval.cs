namespace Journey.Domain.Measures;

/// <summary>Between which two values the truth lies in 95 of 100 samples.</summary>
public readonly record struct Interval<T>(T Low, T High);

/// <summary>How far a figure may be trusted, without a guess at how values are spread.</summary>
public static class Intervals
{
    /// <summary>The two-sided 95 % point of the normal distribution.</summary>
    private const double Z = 1.959963984540054;

    /// <summary>Wilson's interval of a share (Wilson 1927), which stays between 0 and 1 and says something of 0 in 20 too; null of none.</summary>
    public static Interval<double>? Share(int hits, int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(hits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hits, n);
        if (n == 0) return null;
        var share = (double)hits / n;
        var middle = (share + (Z * Z / (2 * n))) / (1 + (Z * Z / n));
        var half = Z / (1 + (Z * Z / n)) * Math.Sqrt((share * (1 - share) / n) + (Z * Z / (4.0 * n * n)));
        return new(Math.Max(0, middle - half), Math.Min(1, middle + half));
    }

    /// <summary>
    /// The interval of the median by order statistics: the narrowest pair of ranks, equally far from both ends, between which the median lies with a
    /// chance of at least 95 %. Null of fewer than six, whose least and greatest do not reach that.
    /// </summary>
    /// <param name="sorted">In ascending order.</param>
    public static Interval<int>? Median(IReadOnlyList<int> sorted)
    {
        var n = sorted.Count;
        // The chance that at most `outside` of n fall below the median, added up from the smallest: Binomial(n, ½), in logarithms for a large n.
        var (below, outside, log) = (0.0, -1, -n * Math.Log(2));
        for (var k = 0; k < n / 2; k++)
        {
            below += Math.Exp(log);
            if (below > 0.025) break;
            outside = k;
            log += Math.Log(n - k) - Math.Log(k + 1);
        }

        return outside < 0 ? null : new(sorted[outside], sorted[n - 1 - outside]);
    }
}
