using System.Runtime.CompilerServices;
using Journey.Contracts.Access;
using Journey.Contracts.Audit;
using Journey.Gateway.Cluster.Calls;
using Journey.Gateway.Cluster.Units;
using Journey.Gateway.Live.Boards;
using Journey.Gateway.Live.Hub;
using Journey.Gateway.Trust.Access;
using Journey.Gateway.Trust.Audit;
using Journey.Gateway.Trust.Guards;
using Journey.Gateway.Trust.Identity;
using Journey.Gateway.Trust.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Journey.Gateway.Http.Units;

/// <summary>Units and their boards. What is read here is asked of the grains: push is a hint, this is the truth.</summary>
internal static class UnitEndpoints
{
    public static void MapUnits(this IEndpointRouteBuilder app)
    {
        var units = app.MapGroup(Api.Paths.Units).WithTags("Units");
        units.MapGet("", All).Needs(Operation.WatchTotals).WithSummary("All units with their totals.");
        units.MapGet("{unit}/board", Read).Needs(Operation.WatchUnit).Audited(AuditAction.ReadBoard)
            .WithSummary("A unit's board, made for the caller's role.");
        units.MapGet("{unit}/waiting-room", Room).Needs(Operation.ReadWaitingRoom)
            .WithSummary("The public board of a waiting room: codes that change, and plain words.");
        units.MapGet("{unit}/waiting-room/live", LiveRoom).Needs(Operation.ReadWaitingRoom).StaysOpen()
            .WithSummary("The same, again whenever it changes (server-sent events).");
        app.MapGet(Api.Paths.Templates, Templates).Needs(Operation.ReadTemplates).WithTags("Family")
            .WithSummary("The updates that the policy has words for.");
        units.MapGet("{unit}/wall", Read).Needs(Operation.WatchWall).Audited(AuditAction.ReadBoard)
            .WithSummary("A unit's board as a wall shows it: no full names, numbers or dates of birth.");
    }

    private static async Task<Ok<IReadOnlyList<Api.Unit>>> All(JourneyCluster cluster, CancellationToken cancellation)
    {
        var units = await KnownUnits.All(cluster, cancellation);
        return TypedResults.Ok<IReadOnlyList<Api.Unit>>([.. units.Select(BoardViews.Unit)]);
    }

    private static async Task<Results<Ok<Api.WaitingRoom>, ProblemHttpResult>> Room(string unit, JourneyCluster cluster,
        CancellationToken cancellation)
    {
        if (!UnitCode.TryReadSegment(unit, out var code) || !await KnownUnits.Has(code, cluster, cancellation)) return Problem.UnitUnknown();
        return await ReadRoom(code, cluster, cancellation) is { } room ? TypedResults.Ok(room) : NoWaitingRoom();
    }

    /// <summary>Nobody has said that this unit shows one.</summary>
    private static ProblemHttpResult NoWaitingRoom() =>
        Problem.Create(StatusCodes.Status404NotFound, Api.ProblemCodes.NoWaitingRoom,
            "This unit's waiting room has no public board: the policy's family: waitingRoom.units does not name it.");

    private static async Task<IResult> LiveRoom(
        string unit, JourneyCluster cluster, BoardSignals signals, BoardRelay relay, TimeProvider clock, CancellationToken cancellation)
    {
        if (!UnitCode.TryReadSegment(unit, out var code) || !await KnownUnits.Has(code, cluster, cancellation)) return Problem.UnitUnknown();
        return await ReadRoom(code, cluster, cancellation) is null ? NoWaitingRoom() : TypedResults.ServerSentEvents(Rooms(cancellation), "room");

        async IAsyncEnumerable<Api.WaitingRoom> Rooms([EnumeratorCancellation] CancellationToken stop)
        {
            while (!stop.IsCancellationRequested)
            {
                await relay.Watch(code, stop);
                var next = signals.Next(code);
                if (await ReadRoom(code, cluster, stop) is not { } room) yield break;
                yield return room;
                // Several changes at once are one look; without any, a look now and then shows new codes, and that the screen is live.
                await Task.WhenAny(next, Task.Delay(Beat, clock, stop));
                await Task.Delay(Calm, clock, stop);
            }
        }
    }

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(1);

    private static async Task<Api.WaitingRoom?> ReadRoom(string code, JourneyCluster cluster, CancellationToken cancellation)
    {
        var room = await cluster.Call(() => cluster.Board(code).WaitingRoom(), cancellation);
        return !room.IsShown ? null : new Api.WaitingRoom(room.Name,
            [.. room.Lines.Select(line => new Api.WaitingRoomLine(line.Code, line.Step, line.FamilyAsked))], room.AsOf);
    }

    private static async Task<Ok<IReadOnlyList<Api.UpdateTemplate>>> Templates(JourneyCluster cluster, CancellationToken cancellation)
    {
        var templates = await cluster.Call(() => cluster.Hospital.Templates(), cancellation);
        return TypedResults.Ok<IReadOnlyList<Api.UpdateTemplate>>(
            [.. templates.Select(t => new Api.UpdateTemplate(t.Key, t.Says, t.On, t.Texts.ToDictionary(x => x.Language, x => x.Text)))]);
    }

    private static async Task<Results<Ok<Api.Board>, ProblemHttpResult>> Read(
        string unit, HttpContext http, Callers callers, JourneyCluster cluster, IFeedStates feeds, CancellationToken cancellation)
    {
        if (!UnitCode.TryReadSegment(unit, out var code) || !await KnownUnits.Has(code, cluster, cancellation)) return Problem.UnitUnknown();
        var snapshot = await cluster.Call(() => cluster.Board(code).Read(), cancellation);
        if (callers.AudienceOf(http.Operation()!.Value, http.Caller(), code) is not { } audience) return Problem.Refused(Caller.Denied);
        return TypedResults.Ok(BoardViews.Board(BoardState.From(snapshot), audience, feeds.All));
    }
}
