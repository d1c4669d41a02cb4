using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace Journey.Hosting.Usage;

/// <summary>A file of comma-, semicolon- or tab-separated values with a line of headings.</summary>
public sealed class Table
{
    private readonly string[] _headings;

    private Table(string[] headings, List<string[]> rows) => (_headings, Rows) = (headings, rows);

    /// <summary>The lines below the headings. One may have fewer values than there are headings; empty lines are not among them.</summary>
    public IReadOnlyList<string[]> Rows { get; }

    public int Columns => _headings.Length;

    /// <exception cref="InputException">It is not there, may not be read, or is no such file.</exception>
    public static async Task<Table> Read(string path)
    {
        try
        {
            using var text = new StreamReader(path);
            var form = new CsvConfiguration(CultureInfo.InvariantCulture) { DetectDelimiter = true, TrimOptions = TrimOptions.Trim };
            using var csv = new CsvReader(text, form);
            if (!await csv.ReadAsync() || !csv.ReadHeader()) throw new InputException($"'{path}' is empty.");
            var rows = new List<string[]>();
            while (await csv.ReadAsync()) rows.Add(csv.Parser.Record!);
            return new(csv.HeaderRecord!, rows);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CsvHelperException)
        {
            // What a reader of CSV says of a line repeats the line, which may be a person's.
            throw new InputException(e is CsvHelperException ? $"'{path}' is no file of separated values." : e.Message, e);
        }
    }

    /// <summary>Where the column stands.</summary>
    /// <exception cref="InputException">There is none of that name; the message lists those there are.</exception>
    public int Column(string name) =>
        Array.IndexOf(_headings, name) is var index and >= 0 ? index
            : throw new InputException($"There is no column '{name}'. There are {string.Join(", ", _headings)}.");
}
