using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.Mvc;

namespace Journey.Gateway.Json;

/// <summary>The public contract as JSON, generated at build time: camelCase, times ISO 8601 with offset.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(IReadOnlyList<Api.Unit>))]
[JsonSerializable(typeof(Api.Board))]
[JsonSerializable(typeof(Api.BoardChange))]
[JsonSerializable(typeof(Api.AlertChange))]
[JsonSerializable(typeof(IReadOnlyList<Api.Feed>))]
[JsonSerializable(typeof(Api.Visit))]
[JsonSerializable(typeof(IReadOnlyList<Api.TimelineEntry>))]
[JsonSerializable(typeof(IReadOnlyList<Api.FoundVisit>))]
[JsonSerializable(typeof(IReadOnlyList<Api.LoggedMessage>))]
[JsonSerializable(typeof(Api.CommandResult))]
[JsonSerializable(typeof(Api.TouchpointRequest))]
[JsonSerializable(typeof(Api.AssignmentRequest))]
[JsonSerializable(typeof(Api.FamilyWaitingRequest))]
[JsonSerializable(typeof(Api.FamilyToldRequest))]
[JsonSerializable(typeof(Api.AcknowledgeRequest))]
[JsonSerializable(typeof(Api.SnoozeRequest))]
[JsonSerializable(typeof(Api.ResolveRequest))]
[JsonSerializable(typeof(Api.UndoRequest))]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(HttpValidationProblemDetails))]
[JsonSerializable(typeof(DateTimeOffset))]
internal sealed partial class GatewayJson : JsonSerializerContext;

internal static class GatewayJsonSetup
{
    public static void AddGatewayJson(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, GatewayJson.Default));
        services.Configure<JsonHubProtocolOptions>(json => json.PayloadSerializerOptions.TypeInfoResolverChain.Insert(0, GatewayJson.Default));
    }
}
