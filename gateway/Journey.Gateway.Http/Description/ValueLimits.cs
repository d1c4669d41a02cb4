using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Journey.Gateway.Http.Description;

/// <summary>What Journey.Api says of how long a text may be, how great a number, and which words there are, as the schema of a property.</summary>
internal static class ValueLimits
{
    public static void Describe(OpenApiSchema schema, PropertyInfo property)
    {
        foreach (var limit in LimitsOf(property)) Describe(schema, limit);
    }

    private static void Describe(OpenApiSchema schema, object limit)
    {
        // Of a list each word is limited, and how many they are.
        var word = schema.Items as OpenApiSchema ?? schema;
        switch (limit)
        {
            case Api.TextLimitAttribute text: word.MaxLength = text.Longest; break;
            case Api.OneOfAttribute one: word.Enum = [.. WordsOf(one.Words).Select(said => (JsonNode)said)]; break;
            case Api.ListLimitAttribute list: (schema.MinItems, schema.MaxItems) = (list.Least, list.Most); break;
            case Api.NumberLimitAttribute number: (word.Minimum, word.Maximum) = (Text(number.Least), Text(number.Most)); break;
        }
    }

    /// <summary>What stands at a property, or at the parameter of the record that it is.</summary>
    private static IEnumerable<object> LimitsOf(PropertyInfo property) => property.GetCustomAttributes().Concat(property.DeclaringType!
        .GetConstructors().SelectMany(constructor => constructor.GetParameters()).Where(parameter => parameter.Name == property.Name)
        .SelectMany(parameter => parameter.GetCustomAttributes()));

    private static IEnumerable<string> WordsOf(Type words) =>
        words.GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
