using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Journey.Grains.Storage;

namespace Journey.Storage.Journal;

/// <summary>Meter <c>Journey.Storage</c>. Tags hold the engine and the kind of conflict, never a stream, a message or a patient.</summary>
public sealed class StorageMetrics : IDisposable
{
    /// <summary>The meter's name, for the telemetry set-up.</summary>
    public const string MeterName = "Journey.Storage";

    private readonly ConcurrentDictionary<string, Queue> _queues = new();
    private readonly Meter _meter;
    private readonly Histogram<int> _batch;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _conflicts;

    public StorageMetrics(IMeterFactory? factory = null)
    {
        _meter = factory?.Create(MeterName) ?? new Meter(MeterName);
        _batch = _meter.CreateHistogram<int>("journey.storage.batch.size", "{commit}", "Commits and log lines that shared one transaction.",
            advice: new() { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024] });
        _duration = _meter.CreateHistogram<double>("journey.storage.commit.duration", "s", "Time of one transaction, durable at its end.",
            advice: new() { HistogramBucketBoundaries = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5] });
        _conflicts = _meter.CreateCounter<long>("journey.storage.conflicts", "{commit}",
            "Commits refused for a version, command or message already there.");
        // Observed, not added to: it is there, as 0, before the first failure, or nobody could see the first one as an increase.
        _meter.CreateObservableCounter("journey.storage.failures", () => Measure(queue => Volatile.Read(ref queue.Failures)), "{commit}",
            "Commits whose outcome is unknown or that the database refused.");
        _meter.CreateObservableGauge("journey.storage.queue.length", () => Measure(queue => queue.Length()), "{commit}",
            "Commits waiting for a writer.");
        _meter.CreateObservableGauge("journey.storage.lag", () => Measure(queue => queue.Lag().TotalSeconds), "s",
            "Age of the oldest commit that is not durable yet; 0 when none waits.");
    }

    /// <summary>How full the place of the database is, and whether a warning of it stands.</summary>
    /// <param name="used">Bytes.</param>
    /// <param name="capacity">Bytes; null where it cannot be seen and is not configured.</param>
    internal void Room(long used, long? capacity, bool isShort)
    {
        if (Interlocked.Exchange(ref _room, new(used, capacity, isShort)) is not null) return;
        // From the first look on: an empty disk is none that nobody has looked at.
        _meter.CreateObservableGauge("journey.storage.used", () => _room!.Used, "By",
            "Used of the place of the database: of the disk for SQLite, of the database for PostgreSQL.");
        _meter.CreateObservableGauge("journey.storage.capacity", () => _room!.Capacity is { } capacity
            ? [new Measurement<long>(capacity)]
            : (Measurement<long>[])[], "By",
            "What the place of the database holds; none where it cannot be seen and is not configured.");
        _meter.CreateObservableGauge("journey.storage.short", () => _room!.IsShort
            ? 1
            : 0, description: "1 while a warning stands that the database becomes full.");
    }

    private sealed record Seen(long Used, long? Capacity, bool IsShort);

    private Seen? _room;

    public void Dispose() => _meter.Dispose();

    internal void Watch(string engine, Func<int> length, Func<TimeSpan> lag) => _queues[engine] = new Queue(length, lag);

    internal void Unwatch(string engine) => _queues.TryRemove(engine, out _);

    internal void Failed(string engine, int count)
    {
        if (_queues.TryGetValue(engine, out var queue)) Interlocked.Add(ref queue.Failures, count);
    }

    internal void Committed(string engine, ArraySegment<Job> jobs, TimeSpan took)
    {
        if (jobs is [TurnJob]) return;
        var tag = new KeyValuePair<string, object?>("engine", engine);
        _batch.Record(jobs.Count, tag);
        _duration.Record(took.TotalSeconds, tag);
        foreach (var job in jobs)
        {
            if (job is AppendJob { Error: null, Result: not AppendResult.Appended and var result })
                _conflicts.Add(1, tag, new KeyValuePair<string, object?>("kind", Kind(result)));
        }
    }

    private IEnumerable<Measurement<T>> Measure<T>(Func<Queue, T> read) where T : struct =>
        _queues.Select(queue => new Measurement<T>(read(queue.Value), new KeyValuePair<string, object?>("engine", queue.Key)));

    private static string Kind(AppendResult result) => result switch
    {
        AppendResult.VersionConflict => "version",
        AppendResult.DuplicateCommand => "command",
        _ => "message",
    };

    private sealed class Queue(Func<int> length, Func<TimeSpan> lag)
    {
        public readonly Func<int> Length = length;
        public readonly Func<TimeSpan> Lag = lag;
        public long Failures;
    }
}
