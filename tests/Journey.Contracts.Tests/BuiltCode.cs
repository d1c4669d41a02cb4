using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Journey.Contracts.Tests;

/// <summary>What stands in an assembly as it was built, read without loading it.</summary>
internal sealed class BuiltCode : IDisposable
{
    /// <summary>Before the arguments of each attribute (ECMA-335 II.23.3).</summary>
    private const ushort Prolog = 1;

    private readonly PEReader _file;
    private readonly MetadataReader _code;

    private BuiltCode(PEReader file) => (_file, _code) = (file, file.GetMetadataReader());

    /// <summary>What the test says of a project that was not built is that it is skipped.</summary>
    public static BuiltCode Of(string project)
    {
        var assembly = Repository.Built(project);
        Assert.SkipUnless(File.Exists(assembly), $"{project} is not built.");
        return new(new PEReader(File.OpenRead(assembly)));
    }

    public void Dispose() => _file.Dispose();

    /// <summary>The other assemblies of the house that the code names.</summary>
    public IEnumerable<string> References => _code.AssemblyReferences.Select(one => _code.GetString(_code.GetAssemblyReference(one).Name))
        .Where(name => name.StartsWith("Journey.", StringComparison.Ordinal));

    /// <summary>The first argument of each attribute of a name, which is a number; and what it stands at.</summary>
    public IEnumerable<(string At, int Number)> Numbers(string attribute) => Attributes(attribute)
        .Select(one => (NameOf(one.Parent), Read(_code.GetBlobReader(one.Value))));

    /// <summary>Whether anything has an attribute of a name.</summary>
    public bool Has(string attribute) => Attributes(attribute).Any();

    /// <summary>The values of all constants of a name.</summary>
    public IEnumerable<string> Texts(string constant) => _code.FieldDefinitions.Select(_code.GetFieldDefinition)
        .Where(field => field.Attributes.HasFlag(FieldAttributes.Literal) && _code.GetString(field.Name) == constant)
        .Select(field => _code.GetConstant(field.GetDefaultValue())).Where(value => value.TypeCode == ConstantTypeCode.String)
        .Select(value => (string)_code.GetBlobReader(value.Value).ReadConstant(ConstantTypeCode.String)!);

    private IEnumerable<CustomAttribute> Attributes(string name) =>
        _code.CustomAttributes.Select(_code.GetCustomAttribute).Where(one => TypeOf(one.Constructor) == name);

    private static int Read(BlobReader arguments) => arguments.ReadUInt16() == Prolog ? arguments.ReadInt32()
        : throw new BadImageFormatException("An attribute begins with its prolog.");

    private string? TypeOf(EntityHandle constructor) => constructor.Kind == HandleKind.MemberReference
        && _code.GetMemberReference((MemberReferenceHandle)constructor).Parent is { Kind: HandleKind.TypeReference } type
        ? _code.GetString(_code.GetTypeReference((TypeReferenceHandle)type).Name)
        : null;

    private string NameOf(EntityHandle at)
    {
        if (at.Kind != HandleKind.MethodDefinition) return at.Kind.ToString();
        var method = _code.GetMethodDefinition((MethodDefinitionHandle)at);
        return $"{_code.GetString(_code.GetTypeDefinition(method.GetDeclaringType()).Name)}.{_code.GetString(method.Name)}";
    }
}
