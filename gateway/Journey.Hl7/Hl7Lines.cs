using System.Runtime.CompilerServices;

namespace Journey.Hl7;

/// <summary>What a line of a message is. Shared by the message parser and the batch splitter.</summary>
internal static class Hl7Lines
{
    private static readonly string?[] Names = new string?[36 * 36 * 36];

    /// <summary>Segments that some senders write as a bare id, without a single separator after it.</summary>
    private static readonly HashSet<uint> Bare =
    [
        .. new[]
        {
            "MSH", "EVN", "PID", "PD1", "PV1", "PV2", "NK1", "MRG", "OBR", "OBX", "ORC", "NTE", "AL1", "DG1", "PR1", "IN1", "IN2", "IN3",
            "GT1", "ROL", "ACC", "UB1", "UB2", "DB1", "DRG", "SCH", "RGS", "AIS", "AIG", "AIL", "AIP", "TXA", "SPM", "TQ1", "MSA", "ERR",
            "QRD", "QRF", "FHS", "BHS", "BTS", "FTS", "FT1", "SFT", "ARV", "PDA", "NPU", "DSC",
        }.Select(id => IdOf(System.Text.Encoding.ASCII.GetBytes(id))),
    ];

    internal static readonly uint Msh = IdOf("MSH"u8);
    internal static readonly uint Fhs = IdOf("FHS"u8);
    internal static readonly uint Bhs = IdOf("BHS"u8);
    internal static readonly uint Bts = IdOf("BTS"u8);
    internal static readonly uint Fts = IdOf("FTS"u8);

    /// <summary>Packs a segment id into a number; 0 when the bytes cannot be one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint IdOf(ReadOnlySpan<byte> line) =>
        line.Length >= 3 && char.IsAsciiLetterUpper((char)line[0]) && IsUpperOrDigit(line[1]) && IsUpperOrDigit(line[2])
            ? ((uint)line[0] << 16) | ((uint)line[1] << 8) | line[2]
            : 0;

    internal static uint IdOf(string id) =>
        id.Length == 3 ? ((uint)id[0] << 16) | ((uint)id[1] << 8) | id[2] : 0;

    /// <summary>The id as text, without allocating one per use.</summary>
    internal static string NameOf(uint id)
    {
        if (id == 0) return "";
        var slot = (Digit(id >> 16) * 36 + Digit(id >> 8)) * 36 + Digit(id);
        return Names[slot] ??= new string([(char)(id >> 16 & 0xFF), (char)(id >> 8 & 0xFF), (char)(id & 0xFF)]);
    }

    /// <summary>
    /// Whether a line starts a segment: an id and the field separator, or a well-known or Z id alone. Everything else continues the
    /// field above it, since a raw line break inside a field is far more common than a segment nobody can name.
    /// </summary>
    internal static uint SegmentAt(ReadOnlySpan<byte> line, byte fieldSeparator)
    {
        var id = IdOf(line);
        if (id == 0) return 0;
        if (line.Length > 3 && line[3] == fieldSeparator) return id;
        return line[3..].IndexOfAnyExceptInRange((byte)0, (byte)0x20) < 0 && (line[0] == 'Z' || Bare.Contains(id)) ? id : 0;
    }

    /// <summary>Spaces, control characters (MLLP bytes among them) and byte-order marks in front of a line.</summary>
    internal static int LeadingJunk(ReadOnlySpan<byte> line)
    {
        var at = 0;
        while (at < line.Length)
        {
            if (line[at] <= 0x20) at++;
            else if (line[at..].StartsWith("\uFEFF"u8)) at += 3;
            else break;
        }

        return at;
    }

    /// <summary>Length without MLLP end bytes, NUL padding and Ctrl-Z at the end. Spaces stay: they may belong to the last field.</summary>
    internal static int LengthWithoutTail(ReadOnlySpan<byte> line)
    {
        var length = line.Length;
        while (length > 0 && line[length - 1] is 0x0B or 0x1C or 0x00 or 0x1A or 0x0A or 0x0D) length--;
        return length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsUpperOrDigit(byte b) => char.IsAsciiLetterUpper((char)b) || char.IsAsciiDigit((char)b);

    private static uint Digit(uint c)
    {
        c &= 0xFF;
        return c >= 'A' ? c - 'A' + 10 : c - '0';
    }
}
