using System.Diagnostics;
using System.Numerics;

namespace Journey.Benchmarks.Harness;

/// <summary>Counts times in buckets about one percent wide, from a microsecond up. Safe for use from several threads.</summary>
internal sealed class Latencies
{
    private const int PerOctave = 64;
    private readonly long[] _buckets = new long[PerOctave * 34];
    private long _count;
    private long _longest;

    public long Count => Volatile.Read(ref _count);

    public TimeSpan Max => new(Volatile.Read(ref _longest));

    /// <summary>Adds the time since <see cref="Stopwatch.GetTimestamp"/> gave <paramref name="started"/>.</summary>
    public void AddSince(long started) => Add(Stopwatch.GetElapsedTime(started));

    /// <summary>Adds a time; one below zero (two clocks) counts as none.</summary>
    public void Add(TimeSpan time)
    {
        var micros = Math.Max(1, time.Ticks / TimeSpan.TicksPerMicrosecond);
        var octave = BitOperations.Log2((ulong)micros);
        var part = (int)((micros - (1L << octave)) * PerOctave >> octave);
        Interlocked.Increment(ref _buckets[Math.Min(octave * PerOctave + part, _buckets.Length - 1)]);
        Interlocked.Increment(ref _count);
        long seen;
        while ((seen = Volatile.Read(ref _longest)) < time.Ticks && Interlocked.CompareExchange(ref _longest, time.Ticks, seen) != seen) { }
    }

    public void Add(Latencies others)
    {
        for (var i = 0; i < _buckets.Length; i++) Interlocked.Add(ref _buckets[i], others._buckets[i]);
        Interlocked.Add(ref _count, others._count);
        _longest = Math.Max(_longest, others._longest);
    }

    /// <summary>For another process to add up.</summary>
    public Times ToTimes() => new(_buckets, _longest);

    public static Latencies From(Times times)
    {
        var latencies = new Latencies { _count = times.Buckets.Sum(), _longest = times.Longest };
        times.Buckets.CopyTo(latencies._buckets, 0);
        return latencies;
    }

    /// <summary>The time that <paramref name="share"/> of all do not exceed.</summary>
    public TimeSpan At(double share)
    {
        var wanted = (long)Math.Ceiling(Count * share);
        for (var i = 0; i < _buckets.Length; i++)
        {
            if ((wanted -= _buckets[i]) > 0) continue;
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
