namespace Journey.Testing;

/// <summary>The sources, found by walking up from the test assembly.</summary>
public static class Repository
{
    public static string Root { get; } = Find();

    public static string Folder(string path) => Path.Combine(Root, path);

    /// <summary>As these tests were built: <c>debug</c> or <c>release</c>.</summary>
    public static string Configuration { get; } = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    /// <summary>What a project was built into, of the same configuration as these tests, with all that it needs beside it.</summary>
    public static string Built(string project) => Folder(Path.Combine("artifacts/bin", project, Configuration, project + ".dll"));

    public static IEnumerable<string> Files(string pattern) =>
        Directory.EnumerateFiles(Root, pattern, SearchOption.AllDirectories)
        .Where(f => !Relative(f).Split('/').Any(part => part is "artifacts" or "bin" or "obj" or "node_modules" or ".journey"));

    public static string Relative(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Journey.sln"))) return folder.FullName;
        throw new InvalidOperationException("The tests run outside the repository: no Journey.sln above " + AppContext.BaseDirectory);
    }
}
