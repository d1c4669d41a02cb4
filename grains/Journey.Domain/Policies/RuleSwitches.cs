using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Journey.Contracts;
using Journey.Contracts.Alerts;

namespace Journey.Domain.Policies;

/// <summary>What is recorded of rules. Persisted by the names given here.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(RuleSwitched), "rules.switched.v1")]
public abstract record RuleEvent
{
    private protected RuleEvent() { }
}

/// <param name="Unit">Empty: on every unit for which nothing else was decided.</param>
public sealed record RuleSwitched(string Rule, string Unit, RuleSwitch To, DateTimeOffset At) : RuleEvent
{
    /// <summary>Why, in words; null when nobody said.</summary>
    [Sensitive] public string? Reason { get; init; }
}

/// <summary>What people decided of rules.</summary>
public sealed record RuleSwitches(ImmutableDictionary<(string Rule, string Unit), RuleDecision> Decided)
{
    public static readonly RuleSwitches None = new(ImmutableDictionary<(string, string), RuleDecision>.Empty);

    /// <summary>What was decided for the unit, else for the house; null when nobody decided.</summary>
    public RuleSwitch? Of(string rule, string unit) => Entry(rule, unit)?.To;

    /// <summary>The same, with who decided it and when.</summary>
    public RuleDecision? Entry(string rule, string unit) => Decided.TryGetValue((rule, unit), out var own) || Decided.TryGetValue((rule, ""), out own) ? own : null;

    public RuleSwitches Fold(RuleEvent e, Actor by) => e switch
    {
        RuleSwitched x => new(Decided.SetItem((x.Rule, x.Unit), new(x.To, x.Unit, x.At, by) { Reason = x.Reason })),
        _ => throw new InvalidOperationException($"No rule for the event {e.GetType().Name}."),
    };
}

public static class RuleJson
{
    /// <summary>Where in a payload sensitive texts lie.</summary>
    public static readonly SensitiveShape Shape = SensitiveShape.Of<RulePayload>();

    /// <summary>Every text that a payload can hold.</summary>
    public static IReadOnlyList<StoredText> Texts => SensitiveShape.TextsIn<RulePayload>();

    public static byte[] Write(Actor by, RuleEvent e) => JsonSerializer.SerializeToUtf8Bytes(new RulePayload(by, [e]), RuleJsonContext.Default.RulePayload);

    public static (Actor By, ImmutableArray<RuleEvent> Events) Read(ReadOnlySpan<byte> payload)
    {
        var read = JsonSerializer.Deserialize(payload, RuleJsonContext.Default.RulePayload) ?? throw new JsonException("An empty payload.");
        return (read.By, read.Events);
    }
}

internal sealed record RulePayload(Actor By, ImmutableArray<RuleEvent> Events);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true,
    AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(RulePayload))]
internal sealed partial class RuleJsonContext : JsonSerializerContext;
