using Journey.Contracts;
using Journey.Contracts.Care;
using Journey.Contracts.Visits;
using Journey.Domain.Facts;
using Journey.Domain.Policies;
using Journey.Domain.Visits;
using static Journey.Domain.Tests.Spec;

namespace Journey.Domain.Tests.Visits;

/// <summary>How visits end, who says so, and what follows when nobody does.</summary>
public sealed class EndingTests
{
    private static Spec Impatient => new(PolicyReader.Default);

    [Theory, InlineData("01", DepartureKind.Home), InlineData("07", DepartureKind.AgainstAdvice), InlineData("20", DepartureKind.Expired),
        InlineData("LWBS", DepartureKind.LeftBeforeEvaluation),
     InlineData("Z9", DepartureKind.Other), InlineData(null, DepartureKind.Unknown)]
    public void The_policy_reads_the_disposition(string? code, DepartureKind kind) =>
        Assert.Equal(kind, new Spec().Given(Say.Arrive(0), Say.Discharge(60, code)).Row.DepartedAs);

    /// <summary>Or a cancel of the end that the stay has would leave another course than was before that end.</summary>
    [Fact]
    public void How_somebody_left_before_they_were_known_says_nothing_of_the_stay_that_begins()
    {
        var spec = new Spec().Given(Say.Cancel(0, CancelledFact.Expected), Say.Discharge(60, "01"), Say.Expect(90), Say.Reach(120, "ED/3/A"));
        Assert.Equal(VisitStatus.Present, spec.Course.Status);
        Assert.Equal((null, null), (spec.Course.Disposition, spec.Course.SaidDeparture));
        var before = Spec.Text(spec.Course);
        spec.When(Say.Discharge(180, "01"), 180).When(Say.Cancel(180, CancelledFact.Discharge, 180) with { Details = VisitDetails.None }, 180);
        Assert.Equal(before, Spec.Text(spec.Course));
    }

    [Fact]
    public void Staff_outweigh_a_feed_unless_it_says_something_else_than_before()
    {
        var spec = new Spec().Given(Say.Arrive(0), Say.Step(60, Steps.Departed) with { How = DepartureKind.AgainstAdvice }, Say.Discharge(65, "01"));
        Assert.Equal(DepartureKind.AgainstAdvice, spec.Row.DepartedAs);
        spec.Given(Say.Update(70, new VisitDetails { Disposition = "01" }));
        Assert.Equal(DepartureKind.AgainstAdvice, spec.Row.DepartedAs);
        spec.Given(Say.Update(80, new VisitDetails { Disposition = "20" }));
        Assert.Equal(DepartureKind.Expired, spec.Row.DepartedAs);
    }

    [Theory, InlineData(65, 65), InlineData(50, 65), InlineData(50, 50)]
    public void Paperwork_of_a_departure_that_staff_saw_gives_it_no_other_time(double left, double recorded)
    {
        var spec = new Spec().Given(Say.Arrive(0, "ED/3/A"), Say.Transfer(55, "ED/4/A"),
            Say.Step(60, Steps.Departed) with { How = DepartureKind.AgainstAdvice })
            .When(Say.Discharge(left, "01") with { SaidAt = At(recorded) }, 70);
        Assert.Equal((At(60), At(60), At(60), DepartureKind.AgainstAdvice),
            (spec.Row.DepartedAt, spec.Row.LeftDepartmentAt, spec.Course.Stays[^1].Until, spec.Row.DepartedAs));
        Assert.Equal("4", spec.Row.Location?.Room);
        Assert.Contains(Narrator.Tell(spec.Commits, spec.Visit, spec.Policy, spec.Now),
            line => line.Text.StartsWith("Left (", StringComparison.Ordinal));
        spec.When(Say.Update(58, new VisitDetails { DischargedAt = At(50), Location = Say.Place("ED/5/A") }), 72);
        Assert.Equal((At(60), At(60), "5"), (spec.Row.DepartedAt, spec.Row.LeftDepartmentAt, spec.Row.Location?.Room));
        // What takes back the paperwork takes back nothing that was seen.
        spec.Given(Say.Cancel(75, CancelledFact.Discharge));
        Assert.Equal((VisitStatus.Departed, At(60)), (spec.Row.Status, spec.Row.DepartedAt));
    }

    [Fact]
    public void Who_comes_back_after_they_were_seen_to_leave_leaves_again_by_the_feed()
    {
        var spec = new Spec().Given(Say.Arrive(0, "ED/3/A"), Say.Discharge(50), Say.Cancel(52, CancelledFact.Discharge), Say.Step(60, Steps.Departed),
            Say.Discharge(65), Say.Arrive(100, "ED/3/A"));
        Assert.Equal(VisitStatus.Present, spec.Row.Status);
        spec.Given(Say.Discharge(200));
        Assert.Equal((At(200), At(200)), (spec.Row.DepartedAt, spec.Row.LeftDepartmentAt));
    }

    [Fact]
    public void How_somebody_left_is_taken_back_with_the_departure()
    {
        var spec = new Spec().Given(Say.Arrive(0), Say.Step(60, Steps.Departed) with { How = DepartureKind.Home });
        spec.Given(Say.Undo(61, spec.Last));
        Assert.Equal((VisitStatus.Present, DepartureKind.Unknown), (spec.Row.Status, spec.Row.DepartedAs));
    }

