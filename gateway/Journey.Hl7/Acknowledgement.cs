using System.Globalization;

namespace Journey.Hl7;

/// <summary>Acknowledgement codes (MSA-1, table 0008).</summary>
public enum AckCode
{
    /// <summary>Application accept: durable, never to be sent again.</summary>
    AA,

    /// <summary>Application error: not applied; sending again may succeed.</summary>
    AE,

    /// <summary>Application reject: can never be accepted as it is.</summary>
    AR,

    /// <summary>Commit accept (enhanced mode): taken over for processing.</summary>
    CA,

    /// <summary>Commit error (enhanced mode).</summary>
    CE,

    /// <summary>Commit reject (enhanced mode).</summary>
    CR,
}

/// <summary>Composes acknowledgements in the separators, character set and version of the sender.</summary>
public static class Acknowledgement
{
    /// <summary>Acknowledges a message: MSH, MSA and one ERR for each error.</summary>
    /// <param name="message">The message, or what <see cref="Hl7Message.FindHeader"/> found of it.</param>
    /// <param name="code">The outcome.</param>
    /// <param name="now">MSH-7, written with its offset.</param>
    /// <param name="controlId">MSH-10: an id of the acknowledgement itself.</param>
    /// <param name="errors">What was wrong, worst first; must not carry patient data.</param>
    /// <param name="text">MSA-3; by default the text of the first error for senders before 2.5, else nothing.</param>
    public static byte[] Create(
        Hl7Message message, AckCode code, DateTimeOffset now, string controlId,
        IReadOnlyList<Hl7Error>? errors = null, string? text = null)
    {
        errors ??= [];
        var modern = errors.Count == 0 || UsesModernErr(message.Version);
        var writer = Writer(message);
        Header(writer, message, now, controlId);
        if (!modern && errors.Count > 0) text ??= errors[0].Text;
        writer.Segment("MSA").Field(1, code.ToString()).Raw(2, message["MSH", 10].Bytes).Field(3, text);
        foreach (var error in errors)
        {
            if (modern) ModernErr(writer, error);
            else OldErr(writer, error);
        }

        return writer.ToArray();
    }

    /// <summary>Answers bytes that are not a readable message: as much of the header as can be found, an empty MSA-2 if there is none.</summary>
    /// <param name="frame">The bytes.</param>
    /// <param name="error">Why they cannot be read.</param>
    /// <param name="now">MSH-7, written with its offset.</param>
    /// <param name="controlId">MSH-10: an id of the acknowledgement itself.</param>
    /// <param name="code">AR by default: sending the same bytes again cannot help.</param>
    public static byte[] ForUnparsable(
        ReadOnlyMemory<byte> frame, Hl7Error error, DateTimeOffset now, string controlId, AckCode code = AckCode.AR)
    {
        if (Hl7Message.FindHeader(frame) is { } header) return Create(header, code, now, controlId, [error]);
        var writer = new Hl7MessageWriter();
        writer.Segment("MSH").Field(7, Hl7Time.Format(now)).Field(9, "ACK").Field(10, controlId).Field(11, "P").Field(12, "2.5");
        writer.Segment("MSA").Field(1, code.ToString());
        ModernErr(writer, error);
        return writer.ToArray();
    }

    /// <summary>Wraps the acknowledgements of the messages of a batch into BHS … BTS.</summary>
    /// <param name="batch">What was received.</param>
    /// <param name="acknowledgements">One for each message, in order, as made by <see cref="Create"/>.</param>
    /// <param name="now">BHS-7, written with its offset.</param>
    /// <param name="controlId">BHS-11: an id of this batch.</param>
    public static byte[] ForBatch(
        Hl7Batch batch, IReadOnlyCollection<ReadOnlyMemory<byte>> acknowledgements, DateTimeOffset now, string controlId)
    {
        var header = batch.BatchHeaders is [var first, ..] ? first : batch.FileHeader;
        var writer = header.Message is { } sent ? new Hl7MessageWriter(Reply(sent.Delimiters), sent.Charset) : new Hl7MessageWriter();
        writer.Segment("BHS").Raw(3, header[5].Bytes).Raw(4, header[6].Bytes).Raw(5, header[3].Bytes).Raw(6, header[4].Bytes)
            .Field(7, Hl7Time.Format(now)).Field(11, controlId).Raw(12, header[11].Bytes);
        foreach (var acknowledgement in acknowledgements) writer.Append(acknowledgement.Span);
        return writer.Segment("BTS").Field(1, acknowledgements.Count).ToArray();
    }

