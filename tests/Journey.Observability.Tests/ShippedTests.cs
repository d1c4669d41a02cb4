using System.Text.Json;
using System.Text.RegularExpressions;

namespace Journey.Observability.Tests;

/// <summary>What can be said of rules and dashboards without a cluster.</summary>
public sealed class ShippedTests
{
    [Fact]
    public async Task Promtool_finds_no_fault_with_the_rules() => Assert.Null(await Prometheus.Check("check", "rules", Shipped.Rules));

    [Fact]
    public async Task Every_alert_is_raised_and_not_raised_as_its_tests_say() =>
        Assert.Null(await Prometheus.Check("test", "rules", Shipped.RuleTests));

    [Fact]
    public void Every_alert_is_tested_both_ways()
    {
        Assert.Equal([], Shipped.Alerts.Where(alert => !Shipped.Cases.Contains((alert.Name, true)) || !Shipped.Cases.Contains((alert.Name, false)))
            .Select(alert => alert.Name));
        Assert.Equal([], Shipped.Cases.Select(test => test.Alert).Except(Shipped.Alerts.Select(alert => alert.Name)));
    }

    [Fact]
    public void Every_alert_says_how_bad_it_is_and_where_to_read_what_to_do()
    {
        foreach (var alert in Shipped.Alerts)
        {
            Assert.Contains(alert.Severity, new[] { "warning", "critical" });
            var (page, anchor) = (alert.Runbook.Split('#')[0], alert.Runbook.Split('#')[1]);
            var headings = File.ReadLines(Repository.Folder(page)).Where(line => line.StartsWith("## ", StringComparison.Ordinal))
                .Select(line => line[3..].ToLowerInvariant());
            Assert.Equal(alert.Name.ToLowerInvariant(), anchor);
            Assert.Contains(anchor, headings);
        }
    }

    [Fact]
    public void Dashboards_go_into_any_Grafana()
    {
        foreach (var file in Shipped.Dashboards)
        {
            var dashboard = Shipped.Json(file);
            Assert.Contains(dashboard.GetProperty("templating").GetProperty("list").EnumerateArray(),
                v => v.GetProperty("type").GetString() == "datasource" && v.GetProperty("name").GetString() == "datasource");
            // A dashboard of another Grafana's number would overwrite what has it there.
            Assert.False(dashboard.TryGetProperty("uid", out _) || dashboard.TryGetProperty("id", out _), file);
            Assert.Equal(["${datasource}"],
                Regex.Matches(File.ReadAllText(file), "\"uid\": \"([^\"]*)\"").Select(match => match.Groups[1].Value).Distinct());
            Assert.Empty(Overlaps(dashboard));
        }
    }

    [Fact]
    public void Every_panel_has_a_unit() => Assert.Equal([], Shipped.Panels.Where(panel => panel.Unit.Length == 0).Select(panel => panel.ToString()));

    /// <summary>
    /// Red is where the alert begins; where any is too many, at one. A share of what the configuration allows has no number in the rule.
    /// </summary>
    [Fact]
    public void A_panel_becomes_red_where_its_alert_begins()
    {
        var alerts = Shipped.Alerts.ToDictionary(alert => alert.Name);
        foreach (var panel in Shipped.Panels.Where(panel => panel.Limit is not null))
            foreach (var name in panel.Alerts)
            {
                var limits = Shipped.Limits(alerts[name]).Distinct().DefaultIfEmpty(0);
                Assert.True(limits.Contains(panel.Limit!.Value)
                    || (panel.Limit == 1 && limits.All(limit => limit == 0)), $"{panel} is red at {panel.Limit}, {name} begins elsewhere.");
            }

        Assert.Equal([], alerts.Keys.Except(Shipped.Panels.SelectMany(panel => panel.Alerts)));
    }

    [Theory]
    [InlineData("sum by (le) (rate(a_bucket{x=\"or b\"}[5m])) > on (feed) max(c) or vector(0)", "a_bucket c")]
    [InlineData("absent(a:b) unless max without(x) (d)", "a:b d")]
    public void Names_of_metrics_are_read_out_of_an_expression(string expression, string names) =>
        Assert.Equal(names.Split(' '), Shipped.Metrics(expression));

    private static IEnumerable<string> Overlaps(JsonElement dashboard)
    {
        var taken = new HashSet<(int, int)>();
        foreach (var panel in dashboard.GetProperty("panels").EnumerateArray())
        {
            var at = panel.GetProperty("gridPos");
            var (x, y, w, h) =
                (at.GetProperty("x").GetInt32(), at.GetProperty("y").GetInt32(), at.GetProperty("w").GetInt32(), at.GetProperty("h").GetInt32());
            var isFree = x + w <= 24;
            for (var column = x; column < x + w; column++)
                for (var line = y; line < y + h; line++) isFree &= taken.Add((column, line));
            if (!isFree) yield return panel.GetProperty("title").GetString()!;
        }
    }
}
