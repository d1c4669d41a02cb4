namespace Journey.Hl7;

/// <summary>
/// The separators a message declares in MSH-1 and MSH-2. A separator the sender does not use is 0 and never matches.
/// </summary>
public readonly record struct Hl7Delimiters
{
    /// <summary>The separators nearly everybody uses: <c>|^~\&amp;</c>.</summary>
    public static readonly Hl7Delimiters Default = new()
    {
        Field = (byte)'|', Component = (byte)'^', Repetition = (byte)'~', Escape = (byte)'\\', Subcomponent = (byte)'&',
    };

    /// <summary>Separates fields (MSH-1).</summary>
    public byte Field { get; init; }

    /// <summary>Separates components within a repetition.</summary>
    public byte Component { get; init; }

    /// <summary>Separates repetitions of a field.</summary>
    public byte Repetition { get; init; }

    /// <summary>Encloses escape sequences.</summary>
    public byte Escape { get; init; }

    /// <summary>Separates subcomponents within a component.</summary>
    public byte Subcomponent { get; init; }

    /// <summary>Marks a value cut short (v2.7 and later, usually <c>#</c>).</summary>
    public byte Truncation { get; init; }

    /// <summary>True when MSH-2 doubled the escape character: the message went through one escaping too many.</summary>
    public bool EscapeDoubled { get; init; }

    /// <summary>MSH-2 to be written in a reply: the separators in use, in order, up to the last one.</summary>
    public string EncodingCharacters
    {
        get
        {
            ReadOnlySpan<byte> all = [Component, Repetition, Escape, Subcomponent, Truncation];
            Span<char> text = stackalloc char[5];
            var length = 0;
            while (length < all.Length && all[length] != 0)
            {
                text[length] = (char)all[length];
                length++;
            }

            return new string(text[..length]);
        }
    }

    /// <summary>True for any separator that must be escaped in text.</summary>
    internal bool IsDelimiter(byte b) =>
        b != 0 && (b == Field || b == Component || b == Repetition || b == Escape || b == Subcomponent);

    /// <summary>
    /// Reads MSH-2. Four characters or more are positional. In fewer, a usual character is recognised by what it is, because the
    /// typical mistake is a lost one (<c>^~&amp;</c>, <c>^\&amp;</c>): a gap before a declared character is filled with the usual
    /// one, while what is missing at the end is not in use.
    /// </summary>
    internal static bool TryRead(byte field, ReadOnlySpan<byte> encoding, out Hl7Delimiters delimiters)
    {
        delimiters = default;
        encoding = encoding.TrimEnd((byte)' ');
        if (encoding.StartsWith("^~\\&"u8) && encoding.Length > 5) encoding = encoding[..4];     // ^~\&amp; and other decorations
        if (encoding.Length is 0 or > 5) return false;
        foreach (var b in encoding)
        {
            if (b == field || b is <= 0x20 or >= 0x7F || char.IsAsciiLetterOrDigit((char)b)) return false;
        }

        Span<byte> slots = stackalloc byte[5];
        var doubled = encoding.Length == 5 && encoding[2] == encoding[3];
        if (doubled)
        {
            encoding[..3].CopyTo(slots);
            slots[3] = encoding[4];
        }
        else if (encoding.Length >= 4)
        {
            encoding.CopyTo(slots);
        }
        else
        {
            Recognise(field, encoding, slots);
        }

        delimiters = new Hl7Delimiters
        {
            Field = field, Component = slots[0], Repetition = slots[1], Escape = slots[2],
            Subcomponent = slots[3], Truncation = slots[4], EscapeDoubled = doubled,
        };
        return true;
    }

    private static void Recognise(byte field, ReadOnlySpan<byte> encoding, Span<byte> slots)
    {
        var usual = "^~\\&"u8;
        var next = 0;
        foreach (var b in encoding)
        {
            var at = usual.IndexOf(b);
            if (at < next) at = next;                                       // an unusual character takes the next free place
            for (; next < at; next++)
            {
                if (usual[next] != field && !encoding.Contains(usual[next])) slots[next] = usual[next];
            }

            slots[next++] = b;
            if (next > 3) break;
        }
    }
}
