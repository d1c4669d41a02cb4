using System.Reflection;
using System.Text.Json;
using Journey.Contracts;

namespace Journey.Domain;

/// <summary>Which properties of a kind of events are <see cref="SensitiveAttribute">sensitive</see>, by their names in JSON.</summary>
public static class SensitiveNames
{
    /// <param name="root">The base of the events, such as <c>VisitEvent</c>.</param>
    public static IReadOnlySet<string> In(Type root)
    {
        var (names, seen) = (new SortedSet<string>(StringComparer.Ordinal), new HashSet<Type>());
        foreach (var type in root.Assembly.GetTypes().Where(t => t.IsAssignableTo(root))) Collect(type, names, seen);
        return names;
    }

    private static void Collect(Type type, SortedSet<string> names, HashSet<Type> seen)
    {
        if (type.IsGenericType)
            foreach (var argument in type.GetGenericArguments()) Collect(argument, names, seen);
        if (type.Namespace?.StartsWith("Journey", StringComparison.Ordinal) != true || !seen.Add(type)) return;
        foreach (var property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public))
        {
            if (property.IsDefined(typeof(SensitiveAttribute))) names.Add(JsonNamingPolicy.CamelCase.ConvertName(property.Name));
            Collect(property.PropertyType, names, seen);
        }
    }
}
