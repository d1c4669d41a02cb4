using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Journey.Client.Tests;

/// <summary>
/// What strangers' programs are written against: each type of the public interface as it stands in JSON, each word, address and limit, each method of
/// the hub. A rename in an editor would pass every other test, for both ends are ours.
/// </summary>
public sealed class ApiTests
{
    private static readonly NullabilityInfoContext Nullability = new();

    [Fact]
    public void The_public_interface_is_the_approved_one() => Approved.Is("tests/Journey.Client.Tests/Api.txt", Describe(), "JOURNEY_APPROVE_API",
        "Additions are free; a removed or changed line breaks programs that others wrote.");

    private static string Describe()
    {
        var text = new StringBuilder("# The public interface. Written by ApiTests; see there how to approve a change.\n");
        foreach (var type in typeof(Api.Paths).Assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
            foreach (var line in Lines(type).Order(StringComparer.Ordinal)) text.Append(Name(type)).Append(' ').Append(line).Append('\n');
        return text.ToString();
    }

    /// <summary>Each with the type's name before it, so that a difference of lines says where it is.</summary>
    private static IEnumerable<string> Lines(Type type)
    {
        if (type.IsEnum) return Enum.GetNames(type);
        var members = type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly);
        return members.Select(member => member switch
        {
            FieldInfo { IsLiteral: true } constant => $"{constant.Name} = {constant.GetRawConstantValue()}",
            PropertyInfo { GetMethod.IsStatic: false } property when property.Name != "EqualityContract" =>
                $"{JsonName(property)}: {TypeOf(property)}",
            MethodInfo method when type.IsInterface =>
                $"{method.Name}({string.Join(", ", method.GetParameters().Select(p => Name(p.ParameterType)))}): {Name(method.ReturnType)}",
            _ => null,
        }).OfType<string>();
    }

    private static string JsonName(PropertyInfo property) =>
        property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    private static string TypeOf(PropertyInfo property) => Name(property.PropertyType)
        + (!property.PropertyType.IsValueType && Nullability.Create(property).ReadState == NullabilityState.Nullable ? "?" : "");

    private static string Name(Type type) => Nullable.GetUnderlyingType(type) is { } value
        ? Name(value) + "?"
        : type.IsGenericType
            ? $"{type.Name[..type.Name.IndexOf('`')]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
            : type.Name;
}
