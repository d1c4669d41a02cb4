using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Alerts;
using Journey.Contracts.Visits;
using Journey.Domain.Alerts;
using Journey.Domain.Facts;
using Journey.Domain.Policies;
using Journey.Domain.Visits;
using static Journey.Domain.Tests.Spec;

namespace Journey.Domain.Tests.Alerts;

/// <summary>A clock that nobody can stop is no alarm: what is reported, what people decided, and what calls then.</summary>
public sealed class RuleWatchTests
{
    private static readonly Actor Lead = new("staff/lead", "Lena Ode");

    [Theory]
    // Service tier: too few visits say nothing; below the share it calls nobody; at it, it calls.
    [InlineData("ed.room.max", 19, 0, null, RuleStanding.On)]
    [InlineData("ed.room.max", 20, 9, null, RuleStanding.NotReported)]
    [InlineData("ed.room.max", 20, 10, null, RuleStanding.On)]
    // A person may say so before there are visits; what is reported says otherwise later.
    [InlineData("ed.room.max", 3, 0, RuleSwitch.NotReported, RuleStanding.NotReported)]
    [InlineData("ed.room.max", 40, 30, RuleSwitch.NotReported, RuleStanding.On)]
    // The safety tier is silenced by a person only, and wakes by itself.
    [InlineData("ed.triage", 212, 8, null, RuleStanding.On)]
    [InlineData("ed.triage", 212, 8, RuleSwitch.NotReported, RuleStanding.NotReported)]
    [InlineData("ed.triage", 212, 150, RuleSwitch.NotReported, RuleStanding.On)]
    [InlineData("ed.triage", 212, 8, RuleSwitch.On, RuleStanding.On)]
    // Shadow is shadow, whatever is reported.
    [InlineData("ed.triage", 212, 200, RuleSwitch.Shadow, RuleStanding.Shadow)]
    // Somebody here asked: it can be answered here.
    [InlineData("family.asked", 0, 0, null, RuleStanding.On)]
    public void A_rule_stands_as_it_is_reported_and_decided(string rule, int visits, int reported, RuleSwitch? decided, RuleStanding expected)
    {
        var policy = Watched(rule, visits, reported, decided);
        Assert.Equal(expected, policy.Standing(policy.Rule(rule)!, "ED"));
        Assert.Equal(RuleStanding.On, policy.Standing(policy.Rule(rule)!, "OPD"));
    }

    [Fact]
    public void On_a_new_site_every_rule_is_in_shadow_until_somebody_turns_it_on_for_the_unit_or_for_the_house()
    {
        var watch = RuleWatch.Everywhere with { BeginsInShadow = true };
        var policy = Patience with { Watch = watch };
        Assert.All(policy.Rules, rule => Assert.Equal(RuleStanding.Shadow, policy.Standing(rule, "ED")));
        policy = policy with
        {
            Watch = watch with { Switches = RuleSwitches.None.Fold(new RuleSwitched("ed.triage", "", RuleSwitch.On, Door), Lead) }
        };
        Assert.Equal(RuleStanding.On, policy.Standing(policy.Rule("ed.triage")!, "ED"));
        policy = policy with
        {
            Watch = policy.Watch with { Switches = policy.Watch.Switches.Fold(new RuleSwitched("ed.triage", "ED", RuleSwitch.Shadow, Door), Lead) }
        };
        Assert.Equal((RuleStanding.Shadow, RuleStanding.On),
            (policy.Standing(policy.Rule("ed.triage")!, "ED"), policy.Standing(policy.Rule("ed.triage")!, "OBS")));
    }

    [Fact]
    public void Of_what_is_not_reported_no_clock_runs_and_no_alert_is_raised()
    {
        var spec = new Spec(Watched("ed.room.max", 100, 4)).Given(Say.Arrive(0));
        spec.Review(300);
        Assert.Null(spec.Open("ed.room.max"));
        Assert.DoesNotContain(spec.View.Clocks, clock => clock.Rule == "ed.room.max");
        Assert.NotNull(spec.Open("ed.triage"));
    }

    [Fact]
    public void An_alert_whose_fact_turns_out_not_to_be_reported_ends_and_says_why()
    {
        var spec = new Spec().Given(Say.Arrive(0));
        spec.Review(61);
        var alert = spec.Open("ed.room.max")!;
        var events = AlertRules.Review(Id, spec.Visit, Watched("ed.room.max", 100, 4), At(62));
        Assert.Contains(new AlertResolved(alert.Id, Resolutions.Suppressed, "not reported here"), events);
    }

