using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Visits;
using Journey.Domain.Facts;
using Journey.Domain.Policies;
using Journey.Domain.Visits;
using static Journey.Domain.Tests.Spec;

namespace Journey.Domain.Tests.Visits;

/// <summary>
/// Who is longer in a step than nearly all others were there has probably left, too; and what others were there is known when they have.
/// </summary>
public sealed class DoubtTests
{
    private static Spec Usual(string unit, string step, double minutes, Policy? policy = null) =>
        new((policy ?? Patience) with
        {
            Norms = new StepNorms(ImmutableDictionary<(string, string), TimeSpan>.Empty.Add((unit, step), TimeSpan.FromMinutes(minutes)))
        });

    [Fact]
    public void Whoever_is_silent_for_longer_than_nearly_all_others_stay_in_the_step_is_probably_gone_with_that_evidence()
    {
        var spec = Usual("ED", Steps.Triaged, 9 * 60).Given(Say.Arrive(0, "ED"), Say.Step(10, Steps.Triaged));
        Assert.True(spec.NextDeadline <= At(10 + 9 * 60));
        spec.ReviewAt(At(10 + 9 * 60).AddSeconds(-1));
        Assert.False(spec.Row.IsProbablyGone);
        spec.Review(10 + 9 * 60);
        var doubt = Assert.Single(spec.Row.Doubts);
        Assert.Equal((DoubtKind.Silent, "In this step longer than 99 % of last month's visits here, and nothing heard for 9 h.", At(10)),
            (doubt.Kind, doubt.Says, doubt.Since));
        Assert.Equal(new Unverified(At(10 + 9 * 60), null), spec.Row.Unverified);
    }

    [Fact]
    public void It_counts_from_the_last_sign_and_any_sign_brings_the_row_back()
    {
        var spec = Usual("ED", Steps.Triaged, 120).Given(Say.Arrive(0, "ED"), Say.Step(10, Steps.Triaged), Say.Contact(100));
        spec.Review(219);
        Assert.False(spec.Row.IsProbablyGone);
        spec.Review(220);
        Assert.True(spec.Row.IsProbablyGone);
        spec.Given(Say.Contact(230));
        Assert.False(spec.Row.IsProbablyGone);
        spec.Review(350);
        Assert.True(spec.Row.IsProbablyGone);
    }

    [Theory, InlineData("4W", Steps.Triaged), InlineData("ED", Steps.Seen)]
    public void Another_units_and_another_steps_time_says_nothing(string unit, string step)
    {
        var spec = Usual(unit, step, 120).Given(Say.Arrive(0, "ED"), Say.Step(10, Steps.Triaged));
        spec.Review(30 * 60);
        Assert.False(spec.Row.IsProbablyGone);
    }

    [Fact]
    public void Less_than_an_hour_is_no_silence()
    {
        var spec = Usual("ED", Steps.Arrived, 7).Given(Say.Arrive(0, "ED"));
        spec.Review(59);
        Assert.False(spec.Row.IsProbablyGone);
        spec.Review(60);
        Assert.True(spec.Row.IsProbablyGone);
    }

    [Fact]
    public void Where_others_stay_longer_than_the_policy_lets_be_silent_the_policy_counts()
    {
        var spec = Usual("ED", Steps.Arrived, 20 * 60, PolicyReader.Default).Given(Say.Arrive(0, "ED"));
        spec.Review(12 * 60);
        Assert.Equal("Nothing was heard or done for too long.", Assert.Single(spec.Row.Doubts).Says);
    }

    [Theory, InlineData("EVN-2", "EVN-2"), InlineData("EVN-2 EVN-6 PV1-44", "EVN-2, EVN-6"), InlineData("PV1-44 PV1-45", null)]
    public void A_time_of_an_event_that_cannot_be_marks_the_row_until_somebody_looks(string fields, string? shown)
    {
        var spec = new Spec().Given(Say.Arrive(0, "ED/3/A"),
            Say.Update(30, new VisitDetails { Service = "MED", NotBelieved = [.. fields.Split(' ')] }));
        Assert.Equal(shown is null
            ? []
            : [new Doubt(DoubtKind.TimeNotBelieved, $"A message gave a time that cannot be ({shown}); another stands in for it.", At(30))],
                spec.Row.Doubts);
        Assert.False(spec.Row.IsProbablyGone);
        spec.Given(new Verify(default, Say.Nurse, At(31), Verified.Here));
        Assert.Empty(spec.Row.Doubts);
    }