    private static Hl7MessageWriter Writer(Hl7Message message) => new(Reply(message.Delimiters), message.SourceCharset ?? message.Charset);

    /// <summary>The sender's separators, completed where it declares none: an ERR needs them all. No truncation mark, we never truncate.</summary>
    private static Hl7Delimiters Reply(Hl7Delimiters sent)
    {
        var reply = sent with { Truncation = 0, EscapeDoubled = false };
        if (reply.Component == 0) reply = reply with { Component = Free(reply, (byte)'^') };
        if (reply.Repetition == 0) reply = reply with { Repetition = Free(reply, (byte)'~') };
        if (reply.Escape == 0) reply = reply with { Escape = Free(reply, (byte)'\\') };
        if (reply.Subcomponent == 0) reply = reply with { Subcomponent = Free(reply, (byte)'&') };
        return reply;
    }

    private static byte Free(Hl7Delimiters used, byte usual)
    {
        foreach (var candidate in (ReadOnlySpan<byte>)[usual, .. "#$%*@"u8])
        {
            if (!used.IsDelimiter(candidate)) return candidate;
        }

        return usual;
    }

    private static void Header(Hl7MessageWriter writer, Hl7Message message, DateTimeOffset now, string controlId)
    {
        var msh = message["MSH"];
        writer.Segment("MSH")
            .Raw(3, msh[5].Bytes).Raw(4, msh[6].Bytes).Raw(5, msh[3].Bytes).Raw(6, msh[4].Bytes)
            .Field(7, Hl7Time.Format(now));
        var trigger = message.Trigger;
        if (trigger.Length > 0 && message.Delimiters.Component != 0) writer.Field(9, "ACK", trigger, "ACK");
        else writer.Field(9, "ACK");
        writer.Field(10, controlId);
        if (msh[11].HasValue) writer.Raw(11, msh[11].Bytes);
        else writer.Field(11, "P");
        if (msh[12].HasValue) writer.Raw(12, msh[12].Bytes);
        else writer.Field(12, "2.5");
        writer.Raw(18, msh[18].Repetition(1).Bytes);
    }

    /// <summary>ERR as from version 2.5 on.</summary>
    private static void ModernErr(Hl7MessageWriter writer, Hl7Error error)
    {
        writer.Segment("ERR");
        if (error.Location.Segment is { Length: > 0 }) writer.Field(2, Parts(error.Location));
        writer.Field(3, Number(error), error.CodeText, "HL70357")
            .Field(4, error.Severity switch { Hl7Severity.Warning => "W", Hl7Severity.Information => "I", _ => "E" })
            .Field(7, error.Diagnostic).Field(8, error.Text);
    }

    /// <summary>ERR before version 2.5: one field, segment^sequence^field^code&amp;text&amp;table.</summary>
    private static void OldErr(Hl7MessageWriter writer, Hl7Error error)
    {
        var location = error.Location;
        writer.Segment("ERR").Field(1);
        if (location.Segment is { Length: > 0 })
        {
            writer.Component(1, location.Segment).Component(2, location.Sequence.ToString(CultureInfo.InvariantCulture));
            if (location.Field is { } field) writer.Component(3, field.ToString(CultureInfo.InvariantCulture));
        }

        writer.Component(4, Number(error), error.CodeText, "HL70357");
    }

    private static string?[] Parts(Hl7Location location) => location.ToString().Split('^');

    private static string Number(Hl7Error error) => ((int)error.Code).ToString(CultureInfo.InvariantCulture);

    /// <summary>True from 2.5 on, and when the version cannot be told.</summary>
    private static bool UsesModernErr(string version)
    {
        var parts = version.Split('.');
        if (parts.Length < 2 || !int.TryParse(parts[0], out var major) || !int.TryParse(parts[1], out var minor)) return true;
        return major > 2 || (major == 2 && minor >= 5);
    }
}