    [Fact]
    public void In_shadow_an_alert_is_counted_and_shown_to_nobody_until_the_rule_is_turned_on()
    {
        var shadow = Watched("ed.triage", 0, 0, RuleSwitch.Shadow);
        var spec = new Spec(shadow).Given(Say.Arrive(0));
        spec.Review(25);
        var alert = spec.Open("ed.triage")!;
        Assert.Equal((true, null, Severity.Critical), (alert.IsShadow, alert.LadderSince, alert.Severity));
        Assert.DoesNotContain(spec.Row.Alerts, a => a.Rule == "ed.triage");
        Assert.Equal(RefusalCodes.AlertUnknown, spec.When(Say.Acknowledge(25, alert.Id)).Refused);
        Assert.DoesNotContain(Narrator.Tell(spec.Commits, spec.Visit, shadow, spec.Now),
            line => line.Text.Contains("Triage", StringComparison.Ordinal));

        var on = Continue(spec.Visit, Patience, 30);
        Assert.Equal((false, At(30)), (on.Alert(alert.Id)!.IsShadow, on.Alert(alert.Id)!.LadderSince));
        Assert.Contains(VisitProjection.Row(Id, on, Patience).Alerts, a => a.Id == alert.Id);
        Assert.Empty(AlertRules.Review(Id, on, Patience, At(30)));
    }

    [Fact]
    public void In_shadow_a_clock_is_on_no_board_and_no_page_and_counts_on()
    {
        var every = Patience with { Watch = RuleWatch.Everywhere with { BeginsInShadow = true } };
        var spec = new Spec(every).Given(Say.Arrive(0), Say.Family(0), Say.Tell(1));
        spec.Review(200);
        Assert.Equal((null, null, false), (spec.Row.Clock, spec.Row.Family.NextDueAt, spec.Row.Family.Promised));
        Assert.Empty(spec.View.Clocks);
        Assert.Contains(spec.Visit.Alerts, a => a is { Rule: "ed.triage", IsShadow: true, Severity: Severity.Critical });
        Assert.NotNull(spec.NextDeadline);

        // One rule in shadow hides its own clock and no other.
        var one = Watched("ed.triage", 0, 0, RuleSwitch.Shadow);
        var view = VisitProjection.View(Id, spec.Visit, one, At(200));
        Assert.DoesNotContain(view.Clocks, c => c.Rule == "ed.triage");
        Assert.Equal(view.Clocks.First(c => one.Rule(c.Rule)!.Kind == RuleKind.Touchpoint), view.Row.Clock);
        Assert.NotNull(view.Row.Family.NextDueAt);
        Assert.Contains(VisitProjection.View(Id, spec.Visit, Patience, At(200)).Clocks, c => c.Rule == "ed.triage");
    }

    [Fact]
    public void What_somebody_promised_a_family_stands_on_its_page_though_nobody_is_called_about_it()
    {
        var spec = new Spec(Patience with { Watch = RuleWatch.Everywhere with { BeginsInShadow = true } })
            .Given(Say.Arrive(0, "ED/3/A"), Say.Tell(1, next: 40));
        Assert.Equal((At(40), true), Clocks.FamilyDue(spec.Visit, spec.Policy, toFamily: true));
        Assert.Null(spec.Row.Family.NextDueAt);
    }

    [Fact]
    public void Turned_off_an_alert_calls_nobody_and_turned_on_again_whoever_had_it_has_it()
    {
        var shadow = Watched("ed.triage", 0, 0, RuleSwitch.Shadow);
        var spec = new Spec().Given(Say.Arrive(0));
        spec.Review(12);
        spec.Given(Say.Acknowledge(13, spec.Open("ed.triage")!.Id, by: 40));
        var off = Continue(spec.Visit, shadow, 14);
        Assert.True(off.Alerts.Single(a => a.Rule == "ed.triage").IsShadow);
        Assert.DoesNotContain(VisitProjection.Row(Id, off, shadow).Alerts, a => a.Rule == "ed.triage");
        Assert.True(AlertRules.NextDeadline(off, shadow, At(14)) > At(14));
        var on = Continue(off, Patience, 16);
        var alert = on.Alerts.Single(a => a.Rule == "ed.triage");
        Assert.Equal((false, AlertState.Acknowledged, Say.Nurse, At(40), null),
            (alert.IsShadow, alert.State, alert.Owner, alert.ExpectedBy, alert.LadderSince));
    }

    [Fact]
    public void In_shadow_no_rung_is_called_and_no_time_lapses()
    {
        var shadow = Watched("ed.triage", 0, 0, RuleSwitch.Shadow);
        var spec = new Spec().Given(Say.Arrive(0));
        spec.Review(12);
        var rung = spec.Open("ed.triage")!.Rung;
        var off = Continue(Continue(spec.Visit, shadow, 13), shadow, 60);
        Assert.Equal(rung, off.Alerts.Single(a => a.Rule == "ed.triage").Rung);
    }

    [Fact]
    public void A_visit_that_has_ended_says_what_was_reported_of_it_and_by_whom()
    {
        var spec = new Spec().Given(Say.Arrive(0, "ED/3/A"), Say.Step(5, Steps.Triaged), Say.Assign(10, CareRole.Nurse, "nurse/9"),
            Say.Discharge(90));
        Assert.Equal(
            ["contact Staff", "decided Nobody", "left Feed", "nurse Staff", "roomed Feed", "seen Nobody", "triaged Staff"],
            spec.Row.Reports!.Value.Select(r => $"{r.Fact} {r.By}").Order(StringComparer.Ordinal));
        Assert.All(spec.Row.Reports!.Value, r => Assert.Equal("ED", r.Unit));
        Assert.Null(new Spec().Given(Say.Arrive(0, "ED/3/A")).Row.Reports);
    }

