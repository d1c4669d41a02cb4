using Journey.Contracts;
using Journey.Contracts.Alerts;
using Journey.Contracts.Care;
using Journey.Contracts.Staff;
using Journey.Contracts.Visits;
using Journey.Domain.Alerts;
using Journey.Domain.Facts;
using Journey.Domain.Policies;
using static Journey.Domain.Tests.Spec;

namespace Journey.Domain.Tests.Alerts;

public sealed class EscalationTests
{
    [Fact]
    public void A_warning_that_nobody_takes_is_called_out_rung_by_rung_to_the_failsafe()
    {
        var spec = Overdue();
        Assert.Equal((Rung.Assigned, "nurse/7"), (View(spec).EscalatedTo, View(spec).Responsible?.Id));
        Assert.Empty(spec.ReviewAt(At(15).AddTicks(-1)));
        Assert.Equal(new AlertEscalated(View(spec).Id, 1, "charge-nurse"), Assert.Single(spec.Review(15)));
        Assert.Empty(spec.Review(19).OfType<AlertEscalated>());
        spec.Review(25);
        Assert.Equal(("house-supervisor", At(25)), (View(spec).EscalatedTo, View(spec).EscalatedAt));
        Assert.DoesNotContain(spec.Review(200), e => e is AlertEscalated a && a.Alert == View(spec).Id);
    }

    [Fact]
    public void Nobody_is_on_the_first_rung_of_a_visit_that_nobody_owns()
    {
        var spec = new Spec().Given(Say.Arrive(0));
        Assert.Contains(spec.Review(10), e => e is AlertEscalated { Rung: 1, To: "charge-nurse" });
    }

    [Fact]
    public void Who_takes_an_alert_stops_the_ladder_until_their_own_time_has_passed()
    {
        var spec = Overdue().Given(Say.Acknowledge(12, Overdue().Open("ed.triage")!.Id, by: 18));
        Assert.Null(View(spec).EscalatedTo);
        Assert.Empty(spec.Review(17).OfType<AlertEscalated>());
        spec.Review(18);
        Assert.Equal((AlertState.Raised, Say.Nurse, Rung.Assigned), (View(spec).State, View(spec).Owner, View(spec).EscalatedTo));
        Assert.Contains(spec.Review(23), e => e is AlertEscalated { Rung: 1 });
    }

    [Fact]
    public void An_alert_taken_without_a_time_gets_the_policys()
    {
        var spec = Overdue();
        spec.Given(Say.Acknowledge(12, View(spec).Id));
        Assert.Equal(At(42), View(spec).ExpectedBy);
    }

    [Fact]
    public void Who_takes_it_second_is_told_who_has_it()
    {
        var spec = Overdue();
        spec.Given(Say.Acknowledge(12, View(spec).Id));
        Assert.Equal((RefusalCodes.AlertOwned, "Kim Reyes has taken it already."),
            (spec.When(Say.Acknowledge(12, View(spec).Id) with { By = Say.Other }).Refused, spec.Decision.Refusal!.Message));
    }

    [Fact]
    public void Seen_is_not_taken()
    {
        var spec = Overdue();
        spec.Given(new SeeAlert(default, Say.Other, At(12), View(spec).Id));
        Assert.Equal((AlertState.Raised, At(12), Say.Other, Rung.Assigned),
            (View(spec).State, View(spec).SeenAt, View(spec).SeenBy, View(spec).EscalatedTo));
        Assert.Empty(spec.When(new SeeAlert(default, Say.Nurse, At(13), View(spec).Id)).Decision.Events);
    }

    [Fact]
    public void What_merely_stopped_to_apply_stays_for_its_dwell()
    {
        var spec = new Spec().Given(Say.Arrive(0), Say.Acuity(0, 2));
        spec.Review(10);
        spec.Given(Say.Acuity(10.25, 4));
        Assert.NotNull(spec.Open("ed.provider"));
        Assert.Equal(At(10.75), spec.NextDeadline);
        spec.Review(10.75);
        Assert.Null(spec.Open("ed.provider"));
    }