    [Fact]
    public void That_a_visit_changed_hands_long_ago_brings_nobody_back()
    {
        // Found when a message comes, which may be hours after it was sent: the message is the sign, as of when it was sent.
        var spec = Usual("ED", Steps.Arrived, 120).Given(Say.Arrive(0, "ED"));
        spec.When(new Identify(default, Say.Feed, At(10), VisitDetails.None,
            new PatientRef { Id = new(new Guid("cccccccc-0000-5000-8000-000000000009")) }, null)
        { IsAnother = true }, 600);
        Assert.Contains(spec.Row.Doubts, doubt => doubt.Kind == DoubtKind.ChangedHands);
        spec.Review(601);
        Assert.True(spec.Row.IsProbablyGone);
    }

    [Fact]
    public void Who_is_seen_here_after_a_departure_is_back_with_every_clock_and_question()
    {
        var spec = new Spec().Given(Say.Arrive(0, "ED/3/A"), Say.Step(5, Steps.Triaged), Say.Ask(6));
        var before = Text(spec.Course with { LastSignAt = null });
        spec.Given(Say.Discharge(60), new Mention(default, Say.Feed, At(90), VisitDetails.None, null, null));
        Assert.Equal(DoubtKind.AfterDeparture, Assert.Single(spec.Row.Doubts).Kind);
        spec.Given(new Verify(default, Say.Nurse, At(95), Verified.Here));
        Assert.Equal((VisitStatus.Present, "3"), (spec.Row.Status, spec.Row.Location?.Room));
        Assert.Equal(before, Text(spec.Course with { LastSignAt = null }));
        spec.Given(Say.Update(100, new VisitDetails { DischargedAt = At(60), Service = "MED" }));
        Assert.Equal(VisitStatus.Present, spec.Row.Status);
        spec.Given(Say.Undo(101, Command(6)));
        spec.Given(Say.Discharge(120));
        Assert.Equal((VisitStatus.Departed, At(120)), (spec.Row.Status, spec.Row.DepartedAt));
    }

    [Fact]
    public void Staff_bring_back_whom_staff_had_seen_leave_and_can_take_it_back()
    {
        var spec = new Spec().Given(Say.Arrive(0, "ED/3/A"), Say.Step(50, Steps.Departed), new Verify(default, Say.Other, At(55), Verified.Here));
        Assert.Equal(VisitStatus.Present, spec.Row.Status);
        spec.Given(Say.Undo(56, spec.Last) with { By = Say.Other });
        Assert.Equal((VisitStatus.Departed, At(50)), (spec.Row.Status, spec.Row.DepartedAt));
    }

    [Fact]
    public void That_somebody_has_left_as_the_row_says_settles_what_was_heard_after_it()
    {
        var spec = new Spec().Given(Say.Arrive(0, "ED/3/A"), Say.Discharge(60),
            new Mention(default, Say.Feed, At(90), VisitDetails.None, null, null));
        spec.Given(new Verify(default, Say.Nurse, At(95), Verified.Gone));
        Assert.Equal(VisitStatus.Departed, spec.Row.Status);
        Assert.Empty(spec.Row.Doubts);
        Assert.Equal(RefusalCodes.StepNotAhead, new Spec().Given(Say.Arrive(0)).When(new Verify(default, Say.Nurse, At(1), Verified.Gone)).Refused);
        Assert.Equal(RefusalCodes.VisitClosed, spec.When(new Verify(default, Say.Nurse, At(96), Verified.Place)).Refused);
    }

