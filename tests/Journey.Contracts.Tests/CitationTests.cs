using System.Text.RegularExpressions;
using static Journey.Contracts.Tests.Expectation;

namespace Journey.Contracts.Tests;

/// <summary>What a page or a comment sends its reader to is in the clone.</summary>
public sealed partial class CitationTests
{
    /// <summary>At the top of the house; what begins otherwise is a path within what is spoken of.</summary>
    private const string Tops = "dashboard|deploy|docs|eng|gateway|grains|k8s|observability|silo|tests";

    private static IEnumerable<string> Pages => Repository.Files("*.md");

    [Fact]
    public void Every_link_of_a_page_leads_to_a_file_and_a_heading() => None(
        Pages.SelectMany(page => Link().Matches(Prose(page)).Select(link => (Page: page, Target: link.Groups["target"].Value)))
            .Where(link => !link.Target.Contains(':', StringComparison.Ordinal) && !Leads(link.Page, link.Target))
            .Select(link => $"{Repository.Relative(link.Page)}: {link.Target}"),
        "These links lead nowhere: the file is not there, or has no such heading.");

    /// <summary>But for what a run makes, in <c>.journey</c>.</summary>
    [Fact]
    public void Every_file_that_a_page_names_exists() => None(
        Pages.SelectMany(page => Named().Matches(Prose(page)).Select(name => (Page: page, Path: name.Groups["path"].Value)))
            .Where(named => !named.Path.Contains("/.journey", StringComparison.Ordinal) && !Exists(named.Path))
            .Select(named => $"{Repository.Relative(named.Page)}: {named.Path}"),
        "These files or folders are named and do not exist.");

    [Fact]
    public void Every_page_that_the_code_names_exists() => None(
        Repository.Files("*.cs").Concat(Repository.Files("*.razor"))
            .SelectMany(file => PageOf().Matches(File.ReadAllText(file)).Select(page => (File: file, Path: page.Value)))
            .Where(named => !Exists(named.Path)).Select(named => $"{Repository.Relative(named.File)}: {named.Path}"),
        "These pages are named and do not exist.");

    private static bool Exists(string path) => Path.Exists(Repository.Folder(path.TrimEnd('/')));

    private static bool Leads(string page, string target)
    {
        var parts = target.Split('#', 2);
        var file = parts[0].Length == 0 ? page : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, parts[0]));
        return Path.Exists(file) && (parts.Length == 1 || !file.EndsWith(".md", StringComparison.Ordinal)
            || Heading().Matches(Prose(file)).Any(heading => Anchor(heading.Groups["text"].Value) == parts[1]));
    }

    /// <summary>As GitHub makes it of a heading.</summary>
    private static string Anchor(string heading) => string.Concat(heading.Trim().ToLowerInvariant()
        .Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_').Select(c => c == ' ' ? '-' : c));

    /// <summary>Without what is shown as code: a sample may name what its reader has.</summary>
    private static string Prose(string page) => Fence().Replace(File.ReadAllText(page).ReplaceLineEndings("\n"), "");

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`(?<path>(?:" + Tops + @")/[\w./-]*\w/?)`")]
    private static partial Regex Named();

    [GeneratedRegex(@"\bdocs/[\w/-]+\.md\b")]
    private static partial Regex PageOf();

    [GeneratedRegex(@"^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\s*```.*?^\s*```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
