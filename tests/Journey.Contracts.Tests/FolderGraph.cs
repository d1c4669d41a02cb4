using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Journey.Contracts.Tests;

/// <summary>
/// The namespaces of one assembly and which of them names which, read from its compiled code: base types, signatures, attributes and every token of
/// every body. A namespace is its folder. Constants are not seen, the compiler has copied them: see <see cref="Add"/>.
/// </summary>
internal sealed class FolderGraph
{
    private static readonly Dictionary<int, OperandType> Operands = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value & 0xFFFF, code => code.OperandType);

    private readonly MetadataReader _code;
    private readonly PEReader _file;
    private readonly HashSet<(string From, string To)> _arrows = [];

    private FolderGraph(PEReader file) => (_file, _code) = (file, file.GetMetadataReader());

    /// <summary>From one folder to another of the same assembly.</summary>
    public IReadOnlySet<(string From, string To)> Arrows => _arrows;

    /// <summary>Adds arrows that are known otherwise.</summary>
    public void Add(IEnumerable<(string From, string To)> arrows) => _arrows.UnionWith(arrows);

    public static FolderGraph Read(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var graph = new FolderGraph(file);
        foreach (var handle in graph._code.TypeDefinitions) graph.Read(handle);
        return graph;
    }

    /// <summary>The folders of which each reaches itself over others.</summary>
    public IReadOnlyList<string> Circle()
    {
        var next = _arrows.ToLookup(arrow => arrow.From, arrow => arrow.To);
        return [.. _arrows.Select(arrow => arrow.From).Distinct().Where(folder => Reaches(folder, folder)).Order(StringComparer.Ordinal)];

        bool Reaches(string from, string to)
        {
            var (seen, open) = (new HashSet<string>(), new Stack<string>(next[from]));
            while (open.TryPop(out var folder))
            {
                if (folder == to) return true;
                if (seen.Add(folder))
                    foreach (var further in next[folder]) open.Push(further);
            }

            return false;
        }
    }

    private void Read(TypeDefinitionHandle handle)
    {
        // What generators write stands in namespaces of its own and names everything.
        if (FolderOf(handle) is not { } from) return;
        var names = new Names(this, from);
        var type = _code.GetTypeDefinition(handle);
        names.Add(type.BaseType);
        foreach (var implemented in type.GetInterfaceImplementations()) names.Add(_code.GetInterfaceImplementation(implemented).Interface);
        Attributes(type.GetCustomAttributes(), names);
        foreach (var field in type.GetFields().Select(_code.GetFieldDefinition))
        {
            field.DecodeSignature(names, null);
            Attributes(field.GetCustomAttributes(), names);
        }

        foreach (var method in type.GetMethods().Select(_code.GetMethodDefinition))
        {
            method.DecodeSignature(names, null);
            Attributes(method.GetCustomAttributes(), names);
            foreach (var parameter in method.GetGenericParameters().Select(_code.GetGenericParameter))
                foreach (var constraint in parameter.GetConstraints()) names.Add(_code.GetGenericParameterConstraint(constraint).Type);
            if (method.RelativeVirtualAddress != 0) Read(_file.GetMethodBody(method.RelativeVirtualAddress), names);
        }
    }

    private void Read(MethodBodyBlock body, Names names)
    {
        if (!body.LocalSignature.IsNil) _code.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(names, null);
        foreach (var region in body.ExceptionRegions) names.Add(region.CatchType);
        var il = body.GetILReader();
        while (il.RemainingBytes > 0)
        {
            int code = il.ReadByte();
            if (code == 0xFE) code = code << 8 | il.ReadByte();
            switch (Operands[code])
            {
                case OperandType.InlineNone: break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar: il.Offset++; break;
                case OperandType.InlineVar: il.Offset += 2; break;
                case OperandType.InlineI8 or OperandType.InlineR: il.Offset += 8; break;
                case OperandType.InlineSwitch:
                    var targets = il.ReadInt32();
                    il.Offset += 4 * targets;
                    break;
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok
                    or OperandType.InlineType:
                    names.Add(MetadataTokens.EntityHandle(il.ReadInt32())); break;
                default: il.Offset += 4; break;
            }
        }
    }

    private void Attributes(CustomAttributeHandleCollection attributes, Names names)
    {
        foreach (var attribute in attributes) names.Add(_code.GetCustomAttribute(attribute).Constructor);
    }

    /// <summary>The namespace of the outermost type; null for what no folder holds.</summary>
    private string? FolderOf(TypeDefinitionHandle handle)
    {
        var type = _code.GetTypeDefinition(handle);
        while (type.GetDeclaringType() is { IsNil: false } outer) type = _code.GetTypeDefinition(outer);
        return _code.GetString(type.Namespace) is var name && name.StartsWith("Journey.", StringComparison.Ordinal) ? name : null;
    }

    /// <summary>Notes each type of the assembly that is named, however deep in generics it stands.</summary>
    private sealed class Names(FolderGraph graph, string from) : ISignatureTypeProvider<int, object?>
    {
        public void Add(EntityHandle handle)
        {
            if (handle.IsNil) return;
            var code = graph._code;
            switch (handle.Kind)
            {
                case HandleKind.TypeDefinition: Add((TypeDefinitionHandle)handle); break;
                case HandleKind.TypeSpecification: code.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, null); break;
                case HandleKind.FieldDefinition: Add(code.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType()); break;
                case HandleKind.MethodDefinition: Add(code.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType()); break;
                case HandleKind.MemberReference: Add(code.GetMemberReference((MemberReferenceHandle)handle).Parent); break;
                case HandleKind.MethodSpecification:
                    var method = code.GetMethodSpecification((MethodSpecificationHandle)handle);
                    Add(method.Method);
                    method.DecodeSignature(this, null);
                    break;
            }
        }

        public int GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => Add(handle);

        public int GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind)
        {
            Add(handle);
            return 0;
        }

        public int GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => 0;
        public int GetArrayType(int elementType, ArrayShape shape) => 0;
        public int GetByReferenceType(int elementType) => 0;
        public int GetFunctionPointerType(MethodSignature<int> signature) => 0;
        public int GetGenericInstantiation(int genericType, System.Collections.Immutable.ImmutableArray<int> typeArguments) => 0;
        public int GetGenericMethodParameter(object? genericContext, int index) => 0;
        public int GetGenericTypeParameter(object? genericContext, int index) => 0;
        public int GetModifiedType(int modifier, int unmodifiedType, bool isRequired) => 0;
        public int GetPinnedType(int elementType) => 0;
        public int GetPointerType(int elementType) => 0;
        public int GetPrimitiveType(PrimitiveTypeCode typeCode) => 0;
        public int GetSZArrayType(int elementType) => 0;

        private int Add(TypeDefinitionHandle type)
        {
            if (graph.FolderOf(type) is { } to && to != from) graph._arrows.Add((from, to));
            return 0;
        }
    }
}
