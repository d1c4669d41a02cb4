using Journey.Hl7;

namespace Journey.Gateway.Feeds.Listening;

/// <summary>
/// What is kept of messages that are no feed's. Anybody who reaches the port can send them without end, so that of each its header is kept and no
/// more, and so many in a minute; the metric counts them all.
/// </summary>
internal sealed class Refusals(TimeProvider clock)
{
    private const int LinesAMinute = 60;
    private const int LongestHeader = 1024;

    private readonly Lock _gate = new();
    private DateTimeOffset _since;
    private int _lines;

    /// <summary>Whether the message log may take another line.</summary>
    public bool MayLog()
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            if (now - _since >= TimeSpan.FromMinutes(1) || now < _since) (_since, _lines) = (now, 0);
            return _lines++ < LinesAMinute;
        }
    }

    /// <summary>The header, which tells the integration engineer who it was, and nothing of whom it speaks.</summary>
    public static ReadOnlyMemory<byte> Kept(Hl7Message message) =>
        message["MSH"].Bytes is var header && header.Length > LongestHeader ? header[..LongestHeader].ToArray() : header.ToArray();
}
