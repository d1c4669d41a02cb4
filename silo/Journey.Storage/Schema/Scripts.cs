using System.Globalization;
using System.Reflection;

namespace Journey.Storage.Schema;

/// <summary>One numbered step of a schema. Never changed once released; a change is a new step.</summary>
internal sealed record Script(int Number, string Name, string Sql);

internal static class Scripts
{
    /// <summary>The embedded steps of <paramref name="engine"/> (a folder beside this file), in order.</summary>
    public static IReadOnlyList<Script> Of(string engine)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var folder = $"{typeof(Scripts).Namespace}.{engine}.";
        return [.. assembly.GetManifestResourceNames()
            .Where(resource => resource.StartsWith(folder, StringComparison.Ordinal) && resource.EndsWith(".sql", StringComparison.Ordinal))
            .Select(resource => resource[folder.Length..^4])
            .Select(name => new Script(int.Parse(name[..4], CultureInfo.InvariantCulture), name, Text(assembly, $"{folder}{name}.sql")))
            .OrderBy(script => script.Number)];
    }

    public static void RefuseNewer(int found, IReadOnlyList<Script> known)
    {
        if (found > known[^1].Number)
        {
            throw new StorageException($"The database has schema {found}, this version of Journey knows up to {known[^1].Number}. "
                + "It was written by a newer version: run that one, or restore the backup from before the upgrade.");
        }
    }

    public static void RefuseOlder(int found, IReadOnlyList<Script> known)
    {
        if (found < known[^1].Number)
        {
            throw new StorageException($"The database has schema {found}, this version of Journey needs {known[^1].Number}, and Journey:Storage:Migrate is false: "
                + "run Journey.Silo migrate first, with a role that may change the schema.");
        }
    }

    private static string Text(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
