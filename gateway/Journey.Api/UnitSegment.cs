using System.Globalization;
using System.Text;

namespace Journey.Api;

/// <summary>
/// A unit's code as one segment of an address, the API's and the pages' alike. A code is whatever the hospital calls its unit, and percent-encoding
/// does not carry every one of them:
/// browsers and proxies resolve <c>..</c> and refuse or decode <c>%2F</c>, and a dot reads as the name of a file. So each byte of its UTF-8 that is
/// no letter, digit, hyphen or underscore stands
/// as a tilde and two hexadecimal digits: <c>ED</c> stays <c>ED</c>, <c>A/B</c> is <c>A~2FB</c>.
/// </summary>
public static class UnitSegment
{
    public static string Encode(string code)
    {
        var segment = new StringBuilder(code.Length);
        foreach (var one in Encoding.UTF8.GetBytes(code))
            if (one is (byte)'-' or (byte)'_' || char.IsAsciiLetterOrDigit((char)one)) segment.Append((char)one);
            else segment.Append('~').Append(one.ToString("X2", CultureInfo.InvariantCulture));
        return segment.ToString();
    }

    /// <summary>The code that a segment names. A tilde without two digits behind it, as in an address typed by hand, is a tilde.</summary>
    public static string Read(string segment)
    {
        var written = Encoding.UTF8.GetBytes(segment);
        var (read, length) = (new byte[written.Length], 0);
        for (var at = 0; at < written.Length; at++)
        {
            var isEscape = written[at] == (byte)'~' && at + 2 < written.Length
                && char.IsAsciiHexDigit((char)written[at + 1]) && char.IsAsciiHexDigit((char)written[at + 2]);
            read[length++] = isEscape
                ? byte.Parse(written.AsSpan(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
                : written[at];
            if (isEscape) at += 2;
        }

        return Encoding.UTF8.GetString(read, 0, length);
    }
}
