using System.Buffers;
using System.Globalization;
using System.Text;

namespace Journey.Hl7;

/// <summary>
/// Composes a message, escaping every value. Forward only: segments in order, fields within a segment in rising order. Not safe for use
/// from several threads.
/// </summary>
/// <example>
/// <code>
/// new Hl7MessageWriter()
///     .Header("SIM", "HOSP", "JOURNEY", "HOSP", now, "ADT", "A01", id)
///     .Segment("PID").Field(3, "4711", null, null, "HOSP", "MR").Repeat("99", null, null, "NHS").Field(5, "Doe", "Jane")
///     .Segment("PV1").Field(2, "I").Null(6)
///     .ToArray();
/// </code>
/// </example>
/// <param name="delimiters">Separators; the usual ones by default.</param>
/// <param name="charset">Character set; UTF-8 by default.</param>
public sealed class Hl7MessageWriter(Hl7Delimiters? delimiters = null, Hl7Charset? charset = null)
{
    private readonly Hl7Delimiters _delimiters = delimiters ?? Hl7Delimiters.Default;
    private readonly Hl7Charset _charset = charset ?? Hl7Charset.Utf8;
    private readonly ArrayBufferWriter<byte> _output = new(512);
    private int _field = -1;
    private int _separators;
    private int _component;
    private int _subcomponent;

    /// <summary>Starts a segment. MSH, FHS and BHS write their separators themselves and go on with field 3.</summary>
    /// <param name="id">Three upper-case letters or digits.</param>
    /// <exception cref="ArgumentException">The id is not a segment id.</exception>
    public Hl7MessageWriter Segment(string id)
    {
        if (id.Length != 3 || Hl7Lines.IdOf(Encoding.ASCII.GetBytes(id)) == 0)
            throw new ArgumentException($"'{id}' is not a segment id.", nameof(id));
        EndSegment();
        Ascii(id);
        (_field, _separators) = (0, 0);
        if (id is "MSH" or "FHS" or "BHS")
        {
            Byte(_delimiters.Field);
            Ascii(_delimiters.EncodingCharacters);
            (_field, _separators) = (2, 2);
        }

        return this;
    }

    /// <summary>MSH as far as MSH-12, and the character set in MSH-18.</summary>
    /// <param name="sendingApplication">MSH-3.</param>
    /// <param name="sendingFacility">MSH-4.</param>
    /// <param name="receivingApplication">MSH-5.</param>
    /// <param name="receivingFacility">MSH-6.</param>
    /// <param name="time">MSH-7, written with its offset.</param>
    /// <param name="code">MSH-9.1, for example ADT.</param>
    /// <param name="trigger">MSH-9.2, for example A01.</param>
    /// <param name="controlId">MSH-10.</param>
    /// <param name="structure">MSH-9.3, or null to leave it out.</param>
    /// <param name="processingId">MSH-11.</param>
    /// <param name="version">MSH-12.</param>
    public Hl7MessageWriter Header(
        string sendingApplication, string sendingFacility, string receivingApplication, string receivingFacility,
        DateTimeOffset time, string code, string trigger, string controlId,
        string? structure = null, string processingId = "P", string version = "2.5.1") => Segment("MSH")
            .Field(3, sendingApplication).Field(4, sendingFacility).Field(5, receivingApplication).Field(6, receivingFacility)
            .Field(7, Hl7Time.Format(time)).Field(9, code, trigger, structure).Field(10, controlId)
            .Field(11, processingId).Field(12, version).Field(18, _charset.Name);

    /// <summary>Writes a field of one repetition.</summary>
    /// <param name="field">Field number; higher than any written to this segment.</param>
    /// <param name="components">The components; null or empty ones are left empty, those at the end left out.</param>
    /// <exception cref="InvalidOperationException">The field number does not rise, or no segment was started.</exception>
    public Hl7MessageWriter Field(int field, params ReadOnlySpan<string?> components)
    {
        Advance(field);
        return Components(components);
    }

    /// <summary>Writes a time, with its offset from the hour on.</summary>
    /// <param name="field">Field number; higher than any written to this segment.</param>
    /// <param name="time">The time; null leaves the field empty.</param>
    /// <param name="precision">How much of it to write.</param>
    public Hl7MessageWriter Field(int field, DateTimeOffset? time, Hl7Precision precision = Hl7Precision.Second) =>
        Field(field, time is { } value ? Hl7Time.Format(value, precision) : null);

