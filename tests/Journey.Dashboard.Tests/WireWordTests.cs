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
        ["Boards/BoardPage.razor"] = ["departed", "verify"],
        ["Boards/BoardQuery.cs"] = ["departed", "family"],
        ["Shell/Tone.razor"] = ["on"],
        ["Visits/VisitPage.razor"] = ["alert"],
    };

    private static readonly HashSet<string> Words =
    [
        .. typeof(Steps).Assembly.GetExportedTypes().Where(type => type is { IsAbstract: true, IsSealed: true } && type != typeof(Paths))
            .SelectMany(type => type.GetFields()).Where(field => field.IsLiteral && field.FieldType == typeof(string))
            .Select(field => (string)field.GetRawConstantValue()!),
    ];

    [Fact]
    public void No_page_compares_a_literal_with_a_word_of_the_wire()
    {
        Assert.Contains("acknowledged", Words);
        var folder = Repository.Folder("dashboard/Journey.Dashboard");
        var found = Directory.EnumerateFiles(folder, "*.*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal))
            .SelectMany(file => Compared().Matches(File.ReadAllText(file))
                .Select(match => (File: Path.GetRelativePath(folder, file).Replace('\\', '/'), Word: match.Groups["word"].Value)))
            .Where(found => Words.Contains(found.Word) && !(OtherWords.TryGetValue(found.File, out var other) && other.Contains(found.Word)));
        Assert.Empty(found.Select(found => $"{found.File}: \"{found.Word}\""));
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
    public void A_comparison_is_recognised(string text, string word) =>
        Assert.Contains(Compared().Matches(text), match => match.Groups["word"].Value == word);

    [GeneratedRegex("""(?:[=!]= |\bis (?:not )?\(?|\bor |\w: |\(|\bcase |\[|, )"(?<word>[a-z][a-z-]*)"(?=[^"\n]*=>)|(?:[=!]= |\bis (?:not )?\(?|\bor |\bcase |\w+: |(?:Has|Holds|Contains)\()"(?<word>[a-z][a-z-]*)"|"(?<word>[a-z][a-z-]*)" (?:=>|or |when )""")]
    private static partial Regex Compared();
}
