using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using static Journey.Contracts.Tests.Expectation;

namespace Journey.Contracts.Tests;

public sealed class ContractTests
{
    [Fact]
    public void Every_type_on_the_wire_has_an_alias() =>
        None(ContractTypes.Serializable.Where(t => ContractTypes.Alias(t) is null).Select(t => t.Name));

    [Fact]
    public void Every_data_type_and_enum_is_serializable() =>
        None(ContractTypes.Data.Concat(ContractTypes.Enums).Where(t => !ContractTypes.Serializable.Contains(t)).Select(t => t.Name));

    [Fact]
    public void Every_interface_and_method_has_an_alias() => None(
        ContractTypes.Interfaces.SelectMany(i => i.GetMethods().Where(m => ContractTypes.Alias(m) is null).Select(m => $"{i.Name}.{m.Name}")
            .Concat(ContractTypes.Alias(i) is null ? [i.Name] : [])));

    [Fact]
    public void Aliases_of_types_are_unique() =>
        None(ContractTypes.Serializable.Concat(ContractTypes.Interfaces).GroupBy(ContractTypes.Alias).Where(g => g.Count() > 1).Select(g => g.Key));

    [Fact]
    public void Aliases_of_methods_are_unique_within_their_interface() =>
        None(ContractTypes.Interfaces.SelectMany(i => i.GetMethods().GroupBy(ContractTypes.Alias).Where(g => g.Count() > 1)
            .Select(g => $"{i.Name}: {g.Key}")));

    [Fact]
    public void Every_member_has_an_explicit_id() =>
        None(ContractTypes.Data.Where(NotException)
            .SelectMany(t => ContractTypes.Members(t).Where(m => ContractTypes.Id(m) is null).Select(m => $"{t.Name}.{m.Name}")));

    [Fact]
    public void Ids_are_unique_within_a_type() =>
        None(ContractTypes.Data.SelectMany(t => ContractTypes.Members(t).GroupBy(ContractTypes.Id).Where(g => g.Key is not null && g.Count() > 1)
            .Select(g => $"{t.Name}: {g.Key}")));

    [Fact]
    public void Immutable_types_hold_nothing_that_can_change() => None(
        ContractTypes.Data.Where(t => t.GetCustomAttribute<ImmutableAttribute>() is not null)
            .SelectMany(t => ContractTypes.Members(t).Where(m => IsMutable(m.PropertyType))
                .Select(m => $"{t.Name}.{m.Name}: {ContractTypes.Name(m.PropertyType)}")));

    [Fact]
    public void Every_record_on_the_wire_is_immutable() =>
        None(ContractTypes.Concrete.Where(t => t.GetCustomAttribute<ImmutableAttribute>() is null).Select(t => t.Name));

    /// <summary>Orleans hands an immutable object on as it is: whoever set a property of it would set it for everybody.</summary>
    [Fact]
    public void Nothing_on_the_wire_can_be_set_once_it_is_made() => None(
        ContractTypes.Concrete.Where(NotException).SelectMany(t => ContractTypes.Members(t)
            .Where(m => m.SetMethod is { IsPublic: true } set && !set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)))
            .Select(m => $"{t.Name}.{m.Name}")), "Write init, not set:");

    [Fact]
    public void The_contracts_are_the_approved_ones() => Approved.Is("tests/Journey.Contracts.Tests/Contracts.txt", Describe(),
        "JOURNEY_APPROVE_CONTRACTS",
        "Additions with new ids and safe defaults are free; a removed or changed line breaks running silos and stored data.");

    private static bool NotException(Type type) => !type.IsAssignableTo(typeof(Exception));

    private static bool IsMutable(Type type)
    {
        if (type.IsArray) return true;
        if (type.IsGenericType && type.GetGenericArguments().Any(IsMutable)) return true;
        if (type.Namespace == "System.Collections.Immutable" || type == typeof(string)) return false;
        return type.IsAssignableTo(typeof(IEnumerable)) || type == typeof(Memory<byte>);
    }

    private static string Describe()
    {
        var text = new StringBuilder(
            "# What crosses a wire: aliases, ids, signatures. Written by ContractTests; see there how to approve a change.\n");
        foreach (var type in ContractTypes.Data)
        {
            var inherits = type.BaseType is { } b && b != typeof(object) && b != typeof(ValueType) ? " : " + b.Name : "";
            text.Append($"\n{ContractTypes.Alias(type) ?? "(no alias)"} = {type.Name}{inherits}\n");
            foreach (var member in ContractTypes.Members(type).Where(m => ContractTypes.Id(m) is not null).OrderBy(ContractTypes.Id))
                text.Append(
                    $"  {ContractTypes.Alias(type) ?? type.Name} {ContractTypes.Id(member)} {member.Name}: {ContractTypes.Name(member.PropertyType)}\n");
        }

        foreach (var type in ContractTypes.Enums)
            text.Append(
                $"\n{ContractTypes.Alias(type)} = enum {type.Name}\n  {ContractTypes.Alias(type)} {string.Join(", ", Enum.GetNames(type).Select(n => $"{n} = {(int)Enum.Parse(type, n)}"))}\n");
        foreach (var type in ContractTypes.Interfaces)
        {
            text.Append(
                $"\n{ContractTypes.Alias(type)} = {type.Name} : {string.Join(", ", type.GetInterfaces().Select(i => i.Name).Where(n => n != nameof(IAddressable)).Order(StringComparer.Ordinal))}\n");
            foreach (var method in type.GetMethods().OrderBy(ContractTypes.Alias, StringComparer.Ordinal))
                text.Append(
                    $"  {ContractTypes.Alias(type)}/{ContractTypes.Alias(method)}: {ContractTypes.Name(method.ReturnType)} {method.Name}({string.Join(", ", method.GetParameters().Select(p => ContractTypes.Name(p.ParameterType)))})\n");
        }

        return text.ToString();
    }
}
