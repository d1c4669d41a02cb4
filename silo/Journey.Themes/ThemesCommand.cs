using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Journey.Hosting.Usage;

namespace Journey.Themes;

/// <summary>
/// <c>themes evaluate</c>: how well themes would be suggested on a site's own comments. Three quarters of them teach, the others are asked, no
/// respondent is in both. One line of JSON, without a word of any comment.
/// </summary>
public static class ThemesCommand
{
    public const string Verb = "themes";

    private const string Evaluate = "evaluate";

    private const string Usage = "themes evaluate <file.csv> --text <column> --labels <column, themes parted by ;> --group <column of respondents>";

    /// <summary>So many of a hundred comments teach.</summary>
    private const int Taught = 75;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>The exit code.</returns>
    public static Task<int> Run(string[] args) => CommandErrors.Tell(() => args is [Verb, Evaluate, .. var rest]
        ? Run(rest, Console.Out, Console.Error)
        : throw new UsageException($"Usage: {Usage}"));

    internal static async Task<int> Run(string[] args, TextWriter output, TextWriter errors)
    {
        var options = new Options(args, Usage, "text", "labels", "group");
        if (options.Words is not [var file]) throw options.Wrong("One file is needed.");
        var (text, labels, group) = (options.Required("text"), options.Required("labels"), options.Required("group"));
        var table = await Table.Read(file);
        var comments = Comments(table, table.Column(text), table.Column(labels), table.Column(group)).ToList();
        if (table.Rows.Count > comments.Count)
            await errors.WriteLineAsync($"{table.Rows.Count - comments.Count} lines have no text and were passed over.");

        var (taught, asked) = Share.Split(comments, Taught);
        if (asked.Count == 0)
            throw new InputException("There are too few respondents: three quarters of the comments teach, and others must be asked.");
        if (taught.TrueForAll(comment => comment.Themes.Count == 0)) throw new InputException("No comment that teaches has a label.");
        var suggested = ThemeModel.Learn(taught).Suggest([.. asked.Select(comment => comment.Text)]);
        var pairs = asked.Zip(suggested, (comment, themes) => (comment.Themes, (IReadOnlySet<string>)themes.Keys.ToHashSet())).ToList();
        var agreements = comments.SelectMany(comment => comment.Themes).Distinct().Order(StringComparer.Ordinal)
            .Select(theme => (Theme: theme, Agreement: Agreement.Of(theme, pairs))).ToList();
        await output.WriteLineAsync(Line(taught.Count, asked.Count, agreements).ToJsonString(Readable));
        return 0;
    }

    private static IEnumerable<Comment> Comments(Table table, int text, int labels, int who) =>
        from row in table.Rows.Index()
        where row.Item.Length > text && row.Item[text].Length > 0
        let themes = row.Item.Length > labels ? row.Item[labels] : ""
        // Who is not told is nobody else.
        let respondent = row.Item.Length > who && row.Item[who].Length > 0 ? row.Item[who] : $"\0{row.Index}"
        select new Comment(row.Item[text],
            themes.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal), respondent);

    private static JsonObject Line(int taught, int asked, IReadOnlyCollection<(string Theme, Agreement Agreement)> agreements) => new()
    {
        ["trained"] = taught, ["tested"] = asked, ["labels"] = agreements.Count,
        ["micro-f1"] = agreements.Aggregate(new Agreement(), (sum, theme) => sum + theme.Agreement).F1,
        ["macro-f1"] = agreements.Select(theme => theme.Agreement.F1).Average(),
        ["f1"] = Map(agreements, agreement => agreement.F1),
        ["support"] = Map(agreements, agreement => agreement.Support),
    };

    private static JsonObject Map<T>(IEnumerable<(string Theme, Agreement Agreement)> agreements, Func<Agreement, T> figure) =>
        new(agreements.Select(theme => KeyValuePair.Create<string, JsonNode?>(theme.Theme, JsonValue.Create(figure(theme.Agreement)))));
}
