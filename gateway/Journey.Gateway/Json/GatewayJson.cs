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
[JsonSerializable(typeof(Api.QuestionRequest))]
[JsonSerializable(typeof(Api.TakeRequest))]
[JsonSerializable(typeof(Api.AnswerRequest))]
[JsonSerializable(typeof(Api.ConfirmRequest))]
[JsonSerializable(typeof(Api.WithdrawRequest))]
[JsonSerializable(typeof(Api.PromiseRequest))]
[JsonSerializable(typeof(Api.KeepRequest))]
[JsonSerializable(typeof(Api.NeedRequest))]
[JsonSerializable(typeof(Api.FinishRequest))]
[JsonSerializable(typeof(Api.HandoffRequest))]
[JsonSerializable(typeof(Api.AcceptRequest))]
[JsonSerializable(typeof(Api.ReturnRequest))]
[JsonSerializable(typeof(Api.Nothing))]
[JsonSerializable(typeof(Api.RoundRequest))]
[JsonSerializable(typeof(Api.LifeEventRequest))]
[JsonSerializable(typeof(Api.PulseRequest))]
[JsonSerializable(typeof(Api.ContactRequest))]
[JsonSerializable(typeof(Api.CodeWordRequest))]
[JsonSerializable(typeof(Api.CodeWordCheckRequest))]
[JsonSerializable(typeof(Api.CodeWordAnswer))]
[JsonSerializable(typeof(Api.LockRequest))]
[JsonSerializable(typeof(Api.HoldRequest))]
[JsonSerializable(typeof(Api.UpdateRequest))]
[JsonSerializable(typeof(Api.FamilyLink))]
[JsonSerializable(typeof(Api.OpenRequest))]
[JsonSerializable(typeof(Api.FamilyDoor))]
[JsonSerializable(typeof(Api.FamilyPage))]
[JsonSerializable(typeof(Api.FamilyQuestionRequest))]
[JsonSerializable(typeof(Api.WaitingRoom))]
[JsonSerializable(typeof(Api.HandoffContent))]
[JsonSerializable(typeof(Api.StaffMember))]
[JsonSerializable(typeof(Api.ShiftRequest))]
[JsonSerializable(typeof(Api.EndShiftRequest))]
[JsonSerializable(typeof(Api.OwedList))]
[JsonSerializable(typeof(Api.AlertBoard))]
[JsonSerializable(typeof(Api.GlassList))]
[JsonSerializable(typeof(Api.GlassTerms))]
[JsonSerializable(typeof(Api.Me))]
[JsonSerializable(typeof(Api.GlassRequest))]
[JsonSerializable(typeof(Api.GlassReviewRequest))]
[JsonSerializable(typeof(IReadOnlyList<Api.OpenSession>))]
[JsonSerializable(typeof(Api.EndSessionRequest))]
[JsonSerializable(typeof(Api.WallCode))]
[JsonSerializable(typeof(Api.WallState))]
[JsonSerializable(typeof(Api.WallRequest))]
[JsonSerializable(typeof(Api.Hotline))]
[JsonSerializable(typeof(Api.CallRequest))]
[JsonSerializable(typeof(Api.CallbackRequest))]
[JsonSerializable(typeof(Api.CallQuestionRequest))]
[JsonSerializable(typeof(IReadOnlyList<Api.UpdateTemplate>))]
[JsonSerializable(typeof(IReadOnlyList<Api.StaffMember>))]
[JsonSerializable(typeof(IReadOnlyList<Api.Shift>))]
[JsonSerializable(typeof(Api.AuditPage))]
[JsonSerializable(typeof(Api.PrintNote))]
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