    /// <summary>Writes a number.</summary>
    /// <param name="field">Field number; higher than any written to this segment.</param>
    /// <param name="number">The number.</param>
    public Hl7MessageWriter Field(int field, int number) => Field(field, number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Writes the null value <c>""</c>: the receiver is to delete what it knows.</summary>
    /// <param name="field">Field number; higher than any written to this segment.</param>
    public Hl7MessageWriter Null(int field)
    {
        Advance(field);
        Separate();
        Ascii("\"\"");
        return this;
    }

    /// <summary>
    /// Writes bytes that are encoded and escaped already, for echoing a field of a received message. Line breaks would begin a segment of the
    /// sender's making, and the marks of a frame would end ours: spaces stand for them.
    /// </summary>
    /// <param name="field">Field number; higher than any written to this segment.</param>
    /// <param name="encoded">The field as sent, with the separators and character set of this writer.</param>
    public Hl7MessageWriter Raw(int field, ReadOnlySpan<byte> encoded)
    {
        if (encoded.IsEmpty) return this;
        Advance(field);
        Separate();
        foreach (var b in encoded) Byte(b is (byte)'\r' or (byte)'\n' or FrameMarks.Start or FrameMarks.End ? (byte)' ' : b);
        return this;
    }

    /// <summary>Adds another repetition to the field just written.</summary>
    /// <param name="components">The components, as for <see cref="Field(int, ReadOnlySpan{string})"/>.</param>
    /// <exception cref="InvalidOperationException">No field was written yet, or the separators have none for repetitions.</exception>
    public Hl7MessageWriter Repeat(params ReadOnlySpan<string?> components)
    {
        if (_field < 1 || _delimiters.Repetition == 0) throw new InvalidOperationException("There is nothing to repeat here.");
        Separate();
        Byte(_delimiters.Repetition);
        (_component, _subcomponent) = (1, 1);
        return Components(components);
    }

    /// <summary>
    /// Writes one component, after <see cref="Field(int, ReadOnlySpan{string})"/> without components; for values with subcomponents.
    /// </summary>
    /// <param name="component">Component number; not lower than the one before.</param>
    /// <param name="subcomponents">The subcomponents.</param>
    /// <exception cref="InvalidOperationException">The component number does not rise, or no field was started.</exception>
    public Hl7MessageWriter Component(int component, params ReadOnlySpan<string?> subcomponents)
    {
        if (_field < 1 || component < _component) throw new InvalidOperationException("Components must be written in rising order.");
        if (subcomponents.IndexOfAnyExcept(null, "") < 0) return this;
        if (component > 1 && _delimiters.Component == 0) throw new InvalidOperationException("The separators have none for components.");
        Separate();
        for (; _component < component; _component++) Byte(_delimiters.Component);
        _subcomponent = 1;
        for (var i = 0; i < subcomponents.Length; i++)
        {
            if (string.IsNullOrEmpty(subcomponents[i])) continue;
            if (i > 0 && _delimiters.Subcomponent == 0) throw new InvalidOperationException("The separators have none for subcomponents.");
            for (; _subcomponent < i + 1; _subcomponent++) Byte(_delimiters.Subcomponent);
            Text(subcomponents[i]);
        }

        return this;
    }

    /// <summary>The message, every segment ended by a carriage return.</summary>
    public byte[] ToArray()
    {
        EndSegment();
        var bytes = _output.WrittenSpan;
        return _charset.IsTranscoded ? _charset.Encoding.GetBytes(Encoding.UTF8.GetString(bytes)) : bytes.ToArray();
    }

    /// <summary>Appends segments that are complete already, for composing batches.</summary>
    internal Hl7MessageWriter Append(ReadOnlySpan<byte> segments)
    {
        EndSegment();
        _output.Write(segments);
        if (segments is [.., not (byte)'\r']) Byte((byte)'\r');
        return this;
    }

    private Hl7MessageWriter Components(ReadOnlySpan<string?> components)
    {
        for (var i = 0; i < components.Length; i++)
        {
            if (!string.IsNullOrEmpty(components[i])) Component(i + 1, components[i]);
        }

        return this;
    }

    private void Advance(int field)
    {
        if (_field < 0) throw new InvalidOperationException("Start a segment first.");
        if (field <= _field)
            throw new InvalidOperationException($"Field {field} cannot follow field {_field}: fields must be written in rising order.");
        _field = field;
        (_component, _subcomponent) = (1, 1);
    }

    /// <summary>Field separators are written when something follows them, so that empty fields at the end of a segment leave no trace.</summary>
    private void Separate()
    {
        for (; _separators < _field; _separators++) Byte(_delimiters.Field);
    }

    private void EndSegment()
    {
        if (_field >= 0) Byte((byte)'\r');
        _field = -1;
    }

    private void Text(ReadOnlySpan<char> text) =>
        Hl7Escapes.Escape(text, _delimiters, _charset.IsTranscoded ? Encoding.UTF8 : _charset.Encoding, _output);

    private void Ascii(ReadOnlySpan<char> text)
    {
        System.Text.Ascii.FromUtf16(text, _output.GetSpan(text.Length), out var written);
        _output.Advance(written);
    }

    private void Byte(byte value)
    {
        _output.GetSpan(1)[0] = value;
        _output.Advance(1);
    }
}