    [Fact]
    public void The_dwell_counts_from_when_it_stopped_to_apply_however_old_the_alert_is()
    {
        // A feed that sends the class to and fro, half a minute after the alert began.
        var spec = new Spec().Given(Say.Arrive(0));
        spec.Review(20);
        var raised = Last(spec, "ed.triage");
        for (var minute = 25.0; minute < 30; minute++)
        {
            spec.Given(Say.ChangeClass(minute, PatientClass.Outpatient));
            spec.Review(minute + 0.4);
            spec.Given(Say.ChangeClass(minute + 0.45, PatientClass.Emergency));
        }

        Assert.DoesNotContain(spec.Commits.SelectMany(c => c.Events), e => e is AlertReopened || e is AlertResolved r && r.Alert == raised.Id);
        Assert.Single(spec.Commits.SelectMany(c => c.Events), e => e is AlertRaised r && r.Rule == "ed.triage");
        Assert.Equal(raised.RaisedAt, spec.Open("ed.triage")!.RaisedAt);
    }

    public static TheoryData<string, VisitCommand, VisitCommand> Wavers() => new()
    {
        { "A03 and A13", Say.Discharge(0), Say.Cancel(0, CancelledFact.Discharge) },
        { "A21 and A22", Say.Leave(0), Say.Return(0) },
        { "A11 and A04", Say.Cancel(0, CancelledFact.Arrival), Say.Arrive(0) },
        { "A23 and A04", Say.Delete(0), Say.Arrive(0) },
        { "A23 and A04 with PV1-44", Say.Delete(0),
            Say.Arrive(0) with { Details = new() { DefaultUnit = "ED", Class = PatientClass.Emergency, AdmittedAt = At(0) } } },
    };

    [Theory, InlineData(-5), InlineData(-0.5), InlineData(0.25), InlineData(1)]
    public void Who_is_registered_again_by_another_clock_waits_with_the_same_owner_time_and_rung(double began)
    {
        // A11 and A04 a second later, whose PV1-44 is cut to the minute, or a little off.
        var spec = new Spec().Given(Say.Arrive(0));
        spec.Review(20);
        spec.Given(Say.Acknowledge(21, Last(spec, "ed.triage").Id, 60));
        var (owned, called, callOuts) = (Last(spec, "ed.triage"), Last(spec, "visit.unowned"), CallOuts(spec));
        var again = Say.Arrive(22.02) with { Details = new() { DefaultUnit = "ED", Class = PatientClass.Emergency, AdmittedAt = At(began) } };
        spec.Given(Say.Cancel(22, CancelledFact.Arrival), again);
        spec.Review(22.5);
        Assert.Equal((AlertState.Acknowledged, owned.Owner, owned.ExpectedBy, At(began)),
            (spec.Open("ed.triage")!.State, spec.Open("ed.triage")!.Owner, spec.Open("ed.triage")!.ExpectedBy, spec.Open("ed.triage")!.Since));
        Assert.Equal((called.LadderSince, called.Rung), (spec.Open("visit.unowned")!.LadderSince, spec.Open("visit.unowned")!.Rung));
        Assert.Equal(callOuts.Length, CallOuts(spec).Length);
        Assert.Equal(spec.Row.Clock?.DueAt, spec.Open("ed.triage")!.DueAt);
    }

