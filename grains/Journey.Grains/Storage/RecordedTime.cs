namespace Journey.Grains.Storage;

/// <summary>The time a commit is recorded at.</summary>
internal static class RecordedTime
{
    /// <summary>Now, in whole microseconds: what the journal keeps, so that a replay and the grain that wrote agree to the last digit.</summary>
    public static DateTimeOffset GetRecordedNow(this TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
