using k8s;

namespace Journey.Kubernetes.Tests;

/// <summary>The adapter's rules, as its chart takes them; a field that they do not have is an error.</summary>
internal sealed class Adapter
{
    public RuleSet Rules { get; set; } = new();

    public static IReadOnlyList<Rule> Read() =>
        KubernetesYaml.Deserialize<Adapter>(File.ReadAllText(Path.Combine(Repository.Root, "k8s", "monitoring", "prometheus-adapter.yaml")),
            strict: true).Rules.Custom;

    internal sealed class RuleSet
    {
        public bool Default { get; set; }
        public List<Rule> Custom { get; set; } = [];
    }

    internal sealed class Rule
    {
        public string SeriesQuery { get; set; } = "";
        public Resource Resources { get; set; } = new();
        public Naming Name { get; set; } = new();
        public string MetricsQuery { get; set; } = "";

        /// <summary>The series' name.</summary>
        public string Series() => SeriesQuery[..SeriesQuery.IndexOf('{', StringComparison.Ordinal)];
    }

    internal sealed class Resource
    {
        public Dictionary<string, Dictionary<string, string>> Overrides { get; set; } = [];
    }

    internal sealed class Naming
    {
        public string As { get; set; } = "";
    }
}
