using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Journey.Browser.Tests.Stage))]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Journey.Browser.Tests;

/// <summary>One browser and one hospital for all tests, which use units and patients of their own. Without Chromium there is neither.</summary>
public sealed class Stage : IAsyncLifetime
{
    private readonly Hospital _hospital = new();
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public Hospital Hospital => _hospital;

    public IBrowser Browser => _browser ?? throw new InvalidOperationException("There is no browser.");

    public bool HasBrowser => _browser is not null;

    public async ValueTask InitializeAsync()
    {
        if (Chromium.Path is null) return;
        var starting = _hospital.Start();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium.Path, Args = Chromium.Arguments });
        Assertions.SetDefaultExpectTimeout(30_000);
        await starting;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.CloseAsync();
        _playwright?.Dispose();
        await _hospital.DisposeAsync();
    }
}
