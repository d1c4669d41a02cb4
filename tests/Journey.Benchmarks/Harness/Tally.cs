namespace Journey.Benchmarks.Harness;

/// <summary>What a database server has done, by its own count.</summary>
/// <param name="Used">Its processor time.</param>
/// <param name="Log">Bytes of its write-ahead log.</param>
/// <param name="CardUpdates">Rows of visit_card it updated; it says so up to a second late.</param>
/// <param name="HotCardUpdates">Those of them that touched no index.</param>
/// <param name="Statements">How often it ran each statement and for how long; null when it cannot count them.</param>
internal sealed record Tally(TimeSpan Used, long Log, long CardUpdates, long HotCardUpdates,
    IReadOnlyDictionary<string, (long Calls, TimeSpan Time)>? Statements)
{
    public static readonly Tally None = new(TimeSpan.Zero, 0, 0, 0, null);

    /// <summary>Of all statements.</summary>
    public long? Calls => Statements?.Values.Sum(ran => ran.Calls);

    /// <summary>Batches of the journal: each is one transaction.</summary>
    public long? Commits =>
        Statements?.Where(pair => pair.Key.Contains("insert into journal ", StringComparison.Ordinal)).Sum(pair => pair.Value.Calls);

    public static Tally operator +(Tally one, Tally other) => Join(one, other, 1);

    public static Tally operator -(Tally later, Tally earlier) => Join(later, earlier, -1);

    private static Tally Join(Tally one, Tally other, int sign) => new(one.Used + sign * other.Used, one.Log + sign * other.Log,
        one.CardUpdates + sign * other.CardUpdates, one.HotCardUpdates + sign * other.HotCardUpdates, Join(one.Statements, other.Statements, sign));

    private static Dictionary<string, (long Calls, TimeSpan Time)>? Join(IReadOnlyDictionary<string, (long Calls, TimeSpan Time)>? one,
        IReadOnlyDictionary<string, (long Calls, TimeSpan Time)>? other, int sign)
    {
        if (one is null) return other?.ToDictionary();
        if (other is null) return one.ToDictionary();
        var joined = one.ToDictionary();
        foreach (var (text, ran) in other)
        {
            var had = joined.GetValueOrDefault(text, (0, TimeSpan.Zero));
            joined[text] = (had.Calls + sign * ran.Calls, had.Time + sign * ran.Time);
        }

        return joined;
    }
}
