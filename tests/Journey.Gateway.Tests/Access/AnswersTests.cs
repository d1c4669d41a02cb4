using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Journey.Contracts.Access;

namespace Journey.Gateway.Tests.Access;

/// <summary>Which grain answers a gateway, by what the interfaces say of themselves and by what the gateway's own code calls.</summary>
public sealed class AnswersTests
{
    private static readonly Type[] Grains =
        [.. typeof(AnswersAttribute).Assembly.GetTypes().Where(type => type.IsInterface && type.IsAssignableTo(typeof(IGrain)))];

    [Fact]
    public void Every_grain_says_whom_it_answers()
    {
        Assert.NotEmpty(Grains);
        Assert.Equal([], Grains.Where(grain => grain.GetCustomAttribute<AnswersAttribute>() is null).Select(grain => grain.Name));
    }

    /// <summary>No more is open than is used: a gateway's certificate and key open what a gateway needs.</summary>
    [Fact]
    public void Gateways_are_answered_by_what_they_call_and_by_nothing_else()
    {
        var open = Grains.SelectMany(grain => grain.GetMethods()).Where(method => AnswersAttribute.AskersOf(method) == Askers.Gateways)
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}").ToHashSet();
        var called = Called();
        Assert.Equal([], called.Except(open));
        Assert.Equal([], open.Except(called));
    }

    [Fact]
    public void What_is_no_grain_of_this_house_is_not_its_to_say() => Assert.Null(AnswersAttribute.AskersOf(typeof(IRemindable).GetMethods()[0]));

    /// <summary>Each method of a grain that the compiled code of the gateway's wings refers to.</summary>
    private static HashSet<string> Called()
    {
        var names = Grains.Select(grain => grain.Name).ToHashSet();
        var wings = Directory.GetFiles(AppContext.BaseDirectory, "Journey.Gateway*.dll")
            .Where(file => !file.EndsWith(".Tests.dll", StringComparison.Ordinal)).ToArray();
        Assert.True(wings.Length > 1, "The wings are not beside the tests.");
        return [.. wings.SelectMany(wing => Called(wing, names))];
    }

    private static List<string> Called(string wing, HashSet<string> names)
    {
        using var file = new PEReader(File.OpenRead(wing));
        var code = file.GetMetadataReader();
        var called = new List<string>();
        foreach (var handle in code.MemberReferences)
        {
            var member = code.GetMemberReference(handle);
            if (member.Parent.Kind == HandleKind.TypeReference
                && code.GetString(code.GetTypeReference((TypeReferenceHandle)member.Parent).Name) is var type && names.Contains(type))
                called.Add($"{type}.{code.GetString(member.Name)}");
        }

        return called;
    }
}
