namespace Journey.Simulator.Model;

/// <summary>
/// Seeded chance (SplitMix64). Not <see cref="Random"/>: a state file outlives a runtime, and the same seed must go on telling the same story.
/// </summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Dice of its own for one purpose, so that one more throw for one patient changes nothing for the others.</summary>
    public static Dice For(long seed, string purpose, long number = 0)
    {
        var mixed = new Dice((ulong)seed);
        var state = mixed.Next();
        foreach (var c in purpose) state = new Dice(state ^ c).Next();
        return new Dice(state ^ new Dice((ulong)number).Next());
    }

    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>From 0 (included) to 1 (not included).</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    public bool Chance(double probability) => Unit() < probability;

    /// <summary>Both ends included.</summary>
    public int Between(int from, int to) => from + (int)(Unit() * (to - from + 1));

    public T Pick<T>(IReadOnlyList<T> from) => from[Between(0, from.Count - 1)];

    /// <summary>Evenly between two numbers of minutes.</summary>
    public TimeSpan Minutes(double from, double to) => Seconds((from + Unit() * (to - from)) * 60);

    /// <summary>Log-normal around a median, as waits in hospitals are: never below a third of it, never beyond four times.</summary>
    public TimeSpan Around(double medianMinutes, double spread = 0.4)
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - Unit())) * Math.Cos(2 * Math.PI * Unit());
        return Seconds(medianMinutes * 60 * Math.Clamp(Math.Exp(spread * normal), 1 / 3.0, 4));
    }

    /// <summary>Time to the next of independent happenings.</summary>
    public TimeSpan Until(double meanMinutes) => Seconds(-Math.Log(1 - Unit()) * meanMinutes * 60);

    /// <summary>Whole seconds, which is what the feed can say.</summary>
    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(Math.Max(1, Math.Round(seconds)));
}
