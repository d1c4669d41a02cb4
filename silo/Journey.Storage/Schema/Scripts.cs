using System.Globalization;
using System.Reflection;

namespace Journey.Storage.Schema;

/// <summary>
/// One numbered step of a schema. Never changed once released; a change is a new step. A step that only adds says so in its first line, <c>-- needs:
/// 6</c>: programs that know the schema up to step 6 go on beside it, which is what lets two versions run side by side and the newer one be rolled
/// back.
/// </summary>
/// <param name="Needs">The step that a program must know to work with this one; its own number unless it says otherwise.</param>
internal sealed record Script(int Number, string Name, string Sql, int Needs);

internal static class Scripts
{
    /// <summary>The embedded steps of <paramref name="engine"/> (a folder beside this file), in order.</summary>
    public static IReadOnlyList<Script> For(string engine)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var folder = $"{typeof(Scripts).Namespace}.{engine}.";
        return [.. assembly.GetManifestResourceNames()
            .Where(resource => resource.StartsWith(folder, StringComparison.Ordinal) && resource.EndsWith(".sql", StringComparison.Ordinal))
            .Select(resource => resource[folder.Length..^4])
            .Select(name => Script(name, Text(assembly, $"{folder}{name}.sql")))
            .OrderBy(script => script.Number)];
    }

    /// <param name="needed">The most that the steps found need, of those that this version does not know; 0 when it knows all.</param>
    public static void RefuseNewer(int found, int needed, IReadOnlyList<Script> known)
    {
        if (needed > known[^1].Number)
        {
            throw new StorageException($"The database has schema {found}, this version of Journey knows up to {known[^1].Number}. "
                + "It was written by a newer version: run that one, or restore the backup from before the upgrade.");
        }
    }

    private static Script Script(string name, string sql)
    {
        const string Mark = "-- needs: ";
        var number = int.Parse(name[..4], CultureInfo.InvariantCulture);
        var needs = sql.StartsWith(Mark, StringComparison.Ordinal)
            ? int.Parse(sql[Mark.Length..sql.IndexOf('\n')], CultureInfo.InvariantCulture)
            : number;
        return new(number, name, sql, needs);
    }

    private static string Text(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
