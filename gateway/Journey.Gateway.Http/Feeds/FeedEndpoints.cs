using Journey.Contracts.Intake;
using Journey.Gateway.Cluster.Calls;
using Journey.Gateway.Cluster.Wire;
using Journey.Gateway.Live.Hub;
using Journey.Gateway.Trust.Access;
using Journey.Gateway.Trust.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Journey.Gateway.Http.Feeds;

/// <summary>Feeds and the message log, for the integration engineer.</summary>
internal static class FeedEndpoints
{
    private const int MaxCount = Api.Limits.MessagePage;

    public static void MapFeeds(this IEndpointRouteBuilder app)
    {
        app.MapGroup(Api.Paths.Feeds).WithTags("Feeds").MapGet("", (IFeedStates feeds) => TypedResults.Ok(feeds.InFull)).Needs(Operation.ReadFeeds)
            .WithSummary("The feeds and how they are.");
        app.MapGroup(Api.Paths.Messages).WithTags("Feeds").MapGet("", Messages).Needs(Operation.ReadMessages)
            .WithSummary("The message log, newest first; before= the last sequence gives the next page.");
    }

    private static async Task<Results<Ok<IReadOnlyList<Api.LoggedMessage>>, ProblemHttpResult>> Messages(
        JourneyCluster cluster, CancellationToken cancellation, long? before = null, int count = 50)
    {
        if (count is < 1 or > MaxCount) return Problem.Invalid("count", $"1 to {MaxCount}.");
        var messages = await cluster.Call(() => cluster.Intake.Messages(before, count), cancellation);
        return TypedResults.Ok<IReadOnlyList<Api.LoggedMessage>>([.. messages.Select(View)]);
    }

    private static Api.LoggedMessage View(LoggedMessage logged) => new(
        logged.Sequence, logged.Message.ReceivedAt, logged.Message.Feed, logged.Message.Source, logged.Message.ControlId, logged.Message.Type,
        WireName<IntakeResult>.Joined(logged.Outcome.Result), logged.Outcome.Reason, logged.Message.Raw.Length);
}
