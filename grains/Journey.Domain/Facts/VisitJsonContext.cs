using System.Text.Json.Serialization;
using Journey.Contracts.Visits;

namespace Journey.Domain.Facts;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(EventList<VisitEvent>))]
[JsonSerializable(typeof(VisitRow))]
internal sealed partial class VisitJsonContext : JsonSerializerContext;
