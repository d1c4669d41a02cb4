using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Journey.Browser.Tests;

/// <summary>
/// A test with browsers. Whatever it is about, it fails when a page logs an error or an exception nobody handled, or when the server answers
/// with an error of its own; a failure names screenshots of every page that was open.
/// </summary>
public abstract class BrowserTest(Stage stage) : IAsyncLifetime
{
    private static readonly string Screenshots = Path.Combine(AppContext.BaseDirectory, "screenshots");
    private readonly List<IBrowserContext> _contexts = [];
    private readonly List<Hospital> _own = [];
    private readonly ConcurrentQueue<string> _problems = new();
    private readonly List<string> _expected = [];

    /// <summary>The machine's network changed under the browser: requests that this cut are no fault of the page, which asks again.</summary>
    private const string NetworkChanged = "ERR_NETWORK_CHANGED";

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected Hospital Hospital => stage.Hospital;

    public ValueTask InitializeAsync()
    {
        if (stage.HasBrowser) return default;
        const string Missing =
            "Chromium is not installed: install chromium-headless-shell or chromium, or name it in JOURNEY_CHROMIUM. No page was looked at.";
        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(Missing);
        Assert.Skip(Missing);
        return default;
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_problems.Any(problem => problem.Contains(NetworkChanged, StringComparison.Ordinal)))
            _expected.AddRange([NetworkChanged, "Failed to fetch"]);
        var broken = _problems.Where(problem => !_expected.Exists(problem.Contains)).Distinct().ToList();
        var failed = TestContext.Current.TestState?.Result == TestResult.Failed;
        var evidence = failed || broken.Count > 0 ? await Picture() : "";
        foreach (var context in _contexts) await context.CloseAsync();
        foreach (var hospital in _own) await hospital.DisposeAsync();
        if (broken.Count > 0) Assert.Fail($"The pages complained:\n{string.Join('\n', broken)}\n{evidence}");
        if (failed) Assert.Fail($"{evidence}\nThe server's last lines:\n{Hospital.Log}");
    }

    /// <summary>
    /// A hospital of the test's own. It goes on until the pages are closed: one that still looks at it would complain that it is gone.
    /// </summary>
    protected Hospital Own(Hospital hospital)
    {
        _own.Add(hospital);
        return hospital;
    }

    /// <summary>A person at a computer of their own: nothing is remembered from before and nothing is shared.</summary>
    protected async Task<IBrowserContext> Person(int width = 1440, int height = 900, ColorScheme colours = ColorScheme.Light)
    {
        var context = await stage.Browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height }, ColorScheme = colours, ReducedMotion = ReducedMotion.Reduce, TimezoneId = "UTC",
        });
        _contexts.Add(context);
        context.SetDefaultTimeout(30_000);
        context.SetDefaultNavigationTimeout(60_000);
        context.Console += (_, message) =>
        {
            if (message.Type == "error") _problems.Enqueue($"console, {message.Page?.Url}: {message.Text} ({message.Location})");
        };
        context.WebError += (_, error) => _problems.Enqueue($"exception, {error.Page?.Url}: {error.Error}");
        context.Response += (_, response) =>
        {
            if (response.Status >= 500) _problems.Enqueue($"{response.Status} from {response.Url}");
        };
        return context;
    }

    /// <summary>A person who has said who they are.</summary>
    protected async Task<IBrowserContext> Person(string name, int width = 1440)
    {
        var context = await Person(width);
        await context.AddInitScriptAsync(
            $"if (location.protocol !== 'about:') localStorage.setItem('journey.person', {System.Text.Json.JsonSerializer.Serialize(name)})");
        return context;
    }

    /// <summary>A page of a person of its own, once it is live.</summary>
    protected async Task<IPage> Open(string path) => await Open(await Person(), path);

    protected Task<IPage> Open(IBrowserContext person, string path) => Open(person, path, Hospital);

    protected static async Task<IPage> Open(IBrowserContext person, string path, Hospital hospital)
    {
        var page = await person.NewPageAsync();
        await Go(page, path, hospital);
        return page;
    }

    protected Task Go(IPage page, string path) => Go(page, path, Hospital);

    /// <summary>To another page as a link does it: the application stays and so does its connection.</summary>
    protected static async Task Move(IPage page, string path)
    {
        await page.EvaluateAsync("path => Blazor.navigateTo(path)", path);
        await page.WaitForURLAsync(url => url.EndsWith('/' + path, StringComparison.Ordinal));
        await Assertions.Expect(page.GetByTestId("skeleton")).ToHaveCountAsync(0);
        await page.Locator("body[data-live=true] h1").WaitForAsync();
    }

    /// <summary>Says beforehand that a page may complain so, and that it is no fault.</summary>
    protected void MayComplain(string fragment) => _expected.Add(fragment);

    /// <summary>Pressed by a person: alone, and long enough for the page to see that no other follows.</summary>
    protected static async Task Letter(IPage page, string key)
    {
        await page.Keyboard.PressAsync(key);
        await page.WaitForTimeoutAsync(1_050);
    }

    /// <summary>A letter, and the yes to what it asks.</summary>
    protected static async Task Meant(IPage page, string key)
    {
        await page.Keyboard.PressAsync(key);
        await Assertions.Expect(Dialog(page).GetByTestId("asked-yes")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Dialog(page)).ToHaveCountAsync(0);
    }

    protected static ILocator Row(IPage page, Guid visit) => page.GetByTestId($"row-{visit}");

    /// <summary>The drawer of a line, opened unless it stands open: the verbs of a board are there.</summary>
    protected static async Task<ILocator> Drawer(IPage page, Guid visit)
    {
        var drawer = page.Locator($"[data-testid=drawer][data-visit='{visit}']");
        if (await drawer.CountAsync() == 0) await Row(page, visit).Locator(".col-stay").ClickAsync();
        await Assertions.Expect(drawer).ToBeVisibleAsync();
        return drawer;
    }

    /// <summary>A wall knows no visit: a tile is found by what stands on it.</summary>
    protected static ILocator Tile(IPage wall, string says) => wall.Locator(".tile").Filter(new() { HasText = says });

    protected static ILocator Dialog(IPage page) => page.Locator("dialog[open]");

    protected static ILocator Toast(IPage page, string state) => page.Locator($"[data-testid=toast][data-state={state}]");

    /// <summary>A unit nobody else uses: it is there with its first patient.</summary>
    protected static string FreshUnit() => $"U{Guid.NewGuid():N}"[..6].ToUpperInvariant();

    private static async Task Go(IPage page, string path, Hospital hospital)
    {
        await page.GotoAsync(new Uri(hospital.Address, path).ToString());
        await page.Locator("body[data-live=true] h1").WaitForAsync(new() { Timeout = 90_000 });
        await Assertions.Expect(page.GetByTestId("skeleton")).ToHaveCountAsync(0);
    }

    private async Task<string> Picture()
    {
        Directory.CreateDirectory(Screenshots);
        var name = TestContext.Current.Test?.UniqueID ?? "test";
        var taken = new List<string>();
        foreach (var page in _contexts.SelectMany(context => context.Pages))
            try
            {
                var file = Path.Combine(Screenshots, $"{name[..Math.Min(12, name.Length)]}-{taken.Count + 1}.png");
                await page.ScreenshotAsync(new() { Path = file, Timeout = 15_000 });
                taken.Add($"{page.Url} is pictured in {file}");
            }
            catch (Exception e) when (e is PlaywrightException or TimeoutException)
            {
                taken.Add($"{page.Url} could not be pictured: {e.Message}");
            }

        return string.Join('\n', taken);
    }
}
