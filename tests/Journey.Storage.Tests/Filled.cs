using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Journey.Contracts;
using Journey.Domain.Facts;

namespace Journey.Storage.Tests;

/// <summary>
/// Any stored type as JSON, each text of it a word that is nowhere else: whatever text is added to an event tomorrow is here without anybody's doing.
/// </summary>
/// <param name="mark">Begins every word.</param>
internal sealed class Filled(string mark, Guid patient, Guid visit)
{
    private readonly List<(string Word, string Of, bool IsSensitive)> _words = [];

    /// <summary>Every word so far, where it stands, such as <c>ContactCard.Name</c>, and whether it is sealed.</summary>
    public IReadOnlyList<(string Word, string Of, bool IsSensitive)> Words => _words;

    /// <summary>With these beside its own.</summary>
    public Filled With(IEnumerable<(string Word, string Of, bool IsSensitive)> others)
    {
        _words.AddRange(others);
        return this;
    }

    /// <summary>An event with its kind, or anything else.</summary>
    public JsonNode JsonOf(Type type, string? kind = null)
    {
        var node = new JsonObject();
        if (kind is not null) node[type.GetCustomAttribute<JsonPolymorphicAttribute>(inherit: true)?.TypeDiscriminatorPropertyName ?? "event"] = kind;
        foreach (var property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public))
        {
            if (property.GetCustomAttribute<JsonIgnoreAttribute>() is { Condition: JsonIgnoreCondition.Always }
                || property.GetIndexParameters().Length > 0 || property.Name == "EqualityContract") continue;
            if (!property.CanWrite) continue;
            node[JsonNamingPolicy.CamelCase.ConvertName(property.Name)] = Value(property.PropertyType, property);
        }

        return node;
    }

    private JsonNode? Value(Type type, PropertyInfo property)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string)) return Word(property);
        if (type == typeof(Guid)) return visit;
        if (type == typeof(PatientId)) return new JsonObject { ["value"] = patient };
        if (type == typeof(VisitId)) return new JsonObject { ["value"] = visit };
        if (type == typeof(DateTimeOffset)) return "2031-03-14T08:30:00+01:00";
        if (type == typeof(DateOnly)) return "1950-02-03";
        if (type == typeof(TimeSpan)) return "00:10:00";
        if (type == typeof(bool)) return false;
        if (type == typeof(double)) return 1.5;
        if (type.IsEnum) return Enum.GetNames(type)[0];
        if (type.IsPrimitive) return 1;
        if (typeof(IEnumerable).IsAssignableFrom(type))
            return new JsonArray(Value(type.IsArray ? type.GetElementType()! : type.GetGenericArguments()[0], property));
        if (type == typeof(VisitEvent)) return JsonOf(typeof(FamilyTold), "visit.family-told.v1");
        return JsonOf(type);
    }

    private string Word(PropertyInfo property)
    {
        var word = $"{mark}{_words.Count:0000}q";
        _words.Add((word, $"{property.DeclaringType!.Name}.{property.Name}", property.IsDefined(typeof(SensitiveAttribute))));
        return word;
    }
}
