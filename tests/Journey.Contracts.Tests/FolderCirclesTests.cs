using System.Text.RegularExpressions;

namespace Journey.Contracts.Tests;

/// <summary>
/// No folder of a project is in a circle with another: whoever reads one reads what is below it and nothing that leads back. Measured over what was
/// last built, so build the solution first; and over the sources, whose <c>using</c> lines also lead to what the compiler leaves no trace of:
/// constants, <c>nameof</c>, arguments of attributes. No such line is unneeded (IDE0005).
/// </summary>
public sealed partial class FolderCirclesTests
{
    public static TheoryData<string> Projects() => [.. ArchitectureTests.Names().Select(name => name.Data)];

    [Theory, MemberData(nameof(Projects))]
    public void No_folder_is_in_a_circle_with_another(string project)
    {
        var code = Measure(project);
        code.Add(Used(project));
        var circle = code.Circle();
        Assert.True(circle.Count == 0, $"{circle.Count} folders of {project} are in a circle: {string.Join(", ", circle)}.");
    }

    /// <summary>From which folder to which a source file of the project has a <c>using</c> line.</summary>
    private static IEnumerable<(string From, string To)> Used(string project)
    {
        var home = Path.GetDirectoryName(Repository.Files(project + ".csproj").Single())!;
        var folders = Repository.Files("*.cs").Concat(Repository.Files("*.razor")).Where(file => file.StartsWith(home + "/", StringComparison.Ordinal))
            .ToLookup(file => (project + "/" + Path.GetRelativePath(home, Path.GetDirectoryName(file)!)).Replace("/.", "", StringComparison.Ordinal)
                .Replace('/', '.'));
        return folders.SelectMany(folder => folder
            // What all pages see belongs to no folder.
            .Where(file => Path.GetFileName(file) != "_Imports.razor")
            .SelectMany(file => UsingLine().Matches(File.ReadAllText(file)).Select(NamespaceIn))
            .Where(name => name != folder.Key && folders.Contains(name)).Select(name => (folder.Key, name)));
    }

    /// <summary>A line that names a type says its namespace before the last dot.</summary>
    private static string NamespaceIn(Match line) =>
        line.Groups["name"].Value is var name && line.Groups["type"].Success ? name[..name.LastIndexOf('.')] : name;

    [GeneratedRegex(@"^@?using (?<type>static |\w+ = )?(?<name>Journey\.[\w.]*);?\s*$", RegexOptions.Multiline)]
    private static partial Regex UsingLine();

    private static FolderGraph Measure(string project)
    {
        var assembly = Repository.Built(project);
        Assert.SkipUnless(File.Exists(assembly), $"{project} is not built.");
        return FolderGraph.Read(assembly);
    }
}
