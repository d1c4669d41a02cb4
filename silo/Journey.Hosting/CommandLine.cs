using System.Reflection;

namespace Journey.Hosting;

/// <summary>
/// Refuses on the command line, and among the environment's variables of ours, what nobody would read. The framework passes over words and keys that
/// it does not know: a misspelt command would start a server on its default ports and data, and a misspelt setting would leave its default.
/// </summary>
public static class CommandLine
{
    /// <summary>As sysexits.h has it: wrong usage.</summary>
    public const int Wrong = 64;

    /// <summary>The framework's own; what is below them is not ours to judge.</summary>
    private static readonly string[] Hosts =
        ["urls", "environment", "contentRoot", "webRoot", "applicationName", "http_ports", "https_ports", "shutdownTimeoutSeconds", "AllowedHosts",
            "Logging", "Kestrel"];

    /// <summary>What OpenTelemetry reads.</summary>
    private const string Telemetry = "OTEL_";

    /// <summary>Settings that are read by themselves, without a class of options.</summary>
    private static readonly string[] Single = ["Journey:DataDirectory", "Journey:Policy:Path", "Journey:Audit:KeyFile", "Journey:Orleans:Dashboard"];

    /// <summary>How the environment names a setting of ours, parts apart by two underscores.</summary>
    private const string Variable = "Journey__";

    /// <summary>What is wrong with the arguments or the environment, and what is known instead; null when nothing is.</summary>
    /// <param name="program">Whose options count: its own, and those of every project of ours that it uses.</param>
    /// <param name="commands">What may be the first word; empty when none may.</param>
    public static string? Objection(IReadOnlyList<string> args, Assembly program, params string[] commands)
    {
        // What is known is looked up in every assembly: not at a start that has nothing to check.
        var variables = Environment.GetEnvironmentVariables().Keys.Cast<string>()
            .Where(name => name.StartsWith(Variable, StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal).ToList();
        if (args.Count == 0 && variables.Count == 0) return null;
        var settings = Settings(program);
        if (variables.Find(name => !IsKnown(name.Replace("__", ":", StringComparison.Ordinal), settings)) is { } misspelt)
            return $"Unknown setting '{misspelt}' in the environment.{Known(settings, commands)}";
        for (var i = 0; i < args.Count; i++)
        {
            var key = args[i].StartsWith("--", StringComparison.Ordinal) ? args[i][2..] : args[i].StartsWith('/') ? args[i][1..] : args[i];
            var isWord = key.Length == args[i].Length;
            var end = key.IndexOf('=', StringComparison.Ordinal);
            if (end < 0 && isWord) return $"Unknown command '{key}'.{(commands.Length == 0 ? " There are none." : "")}{Known(settings, commands)}";
            // The value may be a password.
            if (end >= 0) key = key[..end];
            if (!IsKnown(key, settings)) return $"Unknown setting '{key}'.{Known(settings, commands)}";
            // A key without an equals sign takes the next argument for its value.
            if (end < 0 && ++i == args.Count) return $"'{key}' is without a value.";
        }

        return null;
    }

    private static string Known(SortedDictionary<string, Type?> settings, string[] commands) =>
        (commands.Length == 0 ? "" : $" The commands are {string.Join(", ", commands)}; without one the server starts.")
        + $"\nThe settings, as --<key>=<value>, or in the environment with __ for each colon:\n  {string.Join("\n  ", settings.Keys.Concat(Hosts).Append(Telemetry + "…"))}";

    private static bool IsKnown(string key, SortedDictionary<string, Type?> settings)
    {
        if (key.StartsWith(Telemetry, StringComparison.Ordinal) || Hosts.Any(known => IsBelow(key, known))) return true;
        foreach (var (known, type) in settings)
            if (IsBelow(key, known) && HasPart(type, key.Length == known.Length ? [] : key[(known.Length + 1)..].Split(':'))) return true;
        return false;
    }

    private static bool IsBelow(string key, string known) =>
        key.Equals(known, StringComparison.OrdinalIgnoreCase) || key.StartsWith(known + ":", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Whether a value of the type has such a part: of a list one by its number, of a table any by its name, of options a property.
    /// </summary>
    private static bool HasPart(Type? type, ReadOnlySpan<string> path)
    {
        if (path.IsEmpty) return true;
        if (type is null || type == typeof(string) || !(type.IsClass || type.IsInterface)) return false;
        var table = type.GetInterfaces().Append(type).FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IDictionary<,>));
        if (table is not null) return HasPart(table.GetGenericArguments()[1], path[1..]);
        var list = type.GetInterfaces().Append(type).FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>));
        if (list is not null) return int.TryParse(path[0], out _) && HasPart(list.GetGenericArguments()[0], path[1..]);
        var name = path[0];
        var property = Array.Find(type.GetProperties(), property => property.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return property is not null && HasPart(property.PropertyType, path[1..]);
    }

    /// <summary>By key, with the type of what has parts; null where that is not known, and it has none.</summary>
    private static SortedDictionary<string, Type?> Settings(Assembly program)
    {
        var settings = new SortedDictionary<string, Type?>(StringComparer.OrdinalIgnoreCase);
        foreach (var single in Single) settings[single] = null;
        foreach (var type in Ours(program).SelectMany(assembly => assembly.GetTypes()))
        {
            if (type.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() is not string section) continue;
            // What has parts, a list or options within options, need not be settable to be read.
            foreach (var property in type.GetProperties().Where(property => property.CanWrite || HasParts(property)))
                settings[section.EndsWith(":" + property.Name, StringComparison.Ordinal) ? section : $"{section}:{property.Name}"] =
                    property.PropertyType;
        }

        return settings;
    }

    private static bool HasParts(PropertyInfo property) => property.PropertyType.IsClass && property.PropertyType != typeof(string);

    private static HashSet<Assembly> Ours(Assembly program)
    {
        var (found, open) = (new HashSet<Assembly>(), new Stack<Assembly>([program]));
        while (open.TryPop(out var next))
        {
            if (!found.Add(next)) continue;
            foreach (var name in next.GetReferencedAssemblies())
                if (name.Name!.StartsWith("Journey.", StringComparison.Ordinal)) open.Push(Assembly.Load(name));
        }

        return found;
    }
}
