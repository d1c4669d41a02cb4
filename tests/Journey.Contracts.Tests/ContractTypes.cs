using System.Reflection;

namespace Journey.Contracts.Tests;

/// <summary>What the contracts assembly offers to a wire, found by reflection, so that nothing new can be forgotten.</summary>
internal static class ContractTypes
{
    private static readonly Assembly Contracts = typeof(VisitId).Assembly;

    /// <summary>In the order of their aliases: a type that moves to another folder is no change.</summary>
    private static readonly IReadOnlyList<Type> Own =
    [
        .. Contracts.GetTypes().Where(t => t.Namespace?.StartsWith("Journey.Contracts", StringComparison.Ordinal) == true && t.IsPublic
            && !t.IsAssignableTo(typeof(Attribute)))
            .OrderBy(t => Alias(t) ?? t.Name, StringComparer.Ordinal)
    ];

    public static IReadOnlyList<Type> Serializable { get; } =
        [.. Own.Where(t => t.GetCustomAttribute<GenerateSerializerAttribute>(false) is not null)];

    public static IReadOnlyList<Type> Concrete { get; } =
        [.. Serializable.Where(t => !t.IsAbstract && !t.IsEnum && !t.IsAssignableTo(typeof(Exception)))];

    public static IReadOnlyList<Type> Interfaces { get; } =
        [.. Own.Where(t => t.IsInterface && t.IsAssignableTo(typeof(IAddressable)))];

    /// <summary>Records, structs and classes that hold data: all but enums, interfaces and static classes of constants.</summary>
    public static IReadOnlyList<Type> Data { get; } =
        [.. Own.Where(t => !t.IsEnum && !t.IsInterface && !(t.IsAbstract && t.IsSealed))];

    public static IReadOnlyList<Type> Enums { get; } = [.. Own.Where(t => t.IsEnum)];

    public static string? Alias(MemberInfo member) => member.GetCustomAttribute<AliasAttribute>(false)?.Alias;

    /// <summary>The properties a type itself declares and a serializer must carry.</summary>
    public static IEnumerable<PropertyInfo> Members(Type type) =>
        type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
        .Where(p => p.SetMethod is not null && p.GetMethod!.GetParameters().Length == 0);

    public static int? Id(PropertyInfo member) => (int?)member.GetCustomAttribute<IdAttribute>()?.Id;

    /// <summary>A type as one writes it.</summary>
    public static string Name(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } value) return Name(value) + "?";
        if (!type.IsGenericType) return type.Name;
        return $"{type.Name[..type.Name.IndexOf('`')]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }
}
