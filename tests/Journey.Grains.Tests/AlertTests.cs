using Journey.Contracts.Alerts;
using Journey.Contracts.Boards;
using Journey.Contracts.Families;
using Journey.Contracts.Visits;

namespace Journey.Grains.Tests;

[Collection(nameof(ClusterTests))]
public sealed class AlertTests(Cluster cluster)
{
    [Fact]
    public async Task A_touchpoint_that_goes_stale_raises_one_alert_when_it_is_due_and_clears_when_somebody_acts()
    {
        var feed = new Feed(cluster);
        await cluster.Intake.Receive(feed.Arrive());
        var visit = await feed.Visit();
        await Board(feed, r => r is { Alerts.Length: 0 });
        cluster.Clock.Advance(TimeSpan.FromMinutes(10));
        var row = await Board(feed, r => r?.Alerts.Any(a => a is { Rule: "ed.triage", Severity: Severity.Warning }) == true);
        var alert = row!.Alerts.Single(a => a.Rule == "ed.triage");
        await cluster.Visit(visit).AcknowledgeAlert(new AcknowledgeAlert(Feed.NewId(), Feed.Nurse, feed.Now, alert.Id, null));
        row = await Board(feed, r => r?.Alerts.Any(a => a.State == AlertState.Acknowledged) == true);
        Assert.Equal("Nurse Kim", row!.Alerts.Single(a => a.Rule == "ed.triage").Owner!.Name);
        await cluster.Visit(visit).ReachStep(new ReachStep(Feed.NewId(), Feed.Nurse, feed.Now, Steps.Triaged));
        await Board(feed, r => r?.Alerts.All(a => a.Rule != "ed.triage") == true);
        var raised = (await cluster.Visit(visit).Timeline())
            .Where(e => e.Kind == "AlertRaised" && e.Text.Contains("Triage", StringComparison.Ordinal));
        Assert.Single(raised);
    }

    [Fact]
    public async Task A_review_that_comes_early_is_done_when_its_time_has_come()
    {
        var feed = new Feed(cluster);
        await cluster.Intake.Receive(feed.Arrive());
        var visit = await feed.Visit();
        var row = await Board(feed, r => r is { Alerts.Length: 0 });
        // The clock of the board's silo is ahead: it asks too early, and believes that it has asked.
        await cluster.Board(feed.Unit).Announce(new VisitNotice(visit, 1_000, row! with { Version = 1_000 }, null, null));
        cluster.Clock.Advance(TimeSpan.FromMinutes(8) - TimeSpan.FromSeconds(2));
        await cluster.Visit(visit).Review();
        Assert.DoesNotContain((await cluster.Visit(visit).Read())!.Row.Alerts, a => a.Rule == "ed.triage");
        // The second net is a second behind.
        cluster.Clock.Advance(TimeSpan.FromSeconds(2));
        await Eventually.See("the alert", async () => (await cluster.Visit(visit).Read())!.Row.Alerts,
            alerts => alerts.Any(a => a.Rule == "ed.triage"));
    }

    [Fact]
    public async Task A_family_that_asks_is_an_alert_at_once_until_it_is_told()
    {
        var feed = new Feed(cluster);
        await cluster.Intake.Receive(feed.Arrive());
        var visit = cluster.Visit(await feed.Visit());
        await visit.FamilyWaits(new FamilyWaits(Feed.NewId(), Feed.Nurse, feed.Now, "sister"));
        await Board(feed, r => r?.Alerts.Any(a => a is { Rule: "family.asked", Kind: "family" }) == true && r.Family.WaitingSince is not null);
        await visit.TellFamily(new TellFamily(Feed.NewId(), Feed.Nurse, feed.Now, "sister", "waiting for the scan", feed.Now.AddMinutes(30)));
        var row = await Board(feed, r => r is { Family.WaitingSince: null } && r.Alerts.All(a => a.Kind != "family"));
        Assert.True(row!.Family.Promised);
        cluster.Clock.Advance(TimeSpan.FromMinutes(30));
        await Board(feed, r => r?.Alerts.Any(a => a.Rule == "family.promise") == true);
    }

    [Fact]
    public async Task An_undone_word_to_the_family_lets_them_wait_again_under_the_same_alert()
    {
        var feed = new Feed(cluster);
        await cluster.Intake.Receive(feed.Arrive());
        var visit = cluster.Visit(await feed.Visit());
        await visit.FamilyWaits(new FamilyWaits(Feed.NewId(), Feed.Nurse, feed.Now, null));
        var before = (await visit.Read())!.Row.Alerts.Single(a => a.Rule == "family.asked");
        var told = Feed.NewId();
        await visit.TellFamily(new TellFamily(told, Feed.Nurse, feed.Now, null, null, null));
        await visit.Undo(new Undo(Feed.NewId(), Feed.Nurse, feed.Now, told));
        var after = (await visit.Read())!.Row;
        Assert.Equal(before.Id, after.Alerts.Single(a => a.Rule == "family.asked").Id);
        Assert.NotNull(after.Family.WaitingSince);
    }

    [Fact]
    public async Task A_deadline_is_kept_when_the_board_that_watches_it_dies()
    {
        var feed = new Feed(cluster);
        await cluster.Intake.Receive(feed.Arrive());
        await Board(feed, r => r is not null);
        await cluster.StopSilo(cluster.Silos[^1]);
        await cluster.StartSilo();
        cluster.Clock.Advance(TimeSpan.FromMinutes(12));
        await Eventually.See("the alert", async () =>
        {
            cluster.Clock.Advance(TimeSpan.FromSeconds(2));
            return (await cluster.Visit(await feed.Visit()).Read())!.Row.Alerts;
        }, alerts => alerts.Count(a => a.Rule == "ed.triage") == 1);
    }

    private Task<VisitRow?> Board(Feed feed, Func<VisitRow?, bool> expected) => Eventually.See(
        "the expected row", async () => (await cluster.Board(feed.Unit).Read()).Rows.SingleOrDefault(r => r.Number == feed.Number), expected,
        r => r is null ? "no row" : $"alerts [{string.Join(", ", r.Alerts.Select(a => $"{a.Rule} {a.State} {a.Severity}"))}]");
}
