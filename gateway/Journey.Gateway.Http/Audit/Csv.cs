using System.Buffers;
using System.Text.RegularExpressions;

namespace Journey.Gateway.Http.Audit;

/// <summary>
/// Lines for a spreadsheet. Which character parts cells is the reader's to say, and a spreadsheet of another country takes another for it, whatever
/// is quoted: so wherever one that any of them knows begins a cell, what would make a formula of it is disarmed.
/// </summary>
internal sealed partial class Csv(char separator)
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",;\t|\"\r\n");

    public string Line(params IEnumerable<string?> cells) => string.Join(separator, cells.Select(Cell)) + "\r\n";

    private static string Cell(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var harmless = Formula().Replace(text, "$1'$2");
        return harmless.AsSpan().IndexOfAny(Quoted) < 0 ? harmless : $"\"{harmless.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>
    /// At the begin of the cell, or of what a reader with another separator takes for one: a sign that begins a formula, in its wide form too, behind
    /// nothing but spaces and quotes.
    /// </summary>
    [GeneratedRegex("""((?:^|[,;\t|\r\n])[\s"]*)([=+\-@＝＋－＠]|^[\t\r])""")]
    private static partial Regex Formula();
}
