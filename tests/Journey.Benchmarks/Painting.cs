using System.Globalization;
using System.Net.Http.Json;
using Journey.Benchmarks.Harness;
using Journey.Benchmarks.Hosts;
using Microsoft.Playwright;

namespace Journey.Benchmarks;

/// <summary>From a command over HTTP to its sight in one real Chromium, on the dashboard of a standalone in a process of its own.</summary>
internal static class Painting
{
    public static async Task Run(Settings settings)
    {
        Report.Title("paint");
        if (Browser.Find() is not { } chromium)
        {
            Report.Say("**No Chromium was found (CHROMIUM names one): painting was not measured.**");
            return;
        }

        var (painted, sent) = await Browser.Paint(chromium, settings);
        Report.Times(("HTTP command sent → painted in Chromium", sent), ("HTTP command accepted → painted in Chromium", painted));
        Report.Say("The standalone on SQLite, 30 visits on the board, ten events a second; painted is the second frame after the change of the "
            + "page.");
        Report.Budgets(Budget.Below("event accepted → painted in a real browser, p99", TimeSpan.FromMilliseconds(250), painted.At(0.99)));
    }
}

/// <summary>One real Chromium on the dashboard of a standalone in a process of its own.</summary>
internal static class Browser
{
    private const string Unit = "PAINT";

    /// <summary>
    /// Notes for every mark (a nurse named <c>n123n</c>) when it was on the screen: the second animation frame after it came into the page.
    /// </summary>
    private const string Observe = """
        () => {
          window.painted = {};
          const look = text => {
            for (const found of (text || '').matchAll(/n(\d+)n/g)) {
              const mark = found[1];
              if (window.painted[mark] !== undefined) continue;
              window.painted[mark] = null;
              requestAnimationFrame(() => requestAnimationFrame(() => { window.painted[mark] = Date.now(); }));
            }
          };
          new MutationObserver(changes => { for (const c of changes) { look(c.target.textContent); for (const n of c.addedNodes) look(n.textContent); } })
            .observe(document.body, { subtree: true, childList: true, characterData: true });
        }
        """;

    public static string? Find() =>
        ((string?[])[Environment.GetEnvironmentVariable("CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"])
        .FirstOrDefault(path => path is not null && File.Exists(path));

    public static async Task<(Latencies Accepted, Latencies Sent)> Paint(string chromium, Settings settings)
    {
        await using var standalone = await OwnProcess.Start(demo: false);
        using var line = await MllpLine.Connect(standalone.MllpPort);
        var people = new Testing.Admissions("B", wards: 1);
        for (var i = 0; i < 30; i++)
            await line.Send(System.Text.Encoding.UTF8
                .GetBytes(System.Text.Encoding.UTF8.GetString(people.Message(i, 0)).Replace("E000^", Unit + "^", StringComparison.Ordinal)));
        var board = await standalone.Http.GetFromJsonAsync<Api.Board>($"{Api.Paths.Units}/{Unit}/board");
        var visits = board!.Rows.Select(row => row.VisitId).ToArray();

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = ["--no-sandbox"] });
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1600, Height = 1200 } });
        await page.GotoAsync(new Uri(standalone.Url, "/units/" + Unit).ToString());
        await page.GetByText("Marlowe").First.WaitForAsync(new() { Timeout = 60_000 });
        await page.EvaluateAsync(Observe);

        var count = (int)(settings.Leg.TotalSeconds * settings.Pairs * 10);
        var (sentAt, acceptedAt) = (new DateTimeOffset[count], new DateTimeOffset[count]);
        for (var mark = 0; mark < count; mark++)
        {
            sentAt[mark] = Some.Now;
            using var answer = await standalone.Http
                .PostAsJsonAsync($"{Api.Paths.Visits}/{visits[mark % visits.Length]}/assignments", new Api.AssignmentRequest("nurse", $"n{mark}n"));
            acceptedAt[mark] = Some.Now;
            answer.EnsureSuccessStatusCode();
            await Task.Delay(100);
        }

        await Task.Delay(2000);
        var painted = await page.EvaluateAsync<Dictionary<string, double?>>("() => window.painted");
        var (accepted, sent) = (new Latencies(), new Latencies());
        for (var mark = 0; mark < count; mark++)
        {
            if (!painted.TryGetValue(mark.ToString(CultureInfo.InvariantCulture), out var at) || at is not { } ms)
                throw new InvalidOperationException($"Event {mark} of {count} was never painted.");
            var time = DateTimeOffset.FromUnixTimeMilliseconds((long)ms);
            sent.Add(time - sentAt[mark]);
            accepted.Add(time - acceptedAt[mark]);
        }

        return (accepted, sent);
    }
}
