using System.Text.RegularExpressions;
using Journey.Api;

namespace Journey.Dashboard.Tests;

/// <summary>What comes over the wire is compared with its name in Journey.Api, never with a literal: a misspelt one would be silent.</summary>
public partial class WireWordTests
{
    /// <summary>
    /// Files in which such a literal is another word: of a page's address, of a section's id, of what a browser keeps, of an entry in a history.
    /// </summary>
    private static readonly Dictionary<string, string[]> OtherWords = new()
    {
        ["dashboard/Journey.Dashboard/Boards/BoardQuery.cs"] = ["acuity", "step"],
        ["dashboard/Journey.Dashboard/Shell/TopBar.razor"] = ["auto"],
        ["dashboard/Journey.Dashboard/Shell/Tone.razor"] = ["on"],
        ["dashboard/Journey.Dashboard/Visits/VisitPage.razor"] = ["alert"],
    };

    /// <summary>Where words of the wire are read or written.</summary>
    private static readonly string[] Folders =
    [
        "dashboard/Journey.Dashboard", "gateway/Journey.Client", "gateway/Journey.Gateway.Cluster", "gateway/Journey.Gateway.Http",
        "gateway/Journey.Gateway.Live", "gateway/Journey.Gateway.Trust",
    ];

    private static readonly HashSet<string> Words =
    [
        .. typeof(Steps).Assembly.GetExportedTypes().Where(type => type is { IsAbstract: true, IsSealed: true } && type != typeof(Paths))
            .SelectMany(type => type.GetFields()).Where(field => field.IsLiteral && field.FieldType == typeof(string))
            .Select(field => (string)field.GetRawConstantValue()!),
    ];

    [Fact]
    public void No_page_and_no_endpoint_compares_a_literal_with_a_word_of_the_wire()
    {
        Assert.Contains("acknowledged", Words);
        var found = Repository.Files("*.cs").Concat(Repository.Files("*.razor"))
            .Where(file => Folders.Any(folder => Repository.Relative(file).StartsWith(folder + "/", StringComparison.Ordinal)))
            .SelectMany(file => Compared().Matches(File.ReadAllText(file))
                .Select(match => (File: Repository.Relative(file), Word: match.Groups["word"].Value)))
            .Where(found => Words.Contains(found.Word) && !(OtherWords.TryGetValue(found.File, out var other) && other.Contains(found.Word)));
        Assert.Empty(found.Select(found => $"{found.File}: \"{found.Word}\""));
    }

    /// <summary>A page that stands as it is can name no constant.</summary>
    [Theory]
    [InlineData("ask-text", Limits.Text), InlineData("code-word", Limits.Name)]
    public void The_family_page_takes_as_much_as_the_gateway_does(string id, int longest)
    {
        var page = Repository.Folder("dashboard/Journey.Dashboard/wwwroot/family");
        Assert.Matches($"<(?:input|textarea) id=\"{id}\"[^>]* maxlength=\"{longest}\"", File.ReadAllText(Path.Combine(page, "index.html")));
        Assert.DoesNotMatch(@"maxLength: \d", string.Concat(Directory.EnumerateFiles(page, "*.js").Select(File.ReadAllText)));
    }

    [Theory]
    [InlineData("row.Status == \"present\"", "present")]
    [InlineData("a.State is \"raised\"", "raised")]
    [InlineData("a.State is not (\"raised\"", "raised")]
    [InlineData("x or \"seen\"", "seen")]
    [InlineData("{ State: \"offered\", To: 1 }", "offered")]
    [InlineData("\"left\" => 1", "left")]
    [InlineData("(\"question\", _) => 1", "question")]
    [InlineData("Person.Has(\"nurse\")", "nurse")]
    [InlineData("case \"owner\":", "owner")]
    [InlineData("\"taken\" == request.State", "taken")]
    [InlineData("\"taken\" != request.State", "taken")]
    [InlineData("(not \"accepted\", _) => 1", "accepted")]
    [InlineData("<option value=\"family\">", "family")]
    public void A_comparison_is_recognised(string text, string word) =>
        Assert.Contains(Compared().Matches(text), match => match.Groups["word"].Value == word);

    [GeneratedRegex("""(?:[=!]= |\bis (?:not )?\(?|\bor |\w: |\(|\bcase |\[|, )"(?<word>[a-z][a-z-]*)"(?=[^"\n]*=>)|(?:[=!]= |\bis (?:not )?\(?|\bnot |\bor |\bcase |\w+: |(?:Has|Holds|Contains)\(|<option value=)"(?<word>[a-z][a-z-]*)"|"(?<word>[a-z][a-z-]*)" (?:=>|or |when |[=!]= )""")]
    private static partial Regex Compared();
}
