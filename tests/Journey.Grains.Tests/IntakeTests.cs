using Journey.Contracts;
using Journey.Contracts.Boards;
using Journey.Contracts.Intake;
using Journey.Contracts.Patients;
using Journey.Contracts.Visits;

namespace Journey.Grains.Tests;

[Collection(nameof(ClusterTests))]
public sealed class IntakeTests(Cluster cluster)
{
    [Fact]
    public async Task An_arrival_becomes_a_row_on_the_board_of_its_unit()
    {
        var feed = new Feed(cluster);
        var outcome = await cluster.Intake.Receive(feed.Arrive(bed: "1"));
        Assert.Equal(IntakeResult.Applied, outcome.Result);
        var row = await Row(feed.Unit, feed.Number, r => r is not null);
        Assert.Equal(("Invented", "1", VisitStatus.Present), (row!.Patient.FamilyName, row.Location!.Bed, row.Status));
    }

    [Fact]
    public async Task A_message_sent_twice_is_applied_once()
    {
        var feed = new Feed(cluster);
        var message = feed.Arrive();
        await cluster.Intake.Receive(message);
        var again = await cluster.Intake.Receive(message);
        Assert.Equal(IntakeResult.Repeated, again.Result);
        Assert.Single(await cluster.Visit(await feed.Visit()).Timeline(), e => e.Kind == "Arrived");
    }

    [Fact]
    public async Task A_message_is_logged_once_for_each_time_it_came()
    {
        var feed = new Feed(cluster);
        var arrival = feed.Arrive();
        await cluster.Intake.Receive(arrival);
        await cluster.Intake.Receive(arrival);
        var person = feed.Message(VisitIntent.None, (id, key) => new Identify(id, Feed.Actor, feed.Now, VisitDetails.None, null, key));
        await cluster.Intake.Receive(person);
        var logged = await cluster.Intake.Messages(null, 200);
        Assert.Equal([IntakeResult.Repeated, IntakeResult.Applied],
            logged.Where(l => l.Message.ControlId == arrival.Log.ControlId).Select(l => l.Outcome.Result));
        Assert.Single(logged, l => l.Message.ControlId == person.Log.ControlId);
    }

