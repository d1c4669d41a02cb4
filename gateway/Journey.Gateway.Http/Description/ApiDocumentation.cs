using System.Collections.Frozen;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Journey.Gateway.Http.Description;

/// <summary>
/// What the XML documentation of Journey.Api says, as Markdown for a reader without its source: a class of words becomes the words themselves. It is
/// embedded, so that the description is whole wherever the gateway runs.
/// </summary>
internal static partial class ApiDocumentation
{
    private const string File = "Journey.Api.xml";

    private static readonly FrozenDictionary<string, XElement> Members = Load();

    private static readonly FrozenDictionary<string, string> Codes = typeof(Api.ProblemCodes).GetFields()
        .ToFrozenDictionary(
            code => (string)code.GetRawConstantValue()!,
            code => StatusInFront().Replace(Summary($"F:{code.DeclaringType!.FullName}.{code.Name}") ?? "", ""));

    /// <summary>Null where nothing is said.</summary>
    public static string? SummaryOf(Type type) => Summary("T:" + type.FullName);

    /// <summary>A property's own words, or what its record says of the parameter.</summary>
    public static string? SummaryOf(PropertyInfo property) =>
        Summary($"P:{property.DeclaringType!.FullName}.{property.Name}") ?? Text(Members.GetValueOrDefault("T:" + property.DeclaringType.FullName)
            ?.Elements("param").FirstOrDefault(parameter => parameter.Attribute("name")?.Value == property.Name));

    /// <summary>When a problem of this code is answered.</summary>
    public static string? SummaryOfCode(string code) => Codes.GetValueOrDefault(code);

    private static string? Summary(string member) => Text(Members.GetValueOrDefault(member)?.Element("summary"));

    private static string? Text(XElement? element) =>
        element is null ? null : Gaps().Replace(string.Concat(element.Nodes().Select(Text)), " ").Trim() is { Length: > 0 } text ? text : null;

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" } see when see.Attribute("cref") is { } cref => Named(cref.Value),
        XElement { Name.LocalName: "paramref" } parameter => $"`{Camel(parameter.Attribute("name")!.Value)}`",
        XElement other => string.Concat(other.Nodes().Select(Text)),
        _ => "",
    };

    /// <summary>What a documentation id stands for: the words of a class of words, a word, a number, a property as JSON has it.</summary>
    private static string Named(string id)
    {
        var (kind, name) = (id[0], id[2..]);
        if (kind == 'T') return typeof(Api.Paths).Assembly.GetType(name) is { } type ? Words(type) : $"`{name}`";
        var (owner, member) = (typeof(Api.Paths).Assembly.GetType(name[..name.LastIndexOf('.')]), name[(name.LastIndexOf('.') + 1)..]);
        return kind == 'F' && owner?.GetField(member) is { IsLiteral: true } literal ? $"`{literal.GetRawConstantValue()}`"
            : owner is null ? $"`{Camel(member)}`" : $"`{Camel(member)}` of `{owner.Name}`";
    }

    private static string Words(Type type)
    {
        var words = type.GetFields().Where(field => field.IsLiteral && field.FieldType == typeof(string))
            .Select(field => $"`{field.GetRawConstantValue()}`").ToArray();
        return words.Length == 0 || type == typeof(Api.ProblemCodes) ? $"`{type.Name}`" : string.Join(", ", words);
    }

    private static string Camel(string name) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(name);

    private static FrozenDictionary<string, XElement> Load()
    {
        using var stream = typeof(ApiDocumentation).Assembly.GetManifestResourceStream(File)
            ?? throw new InvalidOperationException($"{File} is not part of this assembly.");
        return XDocument.Load(stream).Descendants("member").ToFrozenDictionary(member => member.Attribute("name")!.Value);
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Gaps();

    [GeneratedRegex(@"^\d{3}( or \d{3})*: ")]
    private static partial Regex StatusInFront();
}
