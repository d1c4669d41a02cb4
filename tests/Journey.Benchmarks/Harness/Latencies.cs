using System.Diagnostics;
using System.Numerics;

namespace Journey.Benchmarks.Harness;

/// <summary>Counts times in buckets about one percent wide, from a microsecond up. Safe for use from several threads.</summary>
internal sealed class Latencies
{
    private const int PerOctave = 64;
    private readonly long[] buckets = new long[PerOctave * 34];
    private long count;
    private long longest;

    public long Count => Volatile.Read(ref count);

    public TimeSpan Max => new(Volatile.Read(ref longest));

    /// <summary>Adds the time since <see cref="Stopwatch.GetTimestamp"/> gave <paramref name="started"/>.</summary>
    public void AddSince(long started) => Add(Stopwatch.GetElapsedTime(started));

    /// <summary>Adds a time; one below zero (two clocks) counts as none.</summary>
    public void Add(TimeSpan time)
    {
        var micros = Math.Max(1, time.Ticks / TimeSpan.TicksPerMicrosecond);
        var octave = BitOperations.Log2((ulong)micros);
        var part = (int)((micros - (1L << octave)) * PerOctave >> octave);
        Interlocked.Increment(ref buckets[Math.Min(octave * PerOctave + part, buckets.Length - 1)]);
        Interlocked.Increment(ref count);
        long seen;
        while ((seen = Volatile.Read(ref longest)) < time.Ticks && Interlocked.CompareExchange(ref longest, time.Ticks, seen) != seen) { }
    }

    public void Add(Latencies others)
    {
        for (var i = 0; i < buckets.Length; i++) Interlocked.Add(ref buckets[i], others.buckets[i]);
        Interlocked.Add(ref count, others.count);
        longest = Math.Max(longest, others.longest);
    }

    /// <summary>For another process to add up.</summary>
    public Times ToTimes() => new(buckets, longest);

    public static Latencies From(Times times)
    {
        var latencies = new Latencies { count = times.Buckets.Sum(), longest = times.Longest };
        times.Buckets.CopyTo(latencies.buckets, 0);
        return latencies;
    }

    /// <summary>The time that <paramref name="share"/> of all do not exceed.</summary>
    public TimeSpan At(double share)
    {
        var wanted = (long)Math.Ceiling(Count * share);
        for (var i = 0; i < buckets.Length; i++)
        {
            if ((wanted -= buckets[i]) > 0) continue;
            var octave = i / PerOctave;
            var micros = (1L << octave) * (1 + (i % PerOctave + 1.0) / PerOctave);
            var time = TimeSpan.FromMicroseconds(micros);
            return time < Max ? time : Max;
        }

        return Max;
    }
}

/// <summary>Counted times as they travel between processes.</summary>
internal sealed record Times(long[] Buckets, long Longest);
