using System.Collections;
using System.Collections.Frozen;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Journey.Contracts;

namespace Journey.Domain;

/// <summary>A text in what is stored.</summary>
/// <param name="Owner">The type that has it.</param>
/// <param name="IsSensitive">Whether it is <see cref="SensitiveAttribute">sensitive</see>.</param>
public sealed record StoredText(Type Owner, string Property, bool IsSensitive);

/// <summary>
/// Where in the JSON of a type <see cref="SensitiveAttribute">sensitive</see> texts lie: by the kind of event and the property's place in it. A name
/// alone says nothing: how a promise was kept is free text, how an alert ended is a code.
/// </summary>
public sealed class SensitiveShape
{
    private readonly List<(byte[] Name, SensitiveShape Shape)> _parts = [];
    private readonly List<StoredText> _texts = [];
    private byte[]? _discriminator;
    private FrozenDictionary<string, SensitiveShape>? _kinds;

    private SensitiveShape() { }

    /// <summary>The texts of a list, or the one text, that stand here are sensitive.</summary>
    public bool IsText { get; private init; }

    /// <summary>Nothing below is sensitive, and there is no kind of event to be known.</summary>
    public bool IsEmpty { get; private set; } = true;

    /// <summary>By which property events say of what kind they are; null where none stands here. UTF-8.</summary>
    public ReadOnlySpan<byte> Discriminator => _discriminator;

    /// <summary>Whether events of several kinds stand here.</summary>
    public bool HasKinds => _kinds is not null;

    /// <summary>The shape of a property; null when nothing in it is sensitive.</summary>
    public SensitiveShape? Part(in Utf8JsonReader name)
    {
        foreach (var (known, shape) in _parts)
            if (name.ValueTextEquals(known)) return shape;
        return null;
    }

    /// <summary>The shape of an event of a kind; null when no such kind is known.</summary>
    public SensitiveShape? Kind(ReadOnlySpan<char> kind) =>
        _kinds!.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(kind, out var shape) ? shape : null;

    /// <summary>Of <typeparamref name="T"/> as it is written: properties in camel case, events with their kind.</summary>
    public static SensitiveShape For<T>() => Build(typeof(T), []);

    /// <summary>Every text that <typeparamref name="T"/> can hold, sensitive or not, each once.</summary>
    public static IReadOnlyList<StoredText> TextsIn<T>()
    {
        var built = new Dictionary<Type, SensitiveShape>();
        Build(typeof(T), built);
        return [.. built.Values.SelectMany(shape => shape._texts).Distinct()];
    }

    private static SensitiveShape Build(Type type, Dictionary<Type, SensitiveShape> built)
    {
        var root = Add(type, built);
        // What holds itself is empty when nothing else in it is not.
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var shape in built.Values)
                if (shape.IsEmpty && (shape.IsText || shape.HasKinds || shape._parts.Exists(part => !part.Shape.IsEmpty)))
                    (shape.IsEmpty, changed) = (false, true);
        }

        foreach (var shape in built.Values) shape._parts.RemoveAll(part => part.Shape.IsEmpty);
        return root;
    }

    private static SensitiveShape Add(Type type, Dictionary<Type, SensitiveShape> built)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string) || type.Namespace?.StartsWith("Journey", StringComparison.Ordinal) != true
            && !typeof(IEnumerable).IsAssignableFrom(type)) return new();
        if (type.IsArray) return Add(type.GetElementType()!, built);
        if (type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type))
            return type.GetGenericArguments() is [var element]
                ? Add(element, built)
                : throw new NotSupportedException($"{type} is no list: nobody has said where in it sensitive texts would lie.");
        if (built.TryGetValue(type, out var known)) return known;
        var shape = built[type] = new SensitiveShape();
        if (type.GetCustomAttribute<JsonPolymorphicAttribute>() is { } polymorphic)
        {
            shape._discriminator = Encoding.UTF8.GetBytes(polymorphic.TypeDiscriminatorPropertyName ?? "$type");
            shape._kinds = type.GetCustomAttributes<JsonDerivedTypeAttribute>()
                .ToFrozenDictionary(kind => (string)kind.TypeDiscriminator!, kind => Add(kind.DerivedType, built));
            return shape;
        }

        foreach (var property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public))
        {
            if (property.GetCustomAttribute<JsonIgnoreAttribute>() is { Condition: JsonIgnoreCondition.Always }
                || property.GetIndexParameters().Length > 0) continue;
            var isText = IsText(property.PropertyType);
            var isSensitive = property.IsDefined(typeof(SensitiveAttribute));
            if (isText) shape._texts.Add(new StoredText(property.DeclaringType!, property.Name, isSensitive));
            else if (isSensitive) throw new NotSupportedException($"{type.Name}.{property.Name} is neither a text nor a list of texts.");
            shape._parts
                .Add((Encoding.UTF8.GetBytes(JsonNamingPolicy.CamelCase.ConvertName(property.Name)), isSensitive
                    ? new SensitiveShape { IsText = true, IsEmpty = false }
                    : Add(property.PropertyType, built)));
        }

        return shape;

        static bool IsText(Type type) =>
            type == typeof(string) || (Nullable.GetUnderlyingType(type) ?? type) is { IsGenericType: true } list
            && list.GetGenericArguments() is [var element] && IsText(element);
    }
}
