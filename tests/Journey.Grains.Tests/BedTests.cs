using Journey.Contracts;
using Journey.Contracts.Boards;
using Journey.Contracts.Patients;
using Journey.Contracts.Visits;

namespace Journey.Grains.Tests;

[Collection(nameof(ClusterTests))]
public sealed class BedTests(Cluster cluster)
{
    [Fact]
    public async Task Two_beds_that_are_swapped_are_both_in_use()
    {
        var first = new Feed(cluster);
        var second = new Feed(cluster) { Unit = first.Unit };
        await cluster.Intake.Receive(first.Arrive(first.Now.AddHours(-1), bed: "1"));
        await cluster.Intake.Receive(second.Arrive(first.Now.AddHours(-1), bed: "2"));
        var swap = Feed.NewId();
        var message = first.Message(VisitIntent.Continues, (id, key) => new SwapBed(id, Feed.Actor, first.Now, first.Details("2"), null, key, swap));
        var other = second.Message(VisitIntent.Continues, (id, key) => new SwapBed(id, Feed.Actor, first.Now, second.Details("1"), null, key, swap));
        using var watch = new Watcher(cluster, first.Unit);
        await watch.Start();
        await cluster.Intake.Receive(message with { Steps = [message.Steps[0], other.Steps[0]] });
        await Bed(first.Unit, "1", bed => bed?.Since == first.Now);
        await Bed(first.Unit, "2", bed => bed?.Since == first.Now);
        Assert.DoesNotContain(watch.Deltas().SelectMany(delta => delta.Beds ?? []), bed => bed.Status == BedStatus.Dirty);
    }

    [Fact]
    public async Task A_bed_that_is_written_in_another_case_is_the_same_bed()
    {
        var first = new Feed(cluster);
        var second = new Feed(cluster) { Unit = first.Unit };
        await cluster.Intake.Receive(first.Arrive(first.Now.AddHours(-3), bed: "3a"));
        await cluster.Intake.Receive(first.Discharge(first.Now.AddHours(-2)));
        await Bed(first.Unit, "3a", bed => bed?.Status == BedStatus.Dirty);
        await cluster.Intake.Receive(second.Arrive(first.Now.AddHours(-1), bed: "3A"));
        await Bed(first.Unit, "3a", bed => bed?.Status == BedStatus.Clean);
        var board = await cluster.Board(first.Unit).Read();
        Assert.Single(board.Beds);
        Assert.Equal("3a", board.Rows.Single(row => row.Status == VisitStatus.Present).Location?.Bed);
    }

    [Fact]
    public async Task A_cancelled_transfer_leaves_both_beds_as_they_were()
    {
        var feed = new Feed(cluster);
        var ward = feed.Unit + "W";
        var before = new Feed(cluster) { Unit = ward };
        await cluster.Intake.Receive(before.Arrive(feed.Now.AddHours(-9), bed: "9"));
        await cluster.Intake.Receive(before.Discharge(feed.Now.AddHours(-8)));
        await cluster.Intake.Receive(feed.Arrive(feed.Now.AddHours(-3), bed: "1"));
        await cluster.Intake.Receive(feed.Transfer(ward, "9", feed.Now.AddHours(-2)));
        await Bed(feed.Unit, "1", bed => bed?.Status == BedStatus.Dirty);
        await Bed(ward, "9", bed => bed?.Status == BedStatus.Clean);
        await cluster.Intake.Receive(feed.Message(VisitIntent.Continues, (id, key) => new Cancel(
            id, Feed.Actor, feed.Now.AddHours(-1), feed.Details("1"), null, key, CancelledFact.Transfer, null)));
        await Bed(feed.Unit, "1", bed => bed == new BedView("R", "1", BedStatus.Clean, feed.Now.AddHours(-3), null));
        await Bed(ward, "9", bed => bed?.Status == BedStatus.Dirty && bed.Since == feed.Now.AddHours(-8));
    }

    [Fact]
    public async Task A_cancelled_discharge_takes_back_that_the_bed_is_dirty()
    {
        var feed = new Feed(cluster);
        await cluster.Intake.Receive(feed.Arrive(feed.Now.AddHours(-3), bed: "1"));
        await cluster.Intake.Receive(feed.Discharge(feed.Now.AddHours(-1)));
        await Bed(feed.Unit, "1", bed => bed?.Status == BedStatus.Dirty && bed.Since == feed.Now.AddHours(-1));
        await cluster.Intake.Receive(feed.Message(VisitIntent.Reopens, (id, key) => new Cancel(
            id, Feed.Actor, feed.Now, feed.Details(), null, key, CancelledFact.Discharge, null)));
        await Bed(feed.Unit, "1", bed => bed == new BedView("R", "1", BedStatus.Clean, feed.Now.AddHours(-3), null));
    }

    [Fact]
    public async Task A_cancelled_admission_leaves_the_bed_as_it_was_said_to_be()
    {
        var feed = new Feed(cluster);
        await cluster.Board(feed.Unit).SetBed(Feed.NewId(), new Location(feed.Unit, "R", "1"), BedStatus.Clean, feed.Now.AddHours(-4));
        await cluster.Intake.Receive(feed.Arrive(feed.Now.AddHours(-3), bed: "1"));
        await Bed(feed.Unit, "1", bed => bed?.Since == feed.Now.AddHours(-3));
        await cluster.Intake.Receive(feed.Message(VisitIntent.Revokes, (id, key) => new Cancel(
            id, Feed.Actor, feed.Now, feed.Details(), null, key, CancelledFact.Arrival, null)));
        await Bed(feed.Unit, "1", bed => bed == new BedView("R", "1", BedStatus.Clean, feed.Now.AddHours(-4), null));
    }

    [Fact]
    public async Task A_report_that_landed_though_nobody_was_told_so_is_shown_without_being_sent_again()
    {
        var feed = new Feed(cluster);
        await cluster.Intake.Receive(feed.Arrive(feed.Now.AddHours(-3), bed: "1"));
        await Bed(feed.Unit, "1", bed => bed?.Status == BedStatus.Clean);
        var epoch = (await cluster.Board(feed.Unit).Read()).Epoch;
        cluster.Faults.Next("unit/" + feed.Unit, Fault.AfterWriting);
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => cluster.Board(feed.Unit)
            .SetBed(Feed.NewId(), new Location(feed.Unit, "R", "2"), BedStatus.Dirty, feed.Now));
        // The board stays, for whoever looks at it; it reads the beds again when it next compares itself.
        await Eventually.See("the bed", async () =>
        {
            cluster.Clock.Advance(TimeSpan.FromSeconds(15));
            return await cluster.Board(feed.Unit).Read();
        }, board => board.Beds.Any(bed => bed is { Bed: "2", Status: BedStatus.Dirty }) && board.Epoch == epoch);
    }

    private Task<BedView?> Bed(string unit, string name, Func<BedView?, bool> expected) => Eventually.See(
        $"bed {name}", async () => (await cluster.Board(unit).Read()).Beds.SingleOrDefault(bed => bed.Bed == name), expected);
}
