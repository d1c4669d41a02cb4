using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Journey.Browser.Tests.Stage))]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Journey.Browser.Tests;

/// <summary>One browser and one hospital for all tests, which use units and patients of their own. Without Chromium there is neither.</summary>
public sealed class Stage : IAsyncLifetime
{
    private readonly Hospital hospital = new();
    private IPlaywright? playwright;
    private IBrowser? browser;

    public Hospital Hospital => hospital;

    public IBrowser Browser => browser ?? throw new InvalidOperationException("There is no browser.");

    public bool HasBrowser => browser is not null;

    public async ValueTask InitializeAsync()
    {
        if (Chromium.Path is null) return;
        var starting = hospital.Start();
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium.Path, Args = Chromium.Arguments });
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
