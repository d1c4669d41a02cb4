namespace Journey.Hl7;

/// <summary>One message of a batch.</summary>
/// <param name="Index">Position among the messages, from 0.</param>
/// <param name="Offset">Where it starts, in bytes from the start of what was split.</param>
/// <param name="Bytes">The message, to be parsed on its own: one bad message does not spoil its neighbours.</param>
public readonly record struct Hl7BatchMessage(int Index, int Offset, ReadOnlyMemory<byte> Bytes);

/// <summary>
/// Everything that arrived in one frame or file, cut into messages: a single message, several one after the other, or an envelope of
/// FHS/BHS … BTS/FTS, complete or not. Splitting never fails; what is odd is told in <see cref="Warnings"/>.
/// </summary>
public sealed class Hl7Batch
{
    private readonly List<Hl7BatchMessage> _messages = [];
    private readonly List<Hl7Segment> _batchHeaders = [];
    private readonly List<Hl7Error> _warnings = [];

    private Hl7Batch()
    {
    }

    /// <summary>
    /// The messages in order. Bytes that belong to no message are one too, so that they are refused and not lost; only an empty envelope
    /// has none.
    /// </summary>
    public IReadOnlyList<Hl7BatchMessage> Messages => _messages;

    /// <summary>FHS; absent when there is none.</summary>
    public Hl7Segment FileHeader { get; private set; }

    /// <summary>Each BHS, in order.</summary>
    public IReadOnlyList<Hl7Segment> BatchHeaders => _batchHeaders;

    /// <summary>True when any of FHS, BHS, BTS or FTS is present, which asks for a batch in reply.</summary>
    public bool HasEnvelope { get; private set; }

    /// <summary>Wrong counts, missing headers or trailers: nothing that keeps the messages from being used.</summary>
    public IReadOnlyList<Hl7Error> Warnings => _warnings;

    /// <summary>Cuts bytes into messages.</summary>
    /// <param name="bytes">A frame or a file. Kept, not copied.</param>
    public static Hl7Batch Split(ReadOnlyMemory<byte> bytes)
    {
        if (Hl7Charset.DetectUtf16(bytes.Span) is { } utf16)
        {
            bytes = System.Text.Encoding.UTF8.GetBytes(utf16.Encoding.GetString(bytes.Span));
        }

        var batch = new Hl7Batch();
        new Splitter(batch, bytes).Run();
        if (batch is { HasEnvelope: false, _messages.Count: 0 }) batch._messages.Add(new Hl7BatchMessage(0, 0, bytes));
        return batch;
    }

    /// <summary>True for the usual case, one message and no envelope, without allocating for the answer.</summary>
    /// <param name="bytes">A frame.</param>
    public static bool IsSingleMessage(ReadOnlySpan<byte> bytes)
    {
        var start = Hl7Lines.LeadingJunk(bytes);
        if (Hl7Lines.IdOf(bytes[start..]) != Hl7Lines.Msh) return false;
        var rest = bytes[(start + 3)..];
        for (var at = rest.IndexOf("MSH"u8); at >= 0; at = rest.IndexOf("MSH"u8))
        {
            if (IsLineStart(rest[..at])) return false;
            rest = rest[(at + 3)..];
        }

        return rest.LastIndexOf("\rBTS"u8) < 0 && rest.LastIndexOf("\nBTS"u8) < 0 && rest.LastIndexOf("\rFTS"u8) < 0;
    }

    private static bool IsLineStart(ReadOnlySpan<byte> before)
    {
        for (var i = before.Length - 1; i >= 0; i--)
        {
            if (before[i] is (byte)'\r' or (byte)'\n') return true;
            if (before[i] > 0x20) return before[i] is 0xBF or >= 0x80;          // a byte-order mark; taking the long way is harmless
        }

        return false;
    }

    private sealed class Splitter(Hl7Batch batch, ReadOnlyMemory<byte> bytes)
    {
        private int _start = -1;
        private int _sinceHeader;
        private int _batches;
        private bool _inFile;
        private bool _inBatch;
        private bool _strayReported;

