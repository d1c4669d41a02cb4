using System.ComponentModel;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Journey.Kubernetes.Tests;

/// <summary>The settings that Journey reads, from its options classes: the section's name and the properties below it.</summary>
internal static partial class Settings
{
    /// <summary>The framework's own, and those that no options class binds by its section.</summary>
    private static readonly HashSet<string> Others = new(StringComparer.OrdinalIgnoreCase)
    {
        "ASPNETCORE_URLS", "ASPNETCORE_FORWARDEDHEADERS_ENABLED", "DOTNET_gcServer", "shutdownTimeoutSeconds", "OTEL_EXPORTER_OTLP_ENDPOINT",
        "Journey__DataDirectory", "Journey__Policy__Path", "Journey__Audit__KeyFile",
    };

    private static readonly (string Section, Type Type)[] Options =
    [
        .. new[] { typeof(Silo.StartException).Assembly, typeof(Gateway.GatewayComposition).Assembly, typeof(Journey.Storage.StorageOptions).Assembly, typeof(Grains.Hosting.PolicyFile).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .Select(type => (Section: type.GetField("Section", BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)?.GetValue(null) as string, type))
            .Where(options => options.Section is not null)!,
    ];

    public static bool Knows(string variable) => Others.Contains(variable) || Options.Any(options => Knows(options.Section, options.Type, variable.Replace("__", ":", StringComparison.Ordinal)));

    /// <summary>Whether its options class could take the value.</summary>
    public static bool Takes(string variable, string value)
    {
        if (Property(variable) is not { } property) return true;
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return type == typeof(string) || TypeDescriptor.GetConverter(type).IsValid(value);
    }

    /// <summary>Names that a value is made of: <c>$(DB_HOST)</c>.</summary>
    public static IEnumerable<string> Parts(string? value) => Part().Matches(value ?? "").Select(match => match.Groups[1].Value);

    private static PropertyInfo? Property(string variable)
    {
        var key = variable.Replace("__", ":", StringComparison.Ordinal);
        return Options.Where(options => Knows(options.Section, options.Type, key)).Select(options => Find(options.Type, key[(options.Section.Length + 1)..])).FirstOrDefault();
    }

    private static bool Knows(string section, Type type, string key) => key.StartsWith(section + ":", StringComparison.OrdinalIgnoreCase) && Find(type, key[(section.Length + 1)..]) is not null;

    private static PropertyInfo? Find(Type type, string name) => type.GetProperties().FirstOrDefault(p => p.CanWrite && p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(@"\$\(([A-Za-z_][A-Za-z0-9_]*)\)")]
    private static partial Regex Part();
}
