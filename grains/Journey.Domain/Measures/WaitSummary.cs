using System.Collections.Immutable;

namespace Journey.Domain.Measures;

/// <summary>What can be said of many waits: of the finished, of those that go on, and of both together.</summary>
public sealed record WaitSummary
{
    /// <summary>How many are finished.</summary>
    public required int N { get; init; }

    /// <summary>Whole minutes, seconds cut off, by nearest rank; null of none.</summary>
    public required int? Median { get; init; }

    /// <inheritdoc cref="Median"/>
    public required int? P90 { get; init; }

    /// <summary>Of the median; null of fewer than six.</summary>
    public required Interval<int>? MedianInterval { get; init; }

    /// <summary>How many of the finished took longer, by the minutes that were asked for.</summary>
    public required ImmutableSortedDictionary<int, int> Longer { get; init; }

    /// <summary>How many go on.</summary>
    public required int Open { get; init; }

    /// <summary>The longest of those that go on, in whole minutes so far; null of none.</summary>
    public required int? LongestOpen { get; init; }

    /// <summary>How many have an end before their begin, and count nowhere else.</summary>
    public required int Unusable { get; init; }

    /// <summary>With those that go on (Kaplan–Meier); null when too few have ended to say.</summary>
    public required int? MedianOfAll { get; init; }

    /// <inheritdoc cref="MedianOfAll"/>
    public required int? P90OfAll { get; init; }

    /// <param name="finished">How long each took.</param>
    /// <param name="open">How long each has lasted so far.</param>
    /// <param name="over">By how many minutes to ask who took longer.</param>
    public static WaitSummary Of(IEnumerable<TimeSpan> finished, IEnumerable<TimeSpan> open, IEnumerable<int> over)
    {
        var (usable, unusable) = (new List<int>(), 0);
        foreach (var took in finished)
        {
            if (took < TimeSpan.Zero) unusable++;
            else usable.Add(Minutes(took));
        }

        usable.Sort();
        var going = open.Select(Minutes).Order().ToList();
        return new()
        {
            N = usable.Count, Median = NearestRank.Of(usable, 50), P90 = NearestRank.Of(usable, 90), MedianInterval = Intervals.Median(usable),
            Longer = over.ToImmutableSortedDictionary(minutes => minutes, minutes => usable.Count(took => took > minutes)),
            Open = going.Count, LongestOpen = going.Count == 0 ? null : going[^1], Unusable = unusable,
            MedianOfAll = Survival.Quantile(usable, going, 50), P90OfAll = Survival.Quantile(usable, going, 90),
        };
    }

    /// <summary>Seconds are cut off: "61 minutes or more" is more than 60 of these.</summary>
    private static int Minutes(TimeSpan took) => (int)(took.Ticks / TimeSpan.TicksPerMinute);
}
