using System.Collections;
using System.Text;

namespace Journey.Hl7;

/// <summary>What a sender said with a value.</summary>
public enum Hl7ValueKind
{
    /// <summary>Nothing: not sent, or empty. The receiver keeps what it knows.</summary>
    Absent,

    /// <summary>Two double quotes: the receiver is to delete what it knows.</summary>
    Null,

    /// <summary>A value.</summary>
    Present,
}

internal enum Hl7Level : byte
{
    Literal,
    Field,
    Repetition,
    Component,
    Subcomponent,
}

/// <summary>
/// A field, repetition, component or subcomponent: a view on the bytes of its message. The default value is absent. Asking a
/// field for a component means its first repetition; asking for a part that was not sent gives an absent value, never an error.
/// </summary>
public readonly struct Hl7Value
{
    private readonly Hl7Message? _message;
    private readonly int _start;
    private readonly int _length;
    private readonly Hl7Level _level;

    internal Hl7Value(Hl7Message message, int start, int length, Hl7Level level) =>
        (_message, _start, _length, _level) = (message, start, length, level);

    /// <summary>Absent, null or present.</summary>
    public Hl7ValueKind Kind => _length == 0 ? Hl7ValueKind.Absent : IsNull ? Hl7ValueKind.Null : Hl7ValueKind.Present;

    /// <summary>True when nothing was sent, or an empty value.</summary>
    public bool IsAbsent => _length == 0;

    /// <summary>True for <c>""</c>: delete what is known.</summary>
    public bool IsNull => _length == 2 && Bytes is [(byte)'"', (byte)'"'];

    /// <summary>True when there is a value, neither absent nor null.</summary>
    public bool HasValue => _length > 0 && !IsNull;

    /// <summary>The bytes as sent, escapes and inner separators included.</summary>
    public ReadOnlySpan<byte> Bytes => _message is null ? default : _message.Bytes.Span.Slice(_start, _length);

    /// <summary>
    /// The text of the innermost first part (first repetition, first component, first subcomponent), unescaped; empty when absent or
    /// null. So a code reads the same whether sent as <c>I</c> or as <c>I^Inpatient</c>, as the standard asks for.
    /// </summary>
    public string Text => Primitive.Decoded();

    /// <summary>The whole value as text, unescaped, with the separators inside it: for free text whose sender does not escape.</summary>
    public string WholeText => Decoded();

    /// <summary>Like <see cref="Text"/>, surrounding spaces removed; for codes and identifiers.</summary>
    public string Name => Primitive.NameText();

    /// <summary>The repetitions of a field; a part of a field is its own only one. None when absent.</summary>
    public Hl7Repetitions Repetitions => new(this);

    /// <summary>A repetition.</summary>
    /// <param name="number">From 1.</param>
    public Hl7Value Repetition(int number)
    {
        if (_level != Hl7Level.Field) return number == 1 ? this : default;
        return Part(number, _message!.Delimiters.Repetition, Hl7Level.Repetition);
    }

    /// <summary>A component, of the first repetition when this is a field.</summary>
    /// <param name="number">From 1.</param>
    public Hl7Value Component(int number)
    {
        if (_message is null) return default;
        if (_level == Hl7Level.Field) return Repetition(1).Component(number);
        if (_level != Hl7Level.Repetition) return number == 1 ? this : default;
        return Part(number, _message.Delimiters.Component, Hl7Level.Component);
    }

    /// <summary>A subcomponent, of the first component when this is a field or repetition.</summary>
    /// <param name="number">From 1.</param>
    public Hl7Value Subcomponent(int number)
    {
        if (_message is null) return default;
        if (_level is Hl7Level.Field or Hl7Level.Repetition) return Component(1).Subcomponent(number);
        if (_level != Hl7Level.Component) return number == 1 ? this : default;
        return Part(number, _message.Delimiters.Subcomponent, Hl7Level.Subcomponent);
    }

    /// <summary>Shorthand for <c>Component(component).Subcomponent(subcomponent)</c>; both from 1.</summary>
    public Hl7Value this[int component, int subcomponent = 1] => Component(component).Subcomponent(subcomponent);

    /// <summary>Number of components of this value (of its first repetition when it is a field); 0 when absent.</summary>
    public int ComponentCount
    {
        get
        {
            if (_message is null || _length == 0) return 0;
            if (_level == Hl7Level.Field) return Repetition(1).ComponentCount;
            return _level == Hl7Level.Repetition ? CountOf(_message.Delimiters.Component) : 1;
        }
    }

    /// <summary>Compares <see cref="Name"/> with an ASCII code without making a string; case matters.</summary>
    /// <param name="code">ASCII text without separators.</param>
    public bool Is(ReadOnlySpan<char> code) => System.Text.Ascii.Equals(Primitive.Bytes.Trim(" \t"u8), code);

    /// <summary>Reads a whole number.</summary>
    /// <param name="number">The number; 0 when the answer is false.</param>
    public bool TryGetInt64(out long number) =>
        long.TryParse(Primitive.Bytes.Trim(" \t"u8), System.Globalization.NumberStyles.AllowLeadingSign, null, out number);

    /// <summary>Reads a time; see <see cref="Hl7Time.TryParse(ReadOnlySpan{char}, TimeZoneInfo, DateTimeOffset?, out Hl7Time)"/>.</summary>
    /// <param name="zone">The zone of times sent without an offset.</param>
    /// <param name="time">The time, when the answer is true.</param>
    /// <param name="notBefore">Decides between the two readings of an hour that happens twice; null takes the first.</param>
    public bool TryGetTime(TimeZoneInfo zone, out Hl7Time time, DateTimeOffset? notBefore = null)
    {
        Span<char> text = stackalloc char[40];
        var bytes = Primitive.Bytes;
        if (bytes.Length <= text.Length && Encoding.Latin1.TryGetChars(bytes, text, out var length))
        {
            return Hl7Time.TryParse(text[..length], zone, notBefore, out time);
        }

        time = default;
        return false;
    }

    /// <summary>The same as <see cref="Text"/>.</summary>
    public override string ToString() => Text;

    private Hl7Value Primitive => Subcomponent(1);

    internal int RepetitionCount => _length == 0 ? 0 : _level == Hl7Level.Field ? CountOf(_message!.Delimiters.Repetition) : 1;

    internal (Hl7Value First, int Next) SplitRepetition(int offset)
    {
        var bytes = Bytes[offset..];
        var separator = _level == Hl7Level.Field ? _message!.Delimiters.Repetition : (byte)0;
        var at = separator == 0 ? -1 : bytes.IndexOf(separator);
        var level = _level == Hl7Level.Field ? Hl7Level.Repetition : _level;
        return at < 0
            ? (new Hl7Value(_message!, _start + offset, bytes.Length, level), -1)
            : (new Hl7Value(_message!, _start + offset, at, level), offset + at + 1);
    }

    private int CountOf(byte separator) => separator == 0 ? 1 : Bytes.Count(separator) + 1;

    private Hl7Value Part(int number, byte separator, Hl7Level level)
    {
        if (number < 1 || _length == 0) return default;
        if (separator == 0) return number == 1 ? new Hl7Value(_message!, _start, _length, level) : default;
        var rest = Bytes;
        var position = _start;
        for (var i = 1; i < number; i++)
        {
            var next = rest.IndexOf(separator);
            if (next < 0) return default;
            rest = rest[(next + 1)..];
            position += next + 1;
        }

        var length = rest.IndexOf(separator);
        return new Hl7Value(_message!, position, length < 0 ? rest.Length : length, level);
    }

    private string Decoded()
    {
        if (!HasValue) return "";
        return _level == Hl7Level.Literal
            ? Encoding.Latin1.GetString(Bytes)
            : Hl7Escapes.Unescape(Bytes, _message!.Delimiters, _message);
    }

    private string NameText()
    {
        var bytes = Bytes.Trim(" \t"u8);
        return bytes.Length == 3 && Hl7Lines.IdOf(bytes) is var id and not 0 ? Hl7Lines.NameOf(id) : Decoded().Trim();
    }
}

