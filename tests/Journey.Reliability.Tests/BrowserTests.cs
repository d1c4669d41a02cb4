using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Journey.Hl7.Mllp;
using Journey.Reliability.Faults;
using Journey.Reliability.Machines;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Journey.Reliability.Tests;

/// <summary>
/// A real browser, behind a load balancer as a hospital has one, while everything is restarted under traffic, one process after the other.
/// </summary>
public sealed class BrowserTests(HouseFixture house)
{
    /// <summary>Keeps every word that the page said about its connection.</summary>
    private const string Listen = """
        () => { window.words = []; new MutationObserver(() => { const banner = document.querySelector('[data-testid=banner]'); if (banner) window.words.push(banner.textContent); })
            .observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true }); }
        """;

    [Fact]
    public async Task A_browser_moves_on_when_its_gateway_is_replaced_and_shows_what_is_true()
    {
        await HouseFixture.Needed();
        await using var balancer = await LoadBalancer.Start(house.House.Gateways);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium.Path, Args = Chromium.Arguments });
        var page = await browser.NewPageAsync();
        page.SetDefaultTimeout(120_000);
        SetDefaultExpectTimeout(30_000);
        var sockets = new ConcurrentQueue<string>();
        page.WebSocket += (_, socket) =>
        {
            sockets.Enqueue($"{DateTime.UtcNow:HH:mm:ss.fff} opened");
            socket.Close += (_, _) => sockets.Enqueue($"{DateTime.UtcNow:HH:mm:ss.fff} closed");
        };
        await page.GotoAsync(new Uri(balancer.Url, "units/" + AllFaults.BusiestUnit).ToString());
        await page.Locator("body[data-live=true] h1").WaitForAsync(new() { Timeout = 180_000 });
        await page.EvaluateAsync(Listen);

        var outcome = await house.Rounds.Run(AllFaults.RollingRestart, new Random(20261127), 1);

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{string.Join(", ", sockets)}; words: {string.Join(" | ", (await page.EvaluateAsync<string[]>("() => window.words")).Distinct())}");
        Assert.Empty(outcome.Wrong);
        Assert.True(sockets.Count(line => line.EndsWith("opened", StringComparison.Ordinal)) > 1, "The browser did not have to move.");
        await page.Locator("body[data-live=true]").WaitForAsync();
        await Expect(page.GetByTestId("banner")).ToHaveCountAsync(0);

        await using var feed = await MllpClient.ConnectAsync(house.House.Mllp[0].Host, house.House.Mllp[0].Port,
            cancellationToken: TestContext.Current.CancellationToken);
        await feed.SendAsync(Late("A04"), TestContext.Current.CancellationToken);
        await Expect(page.GetByText("Spaetling, Nora").First).ToBeVisibleAsync();
        // The next test finds the house as this one did.
        await feed.SendAsync(Late("A03"), TestContext.Current.CancellationToken);
        await Expect(page.GetByText("Spaetling, Nora")).ToHaveCountAsync(0);
    }

    private static byte[] Late(string trigger)
    {
        var now = DateTime.UtcNow.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        return Encoding.UTF8.GetBytes($"""
            MSH|^~\&|LATE|NORTH|JOURNEY|NORTH|{now}||ADT^{trigger}|LATE-{trigger}|P|2.5
            EVN||{now}
            PID|1||LATE1^^^NORTH^MR||Spaetling^Nora
            PV1|1|E|{AllFaults.BusiestUnit}||||||||||||||||LATE1
            """.ReplaceLineEndings("\r") + "\r");
    }
}