    [Theory]
    [InlineData("ed.los", Resolutions.Done)]
    [InlineData("visit.unowned", Resolutions.Closed)]
    public void An_end_of_the_visit_is_what_only_some_rules_waited_for(string rule, string how)
    {
        var spec = new Spec().Given(Say.Arrive(0, "ED/3/A"));
        spec.Review(500);
        var alert = spec.Open(rule)!;
        spec.Given(Say.Discharge(510));
        spec.Review(510);
        Assert.Equal(how, spec.Visit.Alert(alert.Id)!.Resolution);
    }

    [Fact]
    public void Where_too_few_visits_have_ended_the_house_speaks_for_the_unit()
    {
        var policy = Patience with
        {
            Watch = new RuleWatch
            {
                Reported = ImmutableDictionary<(string, string), Reporting>.Empty.Add(("ED", "nurse"), new(30, 30, 0))
                .Add(("4W", "nurse"), new(3, 0, 0)).Add(("", "nurse"), new(100, 40, 0))
            },
        };
        var rule = policy.Rule("visit.unowned")!;
        Assert.Equal([RuleStanding.On, RuleStanding.NotReported, RuleStanding.NotReported],
            new[] { "ED", "4W", "5N" }.Select(unit => policy.Standing(rule, unit)));
    }

    [Fact]
    public void A_handoff_that_a_move_requires_is_no_alarm_where_none_is_recorded_but_one_that_somebody_offered_is()
    {
        var policy = Watched("handoff.accept", 100, 3);
        policy = policy with { Watch = policy.Watch with { Reported = policy.Watch.Reported.Add(("5N", AwaitedFacts.Nurse), new(100, 3, 0)) } };
        var spec = new Spec(policy).Given(Say.Admit(0, "4W/12/A"), Say.Transfer(60, "5N/2/B"));
        spec.Review(80);
        Assert.Null(spec.Open("handoff.accept"));
        spec.Given(Say.Offer(81, "nurse/9"));
        spec.Review(100);
        Assert.NotNull(spec.Open("handoff.accept"));
    }

    [Fact]
    public void A_nurse_who_was_named_and_went_is_missed_where_nurses_are_not_reported()
    {
        var policy = Watched("visit.unowned", 100, 3);
        var spec = new Spec(policy).Given(Say.Arrive(0, "ED/3/A"));
        spec.Review(40);
        Assert.Null(spec.Open("visit.unowned"));
        spec.Given(Say.Assign(41, CareRole.Nurse, "nurse/9"), Say.Assign(50, CareRole.Nurse, null));
        spec.Review(61);
        Assert.NotNull(spec.Open("visit.unowned"));
    }

    [Fact]
    public void What_staff_took_back_was_not_reported()
    {
        var spec = new Spec().Given(Say.Arrive(0, "ED/3/A"), Say.Assign(10, CareRole.Nurse, "nurse/9"));
        spec.Given(Say.Undo(11, spec.Last), Say.Discharge(90));
        Assert.Equal(Reporter.Nobody, spec.Row.Reports!.Value.Single(r => r.Fact == AwaitedFacts.Nurse).By);
    }

    [Fact]
    public void Each_unit_is_asked_for_what_happened_while_the_patient_was_there()
    {
        var spec = new Spec().Given(Say.Admit(0, "4W/12/A"), Say.Contact(30), Say.Transfer(60, "5N/2/B"), Say.Discharge(600));
        Assert.Equal(
            [("4W", Reporter.Staff), ("5N", Reporter.Nobody)],
            spec.Row.Reports!.Value.Where(r => r.Fact == AwaitedFacts.Contact).Select(r => (r.Unit, r.By)));
    }

    [Fact]
    public void What_is_entered_before_the_end_is_heard_of_is_reported_though_the_end_was_earlier()
    {
        var spec = new Spec().Given(Say.Arrive(0, "ED/3/A"), Say.Assign(200, CareRole.Nurse, "nurse/9"), Say.Discharge(90));
        Assert.Equal(Reporter.Staff, spec.Row.Reports!.Value.Single(r => r.Fact == AwaitedFacts.Nurse).By);
    }

    /// <summary>The visit after a review by another policy, committed.</summary>
    private static Visit Continue(Visit visit, Policy policy, double minute) =>
        VisitFold.Fold(visit,
            new VisitCommit(visit.Version + 1, Command(99).Value, At(minute), Actor.System, AlertRules.Review(Id, visit, policy, At(minute))));

    private static Policy Watched(string rule, int visits, int reported, RuleSwitch? decided = null) => Patience with
    {
        Watch = new RuleWatch
        {
            Reported = Patience.Rule(rule)!.Awaits is { } fact
                ? ImmutableDictionary<(string, string), Reporting>.Empty.Add(("ED", fact), new(visits, reported, 0))
                : ImmutableDictionary<(string, string), Reporting>.Empty,
            Switches = decided is { } to ? RuleSwitches.None.Fold(new RuleSwitched(rule, "ED", to, Door), Lead) : RuleSwitches.None,
        },
    };
}
