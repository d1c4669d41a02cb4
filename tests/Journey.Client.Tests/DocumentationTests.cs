using System.Reflection;
using System.Xml.Linq;
using Journey.Api;

namespace Journey.Client.Tests;

/// <summary>Whoever integrates has the words of the public types only: every property of every one says what it means.</summary>
public class DocumentationTests
{
    private static readonly Dictionary<string, XElement> Members =
        XDocument.Load(Path.ChangeExtension(typeof(Board).Assembly.Location, ".xml")).Descendants("member")
        .ToDictionary(member => member.Attribute("name")!.Value);

    private static IEnumerable<Type> Types => typeof(Board).Assembly.GetExportedTypes().Where(type => type.GetMethod("<Clone>$") is not null);

    [Fact]
    public void Every_type_has_a_summary()
    {
        Assert.InRange(Types.Count(), 100, 1000);
        Assert.Empty(Types.Where(type => !Says(Members.GetValueOrDefault("T:" + type.FullName)?.Element("summary"))).Select(type => type.Name));
    }

    [Fact]
    public void Every_property_has_a_summary() =>
        Assert.Empty(Types.SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        .Where(property => !IsDocumented(property))
        .Select(property => $"{property.DeclaringType!.Name}.{property.Name}"));

    [Fact]
    public void Every_list_of_words_and_every_limit_has_a_summary()
    {
        var constants = typeof(Board).Assembly.GetExportedTypes().Where(type => type is { IsAbstract: true, IsSealed: true });
        Assert.Empty(constants.Where(type => !Says(Members.GetValueOrDefault("T:" + type.FullName)?.Element("summary"))).Select(type => type.Name));
        Assert.Empty(((Type[])[typeof(Limits), typeof(ProblemCodes)]).SelectMany(type => type.GetFields())
            .Where(field => !Says(Members.GetValueOrDefault($"F:{field.DeclaringType!.FullName}.{field.Name}")?.Element("summary")))
            .Select(field => $"{field.DeclaringType!.Name}.{field.Name}"));
    }

    /// <summary>A positional record documents its properties as parameters.</summary>
    private static bool IsDocumented(PropertyInfo property) =>
        Says(Members.GetValueOrDefault($"P:{property.DeclaringType!.FullName}.{property.Name}")?.Element("summary"))
        || Members.GetValueOrDefault("T:" + property.DeclaringType.FullName)?.Elements("param")
        .Any(param => (string?)param.Attribute("name") == property.Name && Says(param)) == true;

    private static bool Says(XElement? element) => element is not null && (element.Value.Trim().Length > 0 || element.HasElements);
}
