using System.Net.Http.Json;
using System.Text.Json;

namespace Journey.Observability.Tests;

/// <summary>Rules and dashboards against what a real Prometheus takes from a real cluster.</summary>
public sealed class ClusterTests(ITestOutputHelper output)
{
    /// <summary>Its warning for triage comes after eight minutes: a deadline passes while the test looks.</summary>
    private static readonly TimeSpan BeforeTriageIsDue = TimeSpan.FromMinutes(8) - TimeSpan.FromSeconds(4);

    [Fact]
    public async Task A_healthy_cluster_fills_every_panel_and_raises_no_alert_and_real_failures_raise_theirs()
    {
        await using var scene = await Scene.Start();
        try
        {
            Assert.Equal("AA", await scene.Hear("A04", 1, ago: BeforeTriageIsDue));
            Assert.Equal("AA", await scene.Hear("A04", 2));

            await Everything_that_is_asked_for_is_there(scene);
            await No_alert_is_raised(scene);
            await The_Orleans_Dashboard_shows_both_silos(scene);
            await A_lost_database_is_told(scene);
            await A_silent_feed_is_told(scene);
            await A_dead_gateway_is_told(scene);
        }
        finally
        {
            output.WriteLine(scene.Gateway.Output);
        }
    }

    private static async Task Everything_that_is_asked_for_is_there(Scene scene)
    {
        // Prometheus makes this one itself, with the first alert.
        string[] asked = [.. Shipped.Alerts.Select(a => a.Expression).Concat(Shipped.Panels.SelectMany(p => p.Expressions))
            .SelectMany(Shipped.Metrics).Except(["ALERTS"]).Distinct()];
        Assert.NotEmpty(asked);
        string[] missing = asked;
        await Scene.Eventually(async () => (missing = [.. asked.Except(await scene.Prometheus.Metrics())]).Length == 0,
            () => Task.FromResult("No such metric: " + string.Join(", ", missing)), 30);

        IReadOnlyList<string> empty = [];
        await Scene.Eventually(async () => (empty = await Empty(scene)).Count == 0,
            () => Task.FromResult("Nothing to see: " + string.Join('\n', empty)), 20);
    }

    private static async Task<IReadOnlyList<string>> Empty(Scene scene)
    {
        var empty = new List<string>();
        foreach (var panel in Shipped.Panels)
            foreach (var expression in panel.Expressions)
                if (await scene.Prometheus.Count(expression.Replace("$__rate_interval", "1m", StringComparison.Ordinal)) == 0)
                    empty.Add($"{panel}: {expression}");
        return empty;
    }

    private static async Task No_alert_is_raised(Scene scene)
    {
        await Scene.Eventually(async () => (await scene.Prometheus.Rules()).All(rule => rule.Health == "ok"),
            async () => string.Join('\n', await scene.Prometheus.Rules()), 10);
        var rules = await scene.Prometheus.Rules();
        Assert.Equal(2 * Shipped.Alerts.Count, rules.Count);
        Assert.Equal([], rules.Where(rule => rule.File == Shipped.Rules).SelectMany(rule => rule.Firing));
        // What is waited for below is not there yet, not even for a second. The silent feed may be: its minute runs since the gateway started.
        string[] awaited = ["JourneyJournalFailing", "JourneyAuditFailing", "JourneyMessagesUnanswered", "JourneyDown"];
        Assert.Equal([], rules.Where(rule => awaited.Contains(rule.Name)).SelectMany(rule => rule.Firing));
    }

    private static async Task The_Orleans_Dashboard_shows_both_silos(Scene scene)
    {
        var counters = await scene.Http.GetFromJsonAsync<JsonElement>("/orleans/DashboardCounters");
        Assert.Equal(2, counters.GetProperty("hosts").EnumerateArray().Count(silo => silo.GetProperty("status").GetString() == "Active"));
    }

    private static async Task A_lost_database_is_told(Scene scene)
    {
        // Both are in memory: that one is not shown, and nothing is added to the other, is for want of a place to write to.
        var visit = await scene.Visit(1);
        var said = "";
        await Scene.Eventually(async () =>
        {
            using var shown = await scene.Http.GetAsync(visit);
            said = $"{(int)shown.StatusCode} {await shown.Content.ReadAsStringAsync()}";
            return shown.IsSuccessStatusCode;
        }, () => Task.FromResult(said), 30);
        await scene.Postgres.Stop();
        await Raised(scene, async () =>
        {
            using var refused = await scene.Http.GetAsync(visit);
            Assert.False(refused.IsSuccessStatusCode);
            Assert.Equal("AE", await scene.Hear("A08", 2));
        }, "JourneyJournalFailing", "JourneyMessagesUnanswered", "JourneyAuditFailing");
    }

    private static async Task A_silent_feed_is_told(Scene scene) =>
        Assert.Contains("Feed LAB has said nothing", Assert.Single(await Raised(scene, () => Task.CompletedTask, "JourneyFeedSilent")),
            StringComparison.Ordinal);

    private static async Task A_dead_gateway_is_told(Scene scene)
    {
        await scene.Gateway.Kill();
        Assert.Contains("journey-gateway",
            Assert.Single(await Raised(scene, () => Task.CompletedTask, "JourneyDown"),
                says => says.StartsWith("journey-gateway", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    /// <summary>Waits until all of these fire, and answers with what they say.</summary>
    private static async Task<IReadOnlyList<string>> Raised(Scene scene, Func<Task> meanwhile, params string[] names)
    {
        IReadOnlyList<RuleState> rules = [];
        await Scene.Eventually(async () =>
        {
            await meanwhile();
            rules = [.. (await scene.Prometheus.Rules()).Where(rule => rule.File == scene.Impatient && names.Contains(rule.Name))];
            return rules.Count == names.Length && rules.All(rule => rule.State == "firing");
        }, () => Task.FromResult(string.Join('\n', rules)), 75);
        return [.. rules.SelectMany(rule => rule.Firing)];
    }
}
