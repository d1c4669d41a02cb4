using System.Buffers;
using System.Globalization;
using System.Text;

namespace Journey.Hl7;

/// <summary>Escape sequences of chapter 2.7, in both directions.</summary>
internal static class Hl7Escapes
{
    /// <summary>
    /// Text of a value: escapes resolved, raw line breaks read as <c>\n</c>. Sequences that are not known stay as sent, because a
    /// backslash in a feed is as often a Windows path as an escape.
    /// </summary>
    internal static string Unescape(ReadOnlySpan<byte> value, in Hl7Delimiters delimiters, Hl7Message message)
    {
        var special = delimiters.Escape == 0 ? value.IndexOfAny((byte)'\r', (byte)'\n') : value.IndexOfAny(delimiters.Escape, (byte)'\r', (byte)'\n');
        if (special < 0) return Decode(value, message);
        var text = new StringBuilder(value.Length);
        if (delimiters.EscapeDoubled) value = Collapse(value, delimiters.Escape);
        while (!value.IsEmpty)
        {
            var next = delimiters.Escape == 0
                ? value.IndexOfAny((byte)'\r', (byte)'\n')
                : value.IndexOfAny(delimiters.Escape, (byte)'\r', (byte)'\n');
            if (next < 0) next = value.Length;
            if (next > 0) text.Append(Decode(value[..next], message));
            value = value[next..];
            if (value.IsEmpty) break;
            value = value[(value[0] == delimiters.Escape ? Sequence(value, delimiters, text, message) : LineBreak(value, text))..];
        }

        return text.ToString();
    }

    /// <summary>Writes text with everything escaped that would be taken for structure.</summary>
    internal static void Escape(ReadOnlySpan<char> text, in Hl7Delimiters delimiters, Encoding encoding, IBufferWriter<byte> output)
    {
        if (text is "\"\"" && delimiters.Escape != 0)
        {
            Put(output, delimiters.Escape, "X22"u8);                            // the text "" is not the null value
            text = text[1..];
        }

        while (!text.IsEmpty)
        {
            var clean = 0;
            while (clean < text.Length && !NeedsEscape(text[clean], delimiters)) clean++;
            if (clean > 0) Encode(text[..clean], encoding, output);
            if (clean == text.Length) return;
            EscapeOne(text[clean], delimiters, output);
            text = text[(clean + 1)..];
        }
    }

    private static void Encode(ReadOnlySpan<char> text, Encoding encoding, IBufferWriter<byte> output)
    {
        if (Ascii.FromUtf16(text, output.GetSpan(text.Length), out var written) == OperationStatus.Done) output.Advance(written);
        else encoding.GetBytes(text, output);
    }

    private static string Decode(ReadOnlySpan<byte> bytes, Hl7Message message) =>
        Ascii.IsValid(bytes) ? Encoding.Latin1.GetString(bytes) : message.Charset.Decode(bytes);

    private static byte[] Collapse(ReadOnlySpan<byte> value, byte escape)
    {
        var result = new List<byte>(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            result.Add(value[i]);
            if (value[i] == escape && i + 1 < value.Length && value[i + 1] == escape) i++;
        }

        return [.. result];
    }

    private static int LineBreak(ReadOnlySpan<byte> value, StringBuilder text)
    {
        text.Append('\n');
        return value is [(byte)'\r', (byte)'\n', ..] ? 2 : 1;
    }

    /// <summary>Appends what the sequence at the start of the value stands for and tells how many bytes it takes.</summary>
    private static int Sequence(ReadOnlySpan<byte> value, in Hl7Delimiters delimiters, StringBuilder text, Hl7Message message)
    {
        var close = value[1..].IndexOf(delimiters.Escape);
        if (close < 0 || value.Slice(1, close).IndexOfAny(" \t\r\n"u8) >= 0)
        {
            text.Append((char)delimiters.Escape);
            return 1;
        }

        var body = value.Slice(1, close);
        if (!Resolve(body, delimiters, text, message))
        {
            text.Append((char)delimiters.Escape).Append(Decode(body, message)).Append((char)delimiters.Escape);
        }

        return close + 2;
    }

