using System.Collections.Concurrent;
using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Journey.Domain.Policies;

/// <summary>One thing wrong with a policy pack.</summary>
/// <param name="Line">1-based.</param>
/// <param name="Key">Where, such as <c>rules[3].max</c>.</param>
public sealed record PolicyError(long Line, string Key, string Message)
{
    public override string ToString() => $"line {Line}, {Key}: {Message}";
}

/// <summary>Either a policy or everything that is wrong with the text.</summary>
public sealed record PolicyReading(Policy? Policy, ImmutableArray<PolicyError> Errors);

/// <summary>Reads a policy pack. Strict: an unknown key is an error, because a mistyped threshold must not be silently absent.</summary>
public static class PolicyReader
{
    /// <summary>The pack on which the others rest.</summary>
    private const string DefaultName = "default";

    private static readonly ConcurrentDictionary<string, Policy> Built = new();

    /// <summary>The pack that ships with Journey.</summary>
    public static Policy Default => BuiltIn(DefaultName)!;

    /// <summary>The packs that ship with Journey, by name: the defaults, and triage scales and national targets that extend them.</summary>
    public static ImmutableArray<string> BuiltInNames { get; } =
        [.. typeof(PolicyReader).Assembly.GetManifestResourceNames().Where(n => n.EndsWith(".yaml", StringComparison.Ordinal))
            .Select(n => n[..^".yaml".Length]).Order(StringComparer.Ordinal)];

    /// <summary>Null when there is none of that name.</summary>
    public static Policy? BuiltIn(string name) => BuiltInNames.Contains(name) ? Built.GetOrAdd(name, ReadBuiltIn) : null;

    public static PolicyReading Read(string yaml)
    {
        var errors = ImmutableArray.CreateBuilder<PolicyError>();
        Policy? policy = null;
        var parser = new Parser(new StringReader(yaml));
        try
        {
            var stream = new YamlStream();
            stream.Load(parser);
            if (stream.Documents is [{ RootNode: YamlMappingNode root }, ..]) policy = PolicyPack.Policy(new PolicyNode(root, "", errors));
            else errors.Add(new PolicyError(1, "(file)", "a policy pack is a mapping of keys to values"));
        }
        catch (YamlException e)
        {
            errors.Add(new PolicyError(e.Start.Line, "(file)", "not YAML: " + e.Message));
        }
        catch (InvalidOperationException e)
        {
            // The parser's own state machine gives up on some texts instead of saying what is wrong with them.
            errors.Add(new PolicyError(parser.Current?.End.Line ?? 1, "(file)", "not YAML: " + e.Message));
        }

        return errors.Count == 0 ? new PolicyReading(policy, []) : new PolicyReading(null, errors.ToImmutable());
    }

    private static Policy ReadBuiltIn(string name)
    {
        using var reader = new StreamReader(typeof(PolicyReader).Assembly.GetManifestResourceStream(name + ".yaml")!);
        var reading = Read(reader.ReadToEnd());
        return reading.Policy ?? throw new InvalidOperationException($"The built-in policy pack '{name}': " + string.Join("; ", reading.Errors));
    }
}
