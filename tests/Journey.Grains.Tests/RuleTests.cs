using Journey.Contracts;
using Journey.Contracts.Alerts;
using Journey.Contracts.Care;
using Journey.Contracts.Staff;
using Journey.Contracts.Visits;
using Orleans.Core.Internal;

namespace Journey.Grains.Tests;

/// <summary>What is reported is the house's: a cluster of its own.</summary>
[CollectionDefinition(nameof(RuleTests))]
public sealed class RuleCluster : ICollectionFixture<Cluster>;

/// <summary>
/// Which rules call on a unit: from what its visits reported and what people decided, on every silo, for patients who are here already.
/// </summary>
[Collection(nameof(RuleTests))]
public sealed class RuleTests(Cluster cluster)
{
    private IRulesGrain Rules => cluster.Grains.GetGrain<IRulesGrain>(RuleKeys.House);

    [Fact]
    public async Task What_is_not_reported_of_visits_that_ended_stops_calling_and_wakes_by_itself()
    {
        var (unit, visit) = await Waiting("ed.room.max", TimeSpan.FromHours(1));
        await Ended(unit, 20, "roomed", "Nobody");
        await Hour();
        await Eventually.See("the alert gone, and why", () => cluster.Visit(visit).Timeline(),
            lines => lines.Any(l => l.Text == "Alert suppressed: Treatment room (not reported here)"));
        Assert.DoesNotContain((await Read(visit)).Alerts, a => a.Rule == "ed.room.max");
        // Each silo reads it for itself.
        var rule = await Eventually.See("the standing", () => Rule(unit, "ed.room.max"), r => r.Standing == RuleStanding.NotReported);
        Assert.Equal((RuleStanding.NotReported, new RuleReporting("roomed", 20, 0, 0, 7) { IsReported = false }), (rule.Standing, rule.Reporting));

        await Ended(unit, 20, "roomed", "Feed");
        await Hour();
        await Eventually.See("the alert back", () => Read(visit), row => row.Alerts.Any(a => a.Rule == "ed.room.max"));
        rule = await Eventually.See("the standing", () => Rule(unit, "ed.room.max"), r => r.Standing == RuleStanding.On);
        Assert.Equal((RuleStanding.On, 20), (rule.Standing, rule.Reporting!.ByFeed));
    }

    [Fact]
    public async Task The_safety_tier_goes_on_calling_until_a_person_says_that_it_is_not_reported()
    {
        var (unit, visit) = await Waiting("ed.triage", TimeSpan.FromMinutes(15));
        await Ended(unit, 100, "triaged", "Nobody");
        await Hour();
        Assert.Equal(RuleStanding.On, (await Rule(unit, "ed.triage")).Standing);
        Assert.Contains((await Read(visit)).Alerts, a => a.Rule == "ed.triage");

        Assert.Equal(OutcomeKind.Accepted,
            (await Rules.Switch(Feed.NewId(), Feed.Nurse, "ed.triage", unit, RuleSwitch.NotReported, "Nobody sends it")).Kind);
        await Eventually.See("the alert gone", () => Read(visit), row => row.Alerts.All(a => a.Rule != "ed.triage"));
        var rule = await Eventually.See("the standing", () => Rule(unit, "ed.triage"), r => r.Standing == RuleStanding.NotReported);
        Assert.Equal((RuleStanding.NotReported, RuleSwitch.NotReported, "Nurse Kim"), (rule.Standing, rule.Decided!.To, rule.Decided.By.Name));

        // Once it is reported, what the person said is over: it silences nobody when reports fail again.
        await Ended(unit, 200, "triaged", "Feed");
        await Hour();
        rule = await Eventually.See("the decision lapsed", () => Rule(unit, "ed.triage"),
            r => r is { Standing: RuleStanding.On, Decided.To: RuleSwitch.On });
        Assert.Equal(Actor.System, rule.Decided!.By);
        await Ended(unit, 1000, "triaged", "Nobody");
        await Hour();
        rule = await Eventually.See("the reports", () => Rule(unit, "ed.triage"), r => r.Reporting!.Visits > 1000);
        Assert.Equal(RuleStanding.On, rule.Standing);
        await Eventually.See("the alert back", () => Read(visit), row => row.Alerts.Any(a => a.Rule == "ed.triage"));
    }