    [Fact]
    public void Of_whom_nothing_is_heard_a_row_first_doubts_and_then_ends_by_rule()
    {
        var spec = Impatient.Given(Say.Arrive(0, "ED/3/A"));
        Assert.True(spec.NextDeadline <= At(12 * 60));
        spec.ReviewAt(At(12 * 60).AddSeconds(-1));
        Assert.False(spec.Row.IsProbablyGone);
        Assert.NotNull(spec.Open("ed.los"));
        spec.Review(12 * 60);
        Assert.True(spec.Row.IsProbablyGone);
        Assert.Equal(DoubtKind.Silent, Assert.Single(spec.Row.Doubts).Kind);
        Assert.DoesNotContain(spec.Visit.Alerts, a => a.IsOpen);
        Assert.All(spec.Visit.Alerts.Where(a => a.ResolvedAt == At(12 * 60)),
            a => Assert.Equal((Resolutions.Suppressed, "probably gone"), (a.Resolution, a.Reason)));
        spec.Review(72 * 60);
        Assert.Equal((VisitStatus.Departed, true, DepartureKind.Unknown), (spec.Row.Status, spec.Row.IsEndInferred, spec.Row.DepartedAs));
    }

    [Theory, InlineData("staff"), InlineData("feed"), InlineData("result"), InlineData("here")]
    public void Any_sign_brings_a_row_back(string sign)
    {
        var spec = Impatient.Given(Say.Arrive(0, "ED/3/A"));
        spec.Review(13 * 60);
        Assert.True(spec.Row.IsProbablyGone);
        spec.Given(sign switch
        {
            "staff" => Say.Contact(14 * 60),
            "feed" => Say.Update(14 * 60, "ED/3/A"),
            "result" => new Mention(default, Say.Feed, At(14 * 60), VisitDetails.None, null, null),
            _ => new Verify(default, Say.Nurse, At(14 * 60), Verified.Here),
        });
        Assert.False(spec.Row.IsProbablyGone);
        Assert.NotNull(spec.Open("ed.los"));
    }

    [Fact]
    public void An_outpatient_of_three_days_ago_has_ended_and_calls_nobody()
    {
        var spec = Impatient.When(Say.Arrive(-3 * 24 * 60, kind: PatientClass.Outpatient), 0);
        Assert.Equal((VisitStatus.Departed, At(-2 * 24 * 60)), (spec.Row.Status, spec.Row.DepartedAt));
        Assert.DoesNotContain(spec.Visit.Alerts, a => a.IsOpen);
    }

    [Fact]
    public void An_update_about_a_visit_long_past_opens_nothing()
    {
        var spec = Impatient.Given(Say.Update(0,
            new VisitDetails { Class = PatientClass.Outpatient, DefaultUnit = "OPD", AdmittedAt = At(-21 * 24 * 60) }));
        Assert.Equal(VisitStatus.Unknown, spec.Row.Status);
        Assert.Empty(spec.Visit.Alerts);
        Assert.Equal(VisitStatus.Present,
            Impatient.Given(
                Say.Update(0, new VisitDetails { Class = PatientClass.Inpatient, DefaultUnit = "4W", AdmittedAt = At(-21 * 24 * 60) })).Row.Status);
    }

    [Fact]
    public void Whoever_comes_back_after_an_end_by_rule_is_here()
    {
        var spec = Impatient.When(Say.Arrive(-3 * 24 * 60, kind: PatientClass.Outpatient), 0).Given(Say.Arrive(5, kind: PatientClass.Outpatient));
        Assert.Equal((VisitStatus.Present, false), (spec.Row.Status, spec.Row.IsEndInferred));
    }

    [Fact]
    public void Nobody_is_called_about_a_visit_of_a_feed_that_is_behind_until_it_has_settled()
    {
        // T4
        var spec = new Spec().When(Say.Arrive(-600) with { SentAt = At(-600) }, 0);
        Assert.Empty(spec.Visit.Alerts);
        Assert.Equal(At(5), spec.NextDeadline);
        spec.Review(5);
        Assert.NotNull(spec.Open("ed.triage"));
        var caughtUp = new Spec().When(Say.Arrive(-600) with { SentAt = At(-600) }, 0).When(Say.Discharge(-500) with { SentAt = At(-500) }, 1);
        Assert.Equal((VisitStatus.Departed, 0), (caughtUp.Row.Status, caughtUp.Visit.Alerts.Length));
    }

    [Fact]
    public void Nor_about_a_handoff_that_a_move_of_it_requires()
    {
        var spec = new Spec().When(Say.Admit(-600, "AMU/1/A") with { SentAt = At(-600) }, 0)
            .When(Say.Transfer(-300, "4W/2/B") with { SentAt = At(-300) }, 0.5);
        Assert.Equal((HandoffState.Required, null), (spec.Care.OpenHandoff!.State, spec.Open("handoff.accept")));
        spec.Review(5.5);
        Assert.NotNull(spec.Open("handoff.accept"));
    }

    [Fact]
    public void What_happens_after_the_departure_is_a_doubt()
    {
        var spec = new Spec().Given(Say.Arrive(0, "ED/3/A"), Say.Discharge(60), Say.Transfer(90, "4W/1/A"));
        Assert.Equal((VisitStatus.Departed, DoubtKind.AfterDeparture), (spec.Row.Status, Assert.Single(spec.Row.Doubts).Kind));
        spec.Given(new Verify(default, Say.Nurse, At(95), Verified.Here));
        Assert.Empty(spec.Row.Doubts);
    }
}
