using Journey.Contracts.Intake;
using Journey.Gateway.Access;
using Journey.Gateway.Boards;
using Journey.Gateway.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Journey.Gateway.Feeds;

/// <summary>Feeds and the message log, for the integration engineer.</summary>
internal static class FeedEndpoints
{
    private const int MaxCount = 200;

    public static void MapFeeds(this IEndpointRouteBuilder app)
    {
        app.MapGroup(Api.Paths.Feeds).WithTags("Feeds").MapGet("", (FeedMonitor feeds) => TypedResults.Ok(feeds.InFull)).Needs(Operation.ReadFeeds).WithSummary("The feeds and how they are.");
        app.MapGroup(Api.Paths.Messages).WithTags("Feeds").MapGet("", Messages).Needs(Operation.ReadMessages)
            .WithSummary("The message log, newest first; before= the last sequence gives the next page.");
    }

    private static async Task<Results<Ok<IReadOnlyList<Api.LoggedMessage>>, ProblemHttpResult>> Messages(
        IGrainFactory grains, GrainCalls calls, CancellationToken cancellation, long? before = null, int count = 50)
    {
        if (count is < 1 or > MaxCount) return Problem.Invalid("count", $"1 to {MaxCount}.");
        var messages = await calls.Run(() => grains.GetGrain<IIntakeGrain>(0).Messages(before, count), cancellation);
        return TypedResults.Ok<IReadOnlyList<Api.LoggedMessage>>([.. messages.Select(View)]);
    }

    private static Api.LoggedMessage View(LoggedMessage logged) => new(
        logged.Sequence, logged.Message.ReceivedAt, logged.Message.Feed, logged.Message.Source, logged.Message.ControlId, logged.Message.Type,
        Words<IntakeResult>.Of(logged.Outcome.Result), logged.Outcome.Reason, logged.Message.Raw.Length);
}
