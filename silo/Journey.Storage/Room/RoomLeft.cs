using System.Globalization;
using Journey.Storage.Journal;

namespace Journey.Storage.Room;

/// <summary>
/// How long the room lasts. Where the database is full nothing is recorded, and so nothing is shown and nothing is done: somebody must know long
/// before. It warns from a share on, and when at the pace of the last hour the rest would not last.
/// </summary>
internal sealed class RoomLeft(StorageOptions options, StorageMetrics metrics)
{
    /// <summary>Enough to find somebody and more disk, at night too.</summary>
    private static readonly TimeSpan Enough = TimeSpan.FromHours(4);

    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    /// <summary>From less nobody can tell a pace.</summary>
    private static readonly TimeSpan ShortestPace = TimeSpan.FromMinutes(10);

    private readonly Queue<(DateTimeOffset At, long Used)> _past = [];
    private volatile string? _warning;

    /// <summary>What somebody should know now; null while there is room.</summary>
    public string? Warning => _warning;

    public void Take(Reading reading, DateTimeOffset now)
    {
        while (_past.TryPeek(out var oldest) && now - oldest.At > Remembered) _past.Dequeue();
        _past.Enqueue((now, reading.Used));
        _warning = Judge(reading, now);
        metrics.Room(reading.Used, reading.Capacity, _warning is not null);
    }

    private string? Judge(Reading reading, DateTimeOffset now)
    {
        if (reading.Capacity is not { } capacity) return null;
        var percent = 100.0 * reading.Used / capacity;
        var full = string.Create(CultureInfo.InvariantCulture,
            $"The place of the database is {Math.Floor(percent):0} % full ({Giga(reading.Used)} of {Giga(capacity)} GB)");
        const string Then = "When it is full nothing can be recorded, so nothing is shown and nothing is done: make room.";
        if (Left(reading.Used, capacity, now) is { } left && left < Enough)
            return string.Create(CultureInfo.InvariantCulture,
                $"{full}; at the pace of the last hour the rest lasts for {Math.Max(0, left.TotalHours):0.0} hours. {Then}");
        return percent >= options.WarnAtPercent ? $"{full}. {Then}" : null;
    }

    /// <summary>Null when it does not fill, or that cannot be told yet.</summary>
    private TimeSpan? Left(long used, long capacity, DateTimeOffset now)
    {
        var (since, then) = _past.Peek();
        if (now - since < ShortestPace || used <= then) return null;
        return (now - since) * Math.Min((double)(capacity - used) / (used - then), 1000);
    }

    private static string Giga(long bytes) => (bytes / 1e9).ToString("0.###", CultureInfo.InvariantCulture);
}
