namespace Journey.Testing;

/// <summary>The browser that tests drive.</summary>
public static class Chromium
{
    /// <summary>The shell first: the same engine without a window's furniture, which every page would start anew. Null where there is none.</summary>
    public static string? Path { get; } =
        Array.Find([Environment.GetEnvironmentVariable("JOURNEY_CHROMIUM"), "/usr/bin/chromium-headless-shell", "/usr/bin/chromium"], File.Exists);

    public static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync",
    ];
}
