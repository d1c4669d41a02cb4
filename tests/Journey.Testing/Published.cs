namespace Journey.Testing;

/// <summary>What <c>tests/Published.targets</c> published when these tests were built, of their own configuration.</summary>
public static class Published
{
    /// <summary>The standalone as a hospital gets it.</summary>
    public static string Standalone { get; } =
        Repository.Folder(Path.Combine("artifacts/publish/tests", Repository.Configuration, "Journey.Standalone.dll"));
}
