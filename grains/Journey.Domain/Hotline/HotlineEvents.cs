using System.Text.Json.Serialization;
using Journey.Contracts;

namespace Journey.Domain.Hotline;

/// <summary>What happened to a call. Persisted by the names given here.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(CallRang), "hotline.rang.v1")]
[JsonDerivedType(typeof(CallAnswered), "hotline.answered.v1")]
[JsonDerivedType(typeof(CallAbandoned), "hotline.abandoned.v1")]
[JsonDerivedType(typeof(CallbackPromised), "hotline.callback-promised.v1")]
[JsonDerivedType(typeof(CalledBack), "hotline.called-back.v1")]
[JsonDerivedType(typeof(AskedOnVisit), "hotline.asked-on-visit.v1")]
[JsonDerivedType(typeof(CallFinished), "hotline.finished.v1")]
public abstract record HotlineEvent
{
    public static readonly EventCodec<HotlineEvent> Codec = new SingleEventCodec<HotlineEvent>(HotlineJsonContext.Default.SingleEventHotlineEvent);

    private protected HotlineEvent() { }
}

public sealed record CallRang(Guid Call, DateTimeOffset At, [property: Sensitive] string? Caller, [property: Sensitive] string? Number,
    DateTimeOffset AnswerBy) : HotlineEvent;
public sealed record CallAnswered(Guid Call, DateTimeOffset At, Actor By) : HotlineEvent;
public sealed record CallAbandoned(Guid Call, DateTimeOffset At) : HotlineEvent;
public sealed record CallbackPromised(Guid Call, DateTimeOffset At, [property: Sensitive] string? Number, [property: Sensitive] string? About,
    DateTimeOffset By, Person Owner) : HotlineEvent;
public sealed record CalledBack(Guid Call, DateTimeOffset At, Actor By) : HotlineEvent;
public sealed record AskedOnVisit(Guid Call, DateTimeOffset At, VisitId Visit, Guid Question) : HotlineEvent;
public sealed record CallFinished(Guid Call, DateTimeOffset At) : HotlineEvent;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(SingleEvent<HotlineEvent>))]
internal sealed partial class HotlineJsonContext : JsonSerializerContext;
