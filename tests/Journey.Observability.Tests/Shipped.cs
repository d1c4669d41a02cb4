using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Journey.Observability.Tests;

/// <summary>An alert of <c>journey.rules.yaml</c>.</summary>
internal sealed record Alert(string Name, string Expression, string Severity, string Summary, string Runbook);

/// <summary>A panel of a dashboard with what it asks.</summary>
/// <param name="Unit">As Grafana names it; empty when none is set.</param>
/// <param name="Limit">Where it becomes red; null when it never does.</param>
/// <param name="Alerts">Those that its description names.</param>
internal sealed record Panel(string Dashboard, string Title, string Unit, double? Limit, IReadOnlyList<string> Alerts,
    IReadOnlyList<string> Expressions)
{
    public override string ToString() => $"{Dashboard}: {Title}";
}

/// <summary>The rules and dashboards as an operator gets them.</summary>
internal static partial class Shipped
{
    public static string Rules => Repository.Folder("observability/prometheus/journey.rules.yaml");

    public static string RuleTests => Repository.Folder("observability/prometheus/journey.tests.yaml");

    public static IReadOnlyList<string> Dashboards => [.. Directory.GetFiles(Repository.Folder("observability/grafana"), "*.json").Order()];

    public static IReadOnlyList<Alert> Alerts => [.. from @group in Items(Read(Rules)["groups"]) from rule in Items(@group["rules"]) select new Alert(
        Text(rule["alert"]), Text(rule["expr"]), Text(rule["labels"]["severity"]), Text(rule["annotations"]["summary"]),
        Text(rule["annotations"]["runbook"]))];

    /// <summary>Of each test of a rule the alert, and whether it is expected.</summary>
    public static IReadOnlyList<(string Alert, bool Fires)> Cases =>
        [.. from test in Items(Read(RuleTests)["tests"]) from expected in Items(test["alert_rule_test"])
        select (Text(expected["alertname"]), ((YamlSequenceNode)expected["exp_alerts"]).Any())];

    public static IReadOnlyList<Panel> Panels =>
        [.. from file in Dashboards from panel in Json(file).GetProperty("panels").EnumerateArray() where panel.GetProperty("type")
            .GetString() != "row" select PanelOf(file, panel)];

    public static JsonElement Json(string file) => JsonDocument.Parse(File.ReadAllText(file)).RootElement;

    /// <summary>
    /// The names of metrics in an expression: what is left of its words without labels, strings, ranges, functions and the language's own.
    /// </summary>
    public static IEnumerable<string> Metrics(string expression) =>
        Word().Matches(Clutter().Replace(expression, " ")).Select(word => word.Value).Except(["and", "or", "unless", "bool", "offset"]).Distinct();

    /// <summary>An alert compares with a number of its own, or with another series.</summary>
    public static IEnumerable<double> Limits(Alert alert) =>
        Comparison().Matches(alert.Expression).Select(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));

    private static Panel PanelOf(string file, JsonElement panel)
    {
        var (defaults, says) = (panel.GetProperty("fieldConfig").GetProperty("defaults"), panel.GetProperty("description").GetString()!);
        var red = defaults.GetProperty("thresholds").GetProperty("steps").EnumerateArray()
            .Where(step => step.GetProperty("color").GetString() == "red").ToArray();
        return new(Path.GetFileNameWithoutExtension(file), panel.GetProperty("title").GetString()!, defaults.TryGetProperty("unit", out var unit)
            ? unit.GetString()!
            : "",
            red.Length == 0 ? null : red[0].GetProperty("value").GetDouble(), [.. AlertName().Matches(says).Select(match => match.Value)],
            [.. panel.GetProperty("targets").EnumerateArray().Select(target => target.GetProperty("expr").GetString()!)]);
    }

    private static YamlMappingNode Read(string file)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(File.ReadAllText(file)));
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    private static IEnumerable<YamlNode> Items(YamlNode node) => (YamlSequenceNode)node;

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;

    [GeneratedRegex("""\{[^}]*\}|"[^"]*"|\[[^\]]*\]|\b(by|on|without|ignoring)\s*\([^)]*\)|\b[a-z_]+\s*(?=\(|(by|without)\b)""")]
    private static partial Regex Clutter();

    [GeneratedRegex("[A-Za-z_:][A-Za-z0-9_:]*")]
    private static partial Regex Word();

    [GeneratedRegex("[<>]=? ([0-9.]+)(?![0-9.a-z])")]
    private static partial Regex Comparison();

    [GeneratedRegex("Journey[A-Z][A-Za-z]+")]
    private static partial Regex AlertName();
}
