using System.Collections;
using System.Reflection;
using Journey.Delivery;
using Journey.Gateway.Cluster.Settings;
using Journey.Gateway.Feeds.Profiles;
using Journey.Gateway.Membership;
using Journey.Gateway.Trust.Identity;
using Journey.Grains.Hosting;
using Journey.Hosting;
using Journey.Silo;
using Journey.Storage;

namespace Journey.Kubernetes.Tests;

/// <summary>A setting that nobody reads is a setting that does not hold: each variable is an option's, or the framework's.</summary>
public sealed class SettingTests
{
    private const string Prefix = "Journey__";

    /// <summary>Read by name, outside of any options class.</summary>
    private static readonly string[] Silos = ["Journey:Audit:KeyFile", "Journey:DataDirectory", "Journey:Policy:Path"];

    private static readonly string[] Frameworks =
    [
        "ASPNETCORE_URLS", "AllowedHosts", "DOTNET_EnableDiagnostics", "OTEL_EXPORTER_OTLP_ENDPOINT", "shutdownTimeoutSeconds",
        "PGPASSWORD", // Npgsql takes it where a connection string has none.
    ];

    private static readonly Dictionary<string, HashSet<string>> Known = new(StringComparer.Ordinal)
    {
        ["journey-silo"] =
        [
            .. Options(typeof(ClusterSettings).Assembly, typeof(StorageOptions).Assembly, typeof(JourneyGrainsExtensions).Assembly,
                typeof(MailOptions).Assembly, typeof(ClusterTrust).Assembly),
            .. Silos,
        ],
        ["journey-gateway"] =
        [
            .. Options(typeof(ClusterClientOptions).Assembly, typeof(GatewayOptions).Assembly, typeof(FeedOptions).Assembly,
                typeof(IdentityOptions).Assembly, typeof(ClusterTrust).Assembly),
            .. typeof(FeedOptions).GetProperties().Select(property => $"{FeedList.Section}:0:{property.Name}"),
        ],
    };

    public static TheoryData<string> Overlays() => [.. Overlay.Names()];

    [Theory, MemberData(nameof(Overlays))]
    public void Every_variable_is_one_that_the_process_knows(string overlay)
    {
        var rendered = Overlay.Named(overlay);
        foreach (var (name, _, container) in rendered.Containers)
        {
            var unknown = rendered.Environment(container).Keys.Where(v => !IsKnown(container.Image.Split(':')[0], v)).ToList();
            Assert.True(unknown.Count == 0, $"{name} does not know {string.Join(", ", unknown)}.");
        }
    }

    [Theory]
    [InlineData("journey-silo", "Journey__Storage__KeyRing", true)]
    [InlineData("journey-silo", "Journey__Storage__KeyRings", false)]
    [InlineData("journey-silo", "Journey__Mllp__Port", false)]
    [InlineData("journey-gateway", "Journey__Feed__DefaultUnits__Emergency", true)]
    [InlineData("journey-gateway", "Journey__Storage__ConnectionString", false)]
    [InlineData("journey-gateway", "ASPNETCORE_URL", false)]
    public void A_variable_is_known_by_its_exact_name_and_by_the_process_that_reads_it(string image, string variable, bool known) =>
        Assert.Equal(known, IsKnown(image, variable));

    private static bool IsKnown(string image, string variable)
    {
        if (!variable.StartsWith(Prefix, StringComparison.Ordinal)) return Frameworks.Contains(variable);
        var key = variable.Replace("__", ":", StringComparison.Ordinal);
        return Known[image].Any(k => k.EndsWith('*') ? key.StartsWith(k[..^1], StringComparison.Ordinal) : key == k);
    }

    private static IEnumerable<string> Options(params Assembly[] assemblies) =>
        from type in assemblies.SelectMany(a => a.GetTypes())
        let section = type.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string
        where section is not null
        from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        let holdsMore = property.PropertyType != typeof(string) && property.PropertyType.IsAssignableTo(typeof(IEnumerable))
        where holdsMore || property.SetMethod is { IsPublic: true }
        select $"{section}:{property.Name}{(holdsMore ? ":*" : "")}";
}
