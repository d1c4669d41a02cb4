using System.Text.Json.Serialization;

namespace Journey.Domain.Access;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(SingleEvent<GlassEvent>))]
[JsonSerializable(typeof(SingleEvent<SessionEvent>))]
[JsonSerializable(typeof(EventList<LookEvent>))]
[JsonSerializable(typeof(EventList<FindingEvent>))]
internal sealed partial class AccessJsonContext : JsonSerializerContext;
