using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Journey.Grains.Storage;

namespace Journey.Storage.Journal;

/// <summary>Meter <c>Journey.Storage</c>. Tags hold the engine and the kind of conflict, never a stream, a message or a patient.</summary>
public sealed class StorageMetrics : IDisposable
{
    /// <summary>The meter's name, for the telemetry set-up.</summary>
    public const string MeterName = "Journey.Storage";

    private readonly ConcurrentDictionary<string, Func<int>> queues = new();
    private readonly Meter meter;
    private readonly Histogram<int> batch;
    private readonly Histogram<double> duration;
    private readonly Counter<long> conflicts;
    private readonly Counter<long> failures;

    public StorageMetrics(IMeterFactory? factory = null)
    {
        meter = factory?.Create(MeterName) ?? new Meter(MeterName);
        batch = meter.CreateHistogram<int>("journey.storage.batch.size", "{commit}", "Commits and log lines that shared one transaction.",
            advice: new() { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024] });
        duration = meter.CreateHistogram<double>("journey.storage.commit.duration", "s", "Time of one transaction, durable at its end.",
            advice: new() { HistogramBucketBoundaries = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5] });
        conflicts = meter.CreateCounter<long>("journey.storage.conflicts", "{commit}", "Commits refused for a version, command or message already there.");
        failures = meter.CreateCounter<long>("journey.storage.failures", "{commit}", "Commits whose outcome is unknown or that the database refused.");
        meter.CreateObservableGauge("journey.storage.queue.length",
            () => queues.Select(q => new Measurement<int>(q.Value(), new KeyValuePair<string, object?>("engine", q.Key))), "{commit}",
            "Commits waiting for a writer.");
    }

    public void Dispose() => meter.Dispose();

    internal void Watch(string engine, Func<int> length) => queues[engine] = length;

    internal void Unwatch(string engine) => queues.TryRemove(engine, out _);

    internal void Failed(string engine, int count) => failures.Add(count, new KeyValuePair<string, object?>("engine", engine));

    internal void Committed(string engine, ArraySegment<Job> jobs, TimeSpan took)
    {
        if (jobs is [TurnJob]) return;
        var tag = new KeyValuePair<string, object?>("engine", engine);
        batch.Record(jobs.Count, tag);
        duration.Record(took.TotalSeconds, tag);
        foreach (var job in jobs)
        {
            if (job is AppendJob { Error: null, Result: not AppendResult.Appended and var result })
                conflicts.Add(1, tag, new KeyValuePair<string, object?>("kind", Kind(result)));
        }
    }

    private static string Kind(AppendResult result) => result switch
    {
        AppendResult.VersionConflict => "version",
        AppendResult.DuplicateCommand => "command",
        _ => "message",
    };
}