    [Fact]
    public async Task Into_shadow_and_out_of_it_takes_at_once_and_counts_on()
    {
        var (unit, visit) = await Waiting("ed.triage", TimeSpan.FromMinutes(15));
        await Rules.Switch(Feed.NewId(), Feed.Nurse, "ed.triage", unit, RuleSwitch.Shadow, "A new site");
        await Eventually.See("the alert in shadow", () => Read(visit), row => row.Alerts.All(a => a.Rule != "ed.triage"));
        var quality = (await Rule(unit, "ed.triage")).Quality;
        // What has called has called, whatever is decided later.
        Assert.Equal((1, 0), (quality.Raised, quality.InShadow));

        await Rules.Switch(Feed.NewId(), Feed.Nurse, "ed.triage", unit, RuleSwitch.On);
        await Eventually.See("the alert called out", () => Read(visit), row => row.Alerts.Any(a => a.Rule == "ed.triage"));
        quality = (await Rule(unit, "ed.triage")).Quality;
        Assert.Equal((1, 0), (quality.Raised, quality.InShadow));
    }

    [Fact]
    public async Task How_a_rule_does_is_counted_from_the_store_with_the_hours_of_nurses_on_duty()
    {
        var (unit, id) = await Waiting("ed.triage", TimeSpan.FromMinutes(15));
        var (visit, now) = (cluster.Visit(id), cluster.Clock.GetUtcNow());
        await cluster.Grains.GetGrain<IStaffGrain>(StaffKeys.All)
            .BeginShift(Feed.NewId(), Feed.Nurse,
                new Shift(new(Feed.Nurse.Id, "Nurse Kim"), StaffRoles.Nurse, unit, now.AddHours(-2), now.AddHours(2)));
        var alert = (await Read(id)).Alerts.Single(a => a.Rule == "ed.triage");
        cluster.Clock.Advance(TimeSpan.FromMinutes(2));
        await visit.AcknowledgeAlert(new AcknowledgeAlert(Feed.NewId(), Feed.Nurse, cluster.Clock.GetUtcNow(), alert.Id, null));
        await visit.ReachStep(new ReachStep(Feed.NewId(), Feed.Nurse, cluster.Clock.GetUtcNow(), Steps.Triaged));
        var quality = (await Rule(unit, "ed.triage")).Quality;
        Assert.Equal((1, 1, 0), (quality.Raised, quality.ActedOn, quality.ByThemselves));
        Assert.Equal((cluster.Clock.GetUtcNow() - alert.RaisedAt).TotalSeconds, quality.MedianSecondsToTake!.Value, 1.0);
        Assert.InRange(quality.PerNurseHour!.Value, 0.4, 0.5);
    }

    [Fact]
    public async Task A_rule_above_its_budget_is_a_task_of_the_units_charge_nurse_until_it_calls_no_more()
    {
        var (unit, _) = await Waiting("ed.triage", TimeSpan.FromMinutes(15));
        await Unanswered(unit, "ed.triage", 12);
        cluster.Clock.Advance(TimeSpan.FromMinutes(61));
        var task = await Eventually.See("the task", () => Noise(unit), t => t is not null);
        Assert.Equal((unit, "ed.triage", default(VisitId)), (task!.Unit, task.Owed.Detail, task.Visit));
        Assert.StartsWith("Triage: Only 0 % of 12 were acted on.", task.Says, StringComparison.Ordinal);

        // Whoever looks after the restart of a board finds it too.
        await cluster.Board(unit).Cast<IGrainManagementExtension>().DeactivateOnIdle(TestContext.Current.CancellationToken).AsTask();
        Assert.Equal(task, await Eventually.See("the task", () => Noise(unit), t => t is not null));

        await Rules.Switch(Feed.NewId(), Feed.Nurse, "ed.triage", unit, RuleSwitch.Shadow, "Nobody acts on it");
        await Eventually.See("no task", () => Noise(unit), t => t is null);
    }

