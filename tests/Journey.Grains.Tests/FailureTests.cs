using Journey.Contracts;
using Journey.Contracts.Intake;
using Orleans.Core.Internal;

namespace Journey.Grains.Tests;

[Collection(nameof(ClusterTests))]
public sealed class FailureTests(Cluster cluster)
{
    [Theory]
    [InlineData("patient/", Fault.BeforeWriting)]
    [InlineData("patient/", Fault.AfterWriting)]
    [InlineData("visit/", Fault.BeforeWriting)]
    [InlineData("visit/", Fault.AfterWriting)]
    public async Task A_commit_whose_outcome_is_unknown_is_retried_with_the_same_message_and_lands_once(string stream, Fault fault)
    {
        var feed = new Feed(cluster);
        var message = feed.Arrive(bed: "1");
        cluster.Faults.Next(stream, fault);
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => cluster.Intake.Receive(message));
        var outcome = await cluster.Intake.Receive(message);
        Assert.True(outcome.Result is IntakeResult.Applied or IntakeResult.Repeated, outcome.ToString());
        Assert.Single(await cluster.Visit(await feed.Visit()).Timeline(), e => e.Kind == "Arrived");
        await Eventually.See("the row", async () => (await cluster.Board(feed.Unit).Read()).Rows, rows => rows.Any(r => r.Number == feed.Number));
    }

    [Fact]
    public async Task A_board_that_goes_to_sleep_tells_its_watchers_and_what_it_had_not_told_yet()
    {
        var feed = new Feed(cluster);
        using var watcher = new Watcher(cluster, feed.Unit);
        await watcher.Start();
        await cluster.Intake.Receive(feed.Arrive(bed: "1"));
        // The visit does not wait for the board: it has to have been told, or the next one is.
        await Eventually.See("the row", async () => (await cluster.Board(feed.Unit).Read()).Rows, rows => rows.Length == 1);
        await cluster.Board(feed.Unit).Cast<IGrainManagementExtension>().DeactivateOnIdle(TestContext.Current.CancellationToken);
        Assert.Equal(feed.Unit, await watcher.Gone.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
        await Eventually.See("the row", () => Task.FromResult(watcher.Boards()[^1]), rows => rows.Length == 1);
    }

    [Fact]
    public async Task What_a_silo_that_died_could_not_announce_is_on_the_board_without_anybody_asking()
    {
        var feed = new Feed(cluster);
        // The silo that will die is the younger one, and placement would choose it every time: it holds fewer grains.
        await cluster.PlaceOn(cluster.Silos[0], () => cluster.Board(feed.Unit).Read());
        await cluster.Intake.Receive(feed.Arrive(bed: "1"));
        await Eventually.See("the row", async () => (await cluster.Board(feed.Unit).Read()).Rows, rows => rows.Length == 1);
        await cluster
            .Execute($"update visit_card set version = version + 1, board_row = replace(board_row, '\"bed\":\"1\"', '\"bed\":\"2\"') where "
                + $"unit = '{feed.Unit}'");
        Assert.Equal("1", (await cluster.Board(feed.Unit).Read()).Rows[0].Location!.Bed);
        await cluster.StopSilo(cluster.Silos[^1]);
        var rows = await Eventually.See("the bed", async () => (await cluster.Board(feed.Unit).Read()).Rows, rows => rows[0].Location!.Bed == "2");
        Assert.Single(rows);
        await cluster.StartSilo();
    }

    [Fact]
    public async Task A_board_on_a_silo_that_died_is_rebuilt_from_cards_and_visits_go_on()
    {
        var feed = new Feed(cluster);
        await cluster.Intake.Receive(feed.Arrive(bed: "1"));
        await Eventually.See("the row", async () => (await cluster.Board(feed.Unit).Read()).Rows, rows => rows.Length == 1);
        await cluster.StopSilo(cluster.Silos[^1]);
        await cluster.StartSilo();
        var rows = await Eventually.See("the row after the crash", async () => (await cluster.Board(feed.Unit).Read()).Rows,
            rows => rows.Length == 1);
        Assert.Equal("1", rows[0].Location!.Bed);
        Assert.Equal(IntakeResult.Applied, (await cluster.Intake.Receive(feed.Discharge())).Result);
    }
}
