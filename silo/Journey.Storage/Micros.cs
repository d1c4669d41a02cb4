namespace Journey.Storage;

/// <summary>Times as the embedded database holds them: whole microseconds since 1970, UTC.</summary>
internal static class Micros
{
    public static long From(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    public static object? From(DateTimeOffset? time) => time is { } t ? From(t) : null;

    public static DateTimeOffset To(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);
}
