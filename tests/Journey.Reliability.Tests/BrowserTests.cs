using System.Collections.Concurrent;
using System.Net.Http.Json;
using Journey.Api;
using Journey.Reliability.Faults;
using Journey.Reliability.Machines;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Journey.Reliability.Tests;

/// <summary>A real browser, behind a load balancer as a hospital has one, while both gateways are replaced under traffic.</summary>
public sealed class BrowserTests(HouseFixture house)
{
    private static readonly string?[] Chromiums = [Environment.GetEnvironmentVariable("JOURNEY_CHROMIUM"), "/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];

    /// <summary>Keeps every word that the page said about its connection.</summary>
    private const string Listen = """
        () => { window.words = []; new MutationObserver(() => { const banner = document.querySelector('[data-testid=banner]'); if (banner) window.words.push(banner.textContent); })
            .observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true }); }
        """;

    [Fact]
    public async Task A_browser_moves_on_when_its_gateway_is_replaced_and_shows_what_is_true()
    {
        await HouseFixture.Needed();
        if (Array.Find(Chromiums, File.Exists) is not { } chromium)
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", "Chromium is not installed.");
            Assert.Fail("Chromium is not installed.");
            return;
        }

        await using var balancer = await LoadBalancer.Start(house.House.Gateways);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
        var page = await browser.NewPageAsync();
        page.SetDefaultTimeout(60_000);
        SetDefaultExpectTimeout(30_000);
        var sockets = new ConcurrentQueue<string>();
        page.WebSocket += (_, socket) =>
        {
            sockets.Enqueue($"{DateTime.UtcNow:HH:mm:ss.fff} opened");
            socket.Close += (_, _) => sockets.Enqueue($"{DateTime.UtcNow:HH:mm:ss.fff} closed");
        };
        await page.GotoAsync(new Uri(balancer.Url, "units/" + AllFaults.BusiestUnit).ToString());
        await page.Locator("body[data-live=true] h1").WaitForAsync();
        await page.EvaluateAsync(Listen);

        var replaced = Fault.Of("gateways", "both gateways are replaced (SIGTERM)", strike => AllFaults.Roll(strike.House.Gateways));
        var outcome = await house.Rounds.Run(replaced, new Random(20261127), 1);

        TestContext.Current.TestOutputHelper?.WriteLine($"{string.Join(", ", sockets)}; words: {string.Join(" | ", (await page.EvaluateAsync<string[]>("() => window.words")).Distinct())}");
        Assert.Empty(outcome.Wrong);
        Assert.True(sockets.Count(line => line.EndsWith("opened", StringComparison.Ordinal)) > 1, "The browser did not have to move.");
        await page.Locator("body[data-live=true]").WaitForAsync();
        await Expect(page.GetByTestId("banner")).ToHaveCountAsync(0);
        var board = await house.House.Gateways[0].Http.GetFromJsonAsync<Board>($"{Paths.Units}/{AllFaults.BusiestUnit}/board");
        var present = board!.Rows.Where(row => row.Status == "present").Select(row => row.VisitId).ToArray();
        Assert.NotEmpty(present);
        foreach (var visit in present) await Expect(page.GetByTestId($"row-{visit}")).ToBeAttachedAsync();
    }
}
