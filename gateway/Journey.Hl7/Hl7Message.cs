using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Journey.Hl7;

/// <summary>
/// One HL7 v2 message, read in place: parsing finds where segments start, everything else is looked up when asked for. The bytes are
/// not copied, so the caller must not reuse them while the message is in use. Safe to read from several threads.
/// </summary>
public sealed class Hl7Message
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly SegmentSpan[] _segments;
    private readonly int _count;
    private Hl7Charset? _charset;

    private Hl7Message(ReadOnlyMemory<byte> bytes, SegmentSpan[] segments, int count, Hl7Delimiters delimiters, Hl7Charset? charset)
    {
        (_bytes, _segments, _count, Delimiters, _charset) = (bytes, segments, count, delimiters, charset);
        SourceCharset = charset is { IsTranscoded: true } ? charset : null;
        if (SourceCharset is not null) _charset = Hl7Charset.Utf8;
    }

    /// <summary>The separators declared in MSH-1 and MSH-2.</summary>
    public Hl7Delimiters Delimiters { get; }

    /// <summary>True when the message is UTF-8 with characters beyond ASCII, and does not say so (MSH-18 empty, ASCII or 8859/1).</summary>
    public bool IsUndeclaredUtf8 =>
        SourceCharset is null && ReferenceEquals(Charset, Hl7Charset.Utf8) && !System.Text.Ascii.IsValid(_bytes.Span)
        && !ReferenceEquals(DeclaredCharset(), Hl7Charset.Utf8);

    /// <summary>The same message, read in another character set where MSH-18 is empty and the bytes are not UTF-8 of that set's letters.</summary>
    public Hl7Message WithFallback(Hl7Charset fallback) =>
        !fallback.IsSingleByte || SourceCharset is not null || DeclaredCharset() is not null || IsUtf8Of(fallback)
            ? this : new Hl7Message(_bytes, _segments, _count, Delimiters, fallback);

    /// <summary>How the bytes of this message are read as text; see <see cref="Hl7Charset"/>.</summary>
    public Hl7Charset Charset => _charset ??= ResolveCharset();

    /// <summary>The message as parsed (turned into UTF-8 if it came in UTF-16 or an East Asian encoding).</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>Number of segments, at least one.</summary>
    public int SegmentCount => _count;

    /// <summary>All segments, in order.</summary>
    public Hl7Segments Segments => new(this, 0);

    /// <summary>The segment at a position in the message, from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such position.</exception>
    public Hl7Segment SegmentAt(int index) =>
        (uint)index < (uint)_count ? new Hl7Segment(this, index) : throw new ArgumentOutOfRangeException(nameof(index));

    /// <summary>The first segment with this id; an absent one (see <see cref="Hl7Segment.Exists"/>) when there is none.</summary>
    /// <param name="id">Three characters, for example <c>PID</c>.</param>
    public Hl7Segment this[string id]
    {
        get
        {
            var wanted = Hl7Lines.IdOf(id);
            for (var i = 0; i < _count; i++)
            {
                if (_segments[i].Id == wanted) return new Hl7Segment(this, i);
            }

            return default;
        }
    }

    /// <summary>A field of the first segment with this id; absent when either is missing.</summary>
    /// <param name="id">Three characters, for example <c>PID</c>.</param>
    /// <param name="field">Field number as in the standard, from 1.</param>
    public Hl7Value this[string id, int field] => this[id][field];

    /// <summary>Every segment with this id, in order.</summary>
    /// <param name="id">Three characters, for example <c>OBX</c>.</param>
    public Hl7Segments All(string id) => new(this, Hl7Lines.IdOf(id));

    /// <summary>Parses one message.</summary>
    /// <param name="bytes">The message, with or without byte-order mark and framing bytes. Kept, not copied.</param>
    /// <exception cref="Hl7Exception">The bytes cannot be read as one HL7 message.</exception>
    public static Hl7Message Parse(ReadOnlyMemory<byte> bytes) =>
        TryParse(bytes, out var message, out var error) ? message : throw new Hl7Exception(error);

    /// <summary>Parses one message from text, for tests and tools; MSH-18 is then ignored.</summary>
    /// <exception cref="Hl7Exception">The text cannot be read as one HL7 message.</exception>
    public static Hl7Message Parse(string text)
    {
        var message = Read(Encoding.UTF8.GetBytes(text), Hl7Lines.Msh, Hl7Charset.Utf8, out var error);
        error ??= message!.HeaderProblem();
        return error is null ? message! : throw new Hl7Exception(error);
    }

    /// <summary>Parses one message. Never throws on bad input.</summary>
    /// <param name="bytes">The message, with or without byte-order mark and framing bytes. Kept, not copied.</param>
    /// <param name="message">The message, when the answer is true.</param>
    /// <param name="error">Why it cannot be read, when the answer is false.</param>
    public static bool TryParse(
        ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out Hl7Message? message, [NotNullWhen(false)] out Hl7Error? error)
    {
        message = Read(bytes, Hl7Lines.Msh, out error);
        error ??= message!.HeaderProblem();
        if (error is not null) message = null;
        return message is not null;
    }

    /// <summary>
    /// Looks for a usable MSH anywhere in bytes that could not be parsed, so that the answer can at least name the message.
    /// </summary>
    /// <returns>A message with whatever could be read, possibly nothing but its MSH; null when there is no MSH with separators.</returns>
    public static Hl7Message? FindHeader(ReadOnlyMemory<byte> bytes)
    {
        if (Hl7Charset.DetectUtf16(bytes.Span) is not null) return Read(bytes, Hl7Lines.Msh, out _);
        for (var from = 0; from < bytes.Length;)
        {
            var at = bytes.Span[from..].IndexOf("MSH"u8);
            if (at < 0) return null;
            var rest = bytes[(from + at)..];
            from += at + 3;
            if (!TryReadDelimiters(rest.Span, "MSH", out _, out _)) continue;   // looks at a few bytes only: there may be many
            var line = rest.Span.IndexOfAny((byte)'\r', (byte)'\n');
            if (Read(line < 0 ? rest : rest[..line], Hl7Lines.Msh, out _) is { } header) return header;
        }

        return null;
    }

    /// <summary>MSH-9.1, for example <c>ADT</c>.</summary>
    public string Code => TypePart(MessageType.Component(1).Name, before: true);

    /// <summary>
    /// MSH-9.2, for example <c>A01</c>. When the sender leaves it out: from a structure such as <c>ADT_A01</c> in its place, else EVN-1,
    /// else empty.
    /// </summary>
    public string Trigger
    {
        get
        {
            var type = MessageType;
            var second = type.Component(2).Name;
            if (second.Length > 0) return TypePart(second, before: false);
            var first = type.Component(1).Name;
            if (IsStructure(first)) return TypePart(first, before: false);
            return this["EVN", 1].Component(1).Name;
        }
    }

    /// <summary>MSH-9.3, for example <c>ADT_A01</c>; empty when not sent.</summary>
    public string Structure => MessageType.Component(3).Text;

    /// <summary>MSH-10: the sender's id of this message; empty when not sent.</summary>
    public string ControlId => this["MSH", 10].Text;

    /// <summary>MSH-3, its namespace or else its universal id; empty when not sent.</summary>
    public string SendingApplication => NameOf(this["MSH", 3]);

    /// <summary>MSH-4, its namespace or else its universal id; empty when not sent.</summary>
    public string SendingFacility => NameOf(this["MSH", 4]);

    /// <summary>MSH-5, its namespace or else its universal id; empty when not sent.</summary>
    public string ReceivingApplication => NameOf(this["MSH", 5]);

    /// <summary>MSH-6, its namespace or else its universal id; empty when not sent.</summary>
    public string ReceivingFacility => NameOf(this["MSH", 6]);

    /// <summary>MSH-11.1: P production, T training, D debugging; empty when not sent.</summary>
    public string ProcessingId => this["MSH", 11].Component(1).Text;

    /// <summary>MSH-12.1, for example <c>2.5.1</c>; empty when not sent.</summary>
    public string Version => this["MSH", 12].Component(1).Text;

    /// <summary>MSH-15: when the sender wants to know that the message was taken over (enhanced mode).</summary>
    public AckCondition AcceptAck => Condition(this["MSH", 15]);

    /// <summary>MSH-16: when the sender wants to know that the message was applied (enhanced mode).</summary>
    public AckCondition ApplicationAck => Condition(this["MSH", 16]);

    /// <summary>True when MSH-15 or MSH-16 is valued, which asks for accept and application acknowledgements separately.</summary>
    public bool UsesEnhancedMode => AcceptAck != AckCondition.Unspecified || ApplicationAck != AckCondition.Unspecified;

    /// <summary>The encoding the message came in when it had to be turned into UTF-8 for parsing.</summary>
    internal Hl7Charset? SourceCharset { get; }

    internal Hl7Value MessageType => this["MSH", 9];

    internal uint IdAt(int index) => _segments[index].Id;

    internal int NextIndex(int from, uint id)
    {
        while (from < _count && id != 0 && _segments[from].Id != id) from++;
        return from < _count ? from : -1;
    }

    internal (int Start, int End) SpanAt(int index) => (_segments[index].Start, _segments[index].End);

    /// <summary>Reads segments after a header of the given kind; no demand is made on the content of that header.</summary>
    internal static Hl7Message? Read(ReadOnlyMemory<byte> bytes, uint header, out Hl7Error? error)
    {
        var span = bytes.Span;
        var utf16 = Hl7Charset.DetectUtf16(span);
        if (utf16 is not null) return Read(Transcode(span, utf16), header, utf16, out error);
        if (!System.Text.Ascii.IsValid(span) || span.Contains((byte)0x1B))
        {
            var declared = Read(bytes, header, null, out error)?.DeclaredCharset();
            if (declared is { IsTranscoded: true }) return Read(Transcode(span, declared), header, declared, out error);
        }

        return Read(bytes, header, null, out error);
    }

    private static byte[] Transcode(ReadOnlySpan<byte> bytes, Hl7Charset from) => Encoding.UTF8.GetBytes(from.Encoding.GetString(bytes));

    private static Hl7Message? Read(ReadOnlyMemory<byte> bytes, uint header, Hl7Charset? charset, out Hl7Error? error)
    {
        var span = bytes.Span;
        var start = Hl7Lines.LeadingJunk(span);
        var name = Hl7Lines.NameOf(header);
        if (start == span.Length)
        {
            error = new(Hl7ErrorCode.SegmentSequence, new(name), "The message is empty.");
            return null;
        }

        if (Hl7Lines.IdOf(span[start..]) != header)
        {
            error = new(Hl7ErrorCode.SegmentSequence, new(name), $"The message does not start with {name}.");
            return null;
        }

        if (!TryReadDelimiters(span[start..], name, out var delimiters, out error)) return null;
        var segments = Index(span, start, delimiters.Field, out var count);
        error = null;
        return new Hl7Message(bytes, segments, count, delimiters, charset);
    }

    internal static bool TryReadDelimiters(ReadOnlySpan<byte> line, string name, out Hl7Delimiters delimiters, out Hl7Error? error)
    {
        delimiters = default;
        error = null;
        if (line.Length < 4 || line[3] is <= 0x20 or >= 0x7F || char.IsAsciiLetterOrDigit((char)line[3]))
        {
            error = new(Hl7ErrorCode.DataType, new(name, 1, 1), $"{name}-1 is not a field separator.");
            return false;
        }

        var encoding = line.Slice(4, Math.Min(16, line.Length - 4));
        var end = encoding.IndexOfAny(line[3], (byte)'\r', (byte)'\n');
        if (end >= 0) encoding = encoding[..end];
        if (encoding.IsEmpty)
        {
            error = new(Hl7ErrorCode.RequiredFieldMissing, new(name, 1, 2), $"{name}-2 (encoding characters) is empty.");
            return false;
        }

        if (Hl7Delimiters.TryRead(line[3], encoding, out delimiters)) return true;
        error = new(Hl7ErrorCode.DataType, new(name, 1, 2), $"{name}-2 must be one to five separators, none of them a letter or digit.");
        return false;
    }

    private static SegmentSpan[] Index(ReadOnlySpan<byte> span, int position, byte separator, out int count)
    {
        var segments = new SegmentSpan[12];
        count = 0;
        while (position < span.Length)
        {
            var length = span[position..].IndexOfAny((byte)'\r', (byte)'\n');
            if (length < 0) length = span.Length - position;
            if (length > 0) AddLine(span.Slice(position, length), position, separator, ref segments, ref count);
            position += length + 1;
        }

        return segments;
    }

    private static void AddLine(ReadOnlySpan<byte> line, int position, byte separator, ref SegmentSpan[] segments, ref int count)
    {
        var junk = line[0] > 0x20 && line[0] != 0xEF ? 0 : Hl7Lines.LeadingJunk(line);
        var end = position + Hl7Lines.LengthWithoutTail(line);
        var id = Hl7Lines.SegmentAt(line[junk..], separator);
        if (id == 0)
        {
            // A line of nothing but separators and spaces is a blank segment; anything else belongs to the field above.
            if (count > 0 && line[junk..].IndexOfAnyExcept([separator, (byte)' ', (byte)'\t', (byte)0x1C]) >= 0) segments[count - 1].End = end;
            return;
        }

        if (count == segments.Length) Array.Resize(ref segments, count * 2);
        segments[count++] = new SegmentSpan { Id = id, Start = position + junk, End = Math.Max(end, position + junk + 3) };
    }

    private Hl7Error? HeaderProblem()
    {
        for (var i = 1; i < _count; i++)
        {
            if (_segments[i].Id == Hl7Lines.Msh)
            {
                return new(Hl7ErrorCode.SegmentSequence, new("MSH", 2), "A second MSH: several messages must be split before parsing.");
            }
        }

        return MessageType.HasValue && Code.Length > 0
            ? null
            : new(Hl7ErrorCode.RequiredFieldMissing, new("MSH", 1, 9), "MSH-9 (message type) is empty.");
    }

    private Hl7Charset ResolveCharset()
    {
        var declared = DeclaredCharset();
        if (declared is { IsGuess: false } && (!ReferenceEquals(declared, Hl7Charset.Latin1) || System.Text.Ascii.IsValid(_bytes.Span)))
            return declared;
        return System.Text.Unicode.Utf8.IsValid(_bytes.Span) ? Hl7Charset.Utf8 : Hl7Charset.Latin1;
    }

    /// <summary>
    /// Whether the bytes are UTF-8 of a sender that usually writes in another character set. Valid alone is not enough: <c>ÓŁ</c> in ISO 8859-2 is a
    /// valid Cyrillic letter in UTF-8, but none that this sender could mean.
    /// </summary>
    private bool IsUtf8Of(Hl7Charset usual)
    {
        var span = _bytes.Span;
        if (System.Text.Ascii.IsValid(span)) return true;
        if (!System.Text.Unicode.Utf8.IsValid(span)) return false;
        if (ReferenceEquals(usual, Hl7Charset.Utf8) || usual.IsGuess) return true;
        var text = Encoding.UTF8.GetString(span);
        return usual.Encoding.GetString(usual.Encoding.GetBytes(text)) == text;
    }

    /// <summary>The first repetition of MSH-18 that says more than ASCII; ASCII or null when none does.</summary>
    private Hl7Charset? DeclaredCharset()
    {
        Hl7Charset? found = null;
        foreach (var repetition in new Hl7Segment(this, 0)[18].Repetitions)
        {
            var charset = Hl7Charset.Find(Encoding.Latin1.GetString(repetition.Component(1).Bytes));
            if (charset is { IsGuess: false }) return charset;
            found ??= charset;
        }

        return found;
    }

    private static string NameOf(Hl7Value designator) =>
        designator.Component(1) is { HasValue: true } name ? name.Text : designator.Component(2).Text;

    /// <summary>Some senders put a structure (ADT_A01) where the code or the trigger belongs.</summary>
    private static string TypePart(string text, bool before)
    {
        if (!IsStructure(text)) return text;
        return before ? text[..3] : text[4..];
    }

    private static bool IsStructure(string text) => text.Length == 7 && text[3] == '_';

    private static AckCondition Condition(Hl7Value value)
    {
        if (value.Is("AL")) return AckCondition.Always;
        if (value.Is("NE")) return AckCondition.Never;
        if (value.Is("ER")) return AckCondition.OnError;
        return value.Is("SU") ? AckCondition.OnSuccess : AckCondition.Unspecified;
    }

    private struct SegmentSpan
    {
        public uint Id;
        public int Start;
        public int End;
    }
}
