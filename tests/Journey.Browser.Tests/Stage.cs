using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Journey.Browser.Tests.Stage))]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Journey.Browser.Tests;

/// <summary>One browser and one hospital for all tests, which use units and patients of their own. Without Chromium there is neither.</summary>
public sealed class Stage : IAsyncLifetime
{
    /// <summary>The shell first: the same engine without a window's furniture, which every page would start anew.</summary>
    private static readonly string?[] Chromiums = [Environment.GetEnvironmentVariable("JOURNEY_CHROMIUM"), "/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];

    private readonly Hospital hospital = new();
    private IPlaywright? playwright;
    private IBrowser? browser;

    public Hospital Hospital => hospital;

    public IBrowser Browser => browser ?? throw new InvalidOperationException("There is no browser.");

    public bool HasBrowser => browser is not null;

    public async ValueTask InitializeAsync()
    {
        if (Array.Find(Chromiums, File.Exists) is not { } chromium) return;
        var starting = hospital.Start();
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = chromium,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
                "--disable-sync",
            ],
        });
        Assertions.SetDefaultExpectTimeout(30_000);
        await starting;
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.CloseAsync();
        playwright?.Dispose();
        await hospital.DisposeAsync();
    }
}
