namespace Journey.Storage.Tests;

/// <summary>What lies in the data directory is for the user that Journey runs as.</summary>
public sealed class OwnerOnlyTests : IDisposable
{
#pragma warning disable CA1416 // 2026-11: skipped on Windows, which the analyzer does not see.
    private const UnixFileMode Use = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly string _folder = Directory.CreateTempSubdirectory("journey-modes-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory, InlineData(false), InlineData(true)]
    public async Task Nobody_else_on_the_machine_reads_the_data_not_even_where_an_earlier_version_let_them(bool isThere)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        var data = Path.Combine(_folder, "a", "data");
        if (isThere)
        {
            Directory.CreateDirectory(data);
            foreach (var name in new[] { "journey.db", "journey.db-wal" })
                File.SetUnixFileMode(Open(Path.Combine(data, name)), Use | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }

        await using var store = new Store(o => o.DataDirectory = data);
        await store.Migrator.Migrate();
        await store.Journal.Append(Some.Commit("visit/1", 1));
        if (!isThere)
            Assert.All([data, Path.GetDirectoryName(data)!], made => Assert.Equal(Use | UnixFileMode.UserExecute, File.GetUnixFileMode(made)));
        var files = Directory.GetFiles(data, "*", SearchOption.AllDirectories);
        Assert.Contains(files, file => file.EndsWith("-wal", StringComparison.Ordinal));
        Assert.All(files, file => Assert.Equal(Use, File.GetUnixFileMode(file)));
    }

    private static string Open(string path)
    {
        File.Create(path).Dispose();
        return path;
    }
}
