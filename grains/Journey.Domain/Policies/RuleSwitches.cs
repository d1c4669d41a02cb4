using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Journey.Contracts;
using Journey.Contracts.Alerts;

namespace Journey.Domain.Policies;

/// <summary>What is recorded of rules. Persisted by the names given here.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(RuleSwitched), "rules.switched.v1")]
public abstract record RuleEvent
{
    public static readonly EventCodec<RuleEvent> Codec = new EventListCodec<RuleEvent>(RuleJsonContext.Default.EventListRuleEvent);

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
    public RuleSwitch? SwitchFor(string rule, string unit) => Entry(rule, unit)?.To;

    /// <summary>The same, with who decided it and when.</summary>
    public RuleDecision? Entry(string rule, string unit) =>
        Decided.TryGetValue((rule, unit), out var own) || Decided.TryGetValue((rule, ""), out own) ? own : null;

    public RuleSwitches Fold(RuleEvent e, Actor by) => e switch
    {
        RuleSwitched x => new(Decided.SetItem((x.Rule, x.Unit), new(x.To, x.Unit, x.At, by) { Reason = x.Reason })),
        _ => throw new InvalidOperationException($"No rule for the event {e.GetType().Name}."),
    };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(EventList<RuleEvent>))]
internal sealed partial class RuleJsonContext : JsonSerializerContext;
