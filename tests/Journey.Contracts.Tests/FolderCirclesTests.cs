namespace Journey.Contracts.Tests;

/// <summary>
/// No folder of a project is in a circle with another: whoever reads one reads what is below it and nothing that leads back. Measured over what was
/// last built, so build the solution first.
/// </summary>
public sealed class FolderCirclesTests
{
    public static TheoryData<string> Projects() => [.. ArchitectureTests.Names().Select(name => name.Data)];

    [Theory, MemberData(nameof(Projects))]
    public void No_folder_is_in_a_circle_with_another(string project)
    {
        var circle = Measure(project).Circle();
        Assert.True(circle.Count == 0, $"{circle.Count} folders of {project} are in a circle: {string.Join(", ", circle)}.");
    }

    private static FolderGraph Measure(string project)
    {
        var assembly = Repository.Built(project);
        Assert.SkipUnless(File.Exists(assembly), $"{project} is not built.");
        return FolderGraph.Read(assembly);
    }
}