    [Theory, MemberData(nameof(Wavers))]
    public void What_a_feed_takes_away_and_brings_back_goes_on_with_its_owner_time_and_rung(string how, VisitCommand away, VisitCommand back)
    {
        // By mistake, and a second later as it was; five times.
        Assert.NotEmpty(how);
        var spec = new Spec().Given(Say.Arrive(0));
        spec.Review(20);
        spec.Given(Say.Acknowledge(21, Last(spec, "ed.triage").Id, 60));
        var (owned, called) = (Last(spec, "ed.triage"), Last(spec, "visit.unowned"));
        var callOuts = CallOuts(spec);
        for (var minute = 22.0; minute < 27; minute++)
            spec.Given(away with { OccurredAt = At(minute) }, back with { OccurredAt = At(minute + 0.02) });
        Assert.Equal(At(0), spec.Row.ArrivedAt);
        Assert.Equal((AlertState.Acknowledged, owned.Owner, owned.ExpectedBy, owned.SeenAt),
            (spec.Open("ed.triage")!.State, spec.Open("ed.triage")!.Owner, spec.Open("ed.triage")!.ExpectedBy, spec.Open("ed.triage")!.SeenAt));
        Assert.Equal((called.Id, called.LadderSince), (spec.Open("visit.unowned")!.Id, spec.Open("visit.unowned")!.LadderSince));
        spec.Review(27);
        Assert.Equal(callOuts.Length, CallOuts(spec).Count(c => callOuts.Contains(c)));
        Assert.Equal(CallOuts(spec).Distinct(), CallOuts(spec));
    }

    /// <summary>Which rung of which alert was called.</summary>
    private static (Guid, int)[] CallOuts(Spec spec) =>
        [.. spec.Commits.SelectMany(c => c.Events).OfType<AlertEscalated>().Select(e => (e.Alert, e.Rung))];

    [Fact]
    public void An_alert_and_its_clock_are_due_at_the_same_time()
    {
        // A round that is entered late and is overdue again; another acuity; a door that turns out to be another.
        var spec = new Spec().Given(Say.Admit(-60, "4W/12/A"), Say.Contact(0));
        spec.Review(60);
        var missed = Last(spec, "rounding");
        spec.When(Say.Contact(30), 95);
        Assert.Equal((At(90), spec.Row.Clock?.DueAt), (spec.Open("rounding")!.DueAt, spec.Open("rounding")?.DueAt));
        Assert.Equal((missed.Id, Resolutions.Done), (missed.Id, spec.Visit.Alert(missed.Id)!.Resolution));

        var emergency = new Spec().Given(Say.Arrive(0), Say.Acuity(0, 3));
        emergency.Review(30);
        var alert = emergency.Open("ed.provider")!;
        emergency.Given(Say.Acuity(40, 2));
        Assert.Equal((alert.Id, At(10)), (emergency.Open("ed.provider")!.Id, emergency.Open("ed.provider")!.DueAt));
    }

    [Fact]
    public void The_same_clock_has_the_same_alert_whether_it_was_raised_before_or_after_the_door_was_corrected()
    {
        // As after an outage, when nobody can say which came first.
        var begin = new VisitDetails { Class = PatientClass.Emergency, Location = Say.Place("ED/3/A"), DefaultUnit = "ED", AdmittedAt = At(0) };
        var corrected = Say.Update(60, new VisitDetails { AdmittedAt = At(-10) });
        var (before, after) = (new Spec(), new Spec());
        before.Given(new Arrive(default, Say.Feed, At(0), begin, Say.Ada, null));
        before.Review(60);
        var owned = before.Open("ed.provider")!;
        before.Given(Say.Acknowledge(60, owned.Id, 90), corrected);
        after.Given(new Arrive(default, Say.Feed, At(0), begin, Say.Ada, null)).Given(corrected);
        after.Review(60);
        Assert.Equal((after.Open("ed.provider")!.Id, At(20)), (before.Open("ed.provider")!.Id, before.Open("ed.provider")!.DueAt));
        Assert.Equal(Say.Nurse, before.Open("ed.provider")!.Owner);
    }

    [Fact]
    public void A_patient_away_from_the_bed_is_not_to_be_rounded_on()
    {
        var spec = new Spec().Given(Say.Admit(-60, "4W/12/A"), Say.Contact(0));
        spec.Review(60);
        spec.Given(Say.GoOut(61, "CT"));
        Assert.Equal((Resolutions.Suppressed, "away from the bed"), (Last(spec, "rounding").Resolution, Last(spec, "rounding").Reason));
        spec.Given(Say.Reach(90));
        Assert.NotNull(spec.Open("rounding"));
    }