    private async Task<ListItem?> Noise(string unit) =>
        (await cluster.Grains.GetGrain<IOwedListGrain>(StaffKeys.Role(StaffRoles.ChargeNurse, unit)).Read()).Items
        .SingleOrDefault(i => i.Owed.Kind == OwedKind.Rule);

    [Fact]
    public async Task What_cannot_be_decided_is_refused()
    {
        Assert.Equal(RefusalCodes.RuleUnknown, (await Rules.Switch(Feed.NewId(), Feed.Nurse, "no.such", "ED", RuleSwitch.On)).Refusal!.Code);
        Assert.Equal(RefusalCodes.RuleIsAnswered,
            (await Rules.Switch(Feed.NewId(), Feed.Nurse, "family.asked", "ED", RuleSwitch.NotReported)).Refusal!.Code);
        foreach (var to in new[] { RuleSwitch.Shadow, RuleSwitch.NotReported })
            Assert.Equal(RefusalCodes.RuleNeedsReason, (await Rules.Switch(Feed.NewId(), Feed.Nurse, "ed.triage", "ED", to, " ")).Refusal!.Code);
        var id = Feed.NewId();
        var unit = new Feed(cluster).Unit;
        Assert.Equal([OutcomeKind.Accepted, OutcomeKind.Repeated],
            new[] { await Rules.Switch(id, Feed.Nurse, "rounding", unit, RuleSwitch.Shadow),
                await Rules.Switch(id, Feed.Nurse, "rounding", unit, RuleSwitch.Shadow) }.Select(o => o.Kind));
    }

    /// <summary>Somebody who has waited so long that the rule has called.</summary>
    private async Task<(string Unit, VisitId Visit)> Waiting(string rule, TimeSpan wait)
    {
        var feed = new Feed(cluster);
        await cluster.Intake.Receive(feed.Arrive());
        cluster.Clock.Advance(wait);
        var visit = await feed.Visit();
        await Eventually.See("the alert", () => Read(visit), row => row.Alerts.Any(a => a.Rule == rule));
        return (feed.Unit, visit);
    }

    private async Task<VisitRow> Read(VisitId visit) => (await cluster.Visit(visit).Read())!.Row;

    private async Task<RuleView> Rule(string unit, string rule)
    {
        var now = cluster.Clock.GetUtcNow();
        return (await Rules.Read([unit], now.AddDays(-7), now.AddSeconds(1))).Single(r => r.Rule == rule);
    }

    private Task Hour()
    {
        cluster.Clock.Advance(TimeSpan.FromHours(1));
        return Task.CompletedTask;
    }

    /// <summary>Visits that ended on the unit, of which something was reported.</summary>
    private Task Ended(string unit, int count, string fact, string by)
    {
        var ended = (cluster.Clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        return cluster.Execute($$"""
            with recursive n(i) as (select 1 union all select i + 1 from n where i < {{count}})
            insert into visit_card (visit, version, unit, status, on_board, search_text, occurred_at, closed_at, board_row)
            select printf('%08d-0000-5000-8000-%s', i, lower(hex(randomblob(6)))), 1, '{{unit}}', 'Departed', 0, '', {{ended}}, {{ended}},
                   '{"reports":[{"fact":"{{fact}}","unit":"{{unit}}","by":"{{by}}"}]}' from n
            """);
    }

    /// <summary>Alerts on which nobody acted.</summary>
    private Task Unanswered(string unit, string rule, int count)
    {
        var raised = (cluster.Clock.GetUtcNow().AddHours(-25) - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        return cluster.Execute($$"""
            with recursive n(i) as (select 1 union all select i + 1 from n where i < {{count}})
            insert into visit_alert (visit, rule, raised_at, unit, severity, shadow, taken_at, ended_at, ended_how)
            select printf('%08d-0000-5000-8000-%s', i, lower(hex(randomblob(6)))), '{{rule}}', {{raised}}, '{{unit}}', 1, 0, null, {{raised}} + 1, 'closed' from n
            """);
    }
}