    private static bool Resolve(ReadOnlySpan<byte> body, in Hl7Delimiters delimiters, StringBuilder text, Hl7Message message)
    {
        switch (body)
        {
            case [(byte)'F']: text.Append((char)delimiters.Field); return true;
            case [(byte)'S']: text.Append((char)delimiters.Component); return true;
            case [(byte)'T']: text.Append(delimiters.Subcomponent == 0 ? '&' : (char)delimiters.Subcomponent); return true;
            case [(byte)'R']: text.Append(delimiters.Repetition == 0 ? '~' : (char)delimiters.Repetition); return true;
            case [(byte)'E']: text.Append((char)delimiters.Escape); return true;
            case [(byte)'P'] when delimiters.Truncation != 0: text.Append((char)delimiters.Truncation); return true;
            case [(byte)'H' or (byte)'N']: return true;                         // highlighting on and off
            case [(byte)'X' or (byte)'x', .. var hex]: return Hex(hex, text, message);
            case [(byte)'C' or (byte)'M', .. var set]: return set.Length is 4 or 6 && IsHex(set);
            case [(byte)'.', .. var command]: return Format(command, text);
            default: return false;
        }
    }

    private static bool Hex(ReadOnlySpan<byte> hex, StringBuilder text, Hl7Message message)
    {
        if (hex.IsEmpty || hex.Length % 2 != 0 || !IsHex(hex)) return false;
        text.Append(Decode(Convert.FromHexString(Encoding.Latin1.GetString(hex)), message));
        return true;
    }

    private static bool IsHex(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            if (!char.IsAsciiHexDigit((char)b)) return false;
        }

        return true;
    }

    /// <summary>Formatting commands of formatted text (FT): breaks and blanks are kept, indents and fill modes are dropped.</summary>
    private static bool Format(ReadOnlySpan<byte> command, StringBuilder text)
    {
        if (command.Length < 2) return false;
        var rest = command[2..].TrimStart((byte)'+');
        var times = 1;
        if (!rest.IsEmpty && !int.TryParse(rest, NumberStyles.AllowLeadingSign, null, out times)) return false;
        times = Math.Clamp(times, 0, 100);
        switch (command[..2])
        {
            case [(byte)'b', (byte)'r'] or [(byte)'c', (byte)'e']: text.Append('\n'); return true;
            case [(byte)'s', (byte)'p']: text.Append('\n', times); return true;
            case [(byte)'s', (byte)'k']: text.Append(' ', times); return true;
            case [(byte)'i', (byte)'n'] or [(byte)'t', (byte)'i'] or [(byte)'f', (byte)'i'] or [(byte)'n', (byte)'f']: return true;
            default: return false;
        }
    }

    private static bool NeedsEscape(char c, in Hl7Delimiters delimiters) =>
        c < 0x20 || (c < 0x80 && delimiters.IsDelimiter((byte)c)) || c == 0xFEFF;

    private static void EscapeOne(char c, in Hl7Delimiters delimiters, IBufferWriter<byte> output)
    {
        if (delimiters.Escape == 0)
        {
            output.Write(" "u8);                                                // no way to say it: a blank keeps the structure intact
            return;
        }

        var b = (byte)c;
        if (c == 0xFEFF) return;
        if (b == delimiters.Field) Put(output, delimiters.Escape, "F"u8);
        else if (b == delimiters.Component) Put(output, delimiters.Escape, "S"u8);
        else if (b == delimiters.Subcomponent) Put(output, delimiters.Escape, "T"u8);
        else if (b == delimiters.Repetition) Put(output, delimiters.Escape, "R"u8);
        else if (b == delimiters.Escape) Put(output, delimiters.Escape, "E"u8);
        else if (c == '\n') Put(output, delimiters.Escape, ".br"u8);
        else Put(output, delimiters.Escape, [(byte)'X', (byte)"0123456789ABCDEF"[b >> 4], (byte)"0123456789ABCDEF"[b & 15]]);
    }

    private static void Put(IBufferWriter<byte> output, byte escape, ReadOnlySpan<byte> body)
    {
        output.Write([escape]);
        output.Write(body);
        output.Write([escape]);
    }
}