    [Fact]
    public async Task A_long_stay_comes_back_from_its_snapshot_and_the_commits_behind_it()
    {
        var feed = new Feed(cluster);
        await cluster.Intake.Receive(feed.Arrive());
        var visit = cluster.Visit(await feed.Visit());
        var contact = new Contact(Feed.NewId(), Feed.Nurse, feed.Now);
        for (var i = 0; i < 69; i++) await visit.Contact(contact = contact with { Id = Feed.NewId() });
        await cluster.Grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero, TestContext.Current.CancellationToken);
        Assert.Equal(70, (await visit.Read())!.Row.Version);
        Assert.Equal(Outcome.Repeated(70), await visit.Contact(contact));
        Assert.Equal(Outcome.Accepted(71), await visit.Contact(contact with { Id = Feed.NewId() }));
    }

    [Fact]
    public async Task The_log_says_why_a_message_did_not_do_what_it_says()
    {
        var feed = new Feed(cluster);
        await cluster.Intake.Receive(feed.Arrive(bed: "1"));
        var cancel = feed.Message(VisitIntent.Reopens,
            (id, key) => new Cancel(id, Feed.Actor, feed.Now, feed.Details(), null, key, CancelledFact.Discharge, null));
        var outcome = await cluster.Intake.Receive(cancel);
        Assert.Equal(new IntakeOutcome(IntakeResult.Applied, Domain.Visits.Remarks.TakesNothingBack), outcome);
        Assert.Equal(outcome, Assert.Single(await cluster.Intake.Messages(null, 50), line => line.Message.ControlId == cancel.Log.ControlId).Outcome);
    }

    [Fact]
    public async Task A_transfer_moves_the_row_to_the_other_board()
    {
        var feed = new Feed(cluster);
        await cluster.Intake.Receive(feed.Arrive(bed: "1"));
        await Row(feed.Unit, feed.Number, r => r is not null);
        var ward = feed.Unit + "W";
        await cluster.Intake.Receive(feed.Transfer(ward, "9"));
        await Row(ward, feed.Number, r => r is not null);
        await Row(feed.Unit, feed.Number, r => r is null);
    }

    [Fact]
    public async Task A_cancelled_arrival_leaves_the_board()
    {
        var feed = new Feed(cluster);
        await cluster.Intake.Receive(feed.Arrive(bed: "1"));
        await Row(feed.Unit, feed.Number, r => r is not null);
        await cluster.Intake.Receive(feed.Message(VisitIntent.Revokes,
            (id, key) => new Cancel(id, Feed.Actor, feed.Now, feed.Details(), null, key, CancelledFact.Arrival, null)));
        await Row(feed.Unit, feed.Number, r => r is null);
    }

    [Fact]
    public async Task After_a_merge_the_old_id_leads_to_the_survivor_and_its_row_shows_the_survivors_name()
    {
        var feed = new Feed(cluster);
        await cluster.Intake.Receive(feed.Arrive(bed: "1"));
        var survivor = new PatientId(Guid.NewGuid());
        var merge = feed.Message(VisitIntent.None, (id, key) => new Identify(id, Feed.Actor, feed.Now, VisitDetails.None, null, key));
        merge = merge with
        {
            Steps = [new Merge(new PatientFacts { Id = survivor, FamilyName = "Survivor" }, feed.Patient, null, Feed.Actor, feed.Now)]
        };
        await cluster.Intake.Receive(merge);
        Assert.Equal(survivor, (await cluster.Patient(feed.Patient).Read())!.MergedInto);
        await Row(feed.Unit, feed.Number, r => r?.Patient.FamilyName == "Survivor");
        await cluster.Intake.Receive(feed.Discharge());
        var row = await Row(feed.Unit, feed.Number, r => r?.Status == VisitStatus.Departed);
        Assert.Equal(survivor, row!.Patient.Id);
    }

    [Fact]
    public async Task Merges_that_go_round_in_a_circle_change_nothing_and_are_accepted()
    {
        var feed = new Feed(cluster);
        var (a, b) = (new PatientFacts { Id = new PatientId(Guid.NewGuid()) }, new PatientFacts { Id = new PatientId(Guid.NewGuid()) });
        FeedMessage MessageOf(FeedStep step) =>
            feed.Message(VisitIntent.None, (id, key) => new Identify(id, Feed.Actor, feed.Now, VisitDetails.None, null, key)) with { Steps = [step] };
        await cluster.Intake.Receive(MessageOf(new Merge(a, b.Id, null, Feed.Actor, feed.Now)));
        var round = await cluster.Intake.Receive(MessageOf(new Merge(b, a.Id, null, Feed.Actor, feed.Now)));
        Assert.Equal(IntakeResult.Unchanged, round.Result);
    }

    [Fact]
    public async Task Two_swapped_beds_are_shown_at_once()
    {
        var first = new Feed(cluster);
        var second = new Feed(cluster) { Unit = first.Unit };
        await cluster.Intake.Receive(first.Arrive(bed: "1"));
        await cluster.Intake.Receive(second.Arrive(bed: "2"));
        await Row(first.Unit, second.Number, r => r is not null);
        var swap = Feed.NewId();
        var message = first.Message(VisitIntent.Continues, (id, key) => new SwapBed(id, Feed.Actor, first.Now, first.Details("2"), null, key, swap));
        var other = second.Message(VisitIntent.Continues, (id, key) => new SwapBed(id, Feed.Actor, first.Now, second.Details("1"), null, key, swap));
        using var watch = new Watcher(cluster, first.Unit);
        await watch.Start();
        await cluster.Intake.Receive(message with { Steps = [message.Steps[0], other.Steps[0]] });
        await Row(first.Unit, first.Number, r => r?.Location?.Bed == "2");
        Assert.All(watch.Boards(), board => Assert.Equal(2, board.Select(r => r.Location!.Bed).Distinct().Count()));
    }

    [Fact]
    public async Task Every_message_is_in_the_log_with_its_outcome()
    {
        var feed = new Feed(cluster);
        var message = feed.Arrive();
        await cluster.Intake.Receive(message);
        await cluster.Intake.Reject(message.Log with { ControlId = "bad-" + feed.Number }, "No PID.");
        var log = await cluster.Intake.Messages(null, 200);
        Assert.Equal(IntakeResult.Applied, log.Single(l => l.Message.ControlId == message.Log.ControlId).Outcome.Result);
        Assert.Equal("No PID.", log.Single(l => l.Message.ControlId == "bad-" + feed.Number).Outcome.Reason);
    }

    [Fact]
    public async Task A_visit_is_found_by_number_and_by_the_beginning_of_a_name()
    {
        var feed = new Feed(cluster);
        await cluster.Intake.Receive(feed.Arrive());
        var search = cluster.Grains.GetGrain<ISearchGrain>(0);
        Assert.Equal(feed.Number, Assert.Single(await search.ByNumber(feed.Number)).Number);
        Assert.Contains(await search.Search("inven pers", 100), r => r.Number == feed.Number);
        Assert.Empty(await search.Search("nobody of that name", 10));
    }

    [Fact]
    public async Task A_bed_is_dirty_since_its_patient_left_not_since_that_was_heard()
    {
        var feed = new Feed(cluster);
        await cluster.Intake.Receive(feed.Arrive(feed.Now.AddHours(-3), bed: "1"));
        await Row(feed.Unit, feed.Number, r => r is not null);
        var left = feed.Now.AddHours(-2);
        await cluster.Intake.Receive(feed.Transfer(feed.Unit + "W", "9", left));
        var bed = await Eventually.See("the dirty bed", async () => (await cluster.Board(feed.Unit).Read()).Beds.SingleOrDefault(b => b.Bed == "1"),
            b => b?.Status == BedStatus.Dirty);
        Assert.Equal(left, bed!.Since);
    }

    [Fact]
    public async Task Looking_at_a_unit_that_nobody_knows_does_not_make_it_one()
    {
        var typo = "TYPO" + Guid.NewGuid().ToString("N")[..6];
        await cluster.Board(typo).Read();
        var feed = new Feed(cluster);
        await cluster.Intake.Receive(feed.Arrive());
        var units = await Eventually.See("the unit that is one", () => cluster.Grains.GetGrain<IHospitalGrain>(BoardKeys.Hospital).Units(),
            u => u.Any(x => x.Unit == feed.Unit));
        Assert.DoesNotContain(units, u => u.Unit == typo);
    }

    private Task<VisitRow?> Row(string unit, string number, Func<VisitRow?, bool> expected) => Eventually.See(
        "the expected row",
        async () => (await cluster.Board(unit).Read()).Rows.SingleOrDefault(r => r.Number == number), expected);
}
