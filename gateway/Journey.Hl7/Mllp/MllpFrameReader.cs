using System.Buffers;
using System.IO.Pipelines;

namespace Journey.Hl7.Mllp;

/// <summary>What a <see cref="MllpFrameReader"/> found.</summary>
public enum MllpReadKind
{
    /// <summary>The stream has ended; a frame cut short by that is discarded and counted as ignored.</summary>
    End,

    /// <summary>A whole frame.</summary>
    Frame,

    /// <summary>A frame over the size limit, skipped to its end; the payload is only its beginning.</summary>
    Oversized,
}

/// <summary>One result of reading.</summary>
/// <param name="Kind">What was found.</param>
/// <param name="Payload">The bytes between the marks; of an oversized frame at most the first 4096.</param>
/// <param name="Length">Length of the payload as sent, in bytes.</param>
public readonly record struct MllpReadResult(MllpReadKind Kind, ReadOnlyMemory<byte> Payload, long Length);

/// <summary>
/// Cuts a byte stream into MLLP frames: 0x0B payload 0x1C 0x0D. A lost 0x0D is forgiven when a line feed or the next frame follows.
/// A start mark in front of an MSH inside a frame starts it anew: the sender gave up the first one halfway.
/// </summary>
/// <param name="input">The stream.</param>
/// <param name="maxFrameBytes">Largest payload accepted, in bytes; at least 1.</param>
public sealed class MllpFrameReader(PipeReader input, int maxFrameBytes)
{
    internal const byte CarriageReturn = 0x0D;
    private const int HeadBytes = 4096;

    private State _state = State.Between;
    private long _scanned;
    private long _skipped;
    private byte[] _head = [];

    private enum State
    {
        Between,
        Inside,
        Skipping,
    }

    /// <summary>Bytes outside of frames, and of frames never finished.</summary>
    public long IgnoredBytes { get; private set; }

    /// <summary>True while a frame has begun and not ended.</summary>
    public bool IsInsideFrame => _state != State.Between;

    /// <summary>Called before each look at the stream, so that a sender who never stops sending meets its time-out too.</summary>
    internal Action? Looking { get; init; }

    /// <summary>Reads up to the end of the next frame.</summary>
    /// <param name="cancellationToken">Ends the wait for more bytes.</param>
    /// <exception cref="OperationCanceledException">The token was set, or a pending read of the pipe cancelled.</exception>
    public async ValueTask<MllpReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            Looking?.Invoke();
            if (!input.TryRead(out var read)) read = await input.ReadAsync(cancellationToken);
            if (read.IsCanceled) throw new OperationCanceledException(cancellationToken);
            var buffer = read.Buffer;
            var found = TryTake(ref buffer, out var result);
            input.AdvanceTo(buffer.Start, found ? buffer.Start : buffer.End);
            if (found) return result;
            if (!read.IsCompleted) continue;
            IgnoredBytes += buffer.Length + _skipped;
            (_state, _skipped, _scanned) = (State.Between, 0, 0);
            return new MllpReadResult(MllpReadKind.End, default, 0);
        }
    }

    private bool TryTake(ref ReadOnlySequence<byte> buffer, out MllpReadResult result)
    {
        result = default;
        if (_state == State.Between && !TrySkipToStart(ref buffer)) return false;
        return _state == State.Inside ? TryFinish(ref buffer, out result) : TrySkipToEnd(ref buffer, out result);
    }

    private bool TrySkipToStart(ref ReadOnlySequence<byte> buffer)
    {
        var start = buffer.PositionOf(FrameMarks.Start);
        var ignored = start is { } at ? buffer.Slice(0, at).Length : buffer.Length;
        IgnoredBytes += ignored;
        buffer = buffer.Slice(ignored);
        if (start is null) return false;
        buffer = buffer.Slice(1);
        (_state, _scanned) = (State.Inside, 0);
        return true;
    }

    private bool TryFinish(ref ReadOnlySequence<byte> buffer, out MllpReadResult result)
    {
        result = default;
        var found = TryFindEnd(buffer, _scanned, out var length, out var taken, out _scanned);
        if ((found ? length : _scanned) > maxFrameBytes)
        {
            _head = buffer.Slice(0, Math.Min(HeadBytes, found ? length : _scanned)).ToArray();
            (_state, _skipped) = (State.Skipping, 0);
            return TrySkipToEnd(ref buffer, out result);
        }

        if (!found) return false;
        ReadOnlyMemory<byte> payload = buffer.Slice(0, length).ToArray();
        buffer = buffer.Slice(taken);
        var restart = payload.Span.LastIndexOf("\u000BMSH"u8);
        if (restart >= 0)
        {
            IgnoredBytes += restart + 1;
            payload = payload[(restart + 1)..];
        }

        _state = State.Between;
        result = new MllpReadResult(MllpReadKind.Frame, payload, payload.Length);
        return true;
    }

    private bool TrySkipToEnd(ref ReadOnlySequence<byte> buffer, out MllpReadResult result)
    {
        result = default;
        if (!TryFindEnd(buffer, 0, out var length, out var taken, out var scanned))
        {
            _skipped += scanned;
            buffer = buffer.Slice(scanned);                                     // keeps an end mark whose second byte is still to come
            return false;
        }

        buffer = buffer.Slice(taken);
        result = new MllpReadResult(MllpReadKind.Oversized, _head, _skipped + length);
        (_state, _head, _skipped) = (State.Between, [], 0);
        return true;
    }

    /// <summary>Finds the end mark. <paramref name="scanned"/> is how far the next search need not look again.</summary>
    private static bool TryFindEnd(in ReadOnlySequence<byte> buffer, long from, out long length, out long taken, out long scanned)
    {
        (length, taken) = (0, 0);
        var rest = buffer.Slice(from);
        while (rest.PositionOf(FrameMarks.End) is { } at)
        {
            length = from + rest.Slice(0, at).Length;
            var tail = buffer.Slice(length + 1);
            if (tail.IsEmpty)
            {
                scanned = length;
                return false;
            }

            var next = tail.FirstSpan.IsEmpty ? tail.ToArray()[0] : tail.FirstSpan[0];
            if (next is CarriageReturn or (byte)'\n' or FrameMarks.Start)
            {
                taken = length + (next == FrameMarks.Start ? 1 : 2);
                scanned = 0;
                return true;
            }

            from = length + 1;
            rest = tail;
        }

        scanned = buffer.Length;
        return false;
    }

    /// <summary>
    /// Writes a payload as a frame. What would end the frame before its end, such as a letter of UTF-16 whose bytes are the mark's, is made a space:
    /// else every reply after it would be read as another's.
    /// </summary>
    internal static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> payload)
    {
        output.Write([FrameMarks.Start]);
        for (int mark; (mark = EndOf(payload)) >= 0; payload = payload[(mark + 1)..])
        {
            output.Write(payload[..mark]);
            output.Write(" "u8);
        }

        output.Write(payload);
        output.Write([FrameMarks.End, CarriageReturn]);
    }

    /// <summary>Where the payload would be taken for ended; negative where nowhere.</summary>
    private static int EndOf(ReadOnlySpan<byte> payload)
    {
        for (var from = 0; payload[from..].IndexOf(FrameMarks.End) is >= 0 and var at; from += at + 1)
            if (payload[(from + at + 1)..] is [CarriageReturn or (byte)'\n' or FrameMarks.Start, ..]) return from + at;
        return -1;
    }
}
