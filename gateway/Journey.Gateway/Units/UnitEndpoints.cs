using Journey.Contracts.Boards;
using Journey.Gateway.Boards;
using Journey.Gateway.Feeds;
using Journey.Gateway.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Journey.Gateway.Units;

/// <summary>Units and their boards. What is read here is asked of the grains: push is a hint, this is the truth.</summary>
internal static class UnitEndpoints
{
    public static void MapUnits(this WebApplication app)
    {
        var units = app.MapGroup(Api.Paths.Units).WithTags("Units");
        units.MapGet("", All).WithSummary("All units with their totals.");
        units.MapGet("{unit}/board", Board).WithSummary("A unit's board as the desk sees it.");
        units.MapGet("{unit}/wall", Wall).WithSummary("A unit's board as a wall shows it: no full names, numbers or dates of birth.");
    }

    private static async Task<Ok<IReadOnlyList<Api.Unit>>> All(IGrainFactory grains, GrainCalls calls, CancellationToken cancellation)
    {
        var units = await KnownUnits.All(grains, calls, cancellation);
        return TypedResults.Ok<IReadOnlyList<Api.Unit>>([.. units.Select(BoardViews.Unit)]);
    }

    private static Task<Results<Ok<Api.Board>, ProblemHttpResult>> Board(string unit, IGrainFactory grains, GrainCalls calls, FeedMonitor feeds, CancellationToken cancellation) =>
        Read(unit, Audience.Desk, grains, calls, feeds, cancellation);

    private static Task<Results<Ok<Api.Board>, ProblemHttpResult>> Wall(string unit, IGrainFactory grains, GrainCalls calls, FeedMonitor feeds, CancellationToken cancellation) =>
        Read(unit, Audience.Wall, grains, calls, feeds, cancellation);

    private static async Task<Results<Ok<Api.Board>, ProblemHttpResult>> Read(
        string unit, Audience audience, IGrainFactory grains, GrainCalls calls, FeedMonitor feeds, CancellationToken cancellation)
    {
        if (!UnitCode.TryRead(unit, out var code) || !await KnownUnits.Has(code, grains, calls, cancellation)) return Problem.UnitUnknown();
        var snapshot = await calls.Run(() => grains.GetGrain<IUnitBoardGrain>(BoardKeys.Unit(code)).Read(), cancellation);
        return TypedResults.Ok(BoardViews.Board(BoardState.From(snapshot), audience, feeds.All));
    }
}
