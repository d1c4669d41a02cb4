using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using Journey.Benchmarks.Harness;
using Journey.Benchmarks.Hosts;
using Journey.Contracts.Visits;
using Microsoft.Playwright;

namespace Journey.Benchmarks;

/// <summary>From an event accepted to 400 watchers that received it, and to one real browser that painted it.</summary>
internal static class Painting
{
    private const int Units = 20;
    private const int VisitsPerUnit = 50;
    private const int WatcherCount = 400;
    private const int EventsPerSecond = 2_000;

    public static async Task Run(Settings settings)
    {
        Report.Title("paint");
        var (sent, accepted, events, watchers) = await Receive(settings);
        Report.Times(("command sent → received by a watcher", sent), ("event accepted → received by a watcher", accepted));
        var rate = events / (settings.Leg.TotalSeconds * settings.Pairs);
        Report.Say($"{watchers} watchers (JSON over WebSockets, in this process) on {Units} units of {VisitsPerUnit} visits; {rate:N0} events/s, every one seen by each of the {WatcherCount / Units} watchers of its unit. "
            + "An event that is overtaken by a newer one of the same visit within a delta is not counted.");
        Budget[] budgets = [Budget.Below("event accepted → received by 400 watchers, p99, 2,000 events/s", TimeSpan.FromMilliseconds(80), accepted.At(0.99))];
        var chromium = Browser.Find();
        if (chromium is null) Report.Say("**No Chromium was found (CHROMIUM names one): painting was not measured.**");
        else
        {
            var (painted, fromSent) = await Browser.Paint(chromium, settings);
            Report.Times(("HTTP command sent → painted in Chromium", fromSent), ("HTTP command accepted → painted in Chromium", painted));
            Report.Say("The standalone in a process of its own on SQLite, 30 visits on the board, ten events a second; painted is the second frame after the change of the page.");
            budgets = [.. budgets, Budget.Below("event accepted → painted in a real browser, p99", TimeSpan.FromMilliseconds(250), painted.At(0.99))];
        }

        Report.Budgets(budgets);
    }

    private static async Task<(Latencies Sent, Latencies Accepted, long Events, int Watchers)> Receive(Settings settings)
    {
        await using var postgres = await Postgres.Start();
        await using var house = await House.Open(await postgres.CreateDatabase());
        var visits = new IVisitGrain[Units * VisitsPerUnit];
        await Workers.Each(visits.Length, 64, async i =>
        {
            visits[i] = house.Grains.GetGrain<IVisitGrain>(Guid.NewGuid());
            await visits[i].Arrive(Some.Arrival(i, "U" + i % Units, Some.Now));
        });

        // Marks are nurses' names: the nth event names the nurse "n".
        var most = (int)(EventsPerSecond * (settings.Leg.TotalSeconds * settings.Pairs + 10));
        var (sentAt, acceptedAt) = (new long[most], new long[most]);
        var (sent, accepted) = (new Latencies(), new Latencies());
        var measuring = false;
        var early = new ConcurrentQueue<(int Mark, long At)>();
        await using var watchers = await Watchers.Watch(house.Url, WatcherCount, i => "U" + i % Units, change =>
        {
            var now = Stopwatch.GetTimestamp();
            foreach (var row in change.Changed)
            {
                if (!Volatile.Read(ref measuring) || !int.TryParse(row.Nurse, CultureInfo.InvariantCulture, out var mark)) continue;
                sent.Add(Stopwatch.GetElapsedTime(sentAt[mark], now));
                // The announcement does not wait for the caller: a watcher may know before the caller is answered.
                if (Volatile.Read(ref acceptedAt[mark]) is var at and > 0) accepted.Add(Stopwatch.GetElapsedTime(at, now));
                else early.Enqueue((mark, now));
            }
        });
        var next = -1;
        async Task Event(int _)
        {
            var mark = Interlocked.Increment(ref next);
            Volatile.Write(ref sentAt[mark], Stopwatch.GetTimestamp());
            var outcome = await visits[mark % visits.Length].Assign(new(Some.Id(), Some.Nurse, Some.Now, CareRole.Nurse, new Person("n", mark.ToString(CultureInfo.InvariantCulture))));
            Volatile.Write(ref acceptedAt[mark], Stopwatch.GetTimestamp());
            if (outcome.Kind != Contracts.OutcomeKind.Accepted) throw new InvalidOperationException(outcome.Kind.ToString());
        }

        await Workers.Paced(EventsPerSecond, TimeSpan.FromSeconds(Math.Min(4, settings.Leg.TotalSeconds)), Event);
        GC.Collect();
        await Task.Delay(300);
        var first = next + 1;
        Volatile.Write(ref measuring, true);
        await Workers.Paced(EventsPerSecond, settings.Leg * settings.Pairs, Event);
        var events = next + 1 - first;
        await Task.Delay(1000);
        foreach (var (mark, at) in early) accepted.Add(Stopwatch.GetElapsedTime(Math.Min(acceptedAt[mark], at), at));
        return (sent, accepted, events, watchers.Connected);
    }
}

/// <summary>One real Chromium on the dashboard of a standalone in a process of its own.</summary>
internal static class Browser
{
    private const string Unit = "PAINT";

    /// <summary>Notes for every mark (a nurse named <c>n123n</c>) when it was on the screen: the second animation frame after it came into the page.</summary>
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

    public static string? Find() => ((string?[])[Environment.GetEnvironmentVariable("CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"])
        .FirstOrDefault(path => path is not null && File.Exists(path));

    public static async Task<(Latencies Accepted, Latencies Sent)> Paint(string chromium, Settings settings)
    {
        await using var standalone = await OwnProcess.Start(demo: false);
        using var line = await MllpLine.Connect(standalone.MllpPort);
        var people = new Admissions("B", wards: 1);
        for (var i = 0; i < 30; i++) await line.Send(System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(people.Message(i, 0)).Replace("E000^", Unit + "^", StringComparison.Ordinal)));
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
            using var answer = await standalone.Http.PostAsJsonAsync($"{Api.Paths.Visits}/{visits[mark % visits.Length]}/assignments", new Api.AssignmentRequest("nurse", $"n{mark}n"));
            acceptedAt[mark] = Some.Now;
            answer.EnsureSuccessStatusCode();
            await Task.Delay(100);
        }

        await Task.Delay(2000);
        var painted = await page.EvaluateAsync<Dictionary<string, double?>>("() => window.painted");
        var (accepted, sent) = (new Latencies(), new Latencies());
        for (var mark = 0; mark < count; mark++)
        {
            if (!painted.TryGetValue(mark.ToString(CultureInfo.InvariantCulture), out var at) || at is not { } ms) throw new InvalidOperationException($"Event {mark} of {count} was never painted.");
            var time = DateTimeOffset.FromUnixTimeMilliseconds((long)ms);
            sent.Add(time - sentAt[mark]);
            accepted.Add(time - acceptedAt[mark]);
        }

        return (accepted, sent);
    }
}
