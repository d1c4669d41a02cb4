namespace Journey.Benchmarks.Harness;

/// <summary>What a database server has done, by its own count.</summary>
/// <param name="Used">Its processor time.</param>
/// <param name="Log">Bytes of its write-ahead log.</param>
/// <param name="CardUpdates">Rows of visit_card it updated; it says so up to a second late.</param>
/// <param name="HotCardUpdates">Those of them that touched no index.</param>
/// <param name="Statements">How often it ran each statement and for how long; null when it cannot count them.</param>
internal sealed record Tally(TimeSpan Used, long Log, long CardUpdates, long HotCardUpdates, IReadOnlyDictionary<string, Ran>? Statements)
{
    public static readonly Tally None = new(TimeSpan.Zero, 0, 0, 0, null);

    /// <summary>Of all statements.</summary>
    public long? Calls => Statements?.Values.Sum(ran => ran.Calls);

    /// <summary>Batches of the journal: each is one transaction.</summary>
    public long? Commits => Statements?.Where(pair => pair.Key.Contains("insert into journal ", StringComparison.Ordinal)).Sum(pair => pair.Value.Calls);

    public static Tally operator +(Tally one, Tally other) => Join(one, other, 1);

    public static Tally operator -(Tally later, Tally earlier) => Join(later, earlier, -1);

    private static Tally Join(Tally one, Tally other, int sign) => new(one.Used + sign * other.Used, one.Log + sign * other.Log,
        one.CardUpdates + sign * other.CardUpdates, one.HotCardUpdates + sign * other.HotCardUpdates, Join(one.Statements, other.Statements, sign));

    private static Dictionary<string, Ran>? Join(IReadOnlyDictionary<string, Ran>? one, IReadOnlyDictionary<string, Ran>? other, int sign)
    {
        if (one is null && other is null) return null;
        var joined = new Dictionary<string, Ran>(one ?? new Dictionary<string, Ran>());
        foreach (var (text, ran) in other ?? new Dictionary<string, Ran>())
        {
            var had = joined.GetValueOrDefault(text, new Ran(0, TimeSpan.Zero));
            joined[text] = new Ran(had.Calls + sign * ran.Calls, had.Time + sign * ran.Time);
        }

        return joined;
    }
}

/// <param name="Calls">How often a statement ran.</param>
/// <param name="Time">How long in all.</param>
internal readonly record struct Ran(long Calls, TimeSpan Time);