    [Fact]
    public void By_night_rounds_are_two_hourly()
    {
        // The policy counts in UTC: minute 900 after the door is ten in the evening.
        var spec = new Spec().Given(Say.Admit(0, "4W/12/A"), Say.Contact(899));
        Assert.Equal(At(899 + 60), spec.Row.Clock?.DueAt);
        spec.Given(Say.Contact(900));
        Assert.Equal(At(900 + 120), spec.Row.Clock?.DueAt);
    }

    [Fact]
    public void Quiet_hours_put_off_what_may_wait_and_nothing_of_the_safety_tier()
    {
        var night = new Spec().Given(Say.Admit(0, "4W/12/A"), Say.Ask(880));
        night.Given(Say.Answer(881, night.Last.Value));
        night.ReviewAt(At(24 * 60).AddTicks(-1));
        Assert.Null(night.Open("question.confirm"));
        night.Review(24 * 60);
        Assert.NotNull(night.Open("question.confirm"));
        var spec = new Spec().Given(Say.Arrive(900));
        spec.Review(910);
        Assert.NotNull(spec.Open("ed.triage"));
    }

    [Fact]
    public void Over_a_nurses_budget_alerts_go_to_the_charge_nurse_in_a_digest_but_never_the_safety_tier()
    {
        var budget = new AlertBudget(2);
        var nurse = new Person("N1", "Kim Reyes");
        var marked = Enumerable.Range(0, 4).Select(i => budget.Mark(Row(i, safety: i == 3), At(i)).Alerts[0].Digested).ToArray();
        Assert.Equal([false, false, true, false], marked);
        Assert.True(budget.Mark(Row(2, false), At(30)).Alerts[0].Digested);
        Assert.False(budget.Mark(Row(5, false), At(63)).Alerts[0].Digested);

        VisitRow Row(int i, bool safety) => new()
        {
            Unit = "4W",
            Alerts = [new AlertView(new Guid(i, 0, 0, new byte[8]), "rounding", "touchpoint", "Round", Severity.Warning, AlertState.Raised, At(i),
                At(i), null, null, null, null, null, null) { Safety = safety, Responsible = nurse }],
        };
    }

    [Fact]
    public void Everything_owed_is_on_somebodys_list()
    {
        var spec = Overdue().Given(Say.Ask(11));
        var lists = OwedBy.ItemsOf(spec.Row).ToLookup(x => x.Addressee, x => x.Item.Owed.Kind);
        Assert.Equal([OwedKind.Question, OwedKind.Alert], lists[StaffKeys.Person("nurse/7")].Order());
        spec.Review(15);
        Assert.Equal([OwedKind.Alert],
            OwedBy.ItemsOf(spec.Row).Where(x => x.Addressee == StaffKeys.Role(StaffRoles.ChargeNurse, "ED")).Select(x => x.Item.Owed.Kind));
        spec.Review(25);
        Assert.Contains(OwedBy.ItemsOf(spec.Row), x => x.Addressee == StaffKeys.Role(StaffRoles.HouseSupervisor, "ED"));
        Assert.Equal("role/house-supervisor", StaffKeys.Role(StaffRoles.HouseSupervisor, "ED"));
    }

    private static Spec Overdue()
    {
        var spec = new Spec().Given(Say.Arrive(0), Say.Assign(0, CareRole.Nurse, "nurse/7"));
        spec.Review(10);
        return spec;
    }

    private static AlertView View(Spec spec) => spec.Row.Alerts.Single(a => a.Rule == "ed.triage");

    private static Alert Last(Spec spec, string rule) => spec.Visit.Alerts.Last(a => a.Rule == rule);
}
