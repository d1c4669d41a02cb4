using System.Text;

namespace Journey.Hl7;

/// <summary>
/// The character set of a message (MSH-18, table 0211). What is declared is a hint: feeds that declare ASCII and send umlauts are
/// common, so bytes that contradict the declaration are read as UTF-8 if they are valid UTF-8 and as Latin-1 otherwise.
/// </summary>
public sealed class Hl7Charset
{
    /// <summary>UTF-8, written as <c>UNICODE UTF-8</c>.</summary>
    public static readonly Hl7Charset Utf8 = new("UNICODE UTF-8", new UTF8Encoding(false));

    /// <summary>7-bit ASCII, declared or by default; other bytes are read as described for the type.</summary>
    public static readonly Hl7Charset Ascii = new("ASCII", Encoding.Latin1) { IsGuess = true };

    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>ISO 8859-1. Read as Windows-1252, which many senders mean: it differs only where Latin-1 has no printable characters.</summary>
    public static readonly Hl7Charset Latin1 = new("8859/1", Encoding.Latin1);

    private static readonly Hl7Charset Utf16Big = new("UNICODE UTF-16", Encoding.BigEndianUnicode) { IsTranscoded = true };
    private static readonly Hl7Charset Utf16Little = new("UNICODE UTF-16", Encoding.Unicode) { IsTranscoded = true };

    private Hl7Charset(string name, Encoding encoding) => (Name, Encoding) = (name, encoding);

    /// <summary>The name in table 0211, as written to MSH-18.</summary>
    public string Name { get; }

    /// <summary>Encodes text for this character set; a character it lacks becomes <c>?</c>.</summary>
    public Encoding Encoding { get; }

    /// <summary>True when bytes below 0x80 may be part of another character, so that the message was turned into UTF-8 before parsing.</summary>
    internal bool IsTranscoded { get; private init; }

    /// <summary>
    /// True when every character below 0x80 is ASCII's, so that a message can be read in it without being turned into another first.
    /// </summary>
    public bool IsSingleByte => !IsTranscoded;

    /// <summary>True when nothing dependable is declared, so that the whole message decides between UTF-8 and Latin-1.</summary>
    internal bool IsGuess { get; private init; }

    /// <summary>Finds a character set by its name in MSH-18, tolerating usual misspellings.</summary>
    /// <param name="declared">A value of MSH-18, for example <c>UNICODE UTF-8</c>, <c>8859/15</c> or <c>utf8</c>.</param>
    /// <returns>The character set, or null when the name is empty or not known.</returns>
    public static Hl7Charset? Find(string declared)
    {
        Span<char> letters = stackalloc char[24];
        var length = 0;
        foreach (var c in declared)
        {
            if (!char.IsAsciiLetterOrDigit(c)) continue;
            if (length == letters.Length) return null;
            letters[length++] = char.ToUpperInvariant(c);
        }

        ReadOnlySpan<char> name = letters[..length];
        if (name.StartsWith("UNICODE")) name = name.Length == "UNICODE".Length ? "UTF8" : name["UNICODE".Length..];
        if (name.StartsWith("ISOIEC")) name = name["ISOIEC".Length..];
        if (name.StartsWith("ISO8859")) name = name["ISO".Length..];
        return name switch
        {
            "ASCII" or "USASCII" or "ISOIR6" or "646" or "ISO646" => Ascii,
            "UTF8" or "ISOIR192" => Utf8,
            "UTF16" or "UCS2" or "UTF16BE" => Utf16Big,
            "UTF16LE" => Utf16Little,
            "88591" or "ISOIR100" or "LATIN1" => Latin1,
            "88592" or "ISOIR101" => Code("8859/2", 28592),
            "88593" or "ISOIR109" => Code("8859/3", 28593),
            "88594" or "ISOIR110" => Code("8859/4", 28594),
            "88595" or "ISOIR144" => Code("8859/5", 28595),
            "88596" or "ISOIR127" => Code("8859/6", 28596),
            "88597" or "ISOIR126" => Code("8859/7", 28597),
            "88598" or "ISOIR138" => Code("8859/8", 28598),
            "88599" or "ISOIR148" => Code("8859/9", 28599),
            "885915" or "LATIN9" => Code("8859/15", 28605),
            "WINDOWS1252" or "CP1252" => Code("WINDOWS-1252", 1252),
            "WINDOWS1250" or "CP1250" => Code("WINDOWS-1250", 1250),
            "WINDOWS1251" or "CP1251" => Code("WINDOWS-1251", 1251),
            "GB180302000" or "GB18030" or "GB2312" or "GBK" => Code("GB 18030-2000", 54936, transcoded: true),
            "BIG5" => Code("BIG-5", 950, transcoded: true),
            "KSX1001" => Code("KS X 1001", 949, transcoded: true),
            "ISOIR87" or "ISOIR159" or "ISO2022JP" => Code("ISO IR87", 50220, transcoded: true),
            "ISOIR14" or "ISOIR13" or "SHIFTJIS" => Code("ISO IR14", 932, transcoded: true),
            _ => null,
        };
    }

    private static Hl7Charset? Code(string name, int codePage, bool transcoded = false) =>
        CodePagesEncodingProvider.Instance.GetEncoding(codePage) is { } encoding
            ? new Hl7Charset(name, encoding) { IsTranscoded = transcoded }
            : null;

    /// <summary>Recognises UTF-16 by its byte-order mark or by the zeros around <c>M</c>.</summary>
    internal static Hl7Charset? DetectUtf16(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 4) return null;
        if (bytes is [0xFE, 0xFF, ..] or [0, > 0, 0, > 0, ..]) return Utf16Big;
        if (bytes is [0xFF, 0xFE, ..] or [> 0, 0, > 0, 0, ..]) return Utf16Little;
        return null;
    }

    /// <summary>Decodes bytes of a message; see the type for what happens when they contradict the declaration.</summary>
    internal string Decode(ReadOnlySpan<byte> bytes)
    {
        if (System.Text.Ascii.IsValid(bytes)) return Encoding.Latin1.GetString(bytes);
        if (ReferenceEquals(this, Latin1)) return Windows1252.GetString(bytes);
        if (!ReferenceEquals(this, Utf8)) return Encoding.GetString(bytes);
        return System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.GetString(bytes) : Windows1252.GetString(bytes);
    }
}
