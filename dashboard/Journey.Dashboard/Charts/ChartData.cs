namespace Journey.Dashboard.Charts;

/// <summary>One point of a line.</summary>
/// <param name="Label">Which hour, day or week.</param>
/// <param name="Value">Null where nothing is known: the line is broken there.</param>
/// <param name="Flag">Why it is marked, in words; null: it is not.</param>
public sealed record ChartPoint(string Label, double? Value, string? Flag = null);

/// <summary>What a line is held against.</summary>
public sealed record ChartLimits(double Mean, double Low, double High);

/// <summary>Something that happened at a point.</summary>
/// <param name="At">The index of the point.</param>
public sealed record ChartNote(int At, string Says);

/// <summary>One bar.</summary>
public sealed record ChartBar(string Label, double Value);

/// <summary>One part of a ribbon.</summary>
/// <param name="Minutes">How long; more than none.</param>
/// <param name="GoesOn">It has not ended.</param>
public sealed record RibbonPart(string Label, long Minutes, bool GoesOn = false);

/// <summary>Values counted into bins of one width, the first beginning at nought.</summary>
public static class Bins
{
    /// <param name="values">None below nought.</param>
    /// <param name="width">More than nought.</param>
    /// <param name="most">How many bins at most; the last takes all that lies above.</param>
    public static IReadOnlyList<ChartBar> Count(IEnumerable<double> values, double width, int most)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(most);
        var bins = values.GroupBy(value => Math.Min((int)(value / width), most - 1)).ToDictionary(bin => bin.Key, bin => bin.Count());
        return
        [
            .. Enumerable.Range(0, bins.Count == 0 ? 0 : bins.Keys.Max() + 1)
                .Select(bin => new ChartBar(Range(bin, width, most), bins.GetValueOrDefault(bin))),
        ];
    }

    private static string Range(int bin, double width, int most) =>
        bin == most - 1 ? $"{Axis.Text(bin * width)} and more" : $"{Axis.Text(bin * width)} to {Axis.Text((bin + 1) * width)}";
}
