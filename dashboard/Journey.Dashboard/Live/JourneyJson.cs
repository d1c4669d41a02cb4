using System.Text.Json;
using System.Text.Json.Serialization;
using Journey.Api;

namespace Journey.Dashboard.Live;

/// <summary>Everything that is read or written, generated at build time: reflection costs a second of start-up in the browser.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Board))]
[JsonSerializable(typeof(BoardChange))]
[JsonSerializable(typeof(AlertChange))]
[JsonSerializable(typeof(IReadOnlyList<Unit>))]
[JsonSerializable(typeof(DateTimeOffset))]
[JsonSerializable(typeof(Visit))]
[JsonSerializable(typeof(IReadOnlyList<TimelineEntry>))]
[JsonSerializable(typeof(IReadOnlyList<FoundVisit>))]
[JsonSerializable(typeof(CommandResult))]
[JsonSerializable(typeof(TouchpointRequest))]
[JsonSerializable(typeof(AssignmentRequest))]
[JsonSerializable(typeof(FamilyWaitingRequest))]
[JsonSerializable(typeof(FamilyToldRequest))]
[JsonSerializable(typeof(AcknowledgeRequest))]
[JsonSerializable(typeof(SnoozeRequest))]
[JsonSerializable(typeof(ResolveRequest))]
[JsonSerializable(typeof(UndoRequest))]
[JsonSerializable(typeof(Problem))]
internal sealed partial class JourneyJson : JsonSerializerContext;

/// <summary>An RFC 9457 problem, as far as it is shown.</summary>
internal sealed record Problem(string? Title, string? Detail, string? Code, int? Status);
