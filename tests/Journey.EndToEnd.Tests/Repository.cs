namespace Journey.EndToEnd.Tests;

internal static class Repository
{
    public static readonly string Root = FindRoot();

    /// <summary>The standalone of the same configuration as these tests.</summary>
    public static string Standalone => Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "Journey.Standalone", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "Journey.Standalone.dll"));

    private static string FindRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
            if (File.Exists(Path.Combine(directory.FullName, "Journey.sln"))) return directory.FullName;
        throw new DirectoryNotFoundException("Journey.sln is not above the tests.");
    }
}
