namespace Journey.Hl7;

/// <summary>
/// Remembers the offsets of quarter hours without a clock change. Asking a zone costs more than parsing the rest of a message, and the
/// times of a feed lie close together.
/// </summary>
internal static class Hl7Zone
{
    private const int Slots = 64;

    [ThreadStatic]
    private static CachedOffset[]? _known;

    /// <summary>The offset of a local time; false when a clock change is near and the zone must be asked.</summary>
    internal static bool TryGetPlainOffset(TimeZoneInfo zone, DateTime local, out TimeSpan offset)
    {
        var quarter = local.Ticks / (15 * TimeSpan.TicksPerMinute);
        ref var entry = ref (_known ??= new CachedOffset[Slots])[quarter % Slots];
        if (!ReferenceEquals(entry.Zone, zone) || entry.Quarter != quarter)
        {
            if (!TryAsk(zone, quarter, out offset)) return false;
            entry = new CachedOffset(zone, quarter, offset);
        }

        offset = entry.Offset;
        return true;
    }

    /// <summary>Changes happen on quarter hours, so one without a change is plain at both its ends.</summary>
    private static bool TryAsk(TimeZoneInfo zone, long quarter, out TimeSpan offset)
    {
        var first = new DateTime(quarter * 15 * TimeSpan.TicksPerMinute);
        var last = first.AddTicks(15 * TimeSpan.TicksPerMinute - 1);
        offset = zone.GetUtcOffset(first);
        return offset == zone.GetUtcOffset(last) && IsPlain(zone, first) && IsPlain(zone, last);
    }

    private static bool IsPlain(TimeZoneInfo zone, DateTime local) => !zone.IsAmbiguousTime(local) && !zone.IsInvalidTime(local);

    private readonly record struct CachedOffset(TimeZoneInfo Zone, long Quarter, TimeSpan Offset);
}
