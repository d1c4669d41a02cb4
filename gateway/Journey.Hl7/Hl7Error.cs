namespace Journey.Hl7;

/// <summary>Error condition codes of HL7 table 0357, as sent in ERR-3.</summary>
public enum Hl7ErrorCode
{
    /// <summary>0: no error; used for informational ERR segments.</summary>
    MessageAccepted = 0,

    /// <summary>100: segments missing, or in an order that cannot be interpreted.</summary>
    SegmentSequence = 100,

    /// <summary>101: a field that must be valued is empty.</summary>
    RequiredFieldMissing = 101,

    /// <summary>102: a value has the wrong form.</summary>
    DataType = 102,

    /// <summary>103: a code is not in the table the receiver knows.</summary>
    TableValueNotFound = 103,

    /// <summary>104: a value, or the whole message, is longer than accepted.</summary>
    ValueTooLong = 104,

    /// <summary>200: a message code (MSH-9.1) the receiver does not handle.</summary>
    UnsupportedMessageType = 200,

    /// <summary>201: a trigger event (MSH-9.2) the receiver does not handle.</summary>
    UnsupportedEventCode = 201,

    /// <summary>202: a processing id (MSH-11) the receiver does not handle.</summary>
    UnsupportedProcessingId = 202,

    /// <summary>203: a version (MSH-12) the receiver does not handle.</summary>
    UnsupportedVersionId = 203,

    /// <summary>204: the patient, visit or order named is not known.</summary>
    UnknownKeyIdentifier = 204,

    /// <summary>205: the patient, visit or order named exists already.</summary>
    DuplicateKeyIdentifier = 205,

    /// <summary>206: the record is locked; sending again later may succeed.</summary>
    ApplicationRecordLocked = 206,

    /// <summary>207: anything else that went wrong inside the receiver.</summary>
    ApplicationInternalError = 207,
}

/// <summary>Severity of an error, as sent in ERR-4 (table 0516).</summary>
public enum Hl7Severity
{
    /// <summary>E: the message was not processed.</summary>
    Error,

    /// <summary>W: the message was processed, something deserves a look.</summary>
    Warning,

    /// <summary>I: for information.</summary>
    Information,
}

/// <summary>Where in a message something is, in the notation of ERR-2 (data type ERL).</summary>
/// <param name="Segment">Segment id of three characters; empty when no segment could be found.</param>
/// <param name="Sequence">Which occurrence of that segment, from 1.</param>
/// <param name="Field">Field number from 1, or null for the whole segment.</param>
/// <param name="Component">Component number from 1, or null for the whole field (the first repetition is meant).</param>
public readonly record struct Hl7Location(string Segment, int Sequence = 1, int? Field = null, int? Component = null)
{
    /// <summary>The location as in ERR-2, for example <c>MSH^1^9</c> or <c>PID^1^3^1^4</c>.</summary>
    public override string ToString() => (Field, Component) switch
    {
        (null, _) => $"{Segment}^{Sequence}",
        (_, null) => $"{Segment}^{Sequence}^{Field}",
        _ => $"{Segment}^{Sequence}^{Field}^1^{Component}",
    };
}

/// <summary>Why a message, or part of it, was not accepted. Never carries the content of a field, so that it may be logged.</summary>
/// <param name="Code">The HL7 condition.</param>
/// <param name="Location">Where.</param>
/// <param name="Text">One sentence for the integration engineer on the other side.</param>
public sealed record Hl7Error(Hl7ErrorCode Code, Hl7Location Location, string Text)
{
    /// <summary>E, W or I; E by default.</summary>
    public Hl7Severity Severity { get; init; } = Hl7Severity.Error;

    /// <summary>Diagnostic for the receiver's own people (ERR-7), for example a trace id; null for none.</summary>
    public string? Diagnostic { get; init; }

    /// <summary>The display name of <see cref="Code"/> in table 0357.</summary>
    public string CodeText => Code switch
    {
        Hl7ErrorCode.MessageAccepted => "Message accepted",
        Hl7ErrorCode.SegmentSequence => "Segment sequence error",
        Hl7ErrorCode.RequiredFieldMissing => "Required field missing",
        Hl7ErrorCode.DataType => "Data type error",
        Hl7ErrorCode.TableValueNotFound => "Table value not found",
        Hl7ErrorCode.ValueTooLong => "Value too long",
        Hl7ErrorCode.UnsupportedMessageType => "Unsupported message type",
        Hl7ErrorCode.UnsupportedEventCode => "Unsupported event code",
        Hl7ErrorCode.UnsupportedProcessingId => "Unsupported processing id",
        Hl7ErrorCode.UnsupportedVersionId => "Unsupported version id",
        Hl7ErrorCode.UnknownKeyIdentifier => "Unknown key identifier",
        Hl7ErrorCode.DuplicateKeyIdentifier => "Duplicate key identifier",
        Hl7ErrorCode.ApplicationRecordLocked => "Application record locked",
        _ => "Application internal error",
    };

    /// <summary>For logs: code, place and sentence.</summary>
    public override string ToString() => $"{(int)Code} {CodeText} at {Location}: {Text}";
}

/// <summary>Thrown by <see cref="Hl7Message.Parse(ReadOnlyMemory{byte})"/>; prefer the Try form where bad input is expected.</summary>
public sealed class Hl7Exception(Hl7Error error) : FormatException(error.ToString())
{
    /// <summary>What was wrong, and where.</summary>
    public Hl7Error Error { get; } = error;
}