        internal void Run()
        {
            var span = bytes.Span;
            for (var position = 0; position < span.Length;)
            {
                var length = span[position..].IndexOfAny((byte)'\r', (byte)'\n');
                if (length < 0) length = span.Length - position;
                var junk = Hl7Lines.LeadingJunk(span.Slice(position, length));
                if (junk < length) Line(span.Slice(position + junk, length - junk), position + junk);
                position += length + 1;
            }

            CloseMessage(span.Length);
            if (_inBatch) Warn("BTS", "The batch has no trailer.");
            if (_inFile) Warn("FTS", "The file has no trailer.");
        }

        private void Line(ReadOnlySpan<byte> line, int position)
        {
            var id = IsEnvelopeOrHeader(line) ? Hl7Lines.IdOf(line) : 0;
            if (id == Hl7Lines.Msh)
            {
                CloseMessage(position);
                _start = position;
            }
            else if (id == Hl7Lines.Fhs || id == Hl7Lines.Bhs)
            {
                CloseMessage(position);
                OpenEnvelope(id, line, position);
            }
            else if (id == Hl7Lines.Bts || id == Hl7Lines.Fts)
            {
                CloseMessage(position);
                CloseEnvelope(id, line);
            }
            else if (_start < 0 && !_strayReported)
            {
                _start = position;                                              // belongs to no message: let the parser say so
                _strayReported = batch._messages.Count > 0;
            }
        }

        private void CloseMessage(int end)
        {
            if (_start < 0) return;
            var message = bytes[_start..end];
            message = message[..Hl7Lines.LengthWithoutTail(message.Span)];
            batch._messages.Add(new Hl7BatchMessage(batch._messages.Count, _start, message));
            _sinceHeader++;
            _start = -1;
        }

        private void OpenEnvelope(uint id, ReadOnlySpan<byte> line, int position)
        {
            batch.HasEnvelope = true;
            var header = Hl7Message.Read(bytes.Slice(position, line.Length), id, out var error)?.SegmentAt(0) ?? default;
            if (error is not null) batch._warnings.Add(error with { Severity = Hl7Severity.Warning });
            if (id == Hl7Lines.Fhs)
            {
                (batch.FileHeader, _inFile, _batches) = (header, true, 0);
            }
            else
            {
                if (_inBatch) Warn("BTS", "A batch starts before the one above it has ended.");
                if (header.Exists) batch._batchHeaders.Add(header);
                (_inBatch, _sinceHeader) = (true, 0);
                _batches++;
            }
        }

        private void CloseEnvelope(uint id, ReadOnlySpan<byte> line)
        {
            batch.HasEnvelope = true;
            var claimed = Claimed(line);
            if (id == Hl7Lines.Bts)
            {
                if (!_inBatch) Warn("BHS", "A batch trailer without a header.");
                if (claimed is { } count && count != _sinceHeader) Warn("BTS", $"The batch claims {count} messages and has {_sinceHeader}.", 1);
                (_inBatch, _sinceHeader) = (false, 0);
            }
            else
            {
                if (!_inFile) Warn("FHS", "A file trailer without a header.");
                if (claimed is { } count && count != _batches) Warn("FTS", $"The file claims {count} batches and has {_batches}.", 1);
                _inFile = false;
            }
        }

        private void Warn(string segment, string text, int? field = null) =>
            batch._warnings.Add(new Hl7Error(Hl7ErrorCode.SegmentSequence, new(segment, 1, field), text) { Severity = Hl7Severity.Warning });

        private static int? Claimed(ReadOnlySpan<byte> line)
        {
            if (line.Length < 5) return null;
            var field = line[4..];
            var end = field.IndexOf(line[3]);
            if (end >= 0) field = field[..end];
            return int.TryParse(field.Trim((byte)' '), System.Globalization.NumberStyles.None, null, out var count) ? count : null;
        }

        /// <summary>The three header segments need their separators; trailers may be bare.</summary>
        private static bool IsEnvelopeOrHeader(ReadOnlySpan<byte> line)
        {
            var id = Hl7Lines.IdOf(line);
            if (id == Hl7Lines.Bts || id == Hl7Lines.Fts) return line.Length == 3 || !char.IsAsciiLetterOrDigit((char)line[3]);
            return (id == Hl7Lines.Msh || id == Hl7Lines.Fhs || id == Hl7Lines.Bhs)
                && line.Length > 3 && line[3] > 0x20 && !char.IsAsciiLetterOrDigit((char)line[3]);
        }
    }
}