    [Fact]
    public void An_update_that_moves_a_departed_patient_to_another_unit_is_heard_of_after_leaving()
    {
        var spec = new Spec().Given(Say.Arrive(0, "ED/3/A"), Say.Discharge(60), Say.Update(70, "ED/3/A"));
        Assert.Empty(spec.Row.Doubts);
        spec.Given(Say.Update(80, "AMU/2/B"));
        Assert.Equal(DoubtKind.AfterDeparture, Assert.Single(spec.Row.Doubts).Kind);
    }

    [Fact]
    public void A_departure_before_the_door_is_refused_and_one_by_a_clock_that_is_behind_is_at_the_door()
    {
        var spec = new Spec().Given(Say.Arrive(0, "ED/3/A"));
        Assert.Equal(RefusalCodes.StepNotAhead, spec.When(Say.Step(-30, Steps.Departed)).Refused);
        spec.Given(Say.Step(-2, Steps.Departed));
        Assert.Equal((VisitStatus.Departed, At(0)), (spec.Row.Status, spec.Row.DepartedAt));
    }

    [Fact]
    public void Who_is_on_leave_is_not_silent()
    {
        var spec = Usual("4W", Steps.Admitted, 120)
            .Given(Say.Admit(0, "4W/1/A"), new GoOnLeave(default, Say.Feed, At(30), VisitDetails.None, null, null));
        spec.Review(30 * 60);
        Assert.False(spec.Row.IsProbablyGone);
    }

    [Fact]
    public void The_evidence_is_read_back_from_the_journal()
    {
        VisitEvent[] events = [new Doubted(At(60), DoubtKind.Silent, At(0), TimeSpan.FromMinutes(60))];
        Assert.Equal(events, VisitJson.Read(1, default, At(60), VisitJson.Write(Contracts.Actor.System, [.. events])).Events);
    }

    [Fact]
    public void A_visit_that_ended_knows_how_long_it_was_in_each_step_on_each_unit()
    {
        var spec = new Spec().Given(Say.Arrive(0, "ED/WR/1"), Say.Step(10, Steps.Triaged), Say.Transfer(40, "ED/3/A"), Say.Step(50, Steps.Seen));
        Assert.Null(spec.Row.Spent);
        spec.Given(Say.Transfer(80, "OBS/1/A"), Say.Step(200, Steps.Departed));
        Assert.Equal(
            [new(Steps.Arrived, "ED", 10), new(Steps.Triaged, "ED", 30), new(Steps.Roomed, "ED", 10), new(Steps.Seen, "ED", 30),
                new(Steps.Seen, "OBS", 120)],
            spec.Row.Spent!.Value);
    }

    [Fact]
    public void From_bed_to_bed_and_there_and_back_it_is_one_time_in_the_step()
    {
        var spec = new Spec().Given(Say.Admit(0, "4W/1/A"), Say.Transfer(60, "4W/2/A"), Say.Transfer(90, "OR/1/A"), Say.Transfer(120, "4W/2/A"),
            Say.Discharge(240));
        Assert.Equal([new(Steps.Admitted, "4W", 210), new StepTime(Steps.Admitted, "OR", 30)], spec.Row.Spent!.Value);
    }

    [Fact]
    public void A_step_back_takes_nobody_out_of_the_one_they_were_in()
    {
        var spec = new Spec().Given(Say.Arrive(0), Say.Step(20, Steps.Seen), Say.Step(30, Steps.Triaged), Say.Step(60, Steps.Departed));
        Assert.Equal([new(Steps.Arrived, "ED", 20), new StepTime(Steps.Seen, "ED", 40)], spec.Row.Spent!.Value);
    }

    [Fact]
    public void A_row_of_an_earlier_version_says_nothing_of_it()
    {
        var row = VisitJson.ReadRow("{}"u8);
        Assert.Null(row.Spent);
        Assert.Null(row.Unverified);
    }

    [Fact]
    public void An_end_by_rule_says_nothing_of_how_long_anybody_stayed()
    {
        var spec = new Spec(PolicyReader.Default).Given(Say.Arrive(0, "ED/3/A"));
        spec.Review(72 * 60);
        Assert.Equal(VisitStatus.Departed, spec.Row.Status);
        Assert.Null(spec.Row.Spent);
    }
}
