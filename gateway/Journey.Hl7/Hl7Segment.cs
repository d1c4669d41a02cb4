using System.Collections;

namespace Journey.Hl7;

/// <summary>One segment of a message. The default value is an absent segment, all of whose fields are absent.</summary>
public readonly struct Hl7Segment
{
    private readonly Hl7Message? _message;
    private readonly int _index;

    internal Hl7Segment(Hl7Message message, int index) => (_message, _index) = (message, index);

    /// <summary>False when the message has no such segment.</summary>
    public bool Exists => _message is not null;

    /// <summary>Three characters, for example <c>PID</c>; empty when absent.</summary>
    public string Id => _message is null ? "" : Hl7Lines.NameOf(_message.IdAt(_index));

    internal Hl7Message? Message => _message;

    /// <summary>Position in the message, from 0.</summary>
    public int Index => _index;

    /// <summary>Which occurrence of its id this is, from 1; as in ERR-2.2.</summary>
    public int Sequence
    {
        get
        {
            if (_message is null) return 0;
            var sequence = 1;
            for (var i = 0; i < _index; i++)
            {
                if (_message.IdAt(i) == _message.IdAt(_index)) sequence++;
            }

            return sequence;
        }
    }

    /// <summary>The segment as sent, without its terminator; raw line breaks inside fields are kept.</summary>
    public ReadOnlySpan<byte> Bytes
    {
        get
        {
            if (_message is null) return default;
            var (start, end) = _message.SpanAt(_index);
            return _message.Bytes.Span[start..end];
        }
    }

    /// <summary>Number of the last field sent, empty or not.</summary>
    public int FieldCount
    {
        get
        {
            if (_message is null) return 0;
            var separators = Bytes.Count(_message.Delimiters.Field);
            return IsHeader ? separators + 1 : separators;
        }
    }

    /// <summary>A field; absent when the segment is shorter.</summary>
    /// <param name="field">Field number as in the standard, from 1. In MSH, field 1 is the separator itself.</param>
    public Hl7Value this[int field]
    {
        get
        {
            if (_message is null || field < 1) return default;
            var (start, end) = _message.SpanAt(_index);
            var header = IsHeader;
            if (header && field == 1) return end > start + 3 ? new Hl7Value(_message, start + 3, 1, Hl7Level.Literal) : default;
            var separators = header ? field - 1 : field;
            var bytes = _message.Bytes.Span;
            var position = start;
            for (var i = 0; i < separators; i++)
            {
                var next = bytes[position..end].IndexOf(_message.Delimiters.Field);
                if (next < 0) return default;
                position += next + 1;
            }

            var length = bytes[position..end].IndexOf(_message.Delimiters.Field);
            if (length < 0) length = end - position;
            return new Hl7Value(_message, position, length, header && field == 2 ? Hl7Level.Literal : Hl7Level.Field);
        }
    }

    /// <summary>The location of a field of this segment, for an error.</summary>
    public Hl7Location At(int? field = null, int? component = null) => new(Id, Math.Max(1, Sequence), field, component);

    private bool IsHeader
    {
        get
        {
            var id = _message!.IdAt(_index);
            return id == Hl7Lines.Msh || id == Hl7Lines.Fhs || id == Hl7Lines.Bhs;
        }
    }
}

/// <summary>Segments of a message in order: all, or those with one id.</summary>
public readonly struct Hl7Segments : IEnumerable<Hl7Segment>
{
    private readonly Hl7Message _message;
    private readonly uint _id;

    internal Hl7Segments(Hl7Message message, uint id) => (_message, _id) = (message, id);

    /// <summary>For <c>foreach</c>, without allocation.</summary>
    public Enumerator GetEnumerator() => new(_message, _id);

    IEnumerator<Hl7Segment> IEnumerable<Hl7Segment>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Walks the segments.</summary>
    public struct Enumerator : IEnumerator<Hl7Segment>
    {
        private readonly Hl7Message _message;
        private readonly uint _id;
        private int _index;

        internal Enumerator(Hl7Message message, uint id) => (_message, _id, _index) = (message, id, -1);

        /// <inheritdoc/>
        public readonly Hl7Segment Current => new(_message, _index);

        readonly object IEnumerator.Current => Current;

        /// <inheritdoc/>
        public bool MoveNext()
        {
            if (_index == -2) return false;
            var next = _message.NextIndex(_index + 1, _id);
            _index = next < 0 ? -2 : next;
            return next >= 0;
        }

        /// <inheritdoc/>
        public void Reset() => _index = -1;

        /// <inheritdoc/>
        public readonly void Dispose()
        {
        }
    }
}