/// <summary>The repetitions of a field, in order; an absent field has none.</summary>
public readonly struct Hl7Repetitions : IEnumerable<Hl7Value>
{
    private readonly Hl7Value _field;

    internal Hl7Repetitions(Hl7Value field) => _field = field;

    /// <summary>How many, empty ones between two separators included.</summary>
    public int Count => _field.RepetitionCount;

    /// <summary>For <c>foreach</c>, without allocation.</summary>
    public Enumerator GetEnumerator() => new(_field);

    IEnumerator<Hl7Value> IEnumerable<Hl7Value>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Walks the repetitions.</summary>
    public struct Enumerator : IEnumerator<Hl7Value>
    {
        private readonly Hl7Value _field;
        private int _offset;

        internal Enumerator(Hl7Value field)
        {
            _field = field;
            _offset = field.IsAbsent ? -1 : 0;
        }

        /// <inheritdoc/>
        public Hl7Value Current { get; private set; }

        readonly object IEnumerator.Current => Current;

        /// <inheritdoc/>
        public bool MoveNext()
        {
            if (_offset < 0) return false;
            (Current, _offset) = _field.SplitRepetition(_offset);
            return true;
        }

        /// <inheritdoc/>
        public void Reset() => _offset = _field.IsAbsent ? -1 : 0;

        /// <inheritdoc/>
        public readonly void Dispose()
        {
        }
    }
}
