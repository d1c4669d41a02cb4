using System.Diagnostics;
using System.IO.Compression;
using System.Xml.Linq;

namespace Journey.Client.Tests;

/// <summary>What a stranger gets: packages that name nothing which nobody can get, with words for every member.</summary>
public sealed class PackageTests : IDisposable
{
    private readonly DirectoryInfo _feed = Directory.CreateTempSubdirectory("journey-packages-");

    public void Dispose() => _feed.Delete(recursive: true);

    [Fact]
    public async Task The_client_and_what_it_needs_of_ours_are_packages_with_readme_words_and_licence()
    {
        foreach (var project in (string[])["Journey.Api", "Journey.Client"]) await Pack(project);

        var packages = _feed.GetFiles("*.nupkg").Select(Read).ToDictionary(package => package.Id);
        Assert.Equal(["Journey.Api", "Journey.Client"], packages.Keys.Order());
        Assert.All(packages.Values, package =>
        {
            Assert.Equal("MIT", package.Licence);
            Assert.Superset(new HashSet<string> { "README.md", $"lib/net10.0/{package.Id}.dll", $"lib/net10.0/{package.Id}.xml" }, package.Files);
            Assert.All(package.Needs.Where(need => need.Id.StartsWith("Journey", StringComparison.Ordinal)),
                need => Assert.Equal(packages[need.Id].Version, need.Version));
        });
        Assert.Contains(packages["Journey.Client"].Needs, need => need.Id == "Journey.Api");
        Assert.Empty(packages["Journey.Api"].Needs);
    }

    private static Package Read(FileInfo file)
    {
        using var zip = ZipFile.OpenRead(file.FullName);
        using var specification = zip.Entries.Single(entry => entry.Name.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        var metadata = XDocument.Load(specification).Root!.Elements().Single();
        string? Text(string name) => metadata.Elements().FirstOrDefault(element => element.Name.LocalName == name)?.Value;
        return new(Text("id")!, Text("version")!, Text("license"), [.. zip.Entries.Select(entry => entry.FullName)],
            [.. metadata.Descendants().Where(element => element.Name.LocalName == "dependency")
                .Select(element => (element.Attribute("id")!.Value, element.Attribute("version")!.Value))]);
    }

    /// <summary>As it was built with this test.</summary>
    private async Task Pack(string project)
    {
        using var pack = Process.Start(new ProcessStartInfo("dotnet",
            ["pack", Repository.Folder($"gateway/{project}"), "--no-build", "-c", Repository.Configuration, "-o", _feed.FullName, "--nologo", "-v", "q"])
        {
            RedirectStandardOutput = true,
        })!;
        var said = await pack.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await pack.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(pack.ExitCode == 0, said);
    }

    private sealed record Package(string Id, string Version, string? Licence, HashSet<string> Files, (string Id, string Version)[] Needs);
}
